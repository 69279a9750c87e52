"""The rules of the glossary's section 6, each a function of the case now: what holds, and nothing else.

`view.reached(time)` is the only comparison with the clock: it remembers the next time at which an answer can change.
"""

import consent
import days
import duties
from days import DAY, HOUR, MINUTE

HORIZON = 60 * DAY
DEBOUNCE = 120
ARRIVAL = {"court": 30 * MINUTE, "clinic": 15 * MINUTE, "hospital": 15 * MINUTE, "supervision": 15 * MINUTE}
RANKS = {"CourtAppearance": 1, "SupervisionCheckIn": 2, "DrugTest": 2, "TreatmentSession": 7, "HousingMeeting": 4,
         "HousingInspection": 4, "BenefitsInterview": 5, "MedicationDosing": 6, "ClinicVisit": 7,
         "CaseManagerMeeting": 8, "Group": 8, "Other": 8}
CHECK_INS = ("SupervisionCheckIn", "DrugTest")
GRAVER = {"Low": "Medium", "Medium": "High", "High": "Critical", "Critical": "Critical"}


class Finding:
    __slots__ = ("rule", "subject", "keys", "severity", "act_by", "material", "latched", "informing", "program",
                 "minutes", "held")

    def __init__(self, rule, subject, keys, severity, act_by, material, latched=False, informing=False,
                 program="Unset", minutes=0, held=False):
        self.rule, self.subject, self.keys = rule, subject, keys
        self.severity, self.act_by, self.material = severity, act_by, material
        self.latched, self.informing, self.program, self.minutes = latched, informing, program, minutes
        self.held = held  # an absence that is none yet: it raises nothing, and ends nothing


class View:
    def __init__(self, case, now, calendar, places, known=frozenset()):
        self.known = known
        self.case, self.now, self.calendar, self.places = case, now, calendar, places
        self.wake = days.FOREVER
        self.duties = None

    def reached(self, time):
        if time <= self.now:
            return True
        if time < self.wake:
            self.wake = time
        return False

    def place_of(self, obligation):
        return self.places.get((obligation.partner, obligation.place))

    def act_before(self, start):
        """13-decisions: 1 business day before; if that is past, 2 hours before; if that is past, now."""
        by = days.at_clock(self.calendar.add(days.local_day(start), -1), days.CLOSES)
        if by > self.now:
            return by
        return max(start - 2 * HOUR, self.now)

    def rank(self, obligation):
        rank = RANKS.get(obligation.cls, 8)
        if obligation.mandatory:
            rank = min(rank, 3)
        return rank


# --- Pairs ---

def block_of(o):
    """The time it occupies: (start, end, uncertain, obligation)."""
    if o.all_day:
        day = days.local_day(o.start)
        return days.at_clock(day, 8 * HOUR), days.at_clock(day, 12 * HOUR), True, o
    if o.call_list:
        day = days.local_day(o.start)
        noon = days.at_clock(day, 12 * HOUR)
        return o.start, max(o.end, noon if o.start < noon else days.at_clock(day, days.CLOSES)), True, o
    return o.start, o.end, o.uncertain, o


def latest(o):
    """Of a day without an hour its end: until then it may still be called."""
    return o.end if o.all_day else o.start


def stands(view, o):
    """Booked; or fallen out of a list, which nobody calls a cancellation, until who asked says that it is elsewhere."""
    if o.status != "Unlisted":
        return o.status == "Scheduled"
    return not any(a.rule == "HearingUnlisted" and a.keys == (o.key,) and a.state == "Closed" and not a.cleared
                   and a.outcome in ("Moved", "Duplicate") and a.material == (o.start, o.end, o.place)
                   for a in view.case.alerts)


def blocks_time(view, o):
    return stands(view, o) and not o.transparent and not o.tentative


def blocks(view):
    """What occupies time, is not begun, and lies within the horizon."""
    found = []
    for o in view.case.obligations.values():
        if blocks_time(view, o):
            block = block_of(o)
            if not view.reached(block[0]) and view.reached(block[0] - HORIZON):
                found.append(block)
    return found


def looks_like_one(view, a, b):
    if a.partner == b.partner or a.cls != b.cls or abs(a.start - b.start) > 15 * MINUTE:
        return False
    pa, pb = view.place_of(a), view.place_of(b)
    return pa is not None and pb is not None and pa[0] == pb[0]


def travel(view, a, b):
    """Minutes on the way from one to the next in seconds, or None when at one site."""
    pa, pb = view.place_of(a), view.place_of(b)
    if pa is None or pb is None:
        if a.partner == b.partner and a.place == b.place:
            return None
        if a.remote or b.remote:
            return 15 * MINUTE
        way = 45 * MINUTE
    elif pa[0] == pb[0]:
        return None
    elif a.remote or b.remote:
        return 15 * MINUTE
    else:
        way = 45 * MINUTE if pa[1] == pb[1] else 120 * MINUTE
    return way * (2 if view.case.transport == "None" else 1)


def pair(rule, first, second, severity, view, minutes, act_by=None):
    a, b = first[3], second[3]
    keys = tuple(sorted((a.key, b.key)))
    earlier = min(first[0], second[0])
    return Finding(rule, keys, keys, severity, view.act_before(earlier) if act_by is None else act_by,
                   tuple(sorted((b[3].key, b[0], b[1], b[3].place or "") for b in (first, second))), minutes=minutes)


def _told_apart(view, asked):
    """A person said that the two are two."""
    return any(a.rule == asked.rule and a.subject == asked.subject and a.state == "Closed" and not a.cleared
               and a.outcome == "NotAProblem" and a.material == asked.material for a in view.case.alerts)


def pairs(view, out):
    todo = sorted(blocks(view), key=lambda b: (b[0], b[3].key))
    for i, a in enumerate(todo):
        for b in todo[i + 1:]:
            one, other = a[3], b[3]
            if looks_like_one(view, one, other):
                by = view.calendar.close_after(view.now, 5)
                asked = pair("PossibleDuplicate", a, b, "Low", view, 0, by)
                out.append(asked)
                if not _told_apart(view, asked):
                    continue
            hard = min(view.rank(one), view.rank(other)) <= 2
            uncertain = a[2] or b[2]
            if a[0] < b[1] and b[0] < a[1]:
                severity = "High" if hard else "Medium"
                if uncertain:
                    severity = "Low"
                elif hard and view.reached(min(a[0], b[0]) - DAY):
                    severity = "Critical"
                overlap = min(a[1], b[1]) - max(a[0], b[0])
                out.append(pair("ScheduleConflict", a, b, severity, view, overlap // MINUTE))
            elif not uncertain:
                first, then = (a, b) if a[1] <= b[0] else (b, a)
                way = travel(view, first[3], then[3])
                if way is None:
                    continue
                need = way + (0 if then[3].remote else ARRIVAL.get(then[3].partner, 0))
                if then[0] - first[1] < need:
                    out.append(pair("TightTravel", a, b, "High" if hard else "Medium", view, need // MINUTE))


# --- One obligation ---

def of(rule, o, severity, act_by, **more):
    return Finding(rule, (o.key,), (o.key,), severity, act_by, (o.start, o.end, o.place), **more)


def _makes_good(other, missed):
    """Booked again after the miss, or kept since."""
    if other is missed or other.partner != missed.partner or other.cls != missed.cls or other.start < missed.start:
        return False
    return other.status == "Completed" or (other.status == "Scheduled" and other.booked >= missed.start)


def missed_visit(view, out):
    for o in view.case.obligations.values():
        if o.status != "Missed" or o.kind in ("FailureToAppear", "CheckInMissed"):
            continue
        if any(_makes_good(other, o) for other in view.case.obligations.values()) or any(
                s.cls == "Outpatient" and s.partner == o.partner and s.start >= o.start and not s.cancelled
                for s in view.case.stays.values()):
            continue
        # "Post-discharge": since the discharge that opened a duty which is open, of which the owner may know.
        grave = o.cls == "MedicationDosing" or any(
            d.day0 <= days.local_day(o.start) and consent.sees(view.case, d.stay.key, view) for d in view.duties)
        out.append(of("MissedVisit", o, "High" if grave else "Medium", view.calendar.close_after(view.now, 2)))


def outcome_unknown(view, out):
    for o in view.case.obligations.values():
        if o.status != "Scheduled" or o.transparent or o.tentative:
            continue
        if view.reached(view.calendar.close_after(o.end, 2)) and not view.reached(o.end + 30 * DAY + 1):
            out.append(of("OutcomeUnknown", o, "Low", view.calendar.close_after(view.now, 5)))


TOLD_REACH = 14 * DAY


def _told(view, o):
    """The client knows this date: told of what is ahead, or an alert about it alone was closed by telling."""
    told = view.case.informed
    if told >= o.booked and o.start - told <= TOLD_REACH:
        return True
    return any(a.state == "Closed" and a.outcome == "ClientInformed" and a.keys == (o.key,) and a.material == (o.start, o.end, o.place)
               and (not a.cleared or a.cleared >= o.booked) for a in view.case.alerts)


def court_appearance_upcoming(view, out):
    for o in view.case.obligations.values():
        if o.cls != "CourtAppearance" or not stands(view, o) or view.reached(latest(o)):
            continue
        if _told(view, o) or not view.reached(o.start - 7 * DAY):
            continue
        severity = "High" if view.reached(o.start - 2 * DAY) else "Medium"
        out.append(of("CourtAppearanceUpcoming", o, severity, view.act_before(o.start)))


def hearing_unlisted(view, out):
    for o in view.case.obligations.values():
        if o.status == "Unlisted" and not view.reached(o.start + 30 * DAY):
            out.append(of("HearingUnlisted", o, "High", view.act_before(o.start)))


def hearing_changed(view, out):
    for o in view.case.obligations.values():
        if o.kind not in ("HearingContinued", "HearingModified") or o.status != "Scheduled" or view.reached(latest(o)):
            continue
        if view.reached(o.start - 14 * DAY):
            by = min(view.calendar.close_after(view.now, 1), latest(o))
            out.append(of("HearingChanged", o, "High", by, informing=True))


def failure_to_appear(view, out):
    for o in view.case.obligations.values():
        if o.kind == "FailureToAppear":
            out.append(of("FailureToAppear", o, "Critical", view.calendar.duty_time_after(view.now, HOUR), latched=True))


def check_in_upcoming(view, out):
    for o in view.case.obligations.values():
        if o.cls in CHECK_INS and o.status == "Scheduled" and not view.reached(o.start):
            at = block_of(o)
            others = [block_of(other) for other in view.case.obligations.values() if other is not o and blocks_time(view, other)]
            free = not blocks_time(view, o) or not any(
                b[0] < at[1] and at[0] < b[1] for b in others)
            if free and view.reached(o.start - 3 * DAY):
                out.append(of("CheckInUpcoming", o, "Low", o.start))


def check_in_missed(view, out):
    for o in view.case.obligations.values():
        if o.kind == "CheckInMissed":
            out.append(of("CheckInMissed", o, "High", view.calendar.same_business_day(view.now)))


# --- The client ---

def disengagement(view, out):
    """Of what the owner may see, where that is enough; else of all, which the owner is not told."""
    case = view.case
    missed = sorted((o.start, o.key) for o in case.obligations.values() if o.status == "Missed" and view.reached(o.start))
    seen = [one for one in missed if consent.sees(case, one[1], view)]
    found = _missed_in_a_row(view, seen) or _missed_in_a_row(view, missed)
    if found is not None:
        out.append(found)


def _missed_in_a_row(view, missed):
    if not missed:
        return None
    last = missed[-1][0]
    if view.reached(last + 14 * DAY):
        return None
    spoken = max((c[0] for c in view.case.contacts if duties.spoke(c) and view.reached(c[0])), default=-1)
    group = [key for start, key in missed if start >= last - 14 * DAY]
    if spoken >= last or len(group) < 2:
        return None
    return Finding("Disengagement", (), tuple(sorted(group)), "High", view.calendar.close_after(view.now, 1), (last,))


def lost_contact(view, out):
    case = view.case
    spoken = max((c[0] for c in case.contacts if duties.spoke(c) and view.reached(c[0])), default=-1)
    tried = [c[0] for c in case.contacts if not c[1] and c[0] > spoken and view.reached(c[0])
             and not view.reached(c[0] + 14 * DAY)]
    if len(tried) >= 3:
        out.append(Finding("LostContact", (), (), "High", view.calendar.close_after(view.now, 2), ()))


def client_deceased(view, out):
    if view.case.deceased is not None:
        out.append(Finding("ClientDeceased", (), (), "High", view.calendar.close_after(view.now, 1),
                           (view.case.deceased,), latched=True))


# --- Stays ---

def client_unavailable(view, out):
    for stay in view.case.stays.values():
        if not (duties.is_admission(stay) or (stay.custody and not stay.cancelled)):
            continue
        if stay.end is not None and view.reached(stay.end):
            continue
        inside = []
        for o in view.case.obligations.values():
            start = block_of(o)[0]
            if not blocks_time(view, o) or view.reached(latest(o)) or latest(o) < stay.start:
                continue
            if stay.end is not None and start >= stay.end:
                continue
            if stay.end is None and not view.reached(start - 7 * DAY + 1):
                continue
            inside.append((start, o.key, o.start))
        if not inside:
            continue
        inside.sort()
        keys = tuple(sorted([stay.key] + [key for _, key, _ in inside]))
        out.append(Finding("ClientUnavailable", (stay.key,), keys, "High", view.act_before(inside[0][0]),
                           tuple((key, start) for _, key, start in sorted(inside))))


def custody(view, out):
    case = view.case
    held = [s for s in case.stays.values() if s.custody and view.reached(s.start)
            and (s.end is None or not view.reached(s.end))]
    for stay in held:
        out.append(Finding("CustodyStarted", (stay.key,), (stay.key,), "High", view.calendar.close_after(view.now, 1),
                           (stay.start,), informing=True))
    if held:
        return
    for stay in case.stays.values():
        if not stay.custody or stay.end is None or not view.reached(stay.end) or view.reached(stay.end + 30 * DAY + 1):
            continue
        later = any(s.custody and s is not stay and (s.end is None or s.end > stay.end) for s in case.stays.values())
        if not later and not duties.spoken_since(case, stay.end, view):
            out.append(Finding("CustodyReleased", (stay.key,), (stay.key,), "High",
                               view.calendar.close_after(view.now, 1), (stay.end,)))


def left_against_advice(view, out):
    for stay in view.case.stays.values():
        if stay.cancelled or stay.custody or stay.end is None or stay.disposition != "AgainstAdvice":
            continue
        if view.reached(stay.end + 30 * DAY + 1):
            continue
        # Back in care since: that stay's end counts.
        back = any(not s.custody and not s.cancelled and s.cls != "Outpatient"
                   and duties.followed_by(stay, s) for s in view.case.stays.values())
        if not back and not duties.spoken_since(view.case, stay.end, view):
            out.append(Finding("LeftAgainstAdvice", (stay.key,), (stay.key,), "High",
                               view.calendar.close_after(view.now, 1), (stay.end,)))


DUTY_RULES = {
    "GeneralDischargeContact": ("DischargeContactDue", "High"),
    "PsychiatricVisit7": ("DischargeVisitDue7", "High"),
    "GeneralDischargeVisit": ("DischargeVisitDue14", "Medium"),
    "PsychiatricVisit30": ("DischargeVisitDue30", "Medium"),
    "EdMentalHealth": ("EdFollowUpMh", "High"),
    "EdSubstanceUse": ("EdFollowUpSud", "High"),
}


def duties_at_risk(view, out):
    warned = set()
    for duty in view.duties:
        rule, severity = DUTY_RULES[duty.program]
        key = duty.stay.key
        booked = None
        if duty.program != "GeneralDischargeContact":
            booked = duties.booked_in_window(view.case, duty, view)
        if duty.program not in ("GeneralDischargeContact", "PsychiatricVisit30") and key not in warned:
            # domain/10: a rule about an absence waits; what is cancelled may be booked anew in the same minute.
            held = not view.reached(max(view.case.unbooked_at, duty.stay.told_end) + DEBOUNCE)
            if view.reached(days.midnight(duty.day0 + 3)) and not view.reached(duty.due) and booked is None:
                warned.add(key)
                out.append(Finding("NoFollowUpBooked", (key,), (key,), "Medium", days.midnight(duty.day0 + 6),
                                   (duty.due,), held=held))
        if booked is not None or not view.reached(duty.risk):
            continue
        if view.reached(duty.due):
            severity = GRAVER[severity]
        out.append(Finding(rule, (key,), (key,), severity, duty.due, (duty.due,)))
    for report in duties.initial_report(view.case, view):
        booked = any(o.cls == "SupervisionCheckIn" and o.status == "Scheduled" and o.start < report.due
                     and not view.reached(o.end + 2 * HOUR) for o in view.case.obligations.values())
        if booked or not view.reached(report.risk):
            continue
        severity = "Critical" if view.reached(report.due) else "High"
        out.append(Finding("InitialReportDue", (report.key,), report.keys, severity, report.due, (report.due,)))


RULES = (pairs, missed_visit, outcome_unknown, court_appearance_upcoming, hearing_unlisted, hearing_changed, failure_to_appear,
         check_in_upcoming, check_in_missed, disengagement, lost_contact, client_unavailable, custody,
         left_against_advice, duties_at_risk)


def evaluate(view):
    """What holds now; the view remembers when time alone may change it."""
    out = []
    if view.case.deceased is None:
        view.duties = duties.open_duties(view.case, view)
        for rule in RULES:
            rule(view, out)
    client_deceased(view, out)
    return out
