"""T09: every receipt is preceded by the syncs that cover it, WAL first, ledger second.

The journal's thread runs below strace, each fdatasync held up before it is executed. The ledger's bytes
tell which entries a sync covers, the receipt tells its entry: so the order is proven, event by event.
"""
import bisect
import struct

import events
import peers
import tracing
import world
import zmq
from book import Book
from outcome import percentile

PLAN = world.Plan(publishers=1, subscribers=1, persons=16)
#: events in the window -> how long each fdatasync is held up, in microseconds
WINDOWS = {1: 3_000, 8: 20_000, 64: 200_000}
PATIENCE_S = 600.0
LEDGER_BYTES = 84
SEQUENCE_AT = 40
CLOCK_SLACK_S = 0.0005  # of strace's own reading of the clock
CONTROLS = ("uncovered ledger", "uncovered wal", "uncovered early")


class Run:
    def __init__(self, tally, window, count):
        self.tally, self.window, self.count = tally, window, count
        self.world = world.make(PLAN)
        self.book = Book(self.world, tally.findings)
        self.receipts = []  # (entry, time of arrival)

    def receipt(self, number, receipt):
        self.receipts.append((receipt.sequence, tracing.now()))
        return self.book.receipt(number, receipt)

    def trace(self):
        hub = self.world.hub()
        hub.start()
        make = events.Template().event
        publisher = peers.Publisher(zmq.Context.instance(), self.world.publishers[0],
                                    lambda n: make(n, self.world.person_of(n), self.world.base_us), self.receipt)
        publisher.window, publisher.batch = self.window, min(self.window, 16)
        crowd = peers.Crowd([publisher])
        log = self.world.folder / "strace.log"
        strace = tracing.Attached(log, ("pwrite64", "fdatasync", "fsync"), process=hub.process.pid, bytes_shown=96,
                                  inject=f"fdatasync,fsync:delay_enter={WINDOWS[self.window]}")
        try:
            crowd.connect(hub.endpoint)
            publisher.offer(range(self.count))
            self.book.sent.update(range(self.count))
            if not crowd.run_until(lambda: len(self.receipts) >= self.count, PATIENCE_S):
                self.tally.findings.broken("stuck", f"{len(self.receipts)} of {self.count} receipts")
            crowd.drain()
        finally:
            crowd.close()
            strace.close()
            hub.stop()
        return strace.calls()

    def close(self):
        self.world.remove()


class Witness:
    """(last entry, end of the ledger's sync) of every commit whose WAL was synced before."""

    def __init__(self, calls):
        self.entries, self.ends = [], []
        self.wal_synced = self.wal_dirty = False
        self.pending = None  # last entry in the ledger, not synced
        for call in calls:
            self._take(call)

    def _take(self, call):
        name = call.path.rsplit("/", 1)[-1]
        is_sync = call.call in ("fdatasync", "fsync") and call.result == "0"
        if name == "journal.db-wal":
            self.wal_dirty = self.wal_dirty or call.call == "pwrite64"
            if call.call == "pwrite64":
                self.wal_synced = False
            elif is_sync:
                self.wal_synced, self.wal_dirty = True, False
        elif name == "journal.ledger" and call.call == "pwrite64":
            data = call.data()
            covered = self.wal_synced and not self.wal_dirty
            self.pending = struct.unpack_from("<Q", data, SEQUENCE_AT)[0] if covered else None
        elif name == "journal.ledger" and is_sync and self.pending is not None:
            self.entries.append(self.pending)
            self.ends.append(call.end)
            self.pending = None

    def covered_at(self, entry):
        """When the first sync that covers it had ended; None: never."""
        at = bisect.bisect_left(self.entries, entry)
        return self.ends[at] if at < len(self.ends) else None


def check(calls, receipts, tally, window):
    witness = Witness(calls)
    for entry, arrived in receipts:
        covered = witness.covered_at(entry)
        if covered is None:
            tally.findings.broken("uncovered", f"window {window}: no sync covers entry {entry}")
        elif covered > arrived + CLOCK_SLACK_S:
            tally.findings.broken("uncovered", f"window {window}: the receipt of entry {entry} came "
                                               f"{(covered - arrived) * 1000:.1f} ms before its sync had ended")
        else:
            tally.add("receipts covered")
            tally.sample(f"ms after the sync, window {window}", (arrived - covered) * 1000)
    tally.add("syncs of the ledger", len(witness.ends))


def doctor(calls, control):
    """Controls: the log of a hub that does not wait."""
    if control == "uncovered ledger":
        syncs = [call for call in calls if call.call == "fdatasync" and call.path.endswith("ledger")]
        calls.remove(syncs[-1])
    elif control == "uncovered wal":
        syncs = [call for call in calls if call.call == "fdatasync" and call.path.endswith("-wal")]
        calls.remove(syncs[-1])
    elif control == "uncovered early":  # as if receipts had left when the sync began
        sync = [call for call in calls if call.call == "fdatasync" and call.path.endswith("ledger")][-1]
        sync.took += 1.0
    return calls


def run(options, tally):
    tracing.require()
    windows = [1] if options.control else list(WINDOWS)
    for window in windows:
        one = Run(tally, window, 20 if options.control else options.cycles)
        try:
            calls = doctor(one.trace(), options.control)
            check(calls, one.receipts, tally, window)
        finally:
            one.close()
        tally.figures[f"receipt after its sync had ended, window {window}, p50 ms"] = percentile(
            tally.samples[f"ms after the sync, window {window}"], 50)
