"""Follow-up duties as domain/07 and 13-decisions open, suspend, meet and end them."""

import days
from casefile import Record

COMMUNITY = {None, "Unset", "Home", "HomeHealth", "AgainstAdvice", "Unknown"}
CARE_CLASSES = {"ClinicVisit", "TreatmentSession", "MedicationDosing"}
CARE_PARTNERS = {"clinic", "hospital"}
LASTS = 31  # after the thirtieth day a duty after a discharge is over
LATE_NOTICE = 30  # a discharge told later than that after its window is history
EMERGENCY_APART = 31
YOUNGEST = {"EdMentalHealth": 6, "EdSubstanceUse": 13}  # FUM, FUA; of an age that is not told the duty stands
INITIAL_REPORT = 72 * days.HOUR


def is_care(obligation):
    return obligation.cls in CARE_CLASSES and obligation.partner in CARE_PARTNERS


def is_admission(stay):
    return not stay.cancelled and not stay.custody and stay.cls in ("Inpatient", "Observation")


def followed_by(stay, other):
    """Not at home after the one: the other began during it or later, and lasted longer."""
    return other is not stay and other.start >= stay.start and (other.end is None or other.end > stay.end)


def spoke(contact):
    """Two people spoke with each other; TCM counts a caregiver too, so any kind that went both ways."""
    _, made, two_way, _ = contact
    return made and two_way


def spoken_since(case, time, view):
    return any(spoke(c) and c[0] >= time and view.reached(c[0]) for c in case.contacts)


def service_times(case, view):
    """When visits of care took place."""
    found = []
    for o in case.obligations.values():
        if o.status == "Completed" and is_care(o) and view.reached(o.start):
            found.append(o.start)
    for s in case.stays.values():
        if s.cls == "Outpatient" and not s.cancelled and s.partner in CARE_PARTNERS and view.reached(s.start):
            found.append(s.start)
    return found


def _is_history(stay, last):
    return stay.told_end - days.midnight(last + 1) > LATE_NOTICE * days.DAY


def open_duties(case, view):
    """The duties that are open now: each with its program, window, when it is at risk and when it is late."""
    calendar = view.calendar
    duties = []
    visits = None
    emergencies = {}
    for stay in sorted(case.stays.values(), key=lambda s: (s.end is None, s.end or 0, s.start or 0, s.key)):
        if stay.custody or stay.cancelled or stay.end is None or stay.disposition not in COMMUNITY:
            continue
        if stay.cls not in ("Inpatient", "Observation", "Emergency"):
            continue
        if not view.reached(stay.end):
            continue
        day0 = days.local_day(stay.end)
        visits = [days.local_day(at) for at in service_times(case, view)] if visits is None else visits
        programs = []
        if is_admission(stay):
            if stay.program == "Psychiatric":
                programs.append(("PsychiatricVisit7", 1, 7))
            else:
                programs.append(("GeneralDischargeVisit", 1, 14))
            programs.append(("PsychiatricVisit30", 1, 30))
        elif stay.program in ("Psychiatric", "Sud", "Detox"):
            name = "EdMentalHealth" if stay.program == "Psychiatric" else "EdSubstanceUse"
            first = emergencies.get(name)
            old_enough = stay.age is None or stay.age >= YOUNGEST[name]
            if old_enough and (first is None or day0 - first >= EMERGENCY_APART):
                emergencies[name] = day0
                programs.append((name, 0, 7))
        if view.reached(days.midnight(day0 + LASTS)):
            continue
        last = calendar.add(day0, 2)
        readmitted = [s for s in case.stays.values()
                      if is_admission(s) and followed_by(stay, s) and view.reached(s.start)
                      and days.local_day(s.start) < day0 + LASTS]
        if not readmitted and not _is_history(stay, last):
            # domain/07, point 4: a completed visit is contact too.
            seen = any(time >= stay.end for time in service_times(case, view))
            if not seen and not spoken_since(case, stay.end, view):
                duties.append(Record(stay=stay, program="GeneralDischargeContact", day0=day0, first=0, last=last,
                                     risk=days.midnight(last), due=days.midnight(last + 1)))
        for name, first, length in programs:
            last = day0 + length
            if readmitted or _is_history(stay, last):
                continue
            if any(day >= day0 + first for day in visits):
                continue
            duties.append(Record(stay=stay, program=name, day0=day0, first=day0 + first, last=last,
                                 risk=days.midnight(last - 1), due=days.midnight(last + 1)))
    return duties


def booked_in_window(case, duty, view):
    """What is booked in the window, is ahead or may still be told as kept."""
    for o in case.obligations.values():
        if o.status in ("Scheduled", "InProgress") and is_care(o):
            if duty.first <= days.local_day(o.start) <= duty.last and not view.reached(o.end + 2 * days.HOUR):
                return o
    return None


def initial_report(case, view):
    """72 elapsed hours from the start of supervision, and from each release during it."""
    begins = []
    for term in case.matters.values():
        if term.until is None:
            begins.append((term.since, term.key, (term.key,)))
            begins += [(s.end, s.key, (s.key,)) for s in case.stays.values()
                       if s.custody and not s.cancelled and s.end is not None and s.end > term.since]
    found = []
    for opened, key, keys in sorted(set(begins)):
        due = opened + INITIAL_REPORT
        kept = any(o.status == "Completed" and o.cls == "SupervisionCheckIn" and o.start >= opened
                   for o in case.obligations.values())
        held = any(s.custody and not s.cancelled and s.start < due and (s.end is None or s.end > opened)
                   for s in case.stays.values())
        if not kept and not held:
            found.append(Record(key=key, keys=keys, opened=opened, risk=opened + INITIAL_REPORT // 2, due=due))
    return found
