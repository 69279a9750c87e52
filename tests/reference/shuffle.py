"""The same county told in other orders: feeds that know nothing of each other may overtake each other.

    shuffle.py PROGRAM --shuffles 1000 --seed 1 [--clients 50] [--days 30]

Within a feed the order stays. After everything has arrived, the set of (rule, client, subject) that stands open, latched
or shelved, with the keys of its evidence, has to be the same as if all had come at once.
"""

import argparse
import json
import random
import sys
import time

import compare
import days
import generator

OPEN = ("Raised", "Acknowledged", "Shelved")
LATEST = 2 * days.DAY  # a feed stands still for at most so long


def county(seed, clients, length):
    """What the feeds tell, as (time, event), and the lines that come before."""
    chance = random.Random(f"county/{seed}")
    start = generator.FIRST + chance.randrange(330) * days.DAY
    head, told = [("history", start)], []
    for number in range(clients):
        name = f"client{number + 1}"
        life = generator.Generator(f"{seed}/{name}", name=name, start=start, until=start + length * days.DAY)
        for line in life.run():
            if line[0] == "now":
                time_now = line[1]
            elif line[0] == "history":
                time_now = line[1]
            elif line[0] == "event":
                told.append((time_now, line))
            elif line[0] == "client" or number == 0 and line[0] in ("place", "closed"):
                head.append(line)
    told.sort(key=lambda one: one[0])
    return head, told


def arrival(told, chance, keeps_order=True):
    """When each event arrives: every feed has a delay of its own that changes, and keeps its order."""
    arrived, last, delay = [], {}, {}
    for number, (at, line) in enumerate(told):
        feed = line[1]
        if feed not in delay or chance.random() < 0.1:
            delay[feed] = chance.choice((0, 0, 60, 600, 3600, 6 * 3600, LATEST)) * chance.random()
        when = max(last.get(feed, 0) if keeps_order else at, at + int(delay[feed]) // 60 * 60)
        last[feed] = when
        arrived.append((when, chance.random(), number, line))
    # Of one feed, what arrives at one instant keeps its order.
    ranks = {}
    ordered = []
    for when, roll, number, line in sorted(arrived, key=lambda one: (one[0], one[2])):
        key = (when, line[1])
        ranks.setdefault(key, roll)
        ordered.append((when, ranks[key], number, line))
    return [(when, line) for when, _, _, line in sorted(ordered, key=lambda one: one[:3])]


def play(hub, head, arrived, end):
    lines, now = list(head), 0
    for when, line in arrived:
        if when != now:
            lines.append(("now", when))
            now = when
        lines.append(line)
    shown = hub.play(lines + [("now", end)])
    return shown and (shown["refused"], standing(shown))


def standing(shown):
    return {(a["rule"], a["client"], tuple(a["keys"]), a["program"]) for a in shown["alerts"] if a["state"] in OPEN}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--shuffles", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--days", type=int, default=30)
    arguments = parser.parse_args()
    hub, began, wrong, alerts = compare.Hub(arguments.program), time.monotonic(), 0, 0
    head, told = county(arguments.seed, arguments.clients, arguments.days)
    end = head[0][1] + arguments.days * days.DAY + LATEST + days.HOUR
    expected = play(hub, head, told, end)
    for number in range(arguments.shuffles):
        chance = random.Random(f"shuffle/{arguments.seed}/{number}")
        got = play(hub, head, arrival(told, chance), end)
        if got is None or got[1] != expected[1]:
            wrong += 1
            if wrong <= 5:
                missing = sorted(expected[1] - got[1]) if got else "the hub's side ended"
                added = sorted(got[1] - expected[1]) if got else ""
                print(f"--- shuffle {number}: missing {missing}, added {added}", flush=True)
    print(json.dumps({"test": "reference_shuffles", "seed": arguments.seed, "shuffles": arguments.shuffles,
                      "clients": arguments.clients, "days": arguments.days, "events": len(told),
                      "standing": len(expected[1]), "differences": wrong,
                      "seconds": round(time.monotonic() - began, 1)}))
    hub.close()
    return 1 if wrong or not expected[1] else 0


if __name__ == "__main__":
    sys.exit(main())
