"""Snapshots: written beside the running hub, and a start from one knows what a start from the journal knows. A damaged
one is passed over and that is told; a kill in the middle of writing costs nothing."""
import json
import shutil
import time

import messages
import pytest
from messages import ACCEPTED, DUPLICATE

DAY_US = 86_400_000_000
IN_TWO_DAYS_US = (int(time.time()) // 86_400 + 2) * DAY_US + 16 * 3_600_000_000
ALERTS = ("alerts", "--state", "all")
QUESTIONS = (ALERTS, ("client", "show", "C-0001"), ("trail", "client", "C-0001"), ("consent", "list", "C-0001"),
             ("partner", "list"), ("rules", "list"))
SECRETS = (b"C-0001", b"CR-1", b"12345")


def hearings(names):
    """Of one person, each on a day of its own."""
    return [messages.obligation(name, start_us=IN_TWO_DAYS_US + index * DAY_US) for index, name in enumerate(names)]


def submit(court, names):
    return court.submit_and_wait(hearings(names))


def collide(clinic, names):
    """Visits of the same person at the times of hearings: alerts come of them."""
    return clinic.submit_and_wait([
        messages.obligation(name, kind=messages.APPOINTMENT_BOOKED, obligation_class=messages.CLINIC_VISIT,
                            person=("CLINIC", "MR", "12345"), start_us=IN_TWO_DAYS_US + index * DAY_US)
        for index, name in enumerate(names)])


def answers(hub):
    """What the idle folder answers; a start of the hub's own code each time. That it was asked is in the trail too."""
    return {question: without_reads(hub.review(*question, "--json").stdout) for question in QUESTIONS}


def without_reads(lines):
    return [line for line in lines.splitlines() if '"kind":"Read"' not in line]


def snapshots(hub):
    return sorted((hub.data / "snapshots").glob("snapshot-*.chs"))


def replay(hub):
    return json.loads(hub.admin("replay", "--json").stdout)


def flip_a_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def start_with_log(hub, path, *more):
    with open(path, "wb") as log:
        hub.log = log
        return hub.start(*more)


@pytest.fixture
def two_snapshots(hub, county, client):
    """A stopped hub with a life behind it, and two snapshots of it."""
    hub.add_reviewer()
    for send, partner in ((submit, "court"), (collide, "clinic")):
        hub.stop()
        hub.start("--snapshot-every", "1000000")
        one = client(county[partner])
        one.open()
        send(one, [f"{partner}-{n}" for n in range(20)])
        hub.stop()
        hub.start("--snapshot-every", "10")
    hub.stop()
    assert len(snapshots(hub)) == 2
    return hub


def test_a_start_from_a_snapshot_knows_what_a_start_from_the_journal_knows(two_snapshots):
    hub = two_snapshots
    with_snapshot = answers(hub)
    told = replay(hub)
    assert told["snapshot"] > 0 and told["snapshot_agrees"] is True
    assert any(with_snapshot[ALERTS]), "nothing to compare proves nothing"
    shutil.move(hub.data / "snapshots", hub.data.parent / "aside")
    alone = replay(hub)
    assert alone["snapshot"] == 0 and alone["digest"] == told["digest"]
    assert answers(hub) == with_snapshot


def test_a_snapshot_names_nobody(two_snapshots):
    for path in snapshots(two_snapshots):
        content = path.read_bytes()
        assert not [secret for secret in SECRETS if secret in content]


def test_a_damaged_snapshot_is_passed_over_for_the_one_before_and_the_log_says_so(two_snapshots, tmp_path):
    hub = two_snapshots
    before = answers(hub)
    older, newest = snapshots(hub)
    flip_a_byte(newest)
    assert answers(hub) == before
    ready = start_with_log(hub, tmp_path / "log")
    log = (tmp_path / "log").read_text()
    assert newest.name in log and older.name not in log
    assert older.name == f"snapshot-{ready['snapshot']:020}.chs"
    hub.stop()
    flip_a_byte(older)
    ready = start_with_log(hub, tmp_path / "log")
    log = (tmp_path / "log").read_text()
    assert newest.name in log and older.name in log
    assert ready["snapshot"] == 0
    hub.stop()
    assert answers(hub) == before


def test_a_snapshot_of_another_journal_is_passed_over(two_snapshots, binary, tmp_path):
    hub = two_snapshots
    before = answers(hub)
    _, newest = snapshots(hub)
    other = type(hub)(binary, tmp_path / "other")
    (other.data / "snapshots").mkdir()
    shutil.copy(newest, other.data / "snapshots" / newest.name)
    ready = start_with_log(other, tmp_path / "log")
    assert ready["snapshot"] == 0 and newest.name in (tmp_path / "log").read_text()
    other.stop()
    assert answers(hub) == before


def test_it_is_written_beside_the_running_hub(hub, county, client):
    hub.stop()
    hub.start("--snapshot-every", "20")
    court = client(county["court"])
    court.open()
    receipts = submit(court, [f"e{n}" for n in range(30)])
    hub.wait_for(lambda: snapshots(hub))
    court.heartbeat(1)
    hub.kill()
    ready = hub.start()
    assert ready["snapshot"] > 0
    court.open()
    again = submit(court, [f"e{n}" for n in range(30)])
    assert [one["status"] for one in again] == [DUPLICATE] * 30
    assert [one["sequence"] for one in again] == [one["sequence"] for one in receipts]


@pytest.mark.slow
def test_kills_while_snapshots_are_written_cost_nothing(hub, county, client):
    hub.stop()
    court = client(county["court"])
    done = {}
    for cycle in range(5):
        hub.start("--snapshot-every", "1")
        court.open()
        events = hearings([f"c{cycle}-{n}" for n in range(12)])
        for event, receipt in zip(events, court.submit_and_wait(events)):
            assert receipt["status"] == ACCEPTED
            done[event] = receipt["sequence"]
        try:
            hub.wait_for(lambda: list((hub.data / "snapshots").glob("*.new")) or cycle % 2, patience=2)
        except AssertionError:
            pass  # it was written too quickly to be met: killed all the same
        hub.kill()
        (hub.data / "snapshots").mkdir(exist_ok=True)
        (hub.data / "snapshots" / f"snapshot-{10_000 + cycle:020}.chs.new").write_bytes(b"CHSNAPSH half")
    told = replay(hub)
    assert told["snapshot_agrees"] is not False
    hub.start("--snapshot-every", "1")
    court.open()
    for at in range(0, len(done), 40):
        batch = list(done)[at : at + 40]
        for event, receipt in zip(batch, court.submit_and_wait(batch)):
            assert receipt["status"] == DUPLICATE and receipt["sequence"] == done[event]
    hub.stop()
    assert not list((hub.data / "snapshots").glob("*.new"))
    assert len(snapshots(hub)) <= 2


def test_deciding_again_finds_what_was_decided(two_snapshots):
    told = json.loads(two_snapshots.admin("replay", "--recheck", "--json").stdout)
    assert told["first_difference"] is None, told
    assert told["checked"] > 40 and told["erased"] == 0
