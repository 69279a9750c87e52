"""Day arithmetic of domain/07: local dates, business days, opening hours. Times are whole seconds, UTC."""

import datetime
import functools
import zoneinfo

ZONE = zoneinfo.ZoneInfo("America/New_York")
MINUTE, HOUR, DAY = 60, 3600, 86400
OPENS, CLOSES = 9 * HOUR, 17 * HOUR
FOREVER = 1 << 60
EPOCH = datetime.date(1970, 1, 1)


def number(date):
    """A date as days since 1970."""
    return (date - EPOCH).days


@functools.lru_cache(maxsize=None)
def at_clock(day, seconds):
    """The instant of that local clock time. A skipped one is that long after midnight (the product's way)."""
    date = EPOCH + datetime.timedelta(days=day, seconds=0)
    local = datetime.datetime.combine(date, datetime.time(seconds // HOUR, seconds % HOUR // 60), ZONE)
    return int(local.timestamp())


def midnight(day):
    return at_clock(day, 0)


@functools.lru_cache(maxsize=None)
def _offset(hour):
    moment = datetime.datetime.fromtimestamp(hour * HOUR, ZONE)
    return int(moment.utcoffset().total_seconds())


def local_day(time):
    return (time + _offset(time // HOUR)) // DAY


def local_clock(time):
    return (time + _offset(time // HOUR)) % DAY


class Calendar:
    """Monday to Friday, 9 to 17, but for the closed days of the owner's calendar."""

    def __init__(self):
        self.closed = set()

    def is_open(self, day):
        return (day + 3) % 7 < 5 and day not in self.closed  # 1 January 1970 was a Thursday

    def add(self, day, count):
        """The count-th business day after (before) a day, which itself never counts."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day += step
            while not self.is_open(day):
                day += step
        return day

    def close_after(self, time, count):
        """Close of business of the count-th business day after the day of that time."""
        return at_clock(self.add(local_day(time), count), CLOSES)

    def same_business_day(self, time):
        day = local_day(time)
        if self.is_open(day) and time < at_clock(day, CLOSES):
            return at_clock(day, CLOSES)
        return at_clock(self.add(day, 1), CLOSES)

    def duty_time_after(self, time, span):
        """So much time within opening hours after that time."""
        day = local_day(time)
        while True:
            if self.is_open(day):
                start, close = max(time, at_clock(day, OPENS)), at_clock(day, CLOSES)
                if start < close:
                    if start + span <= close:
                        return start + span
                    span -= close - start
            day += 1
