"""What was promised and what was seen: the laws of delivery, kept by somebody who is not the hub."""
import collections

import messages
import wire

PROBLEMS_TOLD_MAX = 20


class Findings:
    """Laws that were broken: counted by law, the first ones told."""

    def __init__(self):
        self.by_law = collections.Counter()
        self.told = []

    def broken(self, law, text):
        self.by_law[law] += 1
        if len(self.told) < PROBLEMS_TOLD_MAX:
            self.told.append(f"{law}: {text}")

    def take(self, other):
        self.by_law.update(other.by_law)
        self.told = (self.told + other.told)[:PROBLEMS_TOLD_MAX]

    def __bool__(self):
        return bool(self.by_law)


class Book:
    """Laws: lost, changed, phantom, twice, missing, order, refused."""

    def __init__(self, world, findings):
        self.world = world
        self.findings = findings
        self.sent = set()
        self.promised = {}  # number -> sequence of its entry
        self.roots = {}  # sequence -> Merkle root of its receipt, as told first
        self.refused = collections.Counter()  # reasons that ask for patience
        self.effects = [{} for _ in world.subscribers]  # subscriber -> number of the event -> of the notice
        self.numbers = [{} for _ in world.subscribers]  # subscriber -> number of the notice -> of the event
        self.last_of_person = [{} for _ in world.subscribers]
        self.repeats = 0  # notices that came again under their number: allowed until acknowledged

    # --- Receipts ---

    def receipt(self, number, receipt):
        """Whether the event is settled; else it is to be sent again."""
        if receipt.status == messages.REFUSED:
            return self._refused(number, receipt)
        known = self.promised.get(number)
        if known is None:
            self.promised[number] = receipt.sequence
            self.roots.setdefault(receipt.sequence, receipt.root)
        elif receipt.status == messages.ACCEPTED:
            self.findings.broken("lost", f"event {number} had a receipt for entry {known} and was accepted again as "
                                         f"{receipt.sequence}")
        elif known != receipt.sequence:
            self.findings.broken("changed", f"event {number}: entry {known} and then {receipt.sequence}")
        return True

    def _refused(self, number, receipt):
        if receipt.reason in wire.TEMPORARY:
            self.refused[wire.TEMPORARY[receipt.reason]] += 1
            return False
        self.findings.broken("refused", f"event {number}: reason {receipt.reason}")
        return True

    # --- Notices ---

    def notice(self, subscriber, notice):
        number = notice.occurred_at - self.world.base_us if notice.occurred_at is not None else None
        if number not in self.sent:
            self.findings.broken("phantom", f"subscriber {subscriber} was told of {number}, which nobody sent")
            return
        if subscriber not in self.world.readers_of(number):
            self.findings.broken("phantom", f"subscriber {subscriber} was told of {number}, which is not for it")
            return
        known = self.numbers[subscriber].setdefault(notice.number, number)
        if known != number:
            self.findings.broken("changed", f"notice {notice.number} of subscriber {subscriber} told of {known} and "
                                            f"then of {number}")
        elif number in self.effects[subscriber]:
            self._again(subscriber, number, notice.number)
        else:
            self._first(subscriber, number, notice.number)

    def _again(self, subscriber, number, notice_number):
        if self.effects[subscriber][number] == notice_number:
            self.repeats += 1
            return
        self.findings.broken("twice", f"subscriber {subscriber} was told of {number} as notice "
                                      f"{self.effects[subscriber][number]} and {notice_number}")

    def _first(self, subscriber, number, notice_number):
        self.effects[subscriber][number] = notice_number
        person = self.world.person_of(number)
        last = self.last_of_person[subscriber].get(person, (-1, 0))
        if number < last[0] or notice_number < last[1]:
            self.findings.broken("order", f"subscriber {subscriber}, person {person}: {number} (notice "
                                          f"{notice_number}) came after {last[0]} (notice {last[1]})")
        self.last_of_person[subscriber][person] = (number, notice_number)

    # --- At the end ---

    def owed(self):
        """How many (subscriber, event) pairs with a receipt were not told yet."""
        expected = sum(len(self.world.readers_of(number)) for number in self.promised)
        return expected - sum(len(effects) for effects in self.effects)

    def settle(self):
        for number in self.promised:
            for subscriber in self.world.readers_of(number):
                if number not in self.effects[subscriber]:
                    self.findings.broken("missing", f"subscriber {subscriber} was never told of {number}")
        if len(set(self.promised.values())) != len(self.promised):
            self.findings.broken("changed", "two events have one entry")
