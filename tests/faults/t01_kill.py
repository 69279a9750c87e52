"""T01: kill -9 of a hub with 8 publishers and 4 subscribers, again and again, also while it recovers.

A *life* is one data folder for LIFE cycles. Its seed is made of the run's seed and its number, so that a
long run can be cut into parts (`--from`, `--to`) and any life replayed alone.
"""
import random
import time

import events
import peers
import tree
import world
import zmq
from book import Book, Findings
from outcome import percentile

LIFE = 25
PLAN = world.Plan(publishers=8, subscribers=4, persons=16, strangers=7)
KILL_MS = (5, 300)
RECOVERY_KILL_MS = (1, 40)
RECOVERY_KILL_SHARE = 0.1
RATES = (500, 1_000, 2_000, 4_000, 1_000_000)  # events a second offered in a cycle
WINDOWS = (1, 4, 16, 64)
FORGETS_SHARE = 0.25  # of the reconnects of a subscriber: it knows only what it acknowledged
AGAIN = 8  # receipts of each publisher that are asked again in the next cycle
SETTLE_S = 30.0
CONTROLS = ("lost", "phantom", "twice", "order", "missing", "tree")


class Life:
    def __init__(self, template, seed, tally, control):
        self.random = random.Random(seed)
        self.tally, self.control = tally, control
        self.world = template.copy()
        self.hub = self.world.hub()
        self.findings = Findings()
        self.book = Book(self.world, self.findings)
        self.next_turn = 0
        self.heads = []
        self.first_receipt = None
        make = events.Template().event
        context = zmq.Context.instance()
        self.publishers = [
            peers.Publisher(context, link, lambda n: make(n, self.world.person_of(n), self.world.base_us), self.receipt)
            for link in self.world.publishers]
        self.subscribers = [
            peers.Subscriber(context, link, lambda notice, one=one: self.book.notice(one, notice))
            for one, link in enumerate(self.world.subscribers)]
        self.crowd = peers.Crowd(self.publishers + self.subscribers)

    def receipt(self, number, receipt):
        if self.first_receipt is None:
            self.first_receipt = time.perf_counter()
        return self.book.receipt(number, receipt)

    # --- One cycle ---

    def cycle(self):
        if self.random.random() < RECOVERY_KILL_SHARE:
            self.kill_in_recovery()
        self.hub.start()
        self.draw_load()
        self.first_receipt = None
        kill_after = self.random.uniform(*KILL_MS) / 1000 * self.world.slowness
        self.ask_again()
        self.crowd.connect(self.hub.endpoint)
        self.flow(time.perf_counter(), kill_after)
        self.hub.kill()
        self.crowd.drain()
        self.crowd.close()
        self.after_kill()

    def kill_in_recovery(self):
        self.hub.spawn()
        moment = time.perf_counter() + self.random.uniform(*RECOVERY_KILL_MS) / 1000 * self.world.slowness
        while time.perf_counter() < moment:  # shorter than a timer is exact
            pass
        self.hub.kill()
        self.tally.add("kills in recovery")

    def draw_load(self):
        self.rate = self.random.choice(RATES)
        window = self.random.choice(WINDOWS)
        for publisher in self.publishers:
            publisher.window = window
            publisher.batch = self.random.choice((1, 4, 16))
        for subscriber in self.subscribers:
            subscriber.acknowledge_every = self.random.choice((1, 8, 64))
            if self.random.random() < FORGETS_SHARE:
                subscriber.kept = subscriber.acknowledged

    def ask_again(self):
        """What had its receipt last is what a careless hub loses first."""
        for publisher, recent in zip(self.publishers, self.recent()):
            publisher.waiting.extendleft(reversed(recent))
            self.tally.add("receipts asked again", len(recent))

    def recent(self):
        by_publisher = [[] for _ in self.publishers]
        for number in list(self.book.promised)[-AGAIN * len(self.publishers) :]:
            by_publisher[number % len(self.publishers)].append(number)
        return [sorted(numbers) for numbers in by_publisher]

    def flow(self, begin, kill_after):
        offered, budget = 0, self.rate * kill_after
        while (now := time.perf_counter()) < begin + kill_after:
            due = min(budget, self.rate * (now - begin))
            while offered < due and self.has_room():
                self.offer_turn()
                offered += len(self.publishers)
            self.crowd.turn(min(0.001, begin + kill_after - now))

    def has_room(self):
        return all(publisher.unsettled < 2 * publisher.window for publisher in self.publishers)

    def offer_turn(self):
        """The next event of each publisher."""
        for publisher in self.publishers:
            number = self.next_turn * len(self.publishers) + self.publishers.index(publisher)
            self.book.sent.add(number)
            publisher.offer([number])
            publisher.pump()
        self.next_turn += 1

    def after_kill(self):
        self.tally.add("cycles")
        for publisher in self.publishers:
            if publisher.goodbyes.pop(peers.HISTORY_DIFFERS, 0):
                self.findings.broken("history", f"entry {publisher.last_receipt[0]} has a receipt, and the hub says "
                                                "that it does not know it")
        if self.first_receipt is not None:
            self.tally.sample("recovery to first receipt ms", (self.first_receipt - self.hub.spawned_at) * 1000)
        head = tree.ledger_head(self.hub.data)
        if head is not None:
            self.heads.append(head)

    # --- The end of a life: everything is asked once more ---

    def settle(self):
        self.hub.start()
        self.plant()
        self.draw_load()
        for publisher in self.publishers:
            publisher.window, publisher.batch = 1024, 64
        self.crowd.connect(self.hub.endpoint)
        self.wait("all events have a receipt", lambda: not any(one.unsettled for one in self.publishers))
        self.wait("all is delivered", lambda: self.book.owed() <= 0)
        if self.control == "lost":
            self.plant_loss()
        for number in sorted(self.book.promised):
            self.publishers[number % len(self.publishers)].offer([number])
        for publisher in self.publishers:
            publisher.pump()
        self.wait("all receipts are told again", lambda: not any(one.unsettled for one in self.publishers))
        self.crowd.close()
        self.book.settle()
        self.check_tree()

    def wait(self, what, condition):
        if not self.crowd.run_until(condition, SETTLE_S):
            self.findings.broken("stuck", f"not in {SETTLE_S:.0f} s: {what}")

    def check_tree(self):
        code = self.hub.stop()
        if code != 0:
            self.findings.broken("stop", f"the hub ended with {code}")
        heads = self.heads[-1:] + self.random.sample(self.heads, min(1, len(self.heads)))
        if self.control == "tree":
            journal, size, root = heads[0]
            heads[0] = (journal, size, bytes(32))
        tree.check_heads(self.hub, heads, self.findings)
        tree.check_receipts(self.hub.data, self.book, self.findings)

    def plant(self):
        """Controls: one fault in what is compared, as if the hub had committed it."""
        if self.control == "phantom":
            self.book.sent.discard(next(iter(self.book.effects[0])))
            told = next(iter(self.book.numbers[0]))
            self.book.notice(0, _Told(told, self.world.base_us + self.book.numbers[0][told]))
        elif self.control == "twice":
            number = next(iter(self.book.effects[0]))
            self.book.notice(0, _Told(10**9, self.world.base_us + number))
        elif self.control == "order":
            person, (number, told) = next(iter(self.book.last_of_person[0].items()))
            self.book.last_of_person[0][person] = (number + 10**9, told)
            self.next_turn += 1
            for _ in range(PLAN.persons):
                self.offer_turn()
        elif self.control == "missing":
            self.book.effects[0][-1] = 10**9
            number = next(iter(self.book.effects[0]))
            del self.book.effects[0][number]

    def plant_loss(self):
        """A receipt that the hub knows nothing of."""
        number = self.next_turn * len(self.publishers)
        self.book.sent.add(number)
        self.book.promised[number] = 10**9

    def close(self):
        self.crowd.close()
        if self.hub.is_alive():
            self.hub.kill()
        self.world.remove()


class _Told:
    """A notice as the book reads it."""

    def __init__(self, number, occurred_at):
        self.number, self.occurred_at = number, occurred_at


def run(options, tally):
    template = world.make(PLAN)
    try:
        first, last = options.part(default=options.cycles or 10)
        at = first
        while at < last:
            cycles = min(LIFE - at % LIFE, last - at)
            _live(template, f"{options.seed}/{at // LIFE}", cycles, tally, options)
            at += cycles
            options.save(at, tally)
    finally:
        template.remove()
    if template.slowness > 1:
        tally.figures["kills later than stated by, for a slow hub"] = round(template.slowness, 1)
    tally.figures["recovery to first receipt p50 ms"] = percentile(tally.samples["recovery to first receipt ms"], 50)
    tally.figures["recovery to first receipt p99 ms"] = percentile(tally.samples["recovery to first receipt ms"], 99)


def _live(template, seed, cycles, tally, options):
    life = Life(template, seed, tally, options.control)
    try:
        for _ in range(cycles):
            life.cycle()
        life.settle()
    finally:
        life.close()
    tally.add("lives")
    tally.add("events with a receipt", len(life.book.promised))
    tally.add("notices taken", sum(map(len, life.book.effects)))
    tally.add("notices that came again under their number", life.book.repeats)
    tally.findings.take(life.findings)
