"""T22: a notice that its recipient cannot take.

*refuses*: says so by a Verdict, 5 times, with waits between; *dies*: ends its session on it, 5 times; *flaps*: has
a bad line and keeps what it gets. Laws: what cannot be taken becomes a dead letter with stage, reason and words
after 5 attempts, and nothing else does; everything else has its effect once, in the order of each person; other
persons and other recipients do not wait. Told again on purpose, it comes as history, once.
"""
import json
import random
import time

import events
import peers
import wire
import world
import zmq
from book import Book
from outcome import Skip, percentile

PLAN = world.Plan(publishers=1, subscribers=2, persons=32)
SICK, HEALTHY = 0, 1
ATTEMPTS = 5
WAITS_S = (1, 2, 4, 8)
WAIT_SLACK_S = 0.05  # of two clocks
LATE_MAX_S = 2.0
OTHERS_WAIT_MAX_MS = 1_000
RATE = 60  # events a second
POISON_ONE_IN = 100
FLAP_ONE_IN = 6  # notices, on average, until the line breaks
INVALID_FIELD = 21
WORDS = "no such room here"
PATIENCE_S = 60.0
CONTROLS = ("letters forgotten", "attempts fewer", "twice told", "letters innocent")


class Sick(peers.Subscriber):
    """Takes everything but the poison."""

    purpose = peers.messages.ADAPTER  # a new session ends the one before

    def __init__(self, context, link, scene):
        super().__init__(context, link, lambda notice: None)
        self.scene = scene
        self.acknowledge_every = 1
        self.attempts = {}  # number of the event -> [(time, attempt, notice, first notice)]
        self.sessions = 0

    def opened(self):
        self.sessions += 1
        super().opened()

    def seen(self, notice):
        number = notice.occurred_at - self.scene.world.base_us
        if number in self.scene.poison and not notice.history:
            self.attempts.setdefault(number, []).append(
                (time.perf_counter(), notice.attempt, notice.number, notice.first_number))
            return number, True
        return number, False

    def keep(self, notice):
        self.scene.take(SICK, notice)
        self.kept = max(self.kept, notice.number)


class Refuser(Sick):
    def notices(self, notices):
        self.granted -= len(notices)
        for notice in notices:
            _, is_poison = self.seen(notice)
            if is_poison:
                verdict = wire.verdict(notice.number, wire.REFUSED, INVALID_FIELD, "payload.location", WORDS)
                self.send(wire.VERDICT, [verdict])
                self.kept = max(self.kept, notice.number)
            else:
                self.keep(notice)
        self.acknowledge()
        self.top_up()


class Dier(Sick):
    """Keeps and acknowledges what came before, and is gone."""

    dying = 0
    is_leaving = False

    def opened(self):
        self.dying, self.is_leaving = 0, False  # also when the hub ended the session first
        super().opened()

    def notices(self, notices):
        self.granted -= len(notices)
        for notice in notices:
            if self.dying:
                return
            _, is_poison = self.seen(notice)
            if is_poison:
                self.acknowledge()
                self.dying = self.sessions
                self.heartbeat(self.dying)  # its reply: the acknowledgement has arrived
                return
            self.keep(notice)
        self.acknowledge()
        self.top_up()

    def acknowledge(self):
        if self.kept:
            super().acknowledge()

    def take(self, kind, ticket, slices):
        super().take(kind, ticket, slices)
        if self.dying and self.dying in self.replies and not self.is_leaving:
            self.is_leaving = True  # and hears nothing more: to acknowledge later ones would cover the poison
            self.scene.to_connect.append(self)


class Flapper(Sick):
    """Keeps what it gets; the line breaks before or after it could acknowledge."""

    is_broken = False

    def opened(self):
        self.is_broken = False
        super().opened()

    def notices(self, notices):
        self.granted -= len(notices)
        for notice in notices:
            if self.is_broken:
                return  # what was under way when the line broke did not arrive
            self.keep(notice)
            if self.scene.random.randrange(FLAP_ONE_IN) == 0:
                self.is_broken = True
                self.scene.to_connect.append(self)
                if self.scene.random.random() < 0.5:
                    self.acknowledge()
                return
        self.acknowledge()
        self.top_up()


class Scene:
    def __init__(self, kind, count, seed, tally, control):
        self.kind, self.count = kind, count
        self.tally, self.findings, self.control = tally, tally.findings, control
        self.random = random.Random(seed)
        self.world = world.make(PLAN)
        self.hub = self.world.hub()
        self.book = Book(self.world, self.findings)
        poison = 0 if kind == "flaps" else max(1, count // POISON_ONE_IN)
        self.poison = set(self.random.sample(range(count), poison))
        self.sent_at, self.waits = {}, []
        self.taken_again = set()
        self.to_connect = []
        make, context = events.Template().event, zmq.Context.instance()
        self.publisher = peers.Publisher(context, self.world.publishers[0],
                                         lambda n: make(n, self.world.person_of(n), self.world.base_us),
                                         self.book.receipt)
        sick = {"refuses": Refuser, "dies": Dier, "flaps": Flapper}[kind]
        self.sick = sick(context, self.world.subscribers[SICK], self)
        healthy = peers.Subscriber(context, self.world.subscribers[HEALTHY],
                                   lambda notice: self.take(HEALTHY, notice))
        self.crowd = peers.Crowd([self.publisher, self.sick, healthy])

    def take(self, subscriber, notice):
        if notice.history:
            number = notice.occurred_at - self.world.base_us
            if number in self.taken_again or number not in self.poison:
                self.findings.broken("twice", f"{self.kind}: history of event {number}")
            self.taken_again.add(number)
            return
        self.book.notice(subscriber, notice)
        number = notice.occurred_at - self.world.base_us
        if subscriber == HEALTHY or self.world.person_of(number) not in self.persons_that_wait():
            self.waits.append((time.perf_counter() - self.sent_at.get(number, time.perf_counter())) * 1000)

    def persons_that_wait(self):
        return {self.world.person_of(number) for number in self.poison}

    def turn(self, wait_s=0.002):
        self.crowd.turn(wait_s)
        for peer in self.to_connect:
            self.crowd.connect_one(peer, self.hub.endpoint)
        self.to_connect.clear()

    def run_until(self, what, condition, patience=PATIENCE_S):
        deadline = time.perf_counter() + patience
        while not condition():
            if time.perf_counter() > deadline:
                self.findings.broken("stuck", f"{self.kind}: not in {patience:.0f} s: {what}")
                return False
            self.turn(0.01)
        return True

    def flow(self):
        begin, sent = time.perf_counter(), 0
        while sent < self.count:
            due = min(self.count, int(RATE * (time.perf_counter() - begin)) + 1)
            if due > sent:
                self.book.sent.update(range(sent, due))
                self.sent_at.update(dict.fromkeys(range(sent, due), time.perf_counter()))
                self.publisher.offer(range(sent, due))
                self.publisher.pump()
                sent = due
            self.turn()

    # --- What people see ---

    def letters(self):
        done = self.hub.admin("deadletters", "--json")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def play(self):
        self.hub.start()
        self.crowd.connect(self.hub.endpoint)
        self.run_until("sessions", lambda: all(one.is_open for one in self.crowd.peers))
        self.flow()
        self.run_until("receipts", lambda: not self.publisher.unsettled)
        owed = len(self.poison)  # those alone stay without effect at the sick one
        self.run_until("all that can be taken is taken", lambda: self.book.owed() <= owed, PATIENCE_S * 2)
        found = len(self.letters()) if self.poison else 0
        if self.poison and found < len(self.poison):
            self.run_until("dead letters", lambda: len(self.letters()) >= len(self.poison), 30.0)
        self.judge()
        self.replay()

    def judge(self):
        letters = self.letters()
        if self.control == "letters forgotten":
            letters = letters[1:]
        if self.control == "letters innocent":
            letters.append({**letters[0], "event_id": f"h-{self.book.promised[self.innocent()]}"})
        if self.control == "attempts fewer":
            next(iter(self.sick.attempts.values())).pop()
        if self.control == "twice told":
            self.book.notice(SICK, _Again(self.world.base_us + self.innocent()))
        self.judge_letters(letters)
        for number in sorted(self.poison):
            self.judge_attempts(number)
        for number in self.poison:  # no effect at the sick one, and none is owed
            self.book.effects[SICK].setdefault(number, 0)
        self.book.settle()
        late = percentile(self.waits, 99)
        self.tally.figures[f"{self.kind}: others' p99 ms"] = late
        if late is not None and late > OTHERS_WAIT_MAX_MS:
            self.findings.broken("waits", f"{self.kind}: others waited {late:.0f} ms")

    def innocent(self):
        return next(number for number in self.book.promised if number not in self.poison)

    def judge_letters(self, letters):
        number_of = {sequence: number for number, sequence in self.book.promised.items()}
        found = [number_of.get(int(letter["event_id"].removeprefix("h-") or 0)) for letter in letters]
        for number in self.poison - set(found):
            self.findings.broken("letters", f"{self.kind}: event {number} is no dead letter")
        for number in set(found) - self.poison:
            self.findings.broken("letters", f"{self.kind}: event {number} was given up, and could be taken")
        if len(found) != len(set(found)):
            self.findings.broken("letters", f"{self.kind}: a dead letter stands twice")
        stage, reason = {"refuses": ("Recipient", "InvalidField")}.get(self.kind, ("Unacknowledged", ""))
        for letter in letters:
            if (letter["stage"], letter["reason"], letter["attempts"]) != (stage, reason, ATTEMPTS):
                self.findings.broken("letters", f"{self.kind}: {letter}")
            if self.kind == "refuses":
                shown = json.loads(self.hub.admin("deadletters", "show", letter["id"], "--json").stdout)
                if (shown["field"], shown["words"]) != ("payload.location", WORDS):
                    self.findings.broken("letters", f"{self.kind}: told as {shown['field']}, {shown['words']}")
        self.tally.add(f"{self.kind}: dead letters", len(letters))

    def judge_attempts(self, number):
        attempts = self.sick.attempts.get(number, [])
        self.tally.add(f"{self.kind}: attempts", len(attempts))
        if len(attempts) != ATTEMPTS:
            self.findings.broken("attempts", f"{self.kind}: event {number} was tried {len(attempts)} times")
        if self.kind != "refuses" or not attempts:
            return
        first = attempts[0][2]
        for (before, *_), (at, attempt, _, told_first), wait, place in zip(attempts, attempts[1:], WAITS_S,
                                                                          range(2, ATTEMPTS + 1)):
            if attempt != place or told_first != first:
                self.findings.broken("attempts", f"event {number}: attempt {attempt} of {told_first}, was {place} of "
                                                 f"{first}")
            due = max([before + wait] + self.attempts_of_others(number, before, at))
            self.tally.sample("refuses: later than due s", at - due)
            if at < before + wait - WAIT_SLACK_S or at > due + LATE_MAX_S:
                self.findings.broken("attempts", f"event {number}: attempt {place} after {at - before:.2f} s, not "
                                                 f"{wait}")

    def attempts_of_others(self, number, after, until):
        """A person's notices keep their order: one that is refused while an earlier one is waits for that one's end."""
        person = self.world.person_of(number)
        return [at for other, attempts in self.sick.attempts.items()
                if other != number and self.world.person_of(other) == person
                for at, *_ in attempts if after < at < until]

    def replay(self):
        """People have it told again: as history, and now it is taken."""
        letters = self.letters()
        for letter in letters:
            self.hub.admin("deadletters", "replay", letter["id"])
        self.run_until("replays", lambda: len(self.taken_again) >= len(letters), 30.0 + 1.1 * len(letters))
        if letters and self.letters():
            self.findings.broken("letters", f"{self.kind}: replayed ones still stand in the list")
        self.tally.add(f"{self.kind}: told again and taken", len(self.taken_again))

    def close(self):
        self.crowd.close()
        code = self.hub.stop()
        if code != 0:
            self.findings.broken("stop", f"{self.kind}: the hub ended with {code}")
        if not self.hub.verify()["ok"]:
            self.findings.broken("tree", self.kind)
        self.world.remove()


class _Again:
    """Controls: a notice that tells of an event anew."""

    def __init__(self, occurred_at):
        self.number, self.occurred_at, self.history = 10**9, occurred_at, False


def run(options, tally):
    """`cycles` are the events of each kind of recipient."""
    probe = world.HubRun(world.paths.binary(), "/nonexistent").run_bare("--help")
    if "deadletters" not in probe:
        raise Skip("this hub has no dead letters")
    kinds = ["dies"] if options.control else ["refuses", "dies", "flaps"]
    count = 100 if options.control else options.cycles
    for kind in kinds:
        scene = Scene(kind, count, f"{options.seed}/{kind}", tally, options.control)
        try:
            scene.play()
        finally:
            scene.close()
        tally.add(f"{kind}: events", count)
        tally.add(f"{kind}: sessions of the sick one", scene.sick.sessions)
    late = tally.samples["refuses: later than due s"]
    tally.figures["refuses: attempts later than due, worst s"] = round(max(late), 3) if late else None
