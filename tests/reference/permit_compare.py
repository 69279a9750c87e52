"""`permit` of the hub against the reference in permit.py, on random rights, events, recipients and times.

    permit_compare.py PROGRAM [--cases 1000000] [--seed 1] [--controls]

PROGRAM is carehub_permit_cases. Exit 1 and the first differences in words when there is one. With --controls the
reference is changed in one place at a time, and each change has to be seen.
"""

import argparse
import collections
import json
import subprocess
import sys

import permit

SHOWN = 5
CONTROLS = (
    ("a release without end lasts for ever", "RELEASE_DAYS", 10**6),
    ("a release lasts a day less", "RELEASE_DAYS", permit.RELEASE_DAYS - 1),
    ("jails are no part of the justice system", "JUSTICE", ("court", "supervision")),
    ("hospitals treat nobody", "PROVIDERS", ("clinic",)),
    ("coordination of care is no operation", "TPO", permit.TPO[:3]),
    ("purposes are not asked about", "serves", lambda consent, purpose: True),
    ("a request of the client opens proceedings", "serves",
     lambda consent, purpose: purpose in (None, consent["purpose"]) or consent["purpose"] == "ClientRequest"),
    ("any consent opens part 2", "opens_part2", permit.opens_other),
    ("a release opens everything", "opens_other", lambda consent, kind: True),
    ("a part 2 consent needs no end", "MUST_END", ()),
    ("victims are like others", "DV_PROTECTED", 0),
    ("places of those who hide are told", "LOCATION_PROTECTED", 0),
    ("days are those of Greenwich", "local_day", lambda zone, seconds: seconds // 86400),
)


def cases(program, count, seed):
    """World and told case, in turn."""
    with subprocess.Popen([program, str(count), str(seed)], stdout=subprocess.PIPE, text=True) as process:
        world = None
        for line in process.stdout:
            told = json.loads(line)
            if isinstance(told, dict):
                world = permit.World(told)
            else:
                yield world, told
    if process.returncode != 0:
        sys.exit(f"{program} ended with {process.returncode}")


def answer(world, told):
    return world.permit(permit.Asked(world, *told[:6]))


def compare(program, count, seed):
    different, rules = 0, collections.Counter()
    for world, told in cases(program, count, seed):
        expected = answer(world, told)
        rules[told[7]] += 1
        if tuple(told[6:]) != expected:
            different += 1
            if different <= SHOWN:
                print(json.dumps(vars(world), default=sorted), told[:6], "hub:", told[6:], "reference:", expected)
    print(f"{sum(rules.values())} cases, {different} differences, {len(rules)} rules:",
          ", ".join(f"{rule} {number}" for rule, number in rules.most_common()))
    return different == 0 and sum(rules.values()) == count


def controls(program, count, seed):
    """Every change of the reference has to differ from the hub somewhere."""
    told = list(cases(program, count, seed))
    unseen = 0
    for name, attribute, value in CONTROLS:
        real = getattr(permit, attribute)
        setattr(permit, attribute, value)
        seen = next((number for number, (world, case) in enumerate(told, 1)
                     if tuple(case[6:]) != answer(world, case)), None)
        setattr(permit, attribute, real)
        unseen += seen is None
        print(f"{'not seen' if seen is None else f'seen in case {seen}'}: {name}")
    return unseen == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--controls", action="store_true")
    given = parser.parse_args()
    run = controls if given.controls else compare
    sys.exit(0 if run(given.program, given.cases, given.seed) else 1)


if __name__ == "__main__":
    main()
