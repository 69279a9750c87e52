"""Breaking glass: in an emergency a case manager reads the page of a client of somebody else, for a reason, once; the
client's supervisor hears of it at once, and the readings are listed apart."""
import datetime
import json

WHY = "the client stands here and cannot say where the clinic is"


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


class Office:
    """cm.lee cares for C-0001 and works for sue; ben works for max."""

    def __init__(self, hub, tmp_path):
        self.hub, self.folder = hub, tmp_path
        (tmp_path / "directory" / "staff.csv").write_text(
            "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
            "cm.lee,case_manager,east,sue,,America/New_York,,,,\nben,case_manager,west,max,,America/New_York,,,,\n"
            "sue,supervisor,,,,America/New_York,,,,\nmax,supervisor,west,,,America/New_York,,,,\n")
        (tmp_path / "owner.toml").write_text("".join(
            f'[[agreement]]\ndiscloser = "{partner}"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
            'form = "full"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n'
            for partner in ("court", "clinic")))
        hub.admin("directory", "import", str(tmp_path / "directory"))
        hub.admin("agreement", "import", str(tmp_path / "owner.toml"))
        for name, role in (("cm.lee", "case_manager"), ("ben", "case_manager"), ("sue", "supervisor"),
                           ("max", "supervisor"), ("ivy", "integration")):
            hub.add_partner(name, "staff", "--role", role)
        # A consent lets cm.lee know of the part 2 programme's session.
        hub.admin("consent", "grant", "C-0001", "--id", "paper-1", "--kind", "Part2Specific", "--discloser", "clinic",
                  "--recipients", "owner", "--purpose", "CareCoordination", "--signed", "2020-01-01", "--expires", "2099-01-01")
        self.send("court", self.event("HearingScheduled", "H-1", ("COURT", "CASE", "CR-1"), "CourtAppearance", 3))
        visits = [self.event("AppointmentBooked", f"P-{number}", ("CLINIC", "MR", "12345"), "ClinicVisit", 4 + number, *labels)
                  for number, labels in enumerate([(), ("Part2",), ("DvProtected",), ("Psychotherapy",), ("SealedCase",)])]
        self.send("clinic", *visits)

    @staticmethod
    def event(kind, event_id, person, obligation, days, *labels):
        start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=days)
        return {"id": event_id, "kind": kind, "occurred_at": (start - datetime.timedelta(days=9)).isoformat(),
                "zone": "America/New_York", "business_key": event_id, "labels": list(labels),
                "identifiers": [dict(zip(("authority", "type", "value"), person))],
                "payload": {"class": obligation, "status": "Scheduled", "owner_org": "OWNER", "start": start.isoformat(),
                            "end": (start + datetime.timedelta(hours=1)).isoformat()}}

    def send(self, partner, *events):
        file = self.folder / "events.jsonl"
        file.write_text("".join(json.dumps(event) + "\n" for event in events))
        receipts = lines(self.hub.run("send", "--json", "--link", str(self.folder / f"{partner}.carehub"), str(file)))
        assert [receipt["status"] for receipt in receipts] == ["accepted"] * len(events), receipts

    def ask(self, name, *words, check=True):
        return self.hub.run(*words, "--link", str(self.folder / f"{name}.carehub"), check=check)

    def told(self, name):
        """The alerts that wait for that person."""
        return [one["body"]["rule"] for one in lines(self.ask(name, "watch", "--once", "--no-ack", "--json"))
                if "rule" in one["body"]]


def check_it_opens_a_page_once_and_the_supervisor_is_told_at_once(hub, office):
    show = ("client", "show", "C-0001", "--json")
    refused = office.ask("ben", *show, check=False)
    assert refused.returncode == 1 and "--break-glass" in refused.stderr
    own = {one["key"] for one in lines(office.ask("cm.lee", *show))[0]["obligations"]}
    assert own >= {"H-1", "P-0", "P-1"}  # the consent lets her case manager know of part 2

    page, = lines(office.ask("ben", *show, "--break-glass", "--reason", WHY))
    assert page["shown"] == "emergency"
    # Neither what part 2, victims, a therapist's notes and a court's seal close, nor who says so.
    assert sorted(one["key"] for one in page["obligations"]) == ["H-1", "P-0"]
    assert (page["identifiers"], page["consents"], page["alerts"]) == ([], [], [])

    # It was one reading: nothing stays open, and nothing else is.
    assert office.ask("ben", *show, check=False).returncode == 1
    assert office.ask("ben", "trail", "client", "C-0001", "--reason", WHY, check=False).returncode == 1
    assert lines(office.ask("ben", "alerts", "--state", "all", "--json")) == []

    # sue has it without having asked; who read is hers to see, and why.
    assert office.told("sue").count("BreakGlass") == 1
    assert "BreakGlass" not in office.told("max") + office.told("ben")
    alert, = [one for one in lines(office.ask("sue", "alerts", "--json")) if one["rule"] == "BreakGlass"]
    assert (alert["severity"], alert["owner"], alert["client"], alert["shown"]) == ("High", "sue", "C-0001", "all")
    # The entry that is the reading is the one that raised it: it stood before the page was shown.
    reading, = lines(office.ask("sue", "trail", "client", "C-0001", "--break-glass", "--json"))
    assert alert["alert_id"].startswith(f"a-{reading['sequence']}-")
    shown, = lines(office.ask("sue", "alerts", "show", alert["alert_id"], "--json"))
    assert (shown["opened_by"], shown["reason"]) == ("ben", WHY)
    assert "Read by ben: " in office.ask("sue", "alerts", "show", alert["alert_id"]).stdout

    # Each reading is an entry with a reason of its own.
    office.ask("ben", *show, "--break-glass", "--reason", WHY + " still")
    office.ask("sue", "alerts", "ack", alert["alert_id"])
    report = lines(office.ask("sue", "alerts", "report", "--json"))
    assert [one["raised"] for one in report if one.get("rule") == "BreakGlass"] != []

    # A restart forgets nothing, and a second decision is the first one.
    hub.stop()
    assert lines(hub.admin("replay", "--recheck", "--json"))[0]["first_difference"] is None
    hub.start()
    assert len(lines(office.ask("sue", "trail", "client", "C-0001", "--break-glass", "--json"))) == 2


def check_the_readings_are_listed_apart(office, tmp_path):
    for words in (("client", "C-0001"), ("staff", "ben")):
        apart = lines(office.ask("sue" if words[0] == "client" else "max", "trail", *words, "--break-glass", "--json"))
        assert [(one["kind"], one["actor"], one["act"]) for one in apart] == [("BreakGlass", "ben", "client")] * 2
    # The client's supervisor reads of whom and why; ben's own that it was done.
    assert lines(office.ask("sue", "trail", "client", "C-0001", "--break-glass", "--json"))[0]["detail"] == WHY
    assert (apart[0]["client"], apart[0]["detail"]) == ("", "")
    assert office.ask("max", "trail", "staff", "ben").stdout.startswith("Read in an emergency\n")
    # The whole trail has it once, beside the ordinary reading.
    kinds = [one["kind"] for one in lines(office.ask("sue", "trail", "client", "C-0001", "--json"))]
    assert kinds.count("BreakGlass") == 2 and "Read" in kinds
    file = tmp_path / "trail.ndjson"
    office.ask("sue", "trail", "client", "C-0001", "--fhir", str(file))
    broken = [event for event in map(json.loads, file.read_text().splitlines())
              if "BTG" in [one["coding"][0]["code"] for one in event.get("purposeOfEvent", []) if "coding" in one]]
    assert len(broken) == 2 and broken[0]["agent"][-1]["who"]["identifier"]["value"] == "ben"


def check_nobody_else_breaks_it_and_never_without_a_reason(hub, office):
    show = ("client", "show", "C-0001", "--break-glass")
    for words in (show, (*show, "--reason", "because")):
        refused = office.ask("ben", *words, check=False)
        assert refused.returncode == 1 and "say why" in refused.stderr, words
    for name in ("max", "ivy"):
        refused = office.ask(name, *show, "--reason", WHY, check=False)
        assert refused.returncode == 1 and "only a case manager" in refused.stderr
    assert hub.admin(*show, "--reason", WHY, check=False).returncode == 1
    # Who stands for the client breaks nothing: the page is whole, and no alert comes of it.
    page, = lines(office.ask("cm.lee", *show, "--reason", WHY, "--json"))
    assert page["shown"] == "all" and page["identifiers"] != []
    assert not [one for one in lines(office.ask("sue", "alerts", "--state", "all", "--json")) if one["rule"] == "BreakGlass"]
    assert lines(office.ask("sue", "trail", "client", "C-0001", "--break-glass", "--json")) == []


def test_breaking_glass(hub, county, tmp_path):
    office = Office(hub, tmp_path)
    check_nobody_else_breaks_it_and_never_without_a_reason(hub, office)
    check_it_opens_a_page_once_and_the_supervisor_is_told_at_once(hub, office)
    check_the_readings_are_listed_apart(office, tmp_path)
