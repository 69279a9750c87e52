"""T21: never more notices than credit, and none withheld while there is credit.

Subscribers grant 1 to 1,000 at random moments. A heartbeat's reply comes after everything that the hub sent
before it: so what is counted then is all that the hub believed to be granted.
"""
import random

import events
import peers
import world
import zmq
from book import Book

SUBSCRIBERS = 4
PLAN = world.Plan(publishers=1, subscribers=SUBSCRIBERS, persons=64)
CREDITS = ((1, 1_000), (1, 20))  # drawn from one of them
CREDIT_MAX = 4_096  # what the hub keeps at most; above it grants would be cut
PROBE_SHARE = 0.3  # of the grants: wait until they are used up, and see that nothing follows
WINDOW = 512
PATIENCE_S = 60.0
CONTROLS = ("credit fewer", "withheld more")


class Careful(peers.Subscriber):
    """Grants at random and counts."""

    def __init__(self, one, context, link, book, findings, rng, control, tally):
        super().__init__(context, link, lambda notice: book.notice(one, notice))
        self.one, self.findings, self.random = one, findings, rng
        self.control, self.tally = control, tally
        self.all_granted = self.all_taken = 0
        self.is_probing = False  # lets its credit run out
        self.probe = 0  # number of the heartbeat that waits for its reply
        self.acknowledge_every = 256

    def opened(self):
        self.send(peers.Type.SUBSCRIBE, [peers.messages.subscribe(self.kept)])
        self.grant()

    def grant(self):
        count = self.random.randint(*self.random.choice(CREDITS))
        left = self.all_granted - self.all_taken
        if left + count > CREDIT_MAX:
            return
        self.send(peers.Type.CREDIT, [peers.messages.credit(count)])
        fewer = 1 if self.control == "credit fewer" and not self.tally.counts["grants"] else 0
        self.all_granted += count - fewer
        self.is_probing = self.random.random() < PROBE_SHARE
        self.tally.add("grants")

    def notices(self, notices):
        self.all_taken += len(notices)
        if self.all_taken > self.all_granted:
            self.findings.broken("credit", f"subscriber {self.one}: {self.all_taken} notices for {self.all_granted} "
                                           "granted")
        for notice in notices:
            self.on_notice(notice)
            self.kept = max(self.kept, notice.number)
        if self.kept - self.acknowledged >= self.acknowledge_every:
            self.acknowledge()
        self.go_on()

    def go_on(self):
        left = self.all_granted - self.all_taken
        if self.is_probing:
            if left <= 0 and self.probe % 2 == 0:
                self.probe += 1  # odd: under way
                self.heartbeat(self.probe)
        elif left <= 0 or self.random.random() < 0.2:
            self.grant()

    def take(self, kind, ticket, slices):
        super().take(kind, ticket, slices)
        if self.probe in self.replies:
            self.replies.clear()
            self.probe += 1
            self.tally.add("probes with all credit used")
            if self.all_taken != self.all_granted:
                self.findings.broken("credit", f"subscriber {self.one}: {self.all_taken} of {self.all_granted}")
            self.is_probing = False
            self.grant()


def run(options, tally):
    notices = options.cycles
    count = max(1, notices // SUBSCRIBERS)
    rng = random.Random(options.seed)
    made = world.make(PLAN)
    hub = made.hub()
    book = Book(made, tally.findings)
    make, context = events.Template().event, zmq.Context.instance()
    publisher = peers.Publisher(context, made.publishers[0], lambda n: make(n, made.person_of(n), made.base_us),
                                book.receipt)
    publisher.window, publisher.batch = WINDOW, 64
    subscribers = [Careful(one, context, link, book, tally.findings, random.Random(rng.random()), options.control,
                           tally) for one, link in enumerate(made.subscribers)]
    crowd = peers.Crowd([publisher, *subscribers])
    try:
        hub.start()
        crowd.connect(hub.endpoint)
        publisher.offer(range(count))
        book.sent.update(range(count))
        _drive(crowd, publisher, subscribers, book, tally, options)
        book.settle()
        crowd.close()
        code = hub.stop()
        if code != 0:
            tally.findings.broken("stop", f"the hub ended with {code}")
    finally:
        crowd.close()
        if hub.is_alive():
            hub.kill()
        made.remove()
    tally.add("events with a receipt", len(book.promised))
    tally.add("notices taken", sum(map(len, book.effects)))


def _drive(crowd, publisher, subscribers, book, tally, options):
    """Until all is delivered. No progress in a while: credit was given and nothing comes."""
    def progress():
        return publisher.unsettled, sum(one.all_taken for one in subscribers)

    if options.control == "withheld more":
        for one in subscribers:
            one.go_on = one.grant = lambda: None  # a hub that keeps notices back in spite of credit looks like this
    patience = 3.0 if options.control else PATIENCE_S
    while publisher.unsettled or book.owed() > 0:
        before = progress()
        if not crowd.run_until(lambda: progress() != before, patience):
            tally.findings.broken("withheld", f"{book.owed()} notices owed and credit given, {publisher.unsettled} "
                                              f"events without a receipt, and nothing comes in {patience:.0f} s")
            return
        crowd.run_until(lambda: publisher.unsettled == 0 and book.owed() <= 0, 0.2)
