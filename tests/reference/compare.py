"""Plays the same histories on the hub and on the model, and tells where their alerts differ.

    compare.py PROGRAM --histories 2000 --seed 1
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys
import threading
import time

import days
import generator
import life
from model import Model

HERE = pathlib.Path(__file__).parent
MODELLED = {"ScheduleConflict", "TightTravel", "ClientUnavailable", "MissedVisit", "OutcomeUnknown",
            "NoFollowUpBooked", "DischargeContactDue", "DischargeVisitDue7", "DischargeVisitDue14",
            "DischargeVisitDue30", "EdFollowUpMh", "EdFollowUpSud", "CheckInUpcoming", "CheckInMissed",
            "CourtAppearanceUpcoming", "FailureToAppear", "HearingChanged", "InitialReportDue", "Disengagement",
            "LostContact", "PossibleDuplicate", "HearingUnlisted", "CustodyStarted", "CustodyReleased", "ClientDeceased", "LeftAgainstAdvice"}
BATCH = 200
SAMPLE = 20  # one history in so many is also played as the domain files say, to count what known differences touch
COMPARED = ("severity", "act_by", "raised", "cleared", "shelved", "reopened", "latched")


class Hub:
    """The hub's machine, in a process that answers histories."""

    def __init__(self, program):
        self.program = program
        self._start()

    def _start(self):
        self.process = subprocess.Popen([self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1 << 16)

    def play(self, lines):
        """What it shows in the end; None when it ended: a broken invariant of the machine is a finding like any other."""
        return self.play_all([lines])[0]

    def play_all(self, histories):
        text = "".join("\n".join(generator.as_line(line) for line in lines) + "\nshow\n" for lines in histories)
        writer = threading.Thread(target=self._write, args=(text,))
        writer.start()
        answers = []
        for _ in histories:
            answer = self.process.stdout.readline()
            if not answer:
                break
            answers.append(json.loads(answer))
        writer.join()
        if len(answers) < len(histories):
            self.process.wait()
            self._start()
            if len(histories) == 1:
                return [None]
            answers += [self.play(lines) for lines in histories[len(answers):]]
        return answers

    def _write(self, text):
        try:
            self.process.stdin.write(text)
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # told by the answers that do not come

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


def play_model(lines, known=frozenset()):
    model = Model(lines[0][1], known)
    for line in lines[1:]:
        model.play(line)
    return model


def table(shown, now):
    found = {}
    for alert in shown["alerts"]:
        # Closed long ago: each side drops it when it next looks at the client.
        forgotten = alert["cleared"] and now - alert["cleared"] > life.FORGOTTEN_AFTER and alert["state"] == "Closed"
        if alert["rule"] in MODELLED and not forgotten:
            key = (alert["rule"], alert["client"], tuple(alert["keys"]), alert["state"])
            found.setdefault(key, []).append(tuple(alert[name] for name in COMPARED))
    for values in found.values():
        values.sort()
    return found


def difference(hub, model, now):
    """The first difference in words, or None."""
    if hub is None:
        return "end: the hub's side ended"
    if hub["refused"] != model["refused"]:
        return f"refused steps: hub {hub['refused']}, model {model['refused']}"
    a, b = table(hub, now), table(model, now)
    for key in sorted(set(a) | set(b)):
        if key not in b:
            return f"{key[0]}: only the hub has {key} {named(a[key])}"
        if key not in a:
            return f"{key[0]}: only the model has {key} {named(b[key])}"
        if a[key] != b[key]:
            return f"{key[0]}: {key} differs: hub {named(a[key])}, model {named(b[key])}"
    return None


def named(values):
    return [dict(zip(COMPARED, value)) for value in values]


def compare(hub, lines, known=frozenset()):
    model = play_model(lines, known)
    return difference(hub.play(lines), model.show(), model.now)


def is_plausible(lines):
    """Nobody tells of what has not happened yet."""
    now = lines[0][1]
    for line in lines:
        if line[0] == "now":
            now = line[1]
        elif line[0] == "event":
            _, _, _, kind, occurred, words = line
            if occurred > now or words.get("end", 0) > now and kind.startswith("Encounter"):
                return False
            if kind in generator.OUTCOMES and words["start"] > now:
                return False
    return True


def shrink(lines, differs):
    """Leaves out what the difference does not need."""
    size = max(1, len(lines) // 2)
    while size >= 1:
        at = len(lines) - size
        while at >= 1:
            fewer = lines[:at] + lines[at + size:]
            if len(fewer) > 1 and is_plausible(fewer) and all(
                    line in fewer for line in lines if line[0] == "client") and differs(fewer):
                lines = fewer
            at -= size
        size //= 2
    return lines


def known_differences():
    """Where the product departs from the domain files and is not mended yet; the model follows it there."""
    return json.loads((HERE / "known_differences.json").read_text(encoding="utf-8"))


def in_words(lines):
    def when(value):
        return datetime.datetime.fromtimestamp(value, days.ZONE).strftime("%a %m-%d %H:%M")

    told = []
    for line in lines:
        words = []
        for word in line:
            if isinstance(word, int):
                words.append(when(word))
            elif isinstance(word, dict):
                words.append(" ".join(f"{k}={when(v) if isinstance(v, int) and v > 10 else v}" for k, v in word.items()))
            else:
                words.append(str(word))
        told.append("  " + " ".join(words))
    return "\n".join(told)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--histories", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="differences told in full")
    arguments = parser.parse_args()
    hub = Hub(arguments.program)
    known = frozenset(one["name"] for one in known_differences())
    began, found, kinds, touched = time.monotonic(), 0, {}, 0
    for first in range(0, arguments.histories, BATCH):
        numbers = range(first, min(first + BATCH, arguments.histories))
        made = [generator.Generator(f"{arguments.seed}/{number}", known=known) for number in numbers]
        histories = [one.run() for one in made]
        for number, one, lines, told in zip(numbers, made, histories, hub.play_all(histories)):
            shown, now = one.model.show(), one.model.now
            if number % SAMPLE == 0:
                touched += table(shown, now) != table(play_model(lines).show(), now)
            problem = difference(told, shown, now)
            if problem is None:
                continue
            found += 1
            kind = problem.split(":")[0]
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] == 1 and len(kinds) <= arguments.show:
                small = shrink(lines, lambda fewer: (compare(hub, fewer, known) or "").startswith(kind))
                print(f"--- history {number}:\n{in_words(small)}\n  {compare(hub, small, known)}", flush=True)
    took = time.monotonic() - began
    print(json.dumps({"test": "reference", "seed": arguments.seed, "histories": arguments.histories,
                      "differences": found, "rules": kinds,
                      f"known_differences_touch_of_one_in_{SAMPLE}": touched, "seconds": round(took, 1)}))
    hub.close()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
