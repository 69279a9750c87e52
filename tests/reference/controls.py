"""The comparison has to see what is wrong: planted faults, mutants of the model, known differences, feeds out of order.

    controls.py PROGRAM [--histories 1500] [--mutants 3]

Each line tells one control; exit 1 when one was not seen, or when a known difference is none any more.
"""

import argparse
import copy
import random
import sys

import compare
import days
import duties
import generator
import life
import rules
import shuffle

# Mutants of the model: module, name, another value. Each stands for a product that is wrong by so much.
MUTANTS = (
    (rules, "HORIZON", 59 * days.DAY), (rules, "ARRIVAL", {}), (rules, "RANKS", {**rules.RANKS, "CourtAppearance": 3}),
    (rules, "GRAVER", {name: name for name in rules.GRAVER}), (duties, "LASTS", 32), (duties, "EMERGENCY_APART", 1),
    (duties, "INITIAL_REPORT", 71 * days.HOUR), (duties, "CARE_CLASSES", {"ClinicVisit"}),
    (duties, "COMMUNITY", duties.COMMUNITY | {"OtherFacility"}), (life, "REOPEN_WITHIN", 23 * days.HOUR),
    (life, "SHELVE_MAX", {**life.SHELVE_MAX, "High": 3 * days.DAY}), (days, "CLOSES", 18 * days.HOUR), (rules, "DEBOUNCE", 0),
    (duties, "YOUNGEST", {"EdMentalHealth": 0, "EdSubstanceUse": 0}),
)


def histories(count):
    return (generator.Generator(f"controls/{number}").run() for number in range(count))


def seen_after(hub, known, count, change):
    """After how many histories the comparison tells a difference; None when it does not."""
    for number, lines in enumerate(histories(count)):
        model = compare.play_model(lines, known)
        if compare.difference(change(hub.play(lines)), model.show(), model.now):
            return number + 1
    return None


def planted(field, value):
    """A product that tells another value of one alert."""
    def change(shown):
        told = copy.deepcopy(shown)
        for alert in told["alerts"]:
            if alert["rule"] in compare.MODELLED and not alert["cleared"]:
                alert[field] = value(alert[field])
                break
        return told
    return change


def mutants_seen(hub, known, count, some):
    for module, name, value in some:
        real = getattr(module, name)
        setattr(module, name, value)
        forget()
        try:
            yield f"mutant {module.__name__}.{name}", seen_after(hub, known, count, lambda shown: shown)
        finally:
            setattr(module, name, real)
            forget()


def forget():
    days.at_clock.cache_clear()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--histories", type=int, default=1500)
    parser.add_argument("--mutants", type=int, default=len(MUTANTS))
    arguments = parser.parse_args()
    hub = compare.Hub(arguments.program)
    known = frozenset(one["name"] for one in compare.known_differences())
    told = []
    for one in compare.known_differences():
        lines = [tuple(line) for line in one["history"]]
        differs = compare.compare(hub, lines, known - {one["name"]}) is not None
        told.append((f"known difference {one['name']}", 1 if differs and compare.compare(hub, lines, known) is None
                     else None))
    for field, value in (("state", lambda state: "Closed"), ("severity", lambda old: "Low" if old != "Low" else "High"),
                         ("act_by", lambda time: time + 60), ("keys", lambda keys: keys + ["another"])):
        told.append((f"planted {field}", seen_after(hub, known, arguments.histories, planted(field, value))))
    told += mutants_seen(hub, known, arguments.histories, MUTANTS[:arguments.mutants])
    head, events = shuffle.county("controls", 12, 30)
    end = head[0][1] + 30 * days.DAY + shuffle.LATEST + days.HOUR
    expected = shuffle.play(hub, head, events, end)
    mixed = (shuffle.arrival(events, random.Random(f"controls/{number}"), keeps_order=False) for number in range(12))
    told.append(("a feed out of its own order", next(
        (number + 1 for number, one in enumerate(mixed) if shuffle.play(hub, head, one, end)[1] != expected[1]), None)))
    for name, after in told:
        print(f"{'seen' if after else 'NOT SEEN'}: {name}" + (f", after {after}" if after else ""))
    hub.close()
    return 0 if all(after for _, after in told) else 1


if __name__ == "__main__":
    sys.exit(main())
