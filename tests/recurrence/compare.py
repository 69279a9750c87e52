"""Expands generated recurrence rules by the court adapter and by dateutil, and tells where they differ."""

import argparse
import datetime as dt
import random
import subprocess
import sys
import tempfile
from zoneinfo import ZoneInfo

try:
    import icalendar
    from dateutil.rrule import rrulestr
except ImportError:
    print("recurrence: NOT RUN (python3-icalendar, python3-dateutil)")
    sys.exit(77)

NOW = dt.datetime(2026, 2, 1, tzinfo=dt.timezone.utc)
BACK = dt.timedelta(days=35)
AHEAD = dt.timedelta(days=400)
INSTANCES_MAX = 500
BATCH = 250
ZONES = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/St_Johns", "Europe/London", "Europe/Berlin",
    "Australia/Lord_Howe", "America/Santiago",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def numbers(draw, low, high, most):
    return ",".join(str(n) for n in sorted(draw.sample(range(low, high + 1), draw.randint(1, most))))


def some_days(draw, ordinals):
    chosen = draw.sample(DAYS, draw.randint(1, 3))
    if ordinals and draw.random() < 0.6:
        return ",".join(f"{draw.choice([1, 2, 3, 4, 5, -1, -2])}{day}" for day in chosen)
    return ",".join(chosen)


def month_days(draw):
    return ",".join(str(n) for n in draw.sample(list(range(1, 32)) + [-1, -2, -7], draw.randint(1, 3)))


def monthly(draw):
    kind = draw.random()
    if kind < 0.45:
        parts = [f"BYDAY={some_days(draw, True)}"]
    elif kind < 0.8:
        parts = [f"BYMONTHDAY={month_days(draw)}"]
    elif kind < 0.9:
        parts = [f"BYDAY={some_days(draw, False)}", f"BYSETPOS={draw.choice([1, 2, -1])}"]
    else:
        parts = []
    return parts


def yearly(draw):
    kind = draw.random()
    if kind < 0.3:
        return [f"BYMONTH={numbers(draw, 1, 12, 3)}", f"BYMONTHDAY={numbers(draw, 1, 28, 2)}"]
    if kind < 0.6:
        return [f"BYMONTH={numbers(draw, 1, 12, 3)}", f"BYDAY={some_days(draw, True)}"]
    if kind < 0.7:
        return [f"BYYEARDAY={numbers(draw, 1, 365, 3)}"]
    if kind < 0.8:
        return [f"BYWEEKNO={numbers(draw, 1, 52, 2)}", f"BYDAY={draw.choice(DAYS)}"]
    return [f"BYMONTH={numbers(draw, 1, 12, 2)}"] if kind < 0.9 else []


def daily(draw):
    parts = []
    if draw.random() < 0.3:
        parts.append(f"BYMONTH={numbers(draw, 1, 12, 4)}")
    if draw.random() < 0.3:
        parts.append(f"BYDAY={some_days(draw, False)}")
    return parts


def make_rule(draw, zone, start, all_day):
    frequency = draw.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={frequency}"]
    if draw.random() < 0.5:
        parts.append(f"INTERVAL={draw.randint(1, 4)}")
    if frequency == "DAILY":
        parts += daily(draw)
    elif frequency == "WEEKLY" and draw.random() < 0.7:
        parts.append(f"BYDAY={some_days(draw, False)}")
    elif frequency == "MONTHLY":
        parts += monthly(draw)
    elif frequency == "YEARLY":
        parts += yearly(draw)
    if not all_day and frequency in ("DAILY", "WEEKLY") and draw.random() < 0.1:
        parts.append(f"BYHOUR={numbers(draw, 0, 23, 2)}")
    if frequency == "WEEKLY" and draw.random() < 0.3:
        parts.append(f"WKST={draw.choice(DAYS)}")
    end = draw.random()
    if end < 0.35:
        parts.append(f"COUNT={draw.randint(1, 60)}")
    elif end < 0.7:
        until = start + dt.timedelta(days=draw.randint(0, 500), hours=draw.randint(-3, 3))
        if all_day:
            parts.append(f"UNTIL={until:%Y%m%d}")
        else:
            parts.append(f"UNTIL={utc(until, zone):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def utc(local, zone):
    return local.replace(tzinfo=zone, fold=0).astimezone(dt.timezone.utc)


def make_event(draw, uid):
    name = draw.choice(ZONES)
    all_day = draw.random() < 0.15
    start = dt.datetime(2026, 1, 10) + dt.timedelta(
        days=draw.randint(0, 90), minutes=0 if all_day else 15 * draw.randint(0, 95))
    rule = make_rule(draw, ZoneInfo(name), start, all_day)
    when = f";VALUE=DATE:{start:%Y%m%d}" if all_day else f";TZID={name}:{start:%Y%m%dT%H%M%S}"
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART{when}", f"RRULE:{rule}",
                        "END:VEVENT", ""])


def calendar_of(events):
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//carehub//recurrence//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def expected(component):
    """The starts of one event, in UTC, by icalendar, dateutil and zoneinfo."""
    start = component["DTSTART"].dt
    all_day = not isinstance(start, dt.datetime)
    zone = ZoneInfo("America/New_York" if all_day else str(component["DTSTART"].params["TZID"]))
    local = dt.datetime.combine(start, dt.time()) if all_day else start.replace(tzinfo=None)
    rule = component["RRULE"]
    count = rule.pop("COUNT", [None])[0]
    until = rule.pop("UNTIL", [None])[0]
    if isinstance(until, dt.datetime):
        until = until.astimezone(zone).replace(tzinfo=None)
    elif until is not None:
        until = dt.datetime.combine(until, dt.time())
    low, high = ((moment.astimezone(zone)).replace(tzinfo=None) for moment in (NOW - BACK, NOW + AHEAD))
    starts = [local]
    for one in rrulestr(rule.to_ical().decode(), dtstart=local):
        if one > high or (until is not None and one > until):
            break
        if one != local:
            starts.append(one)
        if count is not None and len(starts) > count:
            break
    starts = starts[:count] if count is not None else starts
    kept = [one for one in starts if low <= one <= high][:INSTANCES_MAX]
    soft = dt.timedelta(hours=8) if all_day else dt.timedelta()
    return sorted(f"{utc(one + soft, zone):%Y-%m-%dT%H:%M:%SZ}" for one in kept)


def ours(program, text):
    with tempfile.NamedTemporaryFile("w", suffix=".ics", newline="") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([program, f"{NOW:%Y-%m-%dT%H:%M:%SZ}", file.name], capture_output=True, text=True,
                              timeout=120, check=True)
    listed = {}
    for line in done.stdout.splitlines():
        uid, start = line.split("\t")
        listed.setdefault(uid, []).append(start)
    return {uid: sorted(set(starts)) for uid, starts in listed.items()}


def compare(program, draw, count):
    events = [make_event(draw, f"R{number}") for number in range(count)]
    text = calendar_of(events)
    listed = ours(program, text)
    different = 0
    for component in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        uid = str(component["UID"])
        told, right = listed.get(uid, []), sorted(set(expected(component)))
        if told != right:
            different += 1
            print(events[int(uid[1:])], "ours, not theirs:", sorted(set(told) - set(right))[:5], "theirs, not ours:",
                  sorted(set(right) - set(told))[:5])
    return different, sum(len(starts) for starts in listed.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rules", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = random.Random(given.seed)
    different = instances = 0
    for begun in range(0, given.rules, BATCH):
        wrong, listed = compare(given.program, draw, min(BATCH, given.rules - begun))
        different += wrong
        instances += listed
    print(f"recurrence: {given.rules} rules of seed {given.seed}, {instances} instances, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
