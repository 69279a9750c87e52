"""What a run is asked for and what it tells: one JSON line, exit 1 when a law is broken."""
import collections
import json
import pathlib
import time

from book import Findings

SAMPLES_MAX = 200_000


class Skip(Exception):
    """This machine, or this hub, cannot run the test; the text says why."""


def percentile(samples, percent):
    if not samples:
        return None
    ordered = sorted(samples)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))], 2)


class Tally:
    def __init__(self):
        self.counts = collections.Counter()
        self.samples = collections.defaultdict(list)
        self.figures = {}
        self.tables = {}
        self.findings = Findings()
        self.began = time.monotonic()

    def add(self, what, count=1):
        self.counts[what] += count

    def sample(self, what, value):
        if len(self.samples[what]) < SAMPLES_MAX:
            self.samples[what].append(value)

    def report(self, options):
        return {
            "test": options.test, "seed": options.seed, "ok": not self.findings, "control": options.control,
            "seconds": round(time.monotonic() - self.began, 1), "counts": dict(sorted(self.counts.items())),
            "figures": self.figures, "tables": self.tables, "broken": dict(self.findings.by_law),
            "problems": self.findings.told}


class Options:
    """Of one test; `share` says how large it is when no number is given."""

    def __init__(self, test, seed=1, share="quick", control=None, cycles=None, first=None, last=None, state=None):
        self.test, self.seed, self.share, self.control = test, seed, share, control
        self.cycles, self.first, self.last = cycles, first, last
        self.state = pathlib.Path(state) if state else None

    def part(self, default):
        """[first, last) of the cycles to run; goes on where the state file ends."""
        first = self.first or 0
        if self.first is None and self.state and self.state.exists():
            first = json.loads(self.state.read_text())["next"]
        return first, default if self.last is None else self.last

    def save(self, at, tally):
        """Cycles before `at` are done."""
        if self.state:
            kept = {"next": at, "seed": self.seed, "test": self.test, "counts": dict(tally.counts),
                    "broken": dict(tally.findings.by_law), "problems": tally.findings.told}
            self.state.write_text(json.dumps(kept) + "\n")
