"""What partners and staff told of one client, as records: the latest word of each source stands.

One line of a history is a tuple: ("event", partner, client, kind, occurred, {name: value}), ("client", ...),
("place", ...), ("closed", date), ("now", time), ("act", ...). README.md tells the words.
"""

from days import DAY

STATUS_OF = {
    "AppointmentCancelled": "Cancelled", "HearingCancelled": "Cancelled", "CheckInCancelled": "Cancelled",
    "AppointmentDeleted": "EnteredInError", "AppointmentNoShow": "Missed", "FailureToAppear": "Missed",
    "CheckInMissed": "Missed", "AppointmentCompleted": "Completed", "HearingHeld": "Completed",
    "CheckInCompleted": "Completed", "AppointmentDiscontinued": "Discontinued", "AppointmentArrived": "InProgress",
    "HearingUnlisted": "Unlisted",
}
OBLIGATION_KINDS = frozenset(STATUS_OF) | {
    "AppointmentBooked", "AppointmentRescheduled", "AppointmentModified", "HearingScheduled", "HearingContinued",
    "HearingModified", "CheckInScheduled"}
ARRIVAL_WITHIN = 4 * 3600
STANDS = ("Scheduled", "InProgress", "Completed")


class Record:
    """Plain attributes, filled in by the case file."""

    def __init__(self, **values):
        self.__dict__.update(values)


def is_part2(partner, place, places):
    """42 CFR 2.11: whoever is at a programme for substance use is its patient."""
    return places.get((partner, place), (None, None, None))[2] in ("Sud", "Detox")


class CaseFile:
    def __init__(self, name, owner, transport, model):
        self.name, self.owner, self.transport, self.model = name, owner, transport, model
        self.obligations = {}
        self.stays = {}
        self.contacts = []  # (time, made, two_way, kind)
        self.matters = {}
        self.consents = {}
        self.deceased = None
        self.unbooked_at = 0  # when the hub last heard of an obligation that was taken away
        self.informed = -1  # when the client was last told what is ahead
        self.alerts = []
        self.wake = None

    def tell(self, partner, kind, occurred, words, now, places):
        """Puts an event in; the key of the obligation that it corrects, or None."""
        if kind in OBLIGATION_KINDS:
            self._obligation(partner, kind, occurred, words, now, places)
            correcting = words.get("correction") or kind == "AppointmentDeleted"
            return words["key"] if correcting else None
        if kind.startswith("Encounter") or kind.startswith("DischargePlan"):
            self._encounter(partner, kind, occurred, words, now, places)
        elif kind in ("CustodyStarted", "CustodyEnded"):
            self._custody(partner, kind, occurred, words, now)
        elif kind == "ClientDeceased":
            self.deceased = None if words.get("correction") else occurred
        elif kind in ("ContactMade", "ContactAttempted"):
            self.contacts.append((occurred, kind == "ContactMade", "two_way" in words, words.get("contact")))
        elif kind == "ClientInformed":
            self.informed = max(self.informed, occurred)
        elif kind == "CaseAssigned":
            self.owner = words["owner"]
        elif kind in ("SupervisionStarted", "SupervisionEnded"):
            self._supervision(partner, kind, occurred, words)
        elif kind in ("ConsentGranted", "ConsentRevoked"):
            self._consent(kind, occurred, words)
        else:
            raise ValueError(kind)
        return None

    def _obligation(self, partner, kind, occurred, words, now, places):
        known = self.obligations.get(words["key"])
        if known is None:
            known = Record(key=words["key"], partner=partner, cls=None, start=None, end=None, place=None,
                           booked=0, labels=False, status=None, kind=None)
            self.obligations[words["key"]] = known
        stood_at = known.start if known.status == "Scheduled" else None
        asserted = words.get("recorded", occurred)
        before = (known.status, known.start, known.end, known.place)
        if "start" in words:
            start = words["start"]
            if known.start != start:
                known.booked = asserted
            known.start, known.end = start, max(words.get("end", 0), start)
        known.cls = words.get("class", known.cls)
        known.place = words.get("place", known.place)
        known.all_day = "all_day" in words
        known.call_list = "call_list" in words
        known.uncertain = "uncertain" in words
        known.remote = "remote" in words
        known.mandatory = "mandatory" in words
        known.transparent = "transparent" in words
        known.tentative = "tentative" in words
        known.labels = known.labels or "part2" in words or is_part2(partner, words.get("place"), places)
        if kind != "AppointmentModified" or known.status is None or "status" in words:  # v2 2.4.3.1: what is not told stands
            known.status = STATUS_OF.get(kind) or words.get("status", "Scheduled")
        again = kind == "HearingScheduled" and before == (known.status, known.start, known.end, known.place)
        if not (again and known.kind in ("HearingContinued", "HearingModified")):  # listed again as it was changed
            known.kind = kind
        known.told = min(asserted, now)
        known.kept_by = None
        if stood_at is not None and not (known.status in STANDS and known.start == stood_at):
            self.unbooked_at = now

    def _encounter(self, partner, kind, occurred, words, now, places):
        key = words["key"]
        stay = self.stays.get(key)
        if stay is None:
            stay = Record(key=key, partner=partner, cls=None, custody=False, cancelled=False, start=occurred, end=None,
                          disposition=None, program=None, labels=False, planned=None, told_end=None, age=None)
            self.stays[key] = stay
            new = True
        else:
            new = False
        # 13-decisions: a visit number started again after A11 is a new encounter.
        again = kind == "EncounterStarted" and stay.cancelled and "correction" not in words
        if again:
            stay.cancelled, stay.end, stay.disposition, stay.planned = False, None, None, None
        stay.cls = words.get("class", stay.cls)
        stay.labels = stay.labels or "part2" in words or is_part2(partner, words.get("place"), places)
        if "place" in words:
            stay.program = places.get((partner, words["place"]), (None, None, None))[2]
        stay.start = words.get("start", stay.start)
        if kind == "EncounterStarted":
            if (new or again) and stay.cls == "Outpatient":
                self._arrive(stay)
        elif kind == "EncounterEnded":
            if not ("correction" in words and not new and stay.end is None):
                stay.end = words.get("end", occurred)
                stay.disposition = words.get("disposition")
                stay.told_end = now
                stay.age = words.get("age", stay.age)
        elif kind == "EncounterEndCancelled":
            stay.end = stay.disposition = None
        elif kind == "EncounterStartCancelled":
            stay.cancelled = True
            for o in self.obligations.values():  # nobody arrived by that visit
                if o.kept_by == key:
                    o.kept_by = self._other_keeper(o, stay)
                    if o.kept_by is None and o.kind == "AppointmentArrived":
                        o.status, o.kind = "Scheduled", "AppointmentBooked"
                    elif o.kept_by is None:  # it had been missed
                        o.status = "Missed"
        elif kind == "DischargePlanned":
            stay.planned = words.get("planned", occurred)
        elif kind == "DischargePlanCancelled":
            stay.planned = None

    def _other_keeper(self, kept, gone):
        """Of a client registered twice: the arrival nearest to the appointment that keeps nothing else."""
        fitting = [s for s in self.stays.values() if s is not gone and s.partner == kept.partner and not s.cancelled
                   and s.cls == "Outpatient" and abs(kept.start - s.start) <= ARRIVAL_WITHIN
                   and all(o.kept_by != s.key for o in self.obligations.values())]
        return min(fitting, key=lambda s: (abs(kept.start - s.start), s.start)).key if fitting else None

    def _arrive(self, stay):
        """An arrival closes the nearest appointment of that partner as arrived (A04); where nothing is booked, one told
        missed took place after all (domain/02, ordering 3): it had begun, or began before that was said of it."""
        near = [o for o in self.obligations.values() if o.partner == stay.partner
                and abs(o.start - stay.start) <= ARRIVAL_WITHIN]
        for status, closed in (("Scheduled", "InProgress"), ("Missed", "Completed")):
            fitting = [o for o in near if o.status == status and (status == "Scheduled" or o.start <= max(stay.start, o.told))]
            if fitting:
                arrived = min(fitting, key=lambda o: (abs(o.start - stay.start), o.start))
                arrived.status = closed
                arrived.kept_by = stay.key
                if status == "Scheduled":
                    arrived.kind = "AppointmentArrived"
                return

    def _custody(self, partner, kind, occurred, words, now):
        key = words["key"]
        asserted = min(words.get("recorded", occurred), now)
        stay = self.stays.get(key)
        if stay is None:
            stay = Record(key=key, partner=partner, cls=None, custody=True, cancelled=False, start=occurred, end=None,
                          disposition=None, program=None, labels=False, planned=None, told_end=None, age=None,
                          asserted=asserted)
            self.stays[key] = stay
        elif stay.end is None and occurred + DAY <= stay.start and "correction" not in words \
                and (kind == "CustodyEnded" or asserted < stay.asserted):
            return  # late, of an earlier custody under the same number
        stay.asserted = max(stay.asserted, asserted)
        elsewhere = stay.end is None and stay.disposition == "OtherFacility"
        others = [s for s in self.stays.values() if s.custody and not s.cancelled and s is not stay]
        if kind == "CustodyStarted":
            if "correction" in words or (stay.end is not None and occurred > stay.end) \
                    or (elsewhere and occurred > stay.start):
                stay.end, stay.disposition = None, None
            stay.start = occurred
            for other in others:  # whoever was handed over is held here now
                if other.end is None and other.disposition == "OtherFacility" and other.start < occurred:
                    other.end = occurred
        else:
            moved = "transferred" in words
            taken = any(s.start > stay.start and (s.end is None or s.end > occurred) for s in others)
            stay.disposition = "OtherFacility" if moved else None
            stay.end, stay.told_end = (None if moved and not taken else occurred), now

    def _supervision(self, partner, kind, occurred, words):
        key = words["key"]
        term = self.matters.get(key)
        if term is None:
            term = self.matters[key] = Record(key=key, partner=partner, since=occurred, until=None)
        if kind == "SupervisionStarted":
            term.since = occurred
        else:
            term.until = occurred

    def _consent(self, kind, occurred, words):
        if kind == "ConsentGranted":
            self.consents[words["key"]] = Record(discloser=words["from"], expires=words.get("expires"), revoked=None)
        elif words["key"] in self.consents:
            self.consents[words["key"]].revoked = occurred
