"""What one partner told and was told, what one member of staff did, and the trail as FHIR AuditEvents."""
import base64
import json
import re

import messages
import pytest
from messages import CONFIRMS, WATCH

DAY_US = 86_400_000_000
BEGIN_US = 1_783_605_600_000_000


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def hearing(number):
    return messages.obligation(f"hearing-{number}", start_us=BEGIN_US + number * DAY_US)


class Office:
    """cm.lee works for sue; max supervises nobody."""

    def __init__(self, hub, county, client, tmp_path):
        self.hub, self.tmp_path = hub, tmp_path
        (tmp_path / "directory" / "staff.csv").write_text(
            "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
            "cm.lee,case_manager,east,sue,,America/New_York,,,,\nsue,supervisor,,,,America/New_York,,,,\n"
            "max,supervisor,west,,,America/New_York,,,,\n")
        hub.admin("directory", "import", str(tmp_path / "directory"))
        for name, role in (("cm.lee", "case_manager"), ("sue", "supervisor"), ("max", "supervisor")):
            hub.add_partner(name, "staff", "--role", role)
        court, clinic = client(county["court"]), client(county["clinic"])
        court.open()
        clinic.open(WATCH)
        clinic.listen()
        court.submit_and_wait([hearing(n) for n in range(3)])
        clinic.wait(lambda: len(clinic.notices) == 3)
        clinic.judge(messages.verdict(clinic.notices[0]["number"], CONFIRMS))
        clinic.acknowledge(clinic.notices[2]["number"])
        clinic.heartbeat(1)
        self.court = court

    def ask(self, name, *words, check=True):
        return self.hub.run(*words, "--link", str(self.tmp_path / f"{name}.carehub"), check=check)


@pytest.fixture
def office(hub, county, client, tmp_path):
    return Office(hub, county, client, tmp_path)


def test_a_partners_trail_tells_what_it_told_and_was_told(hub, office):
    court = lines(office.ask("sue", "trail", "partner", "court", "--json"))
    assert [(one["kind"], one["client"], one["result"]) for one in court
            if one["kind"] == "HearingScheduled"] == [("HearingScheduled", "C-0001", "accepted")] * 3
    assert {one["actor"] for one in court} == {"court"}
    hub.wait_for(lambda: "Acknowledge" in office.ask("sue", "trail", "partner", "clinic", "--json").stdout)
    clinic = lines(office.ask("sue", "trail", "partner", "clinic", "--json"))
    told = [one for one in clinic if one["kind"] == "Notice"]
    assert [(one["recipient"], one["client"], one["detail"]) for one in told] == [("clinic", "C-0001", "full")] * 3
    assert [one["act"] for one in clinic if one["kind"] == "Acknowledge"][-1].startswith("up to ")
    text = office.ask("sue", "trail", "partner", "clinic").stdout
    assert "clinic was sent a notice about C-0001 (full)" in text and "clinic answered a notice" in text

    # Times and pages.
    assert lines(office.ask("sue", "trail", "partner", "court", "--json", "--to", court[0]["at"])) == []
    assert lines(office.ask("sue", "trail", "partner", "court", "--json", "--page", "2")) == []
    assert "count pages" in office.ask("sue", "trail", "partner", "court", "--page", "0", check=False).stderr
    assert office.ask("cm.lee", "trail", "partner", "court", check=False).returncode == 1
    assert office.ask("sue", "trail", "partner", "nobody", check=False).returncode == 1

    # It is kept over a restart.
    hub.stop()
    hub.start()
    again = lines(office.ask("sue", "trail", "partner", "court", "--json"))
    assert [one for one in again if one["sequence"] <= court[-1]["sequence"]] == court


def test_what_staff_read_searched_exported_and_acknowledged(hub, office):
    office.ask("cm.lee", "client", "show", "C-0001")
    office.ask("cm.lee", "alerts")
    office.ask("cm.lee", "roster", "export")
    assert office.ask("cm.lee", "client", "show", "C-9999", check=False).returncode == 1
    office.ask("cm.lee", "contact", "add", "C-0001", "--kind", "telephone", "--minutes", "10")
    told = lines(office.ask("sue", "trail", "staff", "cm.lee", "--json"))
    reads = [(one["act"], one["client"], one["result"]) for one in told if one["kind"] == "Read"]
    assert reads[:3] == [("client", "C-0001", "accepted"), ("alerts", "", "accepted"), ("roster", "", "accepted")]
    assert ("ContactMade", "C-0001") in [(one["kind"], one["client"]) for one in told]
    text = office.ask("sue", "trail", "staff", "cm.lee").stdout
    for words in ("cm.lee read the page of C-0001", "cm.lee searched the alerts", "cm.lee exported the roster",
                  "cm.lee told: contact made of C-0001", "--page 2"):
        assert words in text
    # Each their own; a supervisor those supervised; nobody else.
    assert lines(office.ask("cm.lee", "trail", "staff", "cm.lee", "--json"))
    assert office.ask("max", "client", "show", "C-0001", check=False).returncode == 1
    for asker, about in (("max", "cm.lee"), ("cm.lee", "sue"), ("max", "sue")):
        refused = office.ask(asker, "trail", "staff", about, check=False)
        assert refused.returncode == 1 and "supervisor" in refused.stderr
    # The looking is looked at.
    assert "trail_staff" in [one["act"] for one in lines(office.ask("sue", "trail", "staff", "sue", "--json"))]


# FHIR R4 AuditEvent and its required value sets, and what BALP asks beside them, written out from the standards.
ACTIONS = set("CRUDE")
OUTCOMES = {"0", "4", "8", "12"}
NETWORKS = {"1", "2", "3", "4", "5"}
ENTITY_ROLES = {str(number) for number in range(1, 25)}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
DICOM, REST = "http://dicom.nema.org/resources/ontology/DCM", "http://terminology.hl7.org/CodeSystem/audit-event-type"
INTERACTIONS = "http://hl7.org/fhir/restful-interaction"
LIFECYCLE = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle"
PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
# profile: type, subtypes, action, the role that is the hub's
PATTERNS = {
    "PatientRead": ((REST, "rest"), {(INTERACTIONS, "read"), (INTERACTIONS, "vread")}, "R", "110153"),
    "PatientQuery": ((REST, "rest"), {(INTERACTIONS, "search")}, "E", "110153"),
    "PatientCreate": ((REST, "rest"), {(INTERACTIONS, "create")}, "C", "110152"),
    "PatientUpdate": ((REST, "rest"), {(INTERACTIONS, "update")}, "U", "110152"),
    "PrivacyDisclosure.Source": ((DICOM, "110106"), {(LIFECYCLE, "disclose")}, "R", "110153"),
    "PrivacyDisclosure.Recipient": ((DICOM, "110107"), {(LIFECYCLE, "disclose")}, "C", "110152"),
}


def coded(coding):
    return coding["system"], coding["code"]


def role_of(agent):
    return agent["type"]["coding"][0]["code"]


def check_resource(event):
    assert event["resourceType"] == "AuditEvent" and re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", event["id"])
    assert all(coded(event["type"])) and all(coded(one) for one in event["subtype"])
    assert event["action"] in ACTIONS and event["outcome"] in OUTCOMES
    assert INSTANT.match(event["recorded"])
    assert event["agent"] and all(isinstance(agent["requestor"], bool) for agent in event["agent"])
    assert sum(agent["requestor"] for agent in event["agent"]) == 1  # one initiator only
    for agent in event["agent"]:
        assert agent["who"]["identifier"]["value"] and agent.get("network", {"type": "5"})["type"] in NETWORKS
    assert event["source"]["observer"]["identifier"]["value"] == "hub"
    for entity in event["entity"]:
        assert entity["what"]["identifier"]["value"] and all(coded(entity["type"]))
        if "role" in entity:
            assert entity["role"]["code"] in ENTITY_ROLES
        if "query" in entity:
            base64.b64decode(entity["query"], validate=True)


def check_profile(event, name):
    kind, subtypes, action, hubs_role = PATTERNS[name]
    assert coded(event["type"]) == kind and {coded(one) for one in event["subtype"]} <= subtypes
    assert (event["action"], event["outcome"]) == (action, "0")
    roles = [role_of(agent) for agent in event["agent"]]
    assert "110153" in roles and "110152" in roles
    hub = next(agent for agent in event["agent"] if agent["who"]["identifier"]["value"] == "hub")
    assert role_of(hub) == hubs_role
    patient, data = event["entity"][0], event["entity"][1]
    assert (patient["type"]["code"], patient["role"]["code"]) == ("1", "1")
    assert patient["what"]["identifier"]["value"] == "C-0001"
    assert data["type"]["code"] == "2" and ("query" in data) == (name == "PatientQuery")
    assert [one["type"]["code"] for one in event["entity"]].count("XrequestId") == 1
    if name.startswith("PrivacyDisclosure"):
        assert len(event["agent"]) == 2 and all(agent["network"]["address"] for agent in event["agent"])
    users = [agent for agent in event["agent"] if role_of(agent) == "IRCP"]
    if name == "PatientRead":
        assert len(users) == 1 and users[0]["requestor"] and "network" not in users[0] and users[0]["role"]


def test_who_only_looks_is_in_the_trail_and_in_the_accounting(hub, office):
    """Each showing is an entry before the line is printed, for staff and for partners, live and again as history."""
    agreement = office.tmp_path / "owner.toml"
    agreement.write_text(
        '[[agreement]]\ndiscloser = "court"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
        'event_kinds = ["HearingScheduled"]\nform = "full"\nbasis = "court and office"\n'
        'valid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
    hub.admin("agreement", "import", str(agreement))
    office.court.submit_and_wait([hearing(3)])

    def showings(recipient):
        return [one for one in lines(office.ask("sue", "trail", "client", "C-0001", "--json"))
                if one["kind"].endswith("Notice") and one["result"] == "shown" and one["recipient"] == recipient]

    assert showings("cm.lee") == [] and showings("clinic") == []
    owed = lines(office.ask("cm.lee", "watch", "--no-ack", "--once", "--json"))
    assert owed and len(showings("cm.lee")) == len(owed)
    assert lines(office.ask("cm.lee", "watch", "--no-ack", "--once", "--json")) == owed
    assert len(showings("cm.lee")) == 2 * len(owed)
    assert {one["actor"] for one in showings("cm.lee")} == {"cm.lee"}
    assert "cm.lee looked at a notice" in office.ask("sue", "trail", "staff", "cm.lee").stdout
    told = lines(office.ask("sue", "trail", "disclosures", "C-0001", "--each", "--exempt", "--reason", "the client asked", "--json"))
    assert {one["left"] for one in told if one["recipient"] == "cm.lee"} == {"shown"}
    assert office.ask("cm.lee", "watch", "--no-ack", "--once", "--kind", "AppointmentBooked").stdout == ""
    assert len(showings("cm.lee")) == 2 * len(owed)

    hub.run("watch", "--from", "1", "--once", "--json", "--link", str(office.tmp_path / "clinic.carehub"))
    assert len(showings("clinic")) >= 3


def test_the_trail_as_fhir_audit_events(hub, office, tmp_path):
    office.ask("cm.lee", "client", "show", "C-0001")
    office.ask("cm.lee", "contact", "add", "C-0001", "--kind", "telephone", "--minutes", "10")
    office.ask("sue", "case", "assign", "C-0001", "--owner", "cm.lee", check=False)
    office.ask("cm.lee", "alerts", "--client", "C-0001")
    hub.admin("consent", "grant", "C-0001", "--id", "paper", "--kind", "HipaaAuthorization", "--discloser", "court",
              "--recipients", "clinic", "--purpose", "Treatment", "--signed", "2020-01-01")
    trail = lines(office.ask("sue", "trail", "client", "C-0001", "--json"))
    by_identifier = lines(office.ask("sue", "trail", "client", "--authority", "CLINIC", "--type", "MR", "--id", "12345",
                                     "--json"))
    assert by_identifier[:len(trail)] == trail and by_identifier[-1]["act"] == "trail_client"
    assert office.ask("sue", "trail", "client", "--authority", "CLINIC", "--type", "MR", "--id", "999",
                      check=False).returncode == 1
    file = tmp_path / "trail.ndjson"
    office.ask("sue", "trail", "client", "C-0001", "--fhir", str(file), "--to", trail[-1]["at"])
    assert file.stat().st_mode & 0o077 == 0
    events = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(events) == len([one for one in trail if one["at"] < trail[-1]["at"]])
    assert len({event["id"] for event in events}) == len(events)
    profiles = set()
    for event in events:
        check_resource(event)
        for profile in event.get("meta", {}).get("profile", []):
            assert profile.startswith(PROFILE)
            profiles.add(profile.removeprefix(PROFILE))
            check_profile(event, profile.removeprefix(PROFILE))
    assert profiles >= {"PatientRead", "PatientQuery", "PatientCreate", "PatientUpdate", "PrivacyDisclosure.Source",
                        "PrivacyDisclosure.Recipient"}
    routed = [event for event in events if event["subtype"][0]["code"] == "operation" and event["outcome"] == "0"]
    assert routed and routed[0]["purposeOfEvent"][0]["coding"][0]["code"] == "COC"
    # A refusal is told with an outcome of its own, and as no profile.
    assert all("meta" not in event for event in events if event["outcome"] != "0")


def test_a_refused_reading_is_told_as_refused(hub, office, tmp_path):
    """By role, by scope, and for want of a reason: recorded before the answer, as what it was."""
    refused = (("max", "client", "show", "C-0001"), ("max", "trail", "client", "C-0001"),
               ("max", "alerts", "--client", "C-0001"), ("cm.lee", "retention", "due"),
               ("sue", "trail", "disclosures", "C-0001"))
    for who, *words in refused:
        assert office.ask(who, *words, check=False).returncode == 1, words
    assert office.ask("cm.lee", "client", "show", "C-0001").returncode == 0

    def reads(who, of):
        told = lines(office.ask(who, *of, "--json"))
        return [(one["actor"], one["act"], one["client"], one["result"], one["detail"]) for one in told
                if one["kind"] == "Read"]

    of_client = reads("sue", ("trail", "client", "C-0001"))
    assert of_client[:5] == [
        ("max", "client", "C-0001", "refused", "NotAllowed"), ("max", "trail_client", "C-0001", "refused", "NotAllowed"),
        ("max", "alerts", "C-0001", "refused", "NotAllowed"), ("sue", "disclosures", "C-0001", "refused", "NotAllowed"),
        ("cm.lee", "client", "C-0001", "accepted", "")]
    # Of whom, only those are told who may read about the client.
    assert reads("max", ("trail", "staff", "max"))[:3] == [(*one[:2], "", *one[3:]) for one in of_client[:3]]
    assert ("cm.lee", "retention_due", "", "refused", "NotAllowed") in reads("sue", ("trail", "staff", "cm.lee"))
    assert "max read the page: refused (not allowed)" in office.ask("max", "trail", "staff", "max").stdout.lower()
    # IHE BALP has no profile of its own for what was not done: the outcome says so.
    file = tmp_path / "trail.ndjson"
    office.ask("sue", "trail", "client", "C-0001", "--fhir", str(file))
    events = [json.loads(line) for line in file.read_text().splitlines()]

    def outcomes(name):
        return {event["outcome"] for event in events
                if event["type"]["code"] == "rest" and event["action"] == "R" and f'"{name}"' in json.dumps(event["agent"])}

    assert outcomes("max") == {"4"} and outcomes("cm.lee") == {"0"}
