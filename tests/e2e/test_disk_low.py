"""A disk that fills and is freed again and again: nothing with a receipt is lost, and the hub helps itself (T07)."""
import json
import os
import random
import subprocess
import time

import hub_process
import messages
import pytest
from messages import ACCEPTED, DUPLICATE, REFUSED

DISK_LOW = 11
DISK_MIB = 64
RESERVE_MIB = DISK_MIB // 4      # of a small file system a quarter
RESUME_S = 5.0
CYCLES = int(os.environ.get("CAREHUB_DISK_CYCLES", "5"))
BATCH = 40


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m,mode=700", "tmpfs", str(folder)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no tmpfs may be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def hub(binary, small_disk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = hub_process.Hub(binary, small_disk)
    one.start()
    yield one
    (small_disk / "filler").unlink(missing_ok=True)
    if one.is_alive():
        one.stop()


def event(event_id):
    """About somebody the hub does not know: the disk is what is tested, not the rules."""
    return messages.obligation(event_id, note="x" * 200, person=("COURT", "CASE", f"CR-{event_id}"))


class Sender:
    """Sends events without end, keeps every receipt, and sends again what was refused for now."""

    def __init__(self, court):
        self.court = court
        self.made = 0
        self.done = {}       # event id -> sequence

    def round(self):
        """One batch of new events; the receipts that came for it."""
        return self.finish(*self.begin())

    def begin(self):
        """A batch on its way, perhaps into a journal that finds no room for it until there is some."""
        ids = [f"e{self.made + n}" for n in range(BATCH)]
        self.made += BATCH
        return ids, self.court.submit([event(one) for one in ids])

    def finish(self, ids, tickets):
        self.court.wait(lambda: all(ticket in self.court.receipts for ticket in tickets))
        receipts = [self.court.receipts[ticket] for ticket in tickets]
        for one, receipt in zip(ids, receipts):
            if receipt["status"] == REFUSED:
                assert receipt["reason"] == DISK_LOW and receipt["fix"], receipt
            else:
                # Whatever receipt an event gets, it names the same entry for ever.
                assert self.done.setdefault(one, receipt["sequence"]) == receipt["sequence"]
        return receipts


def fill(folder, left_mib):
    """A file that leaves so much room and no more."""
    room = os.statvfs(folder)
    free = room.f_bavail * room.f_frsize
    wanted = free - int(left_mib * 1024 * 1024)
    with open(folder / "filler", "wb") as file:
        if wanted > 0:
            try:
                os.posix_fallocate(file.fileno(), 0, wanted)
            except OSError:
                file.truncate(0)
                while True:
                    try:
                        file.write(bytes(65536))
                        file.flush()
                    except OSError:
                        break


def until(condition, patience, what):
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < patience, what
    return time.monotonic() - begin


def check_reading_goes_on(hub, client_name="C-0001"):
    shown = json.loads(hub.review("client", "show", client_name, "--json").stdout)
    assert shown["client"] == client_name
    verified = json.loads(hub.admin("trail", "verify", "--json").stdout)
    assert verified["ok"]
    lines = [json.loads(line) for line in hub.admin("doctor", "--json", check=False).stdout.splitlines()]
    assert not next(line for line in lines if line["check"] == "disk_reserve")["ok"]


@pytest.mark.slow
def test_a_disk_filled_and_freed_costs_no_receipt_and_the_hub_resumes_by_itself(hub, county, client, small_disk):
    hub.add_reviewer()
    dice = random.Random(7)
    court = client(county["court"])
    court.open()
    sender = Sender(court)
    for cycle in range(CYCLES):
        until(lambda: all(receipt["status"] == ACCEPTED for receipt in sender.round()), RESUME_S, "events are taken")
        left_mib = 0 if cycle % 3 == 2 else dice.uniform(4, RESERVE_MIB - 2)
        fill(small_disk, left_mib)
        under_way = sender.begin() if left_mib == 0 else None
        if left_mib:
            until(lambda: all(receipt["status"] == REFUSED for receipt in sender.round()), RESUME_S,
                  f"events are refused with {left_mib} MiB left")
            check_reading_goes_on(hub)
        court.heartbeat(cycle)
        (small_disk / "filler").unlink()
        if under_way:
            sender.finish(*under_way)
        took = until(lambda: all(receipt["status"] == ACCEPTED for receipt in sender.round()), RESUME_S,
                     "events are taken again")
        assert hub.is_alive() and took < RESUME_S

    # Nothing with a receipt is lost: every event is known under its sequence, also to a new process.
    hub.kill()
    hub.start()
    court.open()
    known = list(sender.done.items())
    for at in range(0, len(known), BATCH):
        batch = known[at : at + BATCH]
        receipts = court.submit_and_wait([event(one) for one, _ in batch])
        for (one, sequence), receipt in zip(batch, receipts):
            assert (receipt["status"], receipt["sequence"]) == (DUPLICATE, sequence), one
    assert json.loads(hub.admin("trail", "verify", "--json").stdout)["ok"]


def test_a_refusal_for_want_of_room_writes_nothing(hub, county, client, small_disk):
    court = client(county["court"])
    court.open()
    sender = Sender(court)
    sender.round()
    fill(small_disk, 8)
    until(lambda: all(receipt["status"] == REFUSED for receipt in sender.round()), RESUME_S, "events are refused")
    before = json.loads(hub.admin("trail", "verify", "--json").stdout)["entries"]
    for _ in range(50):
        assert all(receipt["sequence"] == 0 for receipt in sender.round())
    assert json.loads(hub.admin("trail", "verify", "--json").stdout)["entries"] == before


def test_a_disk_without_a_single_byte_left_stops_nothing_for_good(hub, county, client, small_disk):
    court = client(county["court"])
    court.open()
    sender = Sender(court)
    sender.round()
    # A command passes the reserve, finds no room in the journal, and waits with what was decided.
    fill(small_disk, 0)
    pausing = subprocess.Popen([hub.binary, "partner", "pause", "clinic", "--data", str(hub.data)],
                               stdout=subprocess.DEVNULL)

    def checks():
        court.keep_alive()
        lines = hub.admin("doctor", "--json", check=False).stdout.splitlines()
        return {line["check"]: line for line in map(json.loads, lines)}

    until(lambda: "journal_full" in checks(), hub_process.READY_S, "the journal is full")
    assert hub.is_alive() and pausing.poll() is None
    assert all(receipt["status"] == REFUSED for receipt in sender.round())
    (small_disk / "filler").unlink()
    assert pausing.wait(timeout=RESUME_S) == 0
    until(lambda: all(receipt["status"] == ACCEPTED for receipt in sender.round()), RESUME_S, "events are taken again")
    assert "journal_full" not in checks() and checks()["paused"]["value"] == "clinic"
    hub.kill()
    hub.start()
    assert checks()["paused"]["value"] == "clinic"
    assert json.loads(hub.admin("trail", "verify", "--json").stdout)["ok"]
