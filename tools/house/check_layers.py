#!/usr/bin/env python3
"""Holds every #include of hub, adapters and tools to tools/house/layers.json.

Refused: rooms the table does not know, includes the table does not allow (upward ones among them),
cycles of headers, relative includes, headers that do not exist, third-party and system headers
outside their rooms. Each finding is one line: file:line: what is wrong.

  check_layers.py [--root DIR]     checks the tree; exit 1 when something was found
  check_layers.py --self-test      plants violations in a small tree and expects each to be found
"""
import argparse
import fnmatch
import json
import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')
SOURCES = (".hpp", ".cpp", ".in")
TREES = ("hub", "adapters", "tools")


def is_within(path, place):
    """True when `path` is `place` or lies in the folder `place`."""
    return path == place or path.startswith(place + "/")


class Table:
    """The rooms of layers.json and what each may meet."""

    def __init__(self, data):
        self.rooms = data["rooms"]
        self.beside = data["tests_beside_code"]["files"]
        self.third_party = data["third_party"]["headers"]
        self.system = data["system"]
        self.refused_standard = data["standard"]["refused"]

    def room_of(self, path):
        """The entry whose folder contains the file: the deepest; a name wins over a star."""
        folders = path.split("/")[:-1]
        for depth in range(len(folders), 0, -1):
            folder = "/".join(folders[:depth])
            starred = "/".join(folders[: depth - 1] + ["*"])
            for name in (folder, starred):
                if name in self.rooms:
                    return name
        return None

    def is_test(self, path):
        return path.startswith("tests/") or any(fnmatch.fnmatch(path, one) for one in self.beside)

    def allows(self, source, target):
        room = self.room_of(source)
        if self.is_test(source) or self.is_same_room(source, target, room):
            return True
        target_room = self.room_of(target)
        return any(place in ("*", target, target_room) for place in self.rooms[room]["may"])

    def is_same_room(self, source, target, room):
        """A star stands for many rooms: one of them is not another."""
        depth = room.count("/") + 1
        same = source.split("/")[:depth] == target.split("/")[:depth]
        return same and self.room_of(target) == room

    def places_of(self, header):
        """Where a third-party header may be met; None when the table does not know it."""
        found = [places for start, places in self.third_party.items() if header.startswith(start)]
        if found:
            return found[0]
        if any(header.startswith(start) for start in self.system["headers"]):
            return self.system["rooms"]
        return None

    def refuses_standard(self, source, header):
        return any(is_within(source, room) and header in headers
                   for room, headers in self.refused_standard.items())

    def problems(self):
        """The table itself must have an order: no room may name one that stands later."""
        order = list(self.rooms)
        for index, name in enumerate(order):
            for place in self.rooms[name]["may"]:
                if place == "*":
                    continue
                target = place if place in self.rooms else self.room_of(place)
                if target is None:
                    yield f"layers.json: {name} names {place}, which is in no room"
                elif order.index(target) > index:
                    yield f"layers.json: {name} names {place}, which stands above it"


class Checker:
    def __init__(self, root, table):
        self.root = root
        self.table = table
        self.findings = []
        self.graph = {}

    def run(self):
        self.findings.extend(self.table.problems())
        for tree in TREES:
            for path in sorted((self.root / tree).rglob("*")):
                if path.suffix in SOURCES and path.is_file():
                    self.check_file(path.relative_to(self.root).as_posix())
        self.find_cycles()
        return self.findings

    def check_file(self, source):
        includes = []
        for number, line in enumerate((self.root / source).read_text().splitlines(), start=1):
            match = INCLUDE.match(line)
            if match:
                includes.append((number, *match.groups()))
        if not includes:
            return
        if self.table.room_of(source) is None:
            self.report(source, includes[0][0], "lies in no room of layers.json")
            return
        self.graph[source] = [target for _, target, _ in includes if target]
        for number, project, outside in includes:
            problem = self.judge_project(source, project) if project else self.judge_outside(source, outside)
            if problem:
                self.report(source, number, problem)

    def judge_project(self, source, target):
        if target.startswith(".") or "/../" in target or "/" not in target:
            return f'"{target}" is relative; write it from the root'
        generated = target.startswith("schemas/")
        if not generated and not (self.root / target).is_file():
            return f'"{target}" does not exist'
        if self.table.room_of(target) is None:
            return f'"{target}" lies in no room of layers.json'
        if not self.table.allows(source, target):
            return f'{self.table.room_of(source)} may not include "{target}"'
        return None

    def judge_outside(self, source, header):
        if "/" not in header and "." not in header:
            refused = self.table.refuses_standard(source, header)
            return f"<{header}> has no place in this room" if refused else None
        if self.table.is_test(source):
            return None
        places = self.table.places_of(header)
        if places is None:
            return f"<{header}> is not listed in layers.json"
        if not any(is_within(source, place) for place in places):
            return f"<{header}> may be met in {', '.join(places)} only"
        return None

    def find_cycles(self):
        """Depth first, without recursion; a file met again on its own path closes a cycle."""
        done = set()
        for start in sorted(self.graph):
            path, waiting = [], [(start, False)]
            while waiting:
                name, leaving = waiting.pop()
                if leaving:
                    path.pop()
                    done.add(name)
                elif name in path:
                    circle = " -> ".join([*path[path.index(name):], name])
                    self.findings.append(f"{name}: includes itself: {circle}")
                elif name not in done:
                    path.append(name)
                    waiting.append((name, True))
                    waiting.extend((one, False) for one in self.graph.get(name, []))

    def report(self, source, number, problem):
        self.findings.append(f"{source}:{number}: {problem}")


PLANTED = {
    # file: (text, what the finding must say; None: nothing is wrong)
    "hub/base/good.hpp": ("#include <vector>\n#include <tl/expected.hpp>\n", None),
    "hub/base/upward.hpp": ('#include "hub/core/rule.hpp"\n', "may not include"),
    "hub/base/relative.hpp": ('#include "../base/good.hpp"\n', "is relative"),
    "hub/base/bare.hpp": ('#include "good.hpp"\n', "is relative"),
    "hub/base/absent.hpp": ('#include "hub/base/nowhere.hpp"\n', "does not exist"),
    "hub/base/zmq.hpp": ("#include <zmq.h>\n", "may be met in"),
    "hub/base/unlisted.hpp": ("#include <gmp.h>\n", "is not listed"),
    "hub/core/rule.hpp": ('#include "hub/base/good.hpp"\n', None),
    "hub/core/state.hpp": ("#include <thread>\n", "has no place"),
    "hub/core/file.cpp": ("#include <fcntl.h>\n", "may be met in"),
    "hub/core/one.hpp": ('#include "hub/core/two.hpp"\n', "includes itself"),
    "hub/core/two.hpp": ('  #  include "hub/core/one.hpp"\n', None),
    "hub/rules/a/rule.cpp": ('#include "hub/core/rule.hpp"\n', None),
    "hub/rules/b/rule.cpp": ('#include "hub/core/state.hpp"\n', "may not include"),
    "hub/rules/c/help.hpp": ("", None),
    "hub/rules/d/rule.cpp": ('#include "hub/rules/c/help.hpp"\n', "may not include"),
    "hub/unknown/room.hpp": ('#include "hub/base/good.hpp"\n', "in no room"),
    "adapters/clinic/kind.cpp": ('#include "adapters/court/kind.hpp"\n', "may not include"),
    "adapters/court/kind.hpp": ("#include <boost/json.hpp>\n", "may be met in"),
    "adapters/court/kind_test.cpp": ('#include "hub/core/rule.hpp"\n#include <boost/json.hpp>\n', None),
    "tools/county/county.cpp": ('#include "hub/daemon/hub.hpp"\n', "may not include"),
    "hub/daemon/hub.hpp": ('// #include "hub/nowhere/x.hpp"\n', None),
}


def self_test(table):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, (text, _) in PLANTED.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        findings = Checker(root, table).run()
    failures = []
    for name, (_, expected) in PLANTED.items():
        own = [one for one in findings if one.startswith(name + ":")]
        if expected is None and own:
            failures.append(f"{name}: nothing is wrong, yet: {own}")
        elif expected is not None and not any(expected in one for one in own):
            failures.append(f"{name}: expected a finding with '{expected}', got {own}")
    upside_down = Table({
        "rooms": {"hub/base": {"may": ["hub/core"]}, "hub/core": {"may": []}},
        "tests_beside_code": {"files": []}, "third_party": {"headers": {}},
        "system": {"headers": [], "rooms": []}, "standard": {"refused": {}}})
    if not list(upside_down.problems()):
        failures.append("a table in which a room names a higher one was accepted")
    return failures


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description="Holds every #include to tools/house/layers.json.")
    parser.add_argument("--root", type=pathlib.Path, default=here.parents[1], help="the source tree")
    parser.add_argument("--self-test", action="store_true", help="check the check")
    options = parser.parse_args()
    table = Table(json.loads((here / "layers.json").read_text()))
    findings = self_test(table) if options.self_test else Checker(options.root, table).run()
    for finding in findings:
        print(finding)
    print(f"layers: {len(findings)} findings" if findings else "layers: in order")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
