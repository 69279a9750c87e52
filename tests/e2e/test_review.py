"""Who may be the same person: proposed with the evidence, decided by people, linked by nobody else."""
import datetime
import json

import messages
import pytest
import stranger

REASON = "two files of one person"
NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
VISIT = {"class": "ClinicVisit", "status": "Scheduled", "owner_org": "CLINIC", "start": NOW.isoformat(),
         "end": (NOW + datetime.timedelta(hours=1)).isoformat()}


def person(value, family, given, born, **more):
    """An event of the clinic; of several identifiers, told in that order."""
    return {"kind": "PersonUpserted", "identifiers": [{"authority": "CLINIC", "type": "MR", "value": one} for one in value.split()],
            "payload": {"names": [{"family": family, "given": given}], "birth": born, "sex": "Female"}, **more}


class Office:
    """Clients of teams east (sue's) and west (max's), a clinic that names people, and dee, who supervises the managers of both."""

    def __init__(self, hub, tmp_path, client):
        self.hub, self.tmp_path, self.client, self.sent = hub, tmp_path, client, 0
        staff = tmp_path / "directory"
        staff.mkdir()
        (staff / "staff.csv").write_text(
            "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
            "cm.lee,case_manager,east,dee,,America/New_York,,,,\nben,case_manager,west,dee,,America/New_York,,,,\n"
            "dee,supervisor,,,,America/New_York,,,,\n"
            "sue,supervisor,east,,,America/New_York,,,,\nmax,supervisor,west,,,America/New_York,,,,\n")
        hub.admin("directory", "import", str(staff))
        self.links = {name: hub.add_partner(name, "staff", "--role", "supervisor") for name in ("dee", "sue", "max")}
        self.links["clinic"] = hub.add_partner("clinic", "clinic")
        self.connect()

    def connect(self):
        self.asking, self.tickets = {}, 100
        for name in ("dee", "sue", "max"):
            self.asking[name] = self.client(stranger.read_link(self.links[name]))
            self.asking[name].open(messages.STAFF)

    def import_roster(self, *rows):
        roster = self.tmp_path / "people.csv"
        roster.write_text("client,authority,id_type,id,owner,family_name,given_name,birth_date\n" + "".join(
            f"{client},COUNTY,ID,{client},{owner},{family},{given},{born}\n" for client, owner, family, given, born in rows))
        self.hub.admin("roster", "import", str(roster))

    def tell(self, *events, by="clinic"):
        file = self.tmp_path / "people.jsonl"
        with open(file, "w") as out:
            for event in events:
                self.sent += 1
                json.dump({"id": f"E-{self.sent}", "business_key": f"E-{self.sent}", "occurred_at": NOW.isoformat(),
                           "zone": "America/New_York", **event}, out)
                out.write("\n")
        done = self.hub.run("send", "--json", "--link", str(self.links[by]), str(file))
        assert {json.loads(line)["status"] for line in done.stdout.splitlines()} == {"accepted"}, done.stdout

    def ask(self, name, by, **arguments):
        self.tickets += 1
        parts = self.asking[by].ask(self.tickets, name, **{"reason": REASON, **arguments})
        assert not parts[-1]["reason"], parts[-1]
        return [json.loads(line) for part in parts for line in part["lines"]]

    def is_refused(self, name, by, **arguments):
        self.tickets += 1
        return bool(self.asking[by].ask(self.tickets, name, **{"reason": REASON, **arguments})[-1]["reason"])

    def proposed(self, by="dee", **arguments):
        _, *pairs = self.ask("review", by, **arguments)
        return {(one["client"], one["other"].get("client") or one["other"]["identifiers"][0]["value"]): one for one in pairs}

    def decide(self, act, *more):
        self.hub.run("client", act, *more, "--reason", "asked her", "--link", str(self.links["dee"]))


@pytest.fixture
def office(hub, tmp_path, client):
    one = Office(hub, tmp_path, client)
    one.import_roster(
        ("P-1", "cm.lee", "Quixada", "Marisol", "1980-05-17"), ("P-2", "cm.lee", "QUIXADA", "marisol", "1980-05-17"),
        ("P-3", "cm.lee", "Brandvold", "Tora", "1991-02-03"), ("P-4", "cm.lee", "Brandvold", "Liv", "1991-02-03"),  # twins
        ("P-5", "cm.lee", "Quixada", "Marisol", ""),  # the name alone
        ("P-6", "cm.lee", "Lopez", "Ana", "1970-01-09"),
        ("P-7", "cm.lee", "Ottesen", "Karin", "1975-08-30"), ("W-1", "ben", "Ottesen", "Karin", "1975-08-30"))
    one.tell(person("900", "Brandvold", "Tora", "1991-02-03"))
    return one


SECRET = "qxcanary-ssn"


def with_secret(value, family, given, born):
    """Of a person whose social security number is told three times, under three names."""
    told = person(value, family, given, born)
    told["identifiers"] += [{"authority": "NORTH", "type": "SS", "value": f"{SECRET}-{family}"},
                            {"authority": "http://hl7.org/fhir/sid/us-ssn", "type": "PI", "value": f"{SECRET}-{given}"},
                            {"authority": "NORTH", "type": "PI", "value": f"900-12-{born[:4]}"}]
    return told


def identifier(value):
    return "--authority", "CLINIC", "--type", "MR", "--id", value


def test_people_who_may_be_one_are_proposed_until_a_person_decides(hub, office):
    pairs = office.proposed()
    assert set(pairs) == {("P-1", "P-2"), ("P-3", "900"), ("P-7", "W-1")}
    pair = pairs["P-1", "P-2"]
    evidence = {one["field"]: one for one in pair["evidence"]}
    assert (evidence["birth_date"]["agreement"], evidence["sex"]["agreement"]) == ("agrees", "missing")
    assert (evidence["family_name"]["client"], evidence["family_name"]["other"]) == ("Quixada", "QUIXADA")
    assert evidence["family_name"]["weight"] > 5 and evidence["family_name"]["one_in"] > 100
    assert abs(pair["weight"] - pair["prior"] - sum(one["weight"] for one in evidence.values())) < 0.3
    assert pair["probability"] > 0.99
    page = hub.run("client", "review", "P-3", "--reason", REASON, "--link", str(office.links["dee"])).stdout
    assert "carehub client link 'P-3' --authority 'CLINIC' --type 'MR' --id '900'" in page and "P-1" not in page
    assert len(office.proposed(limit="1")) == 1 and office.is_refused("review", "dee", limit="0")
    assert office.is_refused("review", "dee", reason="")  # names and birth dates are read for a reason alone
    # Nobody was linked by it.
    assert [one["value"] for one in office.ask("client", "dee", client="P-3")[0]["identifiers"]] == ["P-3"]

    # Told apart, also of whomever they are one with since, and over a restart.
    office.decide("distinguish", "P-1", "--other", "P-2")
    office.decide("merge", "P-6", "P-1")
    hub.kill()
    hub.start()
    office.connect()
    assert set(office.proposed()) == {("P-3", "900"), ("P-7", "W-1")}
    # Told again, also beside another identifier, it is the same somebody.
    office.decide("distinguish", "P-3", *identifier("900"))
    office.tell(person("900", "Brandvold", "Tora", "1991-02-03"), person("901 900", "Brandvold", "Tora", "1991-02-03"),
                person("902", "Lopez", "Ana", "1970-01-09"))
    assert set(office.proposed()) == {("P-6", "902"), ("P-7", "W-1")}
    office.decide("link", "P-6", *identifier("902"))
    office.decide("merge", "P-7", "W-1")
    assert office.proposed() == {}
    hub.stop()
    assert json.loads(hub.admin("replay", "--recheck", "--json").stdout)["first_difference"] is None


def test_supervisors_are_shown_whom_they_may_read_and_never_the_protected(hub, office):
    # Sue reads east's clients, and who is nobody's; of the pair with west's she hears that there is one.
    assert set(office.proposed(by="sue")) == {("P-1", "P-2"), ("P-3", "900")}
    assert office.ask("review", "sue")[0]["elsewhere"] == 1
    assert office.proposed(by="max") == {} and office.is_refused("review", "max", client="P-1")

    office.links["shadow"] = hub.add_partner("shadow", "clinic", "--rehearsal")
    office.tell(person("910", "Quixada", "Marisol", "1980-05-17"), by="shadow")
    # Whom one event tells of as protected is in no list, though another names them; nor is a client.
    office.decide("link", "P-1", *identifier("920"))
    office.tell(person("900", "", "", "", kind="AppointmentBooked", labels=["DvProtected"], payload=VISIT),
                person("900", "Brandvold", "Tora", "1991-02-03"),
                person("920", "Quixada", "Marisol", "1980-05-17", labels=["DvProtected"]))
    assert set(office.proposed()) == {("P-7", "W-1")}

    # Each look is an entry: in the trail of who looked, and of the client that was named.
    office.ask("review", "sue", client="P-3")
    looks = [(one["act"], one["client"]) for one in office.ask("trail_staff", "sue", staff="sue") if one["kind"] == "Read"]
    assert looks.count(("review", "")) == 2 and looks.count(("review", "P-3")) == 1
    assert any(one["act"] == "review" and one["actor"] == "sue" for one in office.ask("trail_client", "dee", client="P-3")
               if one["kind"] == "Read")


def test_a_social_security_number_is_shown_to_nobody(hub, office):
    # One with a number of the clinic's own beside it, one known by nothing else.
    office.tell(with_secret("930", "Lopez", "Ana", "1970-01-09"), with_secret("", "Ottesen", "Karin", "1975-08-30"))
    found = [one["other"] for one in office.ask("review", "dee")[1:] if "event_id" in one["other"]]
    by_number = {tuple(told["value"] for told in one["identifiers"]): one["not_shown"] for one in found}
    assert by_number == {("900",): 0, ("930",): 3, (): 3}
    page = hub.run("client", "review", "--reason", REASON, "--link", str(office.links["dee"])).stdout
    assert "--id '930'" in page and "known by a number that nobody is shown" in page
    # It links, and stays unseen.
    office.decide("link", "P-6", "--authority", "NORTH", "--type", "SS", "--id", SECRET + "-Lopez")
    office.decide("link", "P-6", *identifier("930"))
    told = office.ask("client", "dee", client="P-6")
    assert [one["value"] for one in told[0]["identifiers"]] == ["P-6", "930"]
    read = page + json.dumps([found, told, office.ask("review", "dee"), office.ask("trail_client", "dee", client="P-6"),
                              office.ask("alerts", "dee", client="P-6", state="all")])
    assert SECRET not in read and "900-12-" not in read
