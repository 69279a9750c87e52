"""T05: the hub dies at a named point between the first byte of a commit and the receipt's arrival.

The sender cannot know what became of its events and repeats them under their ids. Laws: each has exactly one
effect; where the commit was complete the answer is Duplicate with the entry it had before the fall, where it
was not the answer is Accepted with a new one.
"""
import dataclasses
import random

import events
import peers
import tracing
import tree
import world
import zmq
from book import Book, Findings

LIFE = 60  # cases of one data folder
UNIT = 4  # events of a case, in one frame: one commit of several pages
PLAN = world.Plan(publishers=1, subscribers=1, persons=LIFE * (UNIT + 1))
PATIENCE_S = 20.0
FALL_S = 10.0
COMMITTED, NOT_COMMITTED, EITHER = "committed", "not committed", "either"
CONTROLS = ("twice", "ambiguous")


@dataclasses.dataclass(frozen=True)
class Place:
    name: str
    call: str
    count: int
    file: str = ""  # relative to the data folder
    thread: str = ""  # instead of a file: journal, gateway or io
    expect: str = COMMITTED
    recovery: bool = False  # of the start after another fall


PLACES = (
    Place("before the WAL is written", "pwrite64", 1, "journal.db-wal", expect=NOT_COMMITTED),
    Place("between a frame's header and its page", "pwrite64", 2, "journal.db-wal", expect=NOT_COMMITTED),
    Place("between two frames of one commit", "pwrite64", 3, "journal.db-wal", expect=NOT_COMMITTED),
    Place("WAL written, not synced", "fdatasync", 1, "journal.db-wal"),
    Place("COMMIT done, ledger not written", "pwrite64", 1, "journal.ledger"),
    Place("ledger written, not synced", "fdatasync", 1, "journal.ledger"),
    Place("ledger synced, release not told", "write", 1, thread="journal"),
    Place("gateway wakes somebody", "write", 2, thread="gateway", expect=EITHER),
    Place("receipt made, not sent", "sendto", 1, thread="io"),
    Place("receipt arrived", "", 0),
    Place("recovery copies the WAL", "pwrite64", 1, "journal.db", recovery=True),
    Place("recovery has copied, not synced", "fdatasync", 1, "journal.db", recovery=True),
)
KEYS = "vault.keys"
KEY_PLACES = (  # of a hub that seals with a key for each person; strangers have none yet
    Place("before a person's key is written", "pwrite64", 1, KEYS, expect=NOT_COMMITTED),
    Place("person's key written, not synced", "fdatasync", 1, KEYS, expect=NOT_COMMITTED),
)
BEFORE_RECOVERY = PLACES[4]


class Life:
    def __init__(self, template, seed, tally, control):
        self.random = random.Random(seed)
        self.tally, self.control = tally, control
        self.world = template.copy()
        self.hub = self.world.hub()
        self.findings = Findings()
        self.book = Book(self.world, self.findings)
        self.answers = {}  # number -> status of its last receipt
        self.next = 0
        self.again = set()  # controls: numbers that a careless sender gives a new id
        fat = events.Template(fat=True)
        self.publisher = peers.Publisher(
            zmq.Context.instance(), self.world.publishers[0],
            lambda n: fat.event(n, self.world.person_of(n), self.world.base_us,
                                f"a{n:012d}" if n in self.again else None), self.receipt)
        self.publisher.window = self.publisher.batch = 2 * UNIT
        self.subscriber = peers.Subscriber(zmq.Context.instance(), self.world.subscribers[0],
                                           lambda notice: self.book.notice(0, notice))
        self.crowd = peers.Crowd([self.publisher])

    def receipt(self, number, receipt):
        self.answers[number] = receipt.status
        return self.book.receipt(number, receipt)

    def start(self):
        """Connected, and past the first commit, which begins the WAL anew."""
        ready = self.hub.start()
        self.crowd.connect(self.hub.endpoint)
        return ready["sequence"]

    def warm_up(self):
        self.submit(1)
        self.wait("an event without a fault", lambda: not self.publisher.unsettled)

    def submit(self, count):
        numbers = range(self.next, self.next + count)
        self.next += count
        self.book.sent.update(numbers)
        self.publisher.offer(numbers)
        self.publisher.pump()
        return numbers

    def wait(self, what, condition, patience=PATIENCE_S):
        if not self.crowd.run_until(condition, patience):
            self.findings.broken("stuck", f"not in {patience:.0f} s: {what}")

    # --- One case ---

    def case(self, place):
        if not self.hub.is_alive():
            self.start()
        self.warm_up()
        numbers = self.fall(BEFORE_RECOVERY if place.recovery else place)
        if numbers and place.recovery:
            reached = self.fall_in_recovery(place)
            numbers = numbers if reached else None
        if numbers is None:
            self.tally.add("points not reached")
            self.crowd.close()
            self.start()
            return
        self.judge(place, numbers)

    def fall(self, place):
        """The numbers of the events under way when the hub fell; None when it did not."""
        log = self.world.folder / "strace.log"
        if not place.call:
            return self.fall_at_receipt()
        more = {"inject": f"{place.call}:signal=SIGKILL:when={place.count}"}
        if place.file:
            strace = tracing.Attached(log, (place.call,), process=self.hub.process.pid,
                                      path=self.hub.data / place.file, **more)
        else:
            strace = tracing.Attached(log, (place.call,), thread=self.threads()[place.thread], **more)
        if place.file == KEYS:
            self.world.strangers.update(range(self.next, self.next + UNIT))
        numbers = self.submit(UNIT)
        fell = self.crowd.run_until(lambda: not self.hub.is_alive(), FALL_S)
        self.crowd.drain()
        self.hub.kill()
        strace.close()
        self.crowd.close()
        return numbers if fell else None

    def fall_at_receipt(self):
        numbers = self.submit(UNIT)
        self.wait("a receipt", lambda: numbers[0] in self.book.promised)
        self.hub.kill()
        self.crowd.drain()
        self.crowd.close()
        return numbers

    def fall_in_recovery(self, place):
        log = self.world.folder / "strace.log"
        # One thread: with seccomp strace delivers a signal too late.
        self.hub.spawn(tracing.prefix(log, (place.call,), all_threads=False, path=self.hub.data / place.file,
                                      inject=f"{place.call}:signal=SIGKILL:when={place.count}"))
        return self.hub.wait_exit(FALL_S) == -9

    def threads(self):
        """By what they do: libzmq names its own, the hub's come in the order of hub.cpp."""
        process, own = self.hub.process.pid, []
        out = {}
        for thread in self.hub.threads():
            with open(f"/proc/{process}/task/{thread}/comm") as file:
                name = file.read().strip()
            if name.startswith("ZMQbg/IO"):
                out["io"] = thread
            elif not name.startswith("ZMQ"):
                own.append(thread)
        out["journal"], out["gateway"] = own[2], own[5]  # main, zap, journal, core, questions, gateway
        return out

    def judge(self, place, numbers):
        """The sender repeats all of them, in their order."""
        promised = {number: self.book.promised.get(number) for number in numbers}
        self.publisher.waiting.clear()
        last = self.start()
        if self.control == "twice":
            self.again.add(numbers[0])
            self.book.promised.pop(numbers[0], None)
        self.publisher.offer(numbers)
        self.publisher.pump()
        self.wait("repeats are answered", lambda: not self.publisher.unsettled)
        expect = COMMITTED if self.control == "ambiguous" and place.expect == NOT_COMMITTED else place.expect
        for number in numbers:
            self.judge_one(place.name, expect, number, last, promised[number])
        self.tally.add("cases")
        row = self.tally.tables.setdefault(place.name, {})
        told = "duplicate" if self.answers.get(numbers[0]) == peers.messages.DUPLICATE else "accepted"
        row[told] = row.get(told, 0) + 1

    def judge_one(self, name, expect, number, last, before):
        sequence, status = self.book.promised.get(number, 0), self.answers.get(number)
        was_there = status == peers.messages.DUPLICATE
        if was_there != (sequence <= last):
            self.findings.broken("ambiguous", f"{name}: event {number} is told {status} with entry {sequence}; the "
                                              f"journal ended at {last}")
        if expect != EITHER and was_there != (expect == COMMITTED):
            self.findings.broken("ambiguous", f"{name}: event {number} is told {status}, and was {expect}")
        if before is not None and before != sequence:
            self.findings.broken("changed", f"{name}: event {number} had entry {before}, now {sequence}")

    # --- The end of a life ---

    def settle(self):
        self.crowd.close()
        self.crowd = peers.Crowd([self.publisher, self.subscriber])
        if self.hub.is_alive():
            self.hub.kill()
        self.start()
        self.publisher.window = 512
        self.publisher.offer(sorted(self.book.sent))
        self.publisher.pump()
        self.wait("everything is repeated and delivered",
                  lambda: not self.publisher.unsettled and self.book.owed() <= 0, 30.0)
        self.crowd.close()
        self.book.settle()
        self.hub.kill()
        verdict = self.hub.verify()
        if not verdict["ok"]:
            self.findings.broken("tree", str(verdict["problem"]))
        tree.check_receipts(self.hub.data, self.book, self.findings)

    def close(self):
        self.crowd.close()
        if self.hub.is_alive():
            self.hub.kill()
        self.world.remove()


def places_of(template):
    has_keys = (template.data / KEYS).exists()
    return PLACES + KEY_PLACES if has_keys else PLACES


def run(options, tally):
    """`cycles` are cases of each place."""
    tracing.require()
    if options.control:
        options.cycles = 1
    template = world.make(PLAN)
    try:
        places = places_of(template)
        first, last = options.part(default=options.cycles * len(places))
        at = first
        while at < last:
            count = min(LIFE - at % LIFE, last - at)
            _live(template, [places[number % len(places)] for number in range(at, at + count)],
                  f"{options.seed}/{at // LIFE}", tally, options.control)
            at += count
            options.save(at, tally)
    finally:
        template.remove()


def _live(template, places, seed, tally, control):
    life = Life(template, seed, tally, control)
    try:
        for place in places:
            life.case(place)
        life.settle()
    finally:
        life.close()
    tally.add("lives")
    tally.add("events with a receipt", len(life.book.promised))
    tally.findings.take(life.findings)
