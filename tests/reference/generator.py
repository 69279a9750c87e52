"""Seeded histories of one county's clients, as partners and staff would tell them.

The model is played along, so that people act on alerts that stand and partners change what was told before.
"""

import datetime
import random

import days
from days import DAY, HOUR, MINUTE
from model import Model

FIRST = int(datetime.datetime(2026, 1, 5, tzinfo=datetime.timezone.utc).timestamp())
PLACES = (("clinic", "c1", "elm", "albany", "General"), ("clinic", "c2", "oak", "albany", "Sud"),
          ("court", "k1", "house", "albany", "Court"), ("supervision", "p1", "house", "albany", "Supervision"),
          ("hospital", "h1", "hill", "troy", "General"), ("hospital", "h2", "elm", "albany", "General"), ("hospital", "psy", "hill", "troy", "Psychiatric"),
          ("hospital", "dtx", "hill", "troy", "Detox"))
HOLIDAYS = ("2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-10-12",
            "2026-11-11", "2026-11-26", "2026-12-25")
CLASSES = {"clinic": ("ClinicVisit", "ClinicVisit", "TreatmentSession", "MedicationDosing", "Group"),
           "hospital": ("ClinicVisit",), "court": ("CourtAppearance",),
           "supervision": ("SupervisionCheckIn", "SupervisionCheckIn", "DrugTest"), "ana": ("CaseManagerMeeting",)}
SITES = {"clinic": ("c1", "c2"), "hospital": ("h1", "h2"), "court": ("k1",), "supervision": ("p1",), "ana": ()}
BOOKS = {"clinic": "AppointmentBooked", "hospital": "AppointmentBooked", "ana": "AppointmentBooked",
         "court": "HearingScheduled", "supervision": "CheckInScheduled"}
MOVES = {"clinic": "AppointmentRescheduled", "hospital": "AppointmentRescheduled", "ana": "AppointmentRescheduled",
         "court": "HearingContinued", "supervision": "CheckInScheduled"}
ENDS = {"clinic": ("AppointmentCancelled", "AppointmentNoShow", "AppointmentCompleted", "AppointmentDeleted",
                   "AppointmentNoShow"),
        "court": ("HearingCancelled", "FailureToAppear", "HearingHeld", "HearingUnlisted"),
        "supervision": ("CheckInCancelled", "CheckInMissed", "CheckInCompleted", "CheckInMissed")}
WORDS = {"clinic": "AppointmentModified", "hospital": "AppointmentModified", "ana": "AppointmentModified",
         "court": "HearingModified", "supervision": "CheckInScheduled"}
ENDS["hospital"] = ENDS["ana"] = ENDS["clinic"]


OUTCOMES = ("AppointmentNoShow", "AppointmentCompleted", "FailureToAppear", "HearingHeld", "CheckInMissed",
            "CheckInCompleted")


class Generator:
    """Of one client. With `until`: the telling of partners and staff until that time, without acts of people."""

    def __init__(self, seed, name="Maria", start=None, until=None, known=frozenset()):
        self.random = random.Random(seed)
        r = self.random
        if start is None:
            start = FIRST + r.randrange(340) * DAY + r.randrange(24) * HOUR
        self.name, self.until = name, until
        self.lines = [("history", start)]
        self.model = Model(start, known)  # what it holds in the end is the model's answer
        self.steps = r.randint(6, 24) if until is None else 60
        self.theme = r.choice(("mixed", "mixed", "mixed", "emergency", "stays", "schedule", "acts"))
        self.keys, self.told, self.count = {}, [], 0

    def put(self, *line):
        self.lines.append(line)
        self.model.play(line)

    def run(self):
        r = self.random
        for place in PLACES:
            self.put("place", *place)
        for date in HOLIDAYS:
            self.put("closed", date)
        self.put("client", self.name, "ana", r.choice(("Own", "Public", "None")), "Unset")
        for _ in range(self.steps):
            self._step()
            if self.until and self.model.now > self.until:
                while self.lines[-1][0] != "now":
                    self.lines.pop()
                self.lines.pop()
                break
        return self.lines

    def _step(self):
        r = self.random
        more = {"emergency": self._stay, "stays": self._stay, "schedule": self._book, "acts": self._act}
        roll = r.random()
        if self.theme != "mixed" and r.random() < 0.25 and not (self.theme == "acts" and self.until):
            more[self.theme]()
        elif roll < 0.24:
            self.put("now", self._later())
        elif roll < 0.44:
            self._book()
        elif roll < 0.62:
            self._change()
        elif roll < 0.74:
            self._stay()
        elif roll < 0.82:
            self._contact()
        elif roll < 0.86:
            self._supervise()
        elif roll < 0.89:
            self._consent()
        elif roll < 0.98 and not self.until:
            self._act()
        elif roll < 0.99:
            self.event("hospital", "ClientDeceased", self.model.now - r.randrange(3 * DAY),
                       **({"correction": 1} if r.random() < 0.4 else {}))
        elif self.told:
            self.put(*r.choice(self.told[-6:]))  # the same message again

    def _later(self):
        r, now = self.random, self.model.now
        roll = r.random()
        if roll < 0.08:
            return now + r.randrange(1, 8) * 30
        if roll < 0.3:
            return now + r.randrange(1, 48) * 15 * MINUTE
        if roll < 0.75:
            return now + r.randrange(1, 96) * HOUR
        if roll < 0.97:
            return now + r.randrange(1, 16) * DAY
        return now + r.randrange(16, 50) * DAY

    def event(self, partner, kind, occurred, **words):
        self.count += 1
        words["message"] = f"{self.name}-m{self.count}"
        line = ("event", partner, self.name, kind, occurred, words)
        self.told.append(line)
        self.put(*line)

    def _when(self):
        """Mostly ahead and in the day, often near to what is already there."""
        r, now = self.random, self.model.now
        known = [o.start for o in self.model.cases[self.name].obligations.values() if o.start]
        if known and r.random() < 0.45:
            return r.choice(known) + r.randrange(-8, 9) * 15 * MINUTE
        ahead = r.choice((1, 2, 4, 8, 16, 30, 70))
        day = days.local_day(now) + r.randrange(-2, ahead + 1)
        return days.at_clock(day, r.randrange(8 * 4, 17 * 4) * 15 * MINUTE)

    def _booking(self, partner):
        r = self.random
        start = self._when()
        words = {"class": r.choice(CLASSES[partner]), "start": start, "end": start + r.randrange(0, 9) * 15 * MINUTE}
        if SITES[partner] and r.random() < 0.8:
            words["place"] = r.choice(SITES[partner])
        if partner == "court" and r.random() < 0.2:
            day = days.local_day(start)
            words.update(start=days.midnight(day), end=days.midnight(day + 1), all_day=1)
        if partner == "court" and "all_day" not in words:
            if r.random() < 0.12:
                words["call_list"] = 1
            elif r.random() < 0.05:
                words["uncertain"] = 1
        if partner in ("clinic", "hospital") and r.random() < 0.08:
            words["part2"] = 1
        for word, chance in (("remote", 0.05), ("transparent", 0.04), ("mandatory", 0.06), ("tentative", 0.03)):
            if r.random() < chance:
                words[word] = 1
        return words

    def _told_at(self):
        r, now = self.random, self.model.now
        return now if r.random() < 0.7 else now - r.randrange(1, 40) * HOUR

    def _book(self):
        r = self.random
        partner = r.choice(("clinic", "clinic", "clinic", "court", "court", "supervision", "supervision", "hospital", "ana"))
        key = f"{self.name}-o{len(self.keys) + 1}"
        self.keys[key] = partner
        words = self._booking(partner)
        self.event(partner, BOOKS[partner], self._told_at(), key=key, **words)

    def _change(self):
        r = self.random
        known = list(self.model.cases[self.name].obligations.values())
        if not known:
            return self._book()
        o = r.choice(known[-5:])
        same = {"class": o.cls, "start": o.start, "end": o.end}
        if o.place:
            same["place"] = o.place
        for word in ("all_day", "call_list", "uncertain", "remote", "mandatory", "transparent", "tentative"):
            if getattr(o, word):
                same[word] = 1
        roll = r.random()
        if roll < 0.25:
            words = self._booking(o.partner)
            words["class"] = o.cls
            self.event(o.partner, MOVES[o.partner], self._told_at(), key=o.key, **words)
        elif roll < 0.27:
            self.event(o.partner, o.kind, self._told_at(), key=o.key, correction=1, **same)
        elif roll < 0.32:
            self.event(o.partner, r.choice((MOVES[o.partner], BOOKS[o.partner], WORDS[o.partner])), self._told_at(),
                       key=o.key, **same)
        else:
            kind = r.choice(ENDS[o.partner])
            if kind in OUTCOMES and o.start > self.model.now:
                kind = r.choice((ENDS[o.partner][0], MOVES[o.partner]))
            self.event(o.partner, kind, self._told_at(), key=o.key, **same)

    def _stay(self):
        r, now = self.random, self.model.now
        stays = list(self.model.cases[self.name].stays.values())
        if stays and r.random() < (0.9 if len(stays) > 5 else 0.6):
            stay = r.choice(stays[-3:])
            at = max(now - r.randrange(0, 60) * HOUR, stay.start)
            if r.random() < 0.1:
                at = now - r.randrange(0, 45) * DAY
            if stay.cls == "Outpatient":
                if r.random() < 0.3:
                    self.event(stay.partner, "EncounterStartCancelled", at, **{"class": stay.cls}, key=stay.key,
                               start=stay.start)
                return
            if stay.custody:
                again = stay.end is not None and r.random() < 0.3  # booked again under the same number
                words = {} if again or r.random() < 0.7 else {"transferred": "1"}
                self.event("jail", "CustodyStarted" if again else "CustodyEnded", at, key=stay.key, **words)
                return
            words = {"key": stay.key, "class": stay.cls, "start": stay.start}
            roll = r.random()
            if stay.end is not None and roll < 0.2:  # A08: another disposition, or another time of the end
                words.update(end=stay.end - r.choice((0, 0, 3)) * HOUR, correction=1,
                             disposition=r.choice(("Home", "OtherFacility", "AgainstAdvice")))
                self.event("hospital", "EncounterEnded", at, **words)
            elif roll < 0.7:
                words.update(end=at, disposition=r.choice(("Home", "Home", "Home", "OtherFacility", "AgainstAdvice",
                                                           "Unknown", "HomeHealth")))
                if r.random() < 0.4:
                    words.update(age=r.choice((4, 5, 6, 12, 13, 17)))
                self.event("hospital", "EncounterEnded", at, **words)
            elif roll < 0.82:
                self.event("hospital", "EncounterEndCancelled", at, **words)
            elif roll < 0.92:
                self.event("hospital", "EncounterStartCancelled", at, **words)
            elif stay.cancelled:
                words["start"] = at
                self.event("hospital", "EncounterStarted", at, **words)
            return
        key = f"{self.name}-s{len(stays) + 1}"
        at = now - r.randrange(0, 100) * HOUR
        roll = r.random()
        if roll < 0.2:
            self.event("jail", "CustodyStarted", at, key=key)
            return
        if roll < 0.3:
            self.event("clinic", "EncounterStarted", at, **{"class": "Outpatient"}, key=key, start=at)
            return
        words = {"class": "Inpatient" if roll < 0.65 else "Emergency" if roll < 0.92 else "Observation",
                 "start": at, "key": key}
        if self.theme == "emergency" and r.random() < 0.8:
            words.update({"class": "Emergency", "place": "psy"})
        elif r.random() < 0.75:
            words["place"] = r.choice(("h1", "psy", "dtx"))
        self.event("hospital", "EncounterStarted", at, **words)

    def _contact(self):
        r, now = self.random, self.model.now
        at = now - r.choice((0, 0, 1, 5, 30, 100)) * HOUR
        roll = r.random()
        if roll < 0.5:
            words = {"contact": r.choice(("Telephone", "FaceToFace", "Video", "Message", "Collateral", "Telephone"))}
            if r.random() < 0.75:
                words["two_way"] = 1
            self.event("ana", "ContactMade", at, **words)
        elif roll < 0.85:
            self.event("ana", "ContactAttempted", at, contact="Telephone", two_way=1)
        else:
            self.event("ana", "ClientInformed", at, contact="Telephone", two_way=1)

    def _supervise(self):
        r, now = self.random, self.model.now
        terms = [m for m in self.model.cases[self.name].matters.values() if m.until is None]
        at = now - r.randrange(0, 30) * HOUR
        if terms and r.random() < 0.5:
            self.event("supervision", "SupervisionEnded", at, key=terms[0].key)
        else:
            self.event("supervision", "SupervisionStarted", at, key=f"{self.name}-t{self.count}")

    def _consent(self):
        r, now = self.random, self.model.now
        known = self.model.cases[self.name].consents
        if known and r.random() < 0.4:
            key = r.choice(sorted(known))
            self.event("ana", "ConsentRevoked", now, **{"key": key, "consent": "Part2Specific",
                                                        "from": known[key].discloser, "to": "owner"})
            return
        words = {"key": f"c{len(known) + 1}", "consent": r.choice(("Part2Specific", "Part2Tpo")),
                 "from": r.choice(("clinic", "clinic", "hospital")), "to": "owner"}
        if r.random() < (0.8 if words["consent"] == "Part2Specific" else 0.4):  # without an end it is refused
            date = days.EPOCH + datetime.timedelta(days=days.local_day(now) + r.randrange(1, 12))
            words["expires"] = date.isoformat()
        self.event("ana", "ConsentGranted", now, **words)

    def _act(self):
        r = self.random
        alerts = [a for a in self.model.cases[self.name].alerts
                  if not a.cleared or self.model.now - a.cleared < 29 * DAY]
        if not alerts:
            return
        alert = r.choice(alerts)
        verb = r.choice(("ack", "ack", "shelve", "close"))
        words = {}
        if verb == "shelve":
            words["until"] = self.model.now + r.choice((1, 2, 3, 20, 100, 160)) * HOUR
        elif verb == "close":
            words["outcome"] = r.choice(("NotAProblem", "Resolved", "ClientInformed", "Moved", "Duplicate"))
        self.put("act", "ana", verb, alert.rule, self.name, tuple(alert.subject) if alert.subject in ((),)
                 or all(k in alert.keys for k in alert.subject) else (), words)


def as_line(step):
    """A step as the hub's side reads it."""
    verb = step[0]
    if verb == "event":
        _, partner, client, kind, occurred, words = step
        named = " ".join(f"{name}={value}" for name, value in words.items())
        return f"event {partner} {client} {kind} {occurred} {named}"
    if verb == "act":
        _, person, act, rule, client, subject, words = step
        named = " ".join(f"{name}={value}" for name, value in words.items())
        return f"act {person} {act} {rule} {client} {'+'.join(subject) or '-'} {named}"
    return " ".join(str(word) for word in step)
