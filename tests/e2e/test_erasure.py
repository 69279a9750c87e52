"""What is kept of a client: legal hold, erasure, and purge of those whose years are over."""
import datetime
import json

import hub_process

CANARY = "qxerase"
NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
AGREEMENT = ('[[agreement]]\ndiscloser = "clinic"\nrecipient = "owner"\npurpose = "CareCoordination"\nform = "full"\n'
             'basis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
HEAD = "client,partner,authority,id_type,id,owner,team,model,tier,transport,zone,family_name,given_name\n"

WHY = "the client asked"


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def visit(event_id, identifier, occurred_at=NOW):
    start = occurred_at + datetime.timedelta(days=4)
    return {"id": event_id, "kind": "AppointmentBooked", "occurred_at": occurred_at.isoformat(),
            "zone": "America/New_York", "business_key": event_id,
            "identifiers": [{"authority": "CLINIC", "type": "MR", "value": identifier}],
            "payload": {"class": "ClinicVisit", "status": "Scheduled", "owner_org": "CLINIC",
                        "location": {"name": CANARY + "-room"},
                        "start": start.isoformat(), "end": (start + datetime.timedelta(hours=1)).isoformat()}}


class Office:
    """A clinic, its case manager and the supervisor; the hub runs or does not."""

    def __init__(self, hub, tmp_path):
        self.hub, self.tmp_path = hub, tmp_path
        hub.add_partner("clinic", "clinic")
        hub.add_partner("cm.lee", "staff", "--role", "case_manager")
        hub.add_partner("sue", "staff", "--role", "supervisor")
        (tmp_path / "owner.toml").write_text(AGREEMENT)
        hub.admin("agreement", "import", str(tmp_path / "owner.toml"))

    def enrol(self, client, number, check=True):
        roster = self.tmp_path / f"{client}.csv"
        roster.write_text(HEAD + f"{client},clinic,CLINIC,MR,{number},cm.lee,east,Standard,Low,own,America/New_York,"
                          f"{CANARY}-family,{CANARY}-given\n")
        return self.hub.admin("roster", "import", str(roster), check=check)

    def send(self, event):
        file = self.tmp_path / "event.jsonl"
        file.write_text(json.dumps(event) + "\n")
        return lines(self.by("clinic", "send", "--json", str(file)))[0]

    def by(self, name, *words, check=True):
        return self.hub.run(*words, "--link", str(self.tmp_path / f"{name}.carehub"), check=check)


def files_with(folder, word):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")
                  if path.is_file() and word.encode() in path.read_bytes())


def test_a_client_is_held_released_and_erased(hub, tmp_path):
    log = tmp_path / "hub.log"
    hub.stop()
    hub.log = log.open("w")
    hub.start()
    office = Office(hub, tmp_path)
    office.enrol("C-0001", CANARY + "-777")
    office.enrol("C-0002", CANARY + "-778")
    first = office.send(visit("V-1", CANARY + "-777"))
    office.send(visit("V-2", CANARY + "-778"))
    watched = lambda: [one["body"]["business_key"]
                       for one in lines(office.by("cm.lee", "watch", "--once", "--no-ack", "--json"))
                       if one["kind"] == "AppointmentBooked"]
    assert watched() == ["V-1", "V-2"]

    # Supervisors decide, and a legal hold stands before an erasure.
    refused = office.by("cm.lee", "client", "erase", "C-0001", "--reason", "asked", check=False)
    assert refused.returncode == 1 and "NotAllowed" in refused.stderr and "supervisor" in refused.stderr
    assert hub.admin("client", "hold", "C-0001", "--reason", "no", check=False).returncode == 1
    office.by("sue", "client", "hold", "C-0001", "--reason", "case 26-100 is before the court")
    assert lines(office.by("sue", "client", "show", "C-0001", "--json"))[0]["hold"]["reason"] == ""  # metadata
    hold = lines(office.by("sue", "client", "show", "C-0001", "--reason", WHY, "--json"))[0]["hold"]
    assert (hold["by"], hold["reason"]) == ("sue", "case 26-100 is before the court")
    assert "under legal hold since" in office.by("sue", "client", "show", "C-0001").stdout
    refused = office.by("sue", "client", "erase", "C-0001", "--reason", "asked on paper", check=False)
    assert refused.returncode == 1 and "53 LegalHold" in refused.stderr and "client release" in refused.stderr

    # A second one stands beside the first, each with its reason, and each has its own end.
    office.by("sue", "client", "hold", "C-0001", "--reason", "an audit of the county")
    shown = lines(office.by("sue", "client", "show", "C-0001", "--reason", WHY, "--json"))[0]
    assert shown["hold"] == hold
    assert [(one["by"], one["reason"]) for one in shown["holds"]] == [
        ("sue", "case 26-100 is before the court"), ("sue", "an audit of the county")]
    page = office.by("sue", "client", "show", "C-0001", "--reason", WHY).stdout
    assert "case 26-100 is before the court" in page and "an audit of the county" in page
    refused = office.by("sue", "client", "release", "C-0001", "--reason", "over", check=False)
    assert refused.returncode == 1 and "--hold N" in refused.stderr and "--all" in refused.stderr
    office.by("sue", "client", "release", "C-0001", "--hold", str(hold["entry"]), "--reason", "the case is over")
    assert [one["reason"] for one in lines(office.by("sue", "client", "show", "C-0001", "--reason", WHY, "--json"))[0]["holds"]
            ] == ["an audit of the county"]
    office.by("sue", "client", "release", "C-0001", "--reason", "the audit is over")
    shown = lines(office.by("sue", "client", "show", "C-0001", "--json"))[0]
    assert (shown["hold"], shown["holds"]) == (None, [])
    named = office.by("sue", "client", "erase", "C-0001", "--reason", "C-0001 asked", check=False)
    assert named.returncode == 1 and "without the client's name" in named.stderr
    acts = [(one["act"], one["detail"]) for one in lines(office.by("sue", "trail", "client", "C-0001", "--reason", WHY, "--json"))
            if one["kind"] == "Command" and one["actor"] == "sue"]
    assert acts == [("legal hold", "case 26-100 is before the court"), ("erase", "LegalHold"),
                    ("legal hold", "an audit of the county"), ("release from legal hold", "WrongState"),
                    ("release from legal hold", "the case is over"), ("release from legal hold", "the audit is over")]

    done = lines(office.by("sue", "client", "erase", "C-0001", "--reason", "asked on paper", "--json"))[0]
    assert (done["act"], done["status"]) == ("erase", "accepted")
    assert watched() == ["V-2"]
    for again in range(2):
        shown = office.by("sue", "client", "show", "C-0001", check=False)
        assert shown.returncode == 1 and "ClientErased" in shown.stderr and str(done["sequence"]) in shown.stderr
        trail = lines(office.by("sue", "trail", "client", "C-0001", "--reason", WHY, "--json"))
        assert (trail[0]["sequence"], trail[0]["act"], trail[0]["detail"]) == (done["sequence"], "erase", "asked on paper")
        assert trail[0]["actor"] == "sue" and {one["kind"] for one in trail[1:]} <= {"Read", "Notice"}
        event = lines(office.by("sue", "trail", "event", first["event_id"], "--reason", WHY, "--json"))[0]
        assert event["detail"] == f"erased by h-{done['sequence']}" and event["client"] == ""
        assert lines(office.by("sue", "client", "show", "C-0002", "--json"))[0]["obligations"]
        hub.wait_for(lambda: "are taken out of the journal" in log.read_text())
        assert hub.admin("trail", "verify").returncode == 0
        if again == 0:
            hub.kill()
            hub.start()

    # The name is not used again; the number is, and begins anew.
    refused = office.enrol("C-0001", CANARY + "-777", check=False)
    assert refused.returncode == 1 and "ClientErased" in refused.stdout + refused.stderr
    assert office.send(visit("V-3", CANARY + "-777"))["status"] == "accepted"
    office.enrol("C-0003", CANARY + "-777")
    office.send(visit("V-4", CANARY + "-777"))
    assert [one["key"] for one in lines(office.by("sue", "client", "show", "C-0003", "--reason", WHY, "--json"))[0]["obligations"]] == ["V-4"]

    # Chain, proofs, bundle, backup and replay are whole.
    assert hub.admin("trail", "verify").returncode == 0
    bundle = tmp_path / "bundle"
    office.by("sue", "trail", "export", "C-0001", "--proof", "--out", str(bundle), "--reason", WHY)
    assert hub.run("trail", "verify", str(bundle)).returncode == 0
    hub.admin("backup", str(tmp_path / "backup"))
    hub.stop()
    assert lines(hub.admin("replay", "--recheck", "--json"))[0]["first_difference"] is None
    assert lines(hub.admin("replay", "--json"))[0]["snapshot_agrees"] is not False
    hub.log.close()
    for folder in (hub.data, tmp_path / "backup"):
        assert files_with(folder, CANARY) == []
    assert CANARY.encode() not in log.read_bytes()
    assert "C-0001.csv" in files_with(tmp_path, CANARY)  # the search finds what is there


class SimulatedHub(hub_process.Hub):
    """Business time stands still until it is moved."""

    def run(self, *arguments, check=True):
        if arguments[0] == "init":
            arguments = (*arguments, "--simulation", "--start", "2026-03-02T08:00:00-05:00")
        return super().run(*arguments, check=check)

    def advance(self, to):
        self.admin("clock", "advance", "--to", to)


def test_who_has_been_kept_for_the_years_is_purged(binary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hub = SimulatedHub(binary, tmp_path)
    settings = hub.data / "carehub.toml"
    begins = settings.read_text()
    settings.write_text(begins + "\n[retention]\nyears = 5\n")
    refused = hub.admin("partner", "list", check=False)
    assert refused.returncode == 1 and "retention.years must be 6 to 100" in refused.stderr
    settings.write_text(begins + "\n[retention]\nyears = 6\n")
    hub.start()
    try:
        office = Office(hub, tmp_path)
        hub.add_partner("shelter", "housing")
        for client, number in (("C-0001", "1"), ("C-0002", "2"), ("C-0003", "3")):
            office.enrol(client, number)
        roster = tmp_path / "housing.csv"
        roster.write_text(HEAD + "C-0003,shelter,HMIS,PID,9,cm.lee,east,Standard,Low,own,America/New_York,,\n")
        hub.admin("roster", "import", str(roster))
        for reason in ("a lawsuit", "an audit"):
            office.by("sue", "client", "hold", "C-0002", "--reason", reason)
        assert lines(office.by("sue", "retention", "due", "--json")) == []
        hub.advance("2031-06-01T08:00:00-04:00")
        office.send(visit("V-1", "1", datetime.datetime.fromisoformat("2031-05-31T08:00:00-04:00")))
        hub.advance("2032-06-01T08:00:00-04:00")
        due = lines(office.by("sue", "retention", "due", "--json"))
        assert [(one["client"], one["records"], one["held"]) for one in due] == [("C-0002", "general", True)]
        assert [one["reason"] for one in due[0]["holds"]] == ["", ""]  # metadata
        listed = office.by("sue", "retention", "due", "--reason", "the yearly look").stdout
        assert "by sue: a lawsuit" in listed and "by sue: an audit" in listed
        refused = office.by("cm.lee", "retention", "due", check=False)
        assert refused.returncode == 1 and "NotAllowed" in refused.stderr
        hub.advance("2033-06-01T08:00:00-04:00")
        due = lines(office.by("sue", "retention", "due", "--json"))
        assert [(one["client"], one["records"], one["years"]) for one in due] == [
            ("C-0002", "general", 6), ("C-0003", "housing", 7)]
        purged = lines(office.by("sue", "retention", "purge", "--reason", "their years are over", "--json"))
        assert [(one["client"], one["status"]) for one in purged] == [("C-0003", "purged")]
        trail = lines(office.by("sue", "trail", "client", "C-0003", "--json"))[0]
        assert (trail["act"], trail["detail"]) == ("purge", "their years are over")
        assert "sue purged the client" in office.by("sue", "trail", "staff", "sue").stdout
        assert lines(office.by("sue", "client", "show", "C-0001", "--json"))[0]["client"] == "C-0001"
    finally:
        hub.stop()
