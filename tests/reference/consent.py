"""What the owner may see (domain/08): what 42 CFR Part 2 protects, under a consent in force that names the source."""

import datetime

import days


def sees(case, key, view):
    record = case.obligations.get(key) or case.stays.get(key)
    if record is None or not record.labels:
        return True
    return any(_holds(consent, view) for consent in case.consents.values() if consent.discloser == record.partner)


def _holds(consent, view):
    ends = days.FOREVER
    if consent.expires is not None:
        ends = days.midnight(days.number(datetime.date.fromisoformat(consent.expires)))
    if consent.revoked is not None:
        ends = min(ends, consent.revoked)
    return not view.reached(ends)


def lacks_end(words):
    """42 CFR 2.31(a)(7), 2.35(b): a part 2 consent says until when it holds, unless it is for treatment, payment and operations."""
    return words["consent"] in ("Part2Specific", "CriminalJusticeReferral") and not words.get("expires")
