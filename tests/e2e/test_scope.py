"""Who may do what about whose client: every command about a client and everything staff say of one, by role and by team.
Acts on alerts are in test_roles.py, which has one."""
import frames
import messages
import pytest
import stranger
from carehub.wire import (Casework, Consent, Identifier, Justice, LinkCommand, Obligation, Payload, Person,
                          RetentionCommand, Submission)
from messages import REFUSED, STAFF

import flatbuffers

ROLES = {"cm.lee": "case_manager", "ben": "case_manager", "sue": "supervisor", "max": "supervisor",
         "ivy": "integration", "ope": "operator"}
REASONS = {4: "role", 56: "scope"}  # NotAllowed, NotYourClient
YES, ROLE, SCOPE = "may", "role", "scope"

# sue supervises cm.lee (team east), max works in ben's team west. E-n are cm.lee's, W-n are ben's, N-1 has nobody.
EAST, WEST = [f"E-{n}" for n in range(1, 9)], [f"W-{n}" for n in range(1, 5)]
#               cm.lee ben    sue    max    ivy   ope
KEEP_EAST = (ROLE, ROLE, YES, SCOPE, ROLE, ROLE)
KEEP_WEST = (ROLE, ROLE, SCOPE, YES, ROLE, ROLE)
KEEP_NOBODYS = (ROLE, ROLE, YES, YES, ROLE, ROLE)
LINK_EAST = (ROLE, ROLE, YES, SCOPE, YES, YES)
LINK_WEST = (ROLE, ROLE, SCOPE, YES, YES, YES)
LINK_NOBODYS = (ROLE, ROLE, YES, YES, YES, YES)
JOIN_TEAMS = (ROLE, ROLE, SCOPE, SCOPE, YES, YES)
PART_TEAMS = (ROLE, ROLE, YES, YES, YES, YES)
SAY_EAST = (YES, SCOPE, YES, SCOPE, YES, YES)
SAY_WEST = (SCOPE, YES, SCOPE, YES, YES, YES)
SAY_NOBODYS = (SCOPE, SCOPE, YES, YES, YES, YES)

HOLD, RELEASE, ERASE, PURGE = 1, 2, 3, 4
LINK, UNLINK, SPLIT, MERGE, UNMERGE, DISTINGUISH = 1, 2, 3, 4, 5, 6


def keep(act, client):
    return messages.command("RetentionCommand", RetentionCommand, Act=act, Client=client, Reason="a court's order", Years=7,
                            HousingYears=7)


def link(act, client, to="", number=""):
    told = {"To": to} if to else {}
    if number:
        told["Identifier"] = ("COUNTY", "ID", number)
    return messages.command("LinkCommand", LinkCommand, Act=act, Client=client, Reason="a clerk's slip", **told)


def names(builder, start, texts):
    ready = [builder.CreateString(text) for text in texts]
    start(builder, len(ready))
    for one in reversed(ready):
        builder.PrependUOffsetTRelative(one)
    return builder.EndVector()


def said(who, client, kind, module, vectors=(), **fields):
    """What a member of staff says of a client, as PROTOCOL.md has it."""
    builder = flatbuffers.Builder(512)
    lists = {key: names(builder, getattr(module, f"Start{key}Vector"), texts) for key, texts in vectors}
    event_id = f"{who}-{client}-{kind}"
    identifier = messages._table(builder, Identifier, Authority="carehub", Type="CLIENT", Value=client)
    Submission.StartIdentifiersVector(builder, 1)
    builder.PrependUOffsetTRelative(identifier)
    identifiers = builder.EndVector()
    payload = messages._table(builder, module, **lists, **fields)
    root = messages._table(
        builder, Submission, Kind=kind, Schema=1, Feed="staff", SourceMsgId=event_id, BusinessKey=event_id,
        Identifiers=identifiers, OccurredAt=1_783_605_600_000_000, OccurredPrecision=messages.SECOND_PRECISION,
        Zone="America/New_York", PayloadType=getattr(Payload.Payload, module.__name__.rsplit(".", 1)[1]), Payload=payload)
    return messages._finish(builder, root, b"CHEV")


def casework(kind):
    return lambda who, client: said(who, client, kind, Casework, Owner="cm.lee" if client.startswith("E") else "ben",
                                    Tier=1, ContactKind=1, TwoWay=True, PhaseFrom=1, PhaseTo=2)


def consent(kind):
    return lambda who, client: said(
        who, client, kind, Consent, vectors=[("Recipients", ["owner"])], Consent=f"paper-{client}", Kind=1,
        Discloser="court", Purpose=4, SignedOn=20_000, RevokedAt=1_783_605_600_000_000)


def meeting(kind):
    start = 1_783_605_600_000_000
    return lambda who, client: said(who, client, kind, Obligation, ObligationClass=8, Status=messages.SCHEDULED,
                                    Start=start, End=start + 1_800_000_000, OwnerOrg="the office")


def move(who, client):
    return said(who, client, 99, Justice)


def death(who, client):
    return said(who, client, 47, Person)


# Everything that staff may send (13-decisions), said of each.
SAID = {"CaseAssigned": casework(110), "CaseReassigned": casework(111), "ContactAttempted": casework(112),
        "ContactMade": casework(113), "PhaseChanged": casework(114), "RiskTierAssigned": casework(115),
        "ClientInformed": casework(121), "MoveNoticeRecorded": move, "ConsentGranted": consent(118),
        "ConsentRevoked": consent(119), **{f"meeting {kind}": meeting(kind) for kind in range(1, 10)},
        "ClientDeceased": death}

COMMANDS = {
    **{f"{word} {client}": (lambda act=act, client=client: keep(act, client), wanted)
       for word, act in (("hold", HOLD), ("erase", ERASE), ("purge", PURGE), ("release", RELEASE))  # so nobody is gone
       for client, wanted in (("E-8", KEEP_EAST), ("W-4", KEEP_WEST), ("N-2", KEEP_NOBODYS))},
    **{f"{word} {client}": (lambda act=act, client=client, number=number: link(act, client, number=number), wanted)
       for word, act in (("link", LINK), ("unlink", UNLINK), ("distinguish from a number", DISTINGUISH))
       for client, number, wanted in (("E-1", "X-1", LINK_EAST), ("W-1", "X-2", LINK_WEST), ("N-1", "X-3", LINK_NOBODYS))},
    **{f"{word} {one} {two}": (lambda act=act, one=one, two=two, number=number: link(act, one, two, number), wanted)
       for word, act, number, across in (("split", SPLIT, "E-2", JOIN_TEAMS), ("merge", MERGE, "", JOIN_TEAMS),
                                         ("unmerge", UNMERGE, "", PART_TEAMS),
                                         ("distinguish", DISTINGUISH, "", PART_TEAMS))
       for one, two, wanted in (("E-2", "E-3", LINK_EAST), ("W-2", "W-3", LINK_WEST), ("E-4", "W-1", across),
                                ("W-2", "E-5", across))},
}


@pytest.fixture
def teams(hub, tmp_path, client):
    """All six, each with a link."""
    directory = tmp_path / "directory"
    directory.mkdir()
    (directory / "staff.csv").write_text(
        "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
        "cm.lee,case_manager,east,sue,,America/New_York,,,,\nben,case_manager,west,,,America/New_York,,,,\n"
        "sue,supervisor,,,,America/New_York,,,,\nmax,supervisor,west,,,America/New_York,,,,\n")
    hub.admin("directory", "import", str(directory))
    roster = tmp_path / "roster.csv"
    roster.write_text("client,authority,id_type,id,owner,team\n" + "".join(
        f"{name},COUNTY,ID,{name},{owner},{team}\n" for clients, owner, team in (
            (EAST, "cm.lee", "east"), (WEST, "ben", "west"), (("N-1", "N-2"), "", "")) for name in clients))
    hub.admin("roster", "import", str(roster))
    links = {name: stranger.read_link(hub.add_partner(name, "staff", "--role", role)) for name, role in ROLES.items()}
    return {name: client(one) for name, one in links.items()}


def outcome(receipt):
    return REASONS.get(receipt["reason"], YES) if receipt["status"] == REFUSED else YES


def command(one):
    """Of every command, what became of it."""
    first = one.ticket + 1
    one.ticket += len(COMMANDS)
    one.send(frames.Type.COMMAND, [make() for make, _ in COMMANDS.values()], first)
    one.wait(lambda: all(first + n in one.receipts for n in range(len(COMMANDS))))
    return [outcome(one.receipts[first + n]) for n in range(len(COMMANDS))]


def differences(found, wanted):
    """`found`: by who asks, in the order of ROLES; `wanted`: by row."""
    return [f"{row} by {name}: {found[name][n]}, not: {columns[place]}" for n, (row, columns) in enumerate(wanted.items())
            for place, name in enumerate(ROLES) if found[name][n] != columns[place]]


def test_every_command_about_a_client_is_for_its_own_people(teams):
    found = {}
    for name in ROLES:
        teams[name].open(STAFF)
        found[name] = command(teams[name])
    assert differences(found, {row: columns for row, (_, columns) in COMMANDS.items()}) == []


def test_what_staff_say_of_a_client_is_for_its_own_people(teams):
    found, wanted = {}, {}
    for name in ROLES:
        teams[name].open(STAFF)
        rows = [(f"{word} {client}", make(name, client), columns) for word, make in SAID.items()
                for client, columns in (("E-1", SAY_EAST), ("W-1", SAY_WEST), ("N-1", SAY_NOBODYS))
                if not (word.startswith("Case") and client == "N-1")]  # it would not be nobody's any more
        wanted = {row: columns for row, _, columns in rows}
        found[name] = [outcome(receipt) for receipt in teams[name].submit_and_wait([slice for _, slice, _ in rows])]
    assert differences(found, wanted) == []


def test_every_row_refuses_somebody_and_lets_somebody():
    for row in (KEEP_EAST, KEEP_WEST, LINK_EAST, LINK_WEST, JOIN_TEAMS, SAY_EAST, SAY_WEST, SAY_NOBODYS):
        assert SCOPE in row and YES in row
