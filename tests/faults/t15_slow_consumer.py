"""T15: one of 50 subscribers stands still (SIGSTOP) while events flow.

Every event is for that one and for one of the 49 others. Laws: the hub's memory grows by at most 64 MiB more
than in as long a time without a stop; the others' p99 stays within 20 %; what waited is then taken in order
at 10,000 events a second or more; nothing is lost.
"""
import multiprocessing
import os
import signal
import statistics
import time

import events
import peers
import t15_reader
import world
import zmq
from book import Book
from outcome import percentile

OTHERS = 49
RATE = 2_000  # events a second
WINDOW = 1_024
MEMORY_MAX = 64 << 20
P99_FACTOR_MAX = 1.2
P99_FACTOR_MAX_SHORT = 2.0  # of a stop too short to judge finely
SHORT_S = 30
P99_NOISE_MS = 1.0  # below this a difference is the clients' own, on a machine shared with them
DRAIN_MIN = 10_000
CREDIT = 1_024
PATIENCE_S = 60.0
WARM_UP_S = 2.0
PLAN = world.Plan(publishers=1, subscribers=1 + OTHERS, persons=OTHERS,
                  readers=lambda person: (0, 1 + person % OTHERS))
CONTROLS = ("slow drain", "missing one", "memory leak", "p99 others")


class Scene:
    def __init__(self, tally, control):
        self.tally, self.control = tally, control
        self.world = world.make(PLAN)
        self.hub = self.world.hub()
        self.book = Book(self.world, tally.findings)
        self.next = 0
        self.sent_at = []
        self.latencies = None  # of the second that runs
        template, context = events.Template().event, zmq.Context.instance()
        self.publisher = peers.Publisher(
            context, self.world.publishers[0],
            lambda n: template(n, self.world.person_of(n), self.world.base_us), self.book.receipt)
        self.publisher.window = WINDOW
        others = [peers.Subscriber(context, link, lambda notice, one=one: self.notice(one, notice))
                  for one, link in enumerate(self.world.subscribers) if one > 0]
        self.crowd = peers.Crowd([self.publisher, *others])
        self.shared = None
        self.reader = None

    def notice(self, one, notice):
        number = notice.occurred_at - self.world.base_us
        if self.latencies is not None:
            self.latencies.append((time.perf_counter() - self.sent_at[number]) * 1000)
        self.book.notice(one, notice)

    def begin(self):
        self.hub.start()
        self.crowd.connect(self.hub.endpoint)
        spawn = multiprocessing.get_context("spawn")
        self.shared = spawn.Array("Q", 5, lock=False)
        self.reader = spawn.Process(target=t15_reader.read, daemon=True, args=(
            self.world.subscribers[0], self.hub.endpoint, self.world.base_us, self.shared, CREDIT))
        self.reader.start()
        self.wait("all sessions are open",
                  lambda: self.shared[t15_reader.OPEN] and all(one.is_open for one in self.crowd.peers))

    def wait(self, what, condition):
        if not self.crowd.run_until(condition, PATIENCE_S):
            self.tally.findings.broken("stuck", f"not in {PATIENCE_S:.0f} s: {what}")

    def flow(self, seconds):
        """Events at the rate; the p99 of each full second."""
        begin, sent, p99s = time.perf_counter(), 0, []
        self.latencies, second = [], 1
        while (now := time.perf_counter() - begin) < seconds:
            due = int(RATE * now) - sent
            if due > 0:
                numbers = range(self.next, self.next + due)
                self.sent_at.extend([begin + now] * due)
                self.book.sent.update(numbers)
                self.publisher.offer(numbers)
                self.publisher.pump()
                self.next, sent = self.next + due, sent + due
            self.crowd.turn(0.001)
            if now >= second:
                p99s.append(percentile(self.latencies, 99))
                self.latencies, second = [], second + 1
        self.latencies = None
        return [one for one in p99s if one is not None]

    def catch_up(self):
        """Everybody has everything; the slow one too."""
        self.wait("all receipts", lambda: not self.publisher.unsettled)
        self.wait("the slow one has all", lambda: self.shared[t15_reader.COUNT] >= self.next)

    def drain(self):
        """Events a second that the slow one takes once it runs again."""
        before, begin = self.shared[t15_reader.COUNT], time.perf_counter()
        backlog = self.next - before
        os.kill(self.reader.pid, signal.SIGCONT)
        if self.control == "slow drain":
            backlog //= 1_000
        self.wait("the slow one has all", lambda: self.shared[t15_reader.COUNT] >= self.next)
        return self.next - before, backlog / (time.perf_counter() - begin)

    def close(self):
        self.crowd.close()
        if self.reader is not None and self.reader.is_alive():
            os.kill(self.reader.pid, signal.SIGCONT)
            self.shared[t15_reader.STOP] = 1
            self.reader.join(PATIENCE_S)
        if self.hub.is_alive():
            self.hub.kill()
        self.world.remove()


def run(options, tally):
    """`cycles` are the seconds of the stop."""
    scene = Scene(tally, options.control)
    seconds = 4 if options.control else options.cycles
    try:
        scene.begin()
        scene.flow(WARM_UP_S)
        measure(scene, seconds, tally, options.control)
        judge_losses(scene, tally, options.control)
    finally:
        scene.close()


def measure(scene, seconds, tally, control):
    first = scene.hub.resident_bytes()
    base = scene.flow(seconds / 2)
    scene.catch_up()
    grown_base = 2 * (scene.hub.resident_bytes() - first)

    first = scene.hub.resident_bytes()
    os.kill(scene.reader.pid, signal.SIGSTOP)
    stopped = scene.flow(seconds)
    scene.wait("all receipts", lambda: not scene.publisher.unsettled)
    grown = scene.hub.resident_bytes() - first
    backlog, rate = scene.drain()

    base += scene.flow(seconds / 2)
    scene.catch_up()
    if control == "memory leak":
        grown += 2 * MEMORY_MAX
    if control == "p99 others":
        stopped = [one * 4 + P99_NOISE_MS for one in stopped]
    figures = {"backlog": backlog, "drained a second": round(rate), "seconds stopped": seconds}
    judge(tally, figures, (grown, grown_base), (base, stopped))


def judge(tally, figures, memory, p99s):
    grown, grown_base = memory
    base, stopped = (statistics.median(one) for one in p99s)
    cost = grown - max(0, grown_base)
    tally.figures.update(figures)
    tally.figures.update({
        "memory grown while stopped MiB": round(grown / 2**20, 1),
        "memory grown in as long a time without a stop MiB": round(grown_base / 2**20, 1),
        "others' p99 ms, nobody stopped": base, "others' p99 ms, one stopped": stopped,
        "ratio": round(stopped / base, 2)})
    if cost > MEMORY_MAX:
        tally.findings.broken("memory", f"{cost / 2**20:.1f} MiB more than without a stop")
    factor = P99_FACTOR_MAX if figures["seconds stopped"] >= SHORT_S else P99_FACTOR_MAX_SHORT
    if stopped > base * factor and stopped - base > P99_NOISE_MS:
        tally.findings.broken("p99", f"{stopped:.1f} ms instead of {base:.1f} ms")
    if figures["drained a second"] < DRAIN_MIN:
        tally.findings.broken("slow", f"{figures['drained a second']} events a second")


def judge_losses(scene, tally, control):
    seen, disorder = scene.shared[t15_reader.COUNT], scene.shared[t15_reader.DISORDER]
    if control == "missing one":
        seen -= 1
    tally.add("events", scene.next)
    tally.add("sessions of the slow one begun again", scene.shared[t15_reader.ANEW])
    if disorder or seen != scene.next:
        tally.findings.broken("missing", f"the slow one saw {seen} of {scene.next} in order, {disorder} out of order")
    scene.book.effects[0] = {number: number for number in scene.book.promised}  # judged above
    scene.wait("the others have all", lambda: scene.book.owed() <= 0)
    scene.book.settle()
    code = scene.hub.stop()
    if code != 0:
        tally.findings.broken("stop", f"the hub ended with {code}")
    if not scene.hub.verify()["ok"]:
        tally.findings.broken("tree", "trail verify")
