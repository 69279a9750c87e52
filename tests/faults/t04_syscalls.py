"""T04: one call of the hub fails, at any point of its start, its work and its stop.

Laws: after a failed sync of a journal file no receipt comes any more and the process ends with 70 within a
second; no space is answered by a temporary refusal or a clean exit; nothing falls by a signal or hangs; a
start without faults then has every event with a receipt, once, and a trail that verifies.
"""
import dataclasses
import time

import events
import peers
import t04_points
import tracing
import tree
import world
import zmq
from book import Book, Findings
from hub_run import NotReady

PLAN = world.Plan(publishers=1, subscribers=1, persons=16, strangers=7)
BEFORE = 30  # events in the folder, in a WAL that a kill left behind
EVENTS = 50
BULK_EVENTS = 3_200  # fat ones: enough for a checkpoint of the WAL
BULK_S = 60.0
FAT_BATCH = 16  # within the bytes of a frame
ANSWER_S = 20.0  # longer than a client that was not admitted waits before it tries again
EXIT_AFTER_FAILED_SYNC_S = 1.0
SYNC_EXIT = 70
NAMED_EXITS = (1, 70, 71, 72)
CONTROLS = ("after-sync hidden", "lost dropped")

SYNCED = ("journal.db", "journal.db-wal", "journal.ledger", "journal.ledger.new", "vault.keys", "")


@dataclasses.dataclass
class Prepared:
    world: object
    promised: dict
    numbers: int


def prepare():
    """A folder with events whose hub was killed: the next start has to recover."""
    made = world.make(PLAN)
    case = Case(Prepared(made, {}, 0), made)
    case.hub.start()
    case.connect(subscribe=False)
    case.lockstep(BEFORE)
    case.hub.kill()
    case.crowd.close()
    return Prepared(made, dict(case.book.promised), BEFORE)


class Case:
    """One run of the hub on a folder, and what its partner keeps of it."""

    def __init__(self, prepared, folder):
        self.world = folder
        self.hub = folder.hub()
        self.findings = Findings()
        self.book = Book(folder, self.findings)
        self.book.promised.update(prepared.promised)
        self.book.sent.update(range(prepared.numbers))
        self.next = prepared.numbers
        self.later = []  # refused for a time, or never answered: sent again after the restart
        self.arrivals = []  # (entry, time) of receipts
        make, fat = events.Template().event, events.Template(fat=True).event
        self.fat = set()

        def event(number):
            chosen = fat if number in self.fat else make
            return chosen(number, folder.person_of(number), folder.base_us)

        context = zmq.Context.instance()
        self.publisher = peers.Publisher(context, folder.publishers[0], event, self.receipt)
        self.subscriber = peers.Subscriber(context, folder.subscribers[0], lambda notice: self.book.notice(0, notice))
        self.crowd = None

    def receipt(self, number, receipt):
        self.arrivals.append((receipt.sequence, tracing.now()))
        if not self.book.receipt(number, receipt):
            self.later.append(number)
        return True

    def connect(self, subscribe):
        self.crowd = peers.Crowd([self.publisher, self.subscriber] if subscribe else [self.publisher])
        self.crowd.connect(self.hub.endpoint)
        return self.wait(lambda: self.publisher.is_open)

    def wait(self, condition, patience=ANSWER_S):
        """Whether the condition came true; false at once when the hub is gone."""
        self.crowd.run_until(lambda: condition() or not self.hub.is_alive(), patience)
        return condition()

    def lockstep(self, count):
        self.publisher.window = 1
        return self.send(range(self.next, self.next + count))

    def bulk(self):
        """Fat events in large batches until the WAL has been copied into the database."""
        self.publisher.window, self.publisher.batch = 512, FAT_BATCH
        numbers = range(self.next, self.next + BULK_EVENTS)
        self.fat.update(numbers)
        return self.send(numbers, BULK_S)

    def send(self, numbers, patience=ANSWER_S):
        self.next = max(self.next, numbers.stop)
        self.book.sent.update(numbers)
        self.publisher.offer(numbers)
        self.publisher.pump()
        return self.wait(lambda: not self.publisher.unsettled, patience)

    def asks_again(self):
        """In a new session; whether everything is answered then."""
        self.crowd.close()
        if not self.connect(subscribe=False):
            return False
        self.publisher.pump()
        return self.wait(lambda: not self.publisher.unsettled)

    # --- After the fault ---

    def recover(self):
        """A start without faults has what was promised, and takes the rest."""
        try:
            self.hub.start()
        except NotReady as not_ready:
            self.findings.broken("restart", f"exit {not_ready.code}: {not_ready.log}")
            return
        self.publisher.window, self.publisher.batch = 512, FAT_BATCH
        everything = sorted(set(self.book.sent))
        self.publisher.waiting.clear()
        self.publisher.offer(everything)
        self.connect(subscribe=True)
        self.publisher.pump()
        if not self.wait(lambda: not self.publisher.unsettled and self.book.owed() <= 0, BULK_S):
            self.findings.broken("stuck", f"{self.publisher.unsettled} unsettled, {self.book.owed()} owed after the "
                                          "restart")
        self.crowd.close()
        self.book.settle()
        self.hub.kill()
        verdict = self.hub.verify()
        if not verdict["ok"]:
            self.findings.broken("tree", str(verdict["problem"]))
        tree.check_receipts(self.hub.data, self.book, self.findings)

    def close(self):
        if self.crowd:
            self.crowd.close()
        if self.hub.is_alive():
            self.hub.kill()
        self.world.remove()


class Faulted:
    """One point: what the hub did, held against the laws."""

    def __init__(self, prepared, point, control):
        self.point, self.control = point, control
        self.case = Case(prepared, prepared.world.copy())
        self.log = self.case.world.folder / "strace.log"
        self.strace = None
        self.outcome = "went on"
        self.exit_seen_at = None
        self.known = None  # a failure that is passed over, and known to be

    def run(self):
        try:
            self._run()
            self._judge()
            if self.case.crowd:
                self.case.crowd.close()
            if self.case.hub.is_alive():
                self.case.hub.kill()
            if self.strace:
                self.strace.close()
            self.case.recover()
        finally:
            self.case.close()
        return self

    def _run(self):
        hub, point = self.case.hub, self.point
        arguments = t04_points.tracing_arguments(point, hub.data)
        if self.control == "after-sync hidden":
            arguments["inject"] = "fdatasync:delay_enter=1:when=3"
        calls = (point.call,)
        try:
            if point.phase == "start":
                hub.start(prefix=tracing.prefix(self.log, calls, all_threads=False, **arguments))
            else:
                hub.start()
                target = {"process": hub.process.pid} if point.has_path else {"thread": hub.threads()[point.thread]}
                self.strace = tracing.Attached(self.log, calls, **target, **arguments)
        except NotReady as not_ready:
            self.exit_seen_at = tracing.now()
            self._died(not_ready.code, "not ready, ")
            return
        self._work()

    def _work(self):
        case = self.case
        answered = case.connect(subscribe=False)
        if answered and self.point.phase == "checkpoint":
            answered = case.bulk()
        answered = answered and case.lockstep(EVENTS)
        case.crowd.drain()
        if case.hub.is_alive() and answered:
            if case.later:
                self.outcome = "refused for a time"
            if point_is_of_stop(self.point):
                self._stop_in_order()
        elif case.hub.is_alive() and self.point.error == "ENOSPC" and case.asks_again() and case.later:
            self.outcome = "waits for room, refuses more"  # what it has taken it keeps until there is room
        elif case.hub.is_alive():
            self.exit_seen_at = tracing.now()
            self._hangs()
        else:
            self.exit_seen_at = tracing.now()
            self._died(case.hub.wait_exit(), "")

    def _stop_in_order(self):
        code = self.case.hub.stop()
        self.exit_seen_at = tracing.now()
        if code != 0:
            self._died(code, "at stop, ")

    def _died(self, code, when):
        if code is None:
            self.outcome = when + "hang"
            if self.point.has_path:
                self.case.findings.broken("hang", self.point.name)
        elif code < 0:
            self.outcome = f"{when}signal {-code}"
            if self.point.is_of_the_folder:
                self.case.findings.broken("signal", f"{self.point.name}: {self.outcome}: {self.case.hub.log_tail()}")
        else:
            self.outcome = f"{when}exit {code}"
            if self.point.is_of_the_folder and code not in NAMED_EXITS:
                self.case.findings.broken("exit", f"{self.point.name}: {self.outcome}")

    def _hangs(self):
        self.outcome = "no answer"
        if self.point.has_path:
            self.case.findings.broken("hang", f"{self.point.name}: {len(self.case.arrivals)} receipts, then none in "
                                              f"{ANSWER_S:.0f} s; {self.case.hub.log_tail()}")

    def _judge(self):
        fired = [call for call in tracing.read_log(self.log) if call.is_injected or self._is_hidden(call)]
        if not fired:
            self.outcome = "not reached"
            return
        is_sync = self.point.call in ("fdatasync", "fsync")
        if is_sync and self.point.place in SYNCED:
            if self.point.place == "" and self.point.call == "fdatasync":
                self.known = "SQLite's own sync of the folder failed, and SQLite passes over that"
            else:
                self._judge_failed_sync(fired[0])

    def _is_hidden(self, call):
        """Control: the log of a sync that failed and that nobody looked at."""
        return self.control == "after-sync hidden" and "DELAYED" in call.tail

    def _judge_failed_sync(self, sync):
        after = [entry for entry, at in self.case.arrivals if at > sync.end + 0.001]
        findings, name = self.case.findings, self.point.name
        if self.point.phase == "checkpoint":
            head = tree.ledger_head(self.case.hub.data)
            after = [entry for entry in after if entry > head[1]]
        if after:
            findings.broken("after-sync", f"{name}: {len(after)} receipts after the failed sync")
        if not self.outcome.endswith(f"exit {SYNC_EXIT}"):
            findings.broken("after-sync", f"{name}: {self.outcome} instead of exit {SYNC_EXIT}")
        elif self.exit_seen_at - sync.end > EXIT_AFTER_FAILED_SYNC_S:
            findings.broken("after-sync", f"{name}: exit {self.exit_seen_at - sync.end:.2f} s after")


def point_is_of_stop(point):
    """Its call may come at the end: a stop in order takes longer than a kill."""
    return point.phase == "start" or point.count % 4 == 0


def clean_run(prepared):
    """The points of a run without faults."""
    case = Case(prepared, prepared.world.copy())
    log = case.world.folder / "strace.log"
    try:
        case.hub.start(prefix=tracing.prefix(log, t04_points.CALLS))
        ready_at, threads = tracing.now(), case.hub.threads()
        case.connect(subscribe=False)
        assert case.lockstep(EVENTS), "a hub without faults answers"
        bulk_from = tracing.now()
        assert case.bulk(), "a hub without faults answers"
        bulk_to = tracing.now()
        case.crowd.close()
        assert case.hub.stop() == 0, "a hub without faults stops in order"
        return t04_points.enumerate_points(tracing.read_log(log), case.hub.data, ready_at, threads,
                                           (bulk_from, bulk_to))
    finally:
        case.close()


def run(options, tally):
    tracing.require()
    prepared = prepare()
    try:
        if options.control:
            _control(prepared, options, tally)
            return
        points = clean_run(prepared)
        tally.add("calls of a run without faults", len(points))
        chosen = t04_points.choose(points, options.cycles, options.seed)
        first, last = options.part(default=len(chosen))
        for at in range(first, min(last, len(chosen))):
            _take(Faulted(prepared, chosen[at], None).run(), tally)
            options.save(at + 1, tally)
    finally:
        prepared.world.remove()
    tally.figures["seconds a point"] = round((time.monotonic() - tally.began) / max(1, tally.counts["points"]), 2)


def _take(done, tally):
    point = done.point
    if done.outcome == "not reached":
        tally.add("points not reached")
    else:
        tally.add("points")
        row = tally.tables.setdefault(f"{point.call} {point.error}", {})
        row[done.outcome] = row.get(done.outcome, 0) + 1
    if done.known:
        tally.add("known: " + done.known)
    for problem in done.case.findings.told:
        law, _, text = problem.partition(": ")
        named = text if text.startswith(point.name) else f"{point.name}: {text}"
        tally.findings.broken(law, f"{named} [{done.outcome}]")


def _control(prepared, options, tally):
    point = t04_points.Point("run", "fdatasync", "journal.db-wal", 3, "EIO")
    if options.control == "lost dropped":
        prepared.promised = {**prepared.promised, 10**6: 10**9}
    done = Faulted(prepared, point, options.control)
    if options.control == "lost dropped":
        done.case.book.sent.add(10**6)
    _take(done.run(), tally)
