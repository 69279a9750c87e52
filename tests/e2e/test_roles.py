"""Who may ask and command what: every question of PROTOCOL.md and every command of command.fbs, by role, by whose
client it is and with a reason or without, in two tables. One hub, many links."""
import json
import pathlib
import re
import time

import frames
import messages
import pytest
import stranger
from carehub.wire import (AbsenceCommand, AgreementCommand, AlertCommand, AlertId, CalendarCommand, ClockCommand,
                          CommandBody, DeadLetterCommand, LinkCommand, OnCallCommand, PartnerCommand,
                          PauseCommand, PlaceCommand, RestoreCommand, RetentionCommand, RosterCommand, RuleCommand,
                          StaffCommand)
from messages import STAFF

PROTOCOL = pathlib.Path(__file__).resolve().parents[2] / "schemas" / "PROTOCOL.md"
NOT_ALLOWED, NOT_YOUR_CLIENT = 4, 56
# Asked of the client C-0001, whose case manager is cm.lee of team east, supervised by sue.
ROLES = {"cm.lee": "case_manager", "ben": "case_manager", "sue": "supervisor", "max": "supervisor",
         "ivy": "integration", "ope": "operator"}
REASON = "a complaint is looked into"
SAID, CLIENT, FATE = "tells what was said of the client", "tells of the client", "names the event"
NONE, REFUSED = "tells nothing of the client", "refused"
# What partners and papers said of the client, and what the hub made of it in words.
SAYINGS = ("CR-1", "12345", "stranger|", "ROOM-2", "HipaaAuthorization")

# question: what it is asked with, and the outcome for cm.lee, ben, sue, sue with a reason, max, ivy, ope. To nobody but a
# supervisor of the client a reason makes a difference, but where none is answered without one.
OWN_ONLY = (SAID, REFUSED, CLIENT, SAID, REFUSED, REFUSED, REFUSED)
OWN_SHOWN = (SAID, NONE, CLIENT, SAID, NONE, NONE, NONE)
OWN_TRAIL = (CLIENT, REFUSED, CLIENT, CLIENT, REFUSED, REFUSED, REFUSED)
NO_CLIENT = (NONE,) * 7
NOT_MANAGERS = (REFUSED, REFUSED, NONE, NONE, NONE, NONE, NONE)
QUESTIONS = {
    "alerts": ({"state": "all"}, OWN_SHOWN),
    "alert": ({"alert": "ALERT"}, OWN_ONLY),
    "board": ({"hours": "240"}, (CLIENT, NONE, CLIENT, CLIENT, NONE, NONE, NONE)),
    "report": ({}, NO_CLIENT),
    "client": ({"client": "C-0001"}, OWN_ONLY),
    "consents": ({"client": "C-0001"}, OWN_ONLY),
    "roster": ({}, OWN_SHOWN),
    "trail_client": ({"client": "C-0001"}, OWN_TRAIL),
    "trail_event": ({"event": "EVENT"}, OWN_TRAIL),
    "trail_partner": ({"partner": "court"}, (REFUSED, REFUSED, CLIENT, CLIENT, NONE, NONE, NONE)),
    "trail_staff": ({"staff": "cm.lee"}, (CLIENT, REFUSED, CLIENT, CLIENT, REFUSED, REFUSED, NONE)),
    "disclosures": ({"client": "C-0001"}, (SAID, REFUSED, REFUSED, SAID, REFUSED, REFUSED, REFUSED)),
    "explain": ({"event": "EVENT", "recipient": "clinic"},
                (SAID, REFUSED, REFUSED, SAID, REFUSED, REFUSED, REFUSED)),
    # It names recipients and kinds of events, not the client it was asked of.
    "consent_whatif": ({"client": "C-0001", "revoke": "paper-1"},
                       (NONE, REFUSED, REFUSED, NONE, REFUSED, REFUSED, REFUSED)),
    "trail_export": ({"client": "C-0001"}, (REFUSED, REFUSED, REFUSED, CLIENT, REFUSED, REFUSED, REFUSED)),
    "checkpoint": ({}, NO_CLIENT),
    "consistency": ({"old_size": "1", "new_size": "2"}, NO_CLIENT),
    # It names the event, nobody and nothing of what it said.
    "fate": ({"event": "EVENT"}, (FATE, REFUSED, FATE, FATE, REFUSED, FATE, FATE)),
    "fate_of": ({"id": "hearing-1", "feed": "stranger"}, (REFUSED,) * 7),
    "deadletters": ({}, NOT_MANAGERS),
    "deadletter": ({"recipient": "clinic", "number": "1"}, (REFUSED,) * 7),
    "rehearsal": ({"partner": "shadow"}, NOT_MANAGERS),
    "retention_due": ({}, (REFUSED, REFUSED, NONE, NONE, NONE, REFUSED, REFUSED)),
    "review": ({}, (REFUSED, REFUSED, REFUSED, CLIENT, REFUSED, REFUSED, REFUSED)),
    "partners": ({}, NO_CLIENT),
    "agreements": ({}, NO_CLIENT),
    "rules": ({}, NO_CLIENT),
    "counts": ({}, NO_CLIENT),
    "status": ({}, NO_CLIENT),
    "health": ({}, NO_CLIENT),
}

WITH_REASON = {("review", "max"): NONE}

ALERT_ID = {"Alert": lambda builder: AlertId.CreateAlertId(builder, 1, 0)}
# command: its table, the least that it needs, and who may give it
REGISTRARS = {"ivy", "ope"}
COMMANDS = {
    "PartnerCommand": (PartnerCommand, {"Name": "zed", "Kind": 1}, REGISTRARS),
    "StaffCommand": (StaffCommand, {"Staff": "zed", "Role": 1}, REGISTRARS),
    "AbsenceCommand": (AbsenceCommand, {"Staff": "zed"}, REGISTRARS),
    "OnCallCommand": (OnCallCommand, {"Team": "north", "Staff": "zed"}, REGISTRARS),
    "PlaceCommand": (PlaceCommand, {"Partner": "zed", "Code": "Z"}, REGISTRARS),
    "CalendarCommand": (CalendarCommand, {"Calendar": "zed", "Weekday": 1}, REGISTRARS),
    "RosterCommand": (RosterCommand, {"Client": "C-0009", "Identifier": ("COURT", "CASE", "CR-9")}, REGISTRARS),
    "AgreementCommand": (AgreementCommand, {"Discloser": "zed", "Recipient": "owner"}, REGISTRARS),
    "AlertCommand": (AlertCommand, {**ALERT_ID, "Act": 1}, set(ROLES)),
    # A folder that is no simulation refuses it, whoever of staff gives it.
    "ClockCommand": (ClockCommand, {"To": 1_783_605_600_000_000}, set(ROLES)),
    "PauseCommand": (PauseCommand, {"Name": "zed"}, REGISTRARS),
    "DeadLetterCommand": (DeadLetterCommand, {"Recipient": "clinic", "Number": 1, "Act": 1}, REGISTRARS),
    "RestoreCommand": (RestoreCommand, {"Last": 1}, REGISTRARS),
    "RuleCommand": (RuleCommand, {"Rule": "ContactGap", "Setting": "zed", "Reason": "a test"}, REGISTRARS),
    "LinkCommand": (LinkCommand, {"Act": 1, "Client": "C-0001", "Identifier": ("COURT", "CASE", "CR-8"),
                                  "Reason": "a test"}, REGISTRARS | {"sue"}),
    "RetentionCommand": (RetentionCommand, {"Act": 1, "Client": "C-0001", "Reason": "a test"}, {"sue"}),
}


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def office(hub, county, client, tmp_path):
    """The links of all six, and the event and the alert that are asked about."""
    (tmp_path / "directory" / "staff.csv").write_text(
        "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
        "cm.lee,case_manager,east,sue,,America/New_York,,,,\nben,case_manager,west,max,,America/New_York,,,,\n"
        "sue,supervisor,,,,America/New_York,,,,\nmax,supervisor,west,,,America/New_York,,,,\n")
    agreement = tmp_path / "owner.toml"
    agreement.write_text("".join(
        f'[[agreement]]\ndiscloser = "{partner}"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
        'form = "full"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n'
        for partner in ("court", "clinic")))
    hub.admin("directory", "import", str(tmp_path / "directory"))
    hub.admin("agreement", "import", str(agreement))
    # Somebody who may be C-0001.
    people = tmp_path / "people.csv"
    people.write_text("client,authority,id_type,id,owner,team,family_name,given_name,birth_date\n" + "".join(
        f"{name},COUNTY,ID,{name},cm.lee,east,Quixada,Marisol,1980-05-17\n" for name in ("C-0001", "C-0002")))
    hub.admin("roster", "import", str(people))
    hub.add_partner("shadow", "clinic", "--rehearsal")
    links = {name: stranger.read_link(hub.add_partner(name, "staff", "--role", role)) for name, role in ROLES.items()}
    hub.admin("consent", "grant", "C-0001", "--id", "paper-1", "--kind", "HipaaAuthorization", "--discloser", "court",
              "--recipients", "owner", "--purpose", "CareCoordination", "--signed", "2020-01-01")
    court, clinic = client(county["court"]), client(county["clinic"])
    court.open()
    clinic.open()
    soon = int(time.time() + 5 * 86_400) * 1_000_000
    receipts = court.submit_and_wait([messages.obligation("hearing-1", start_us=soon)])
    clinic.submit_and_wait([messages.obligation(
        "visit-1", kind=messages.APPOINTMENT_BOOKED, obligation_class=messages.CLINIC_VISIT,
        person=("CLINIC", "MR", "12345"), start_us=soon)])
    # They collide: an alert for cm.lee. The clinic and cm.lee take what they are told.
    hub.run("watch", "--once", "--link", str(tmp_path / "clinic.carehub"))
    hub.run("watch", "--once", "--link", str(tmp_path / "cm.lee.carehub"))
    alert, = lines(hub.run("alerts", "--client", "C-0001", "--state", "all", "--json", "--link",
                           str(tmp_path / "sue.carehub")))[:1]
    return {"links": links, "event": f"h-{receipts[0]['sequence']}", "alert": alert["alert_id"]}


def outcome(answer, event):
    if answer[-1]["reason"]:
        return REFUSED
    text = "".join(line for part in answer for line in part["lines"])
    if any(word in text for word in SAYINGS):
        return SAID
    if any(word in text for word in ("C-0001", "paper-1")):
        return CLIENT
    return FATE if f'"{event}"' in text else NONE


def test_each_role_is_answered_what_it_may_read(hub, office, client):
    known = {"EVENT": office["event"], "ALERT": office["alert"]}
    # cm.lee is asked about: there is something to tell.
    hub.run("client", "show", "C-0001", "--link", str(hub.data.parent / "cm.lee.carehub"))
    columns = {(name, reason): place + (place > 2 or (name, reason) == ("sue", REASON))
               for place, name in enumerate(ROLES) for reason in ("", REASON)}
    different = []
    for (name, reason), place in columns.items():
        one = client(office["links"][name])
        one.open(STAFF)
        for ticket, (question, (arguments, wanted)) in enumerate(QUESTIONS.items(), start=1):
            told = {key: known.get(value, value) for key, value in arguments.items()}
            found = outcome(one.ask(ticket, question, **told, **({"reason": reason} if reason else {})), office["event"])
            right = WITH_REASON.get((question, name), wanted[place]) if reason else wanted[place]
            if found != right:
                different.append(f"{question} by {name} {reason}: {found}, not: {right}")
        one.close()
    assert different == []


def test_the_tables_are_complete(hub):
    text = PROTOCOL.read_text()
    table = text[text.index("## 11."):text.index("## 12.")]
    named = [name for row in re.findall(r"^\| ([a-z_, ]+) \|", table, re.M) for name in row.split(", ")]
    assert set(named) - {"name"} == set(QUESTIONS)
    bodies = {name for name in vars(CommandBody.CommandBody) if not name.startswith("_")} - {"NONE"}
    assert bodies == set(COMMANDS)


def command(name, **more):
    module, fields, _ = COMMANDS[name]
    return messages.command(name, module, **{**fields, **more})


def test_each_role_commands_what_it_may(office, county, client):
    different = []
    for name, link in {**office["links"], "clinic": county["clinic"]}.items():
        one = client(link)
        one.open(STAFF if name in ROLES else messages.SEND)
        first = one.ticket + 1
        one.ticket += len(COMMANDS)
        one.send(frames.Type.COMMAND, [command(body) for body in COMMANDS], first)
        one.wait(lambda: all(first + n in one.receipts for n in range(len(COMMANDS))))
        for n, (body, (_, _, allowed)) in enumerate(COMMANDS.items()):
            receipt = one.receipts[first + n]
            is_refused = receipt["status"] == messages.REFUSED and receipt["reason"] in (NOT_ALLOWED, NOT_YOUR_CLIENT)
            if is_refused == (name in allowed):
                different.append(f"{body} by {name}: {receipt}")
        one.close()
    assert different == []


def test_acts_on_an_alert_are_for_the_clients_people(office, client):
    number, index = map(int, office["alert"].split("-")[1:])
    acts = [command("AlertCommand", Act=act, Alert=lambda builder: AlertId.CreateAlertId(builder, number, index))
            for act in range(1, 7)]
    found = {}
    for name in ROLES:
        one = client(office["links"][name])
        one.open(STAFF)
        first = one.ticket + 1
        one.ticket += len(acts)
        one.send(frames.Type.COMMAND, acts, first)
        one.wait(lambda: all(first + n in one.receipts for n in range(len(acts))))
        found[name] = {one.receipts[first + n]["reason"] == NOT_YOUR_CLIENT for n in range(len(acts))}
        one.close()
    assert found == {name: {name in ("ben", "max")} for name in ROLES}
