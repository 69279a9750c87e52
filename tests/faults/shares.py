"""The tests by name and how much of each belongs to which share; the command line."""
import argparse
import importlib
import json
import sys

import paths
from outcome import Options, Skip, Tally

TESTS = {
    "T01": ("t01_kill", {"quick": 10, "full": 200, "nightly": 10_000}),
    "T04": ("t04_syscalls", {"quick": 40, "full": 500, "nightly": 1_500}),
    "T05": ("t05_ambiguous", {"quick": 5, "full": 50, "nightly": 1_000}),
    "T07": ("t07_disk_full", {"quick": 5, "full": 50, "nightly": 200}),
    "T09": ("t09_group_commit", {"quick": 300, "full": 1_000, "nightly": 10_000}),
    "T15": ("t15_slow_consumer", {"quick": 6, "full": 120, "nightly": 120}),
    "T21": ("t21_credit", {"quick": 10_000, "full": 100_000, "nightly": 1_000_000}),
    "T22": ("t22_poison", {"quick": 300, "full": 2_000, "nightly": 10_000}),
}
SKIPPED = 77


def run_test(name, **wanted):
    """The report of one run."""
    module_name, sizes = TESTS[name]
    options = Options(name, **wanted)
    if options.cycles is None:
        options.cycles = sizes[options.share]
    tally = Tally()
    try:
        importlib.import_module(module_name).run(options, tally)
    except Skip as skip:
        return {"test": name, "seed": options.seed, "ok": True, "skipped": str(skip)}
    return tally.report(options)


def show(report, as_json):
    if as_json:
        print(json.dumps(report), flush=True)
        return
    verdict = "skipped: " + report["skipped"] if "skipped" in report else "ok" if report["ok"] else "BROKEN"
    print(f"{report['test']} seed {report['seed']}: {verdict} in {report.get('seconds', 0)} s")
    for part in ("counts", "figures", "tables", "broken"):
        for key, value in report.get(part, {}).items():
            print(f"  {key}: {value}")
    for problem in report.get("problems", []):
        print(f"  ! {problem}")
    sys.stdout.flush()


def run_share(share, seed, as_json):
    worst = 0
    for name in TESTS:
        report = run_test(name, seed=seed, share=share)
        show(report, as_json)
        worst = max(worst, 0 if report["ok"] else 1)
    return worst


def run_controls(seed, as_json):
    """Each planted fault must be found, under its own law."""
    worst = 0
    for name, (module_name, _) in TESTS.items():
        for control in importlib.import_module(module_name).CONTROLS:
            report = run_control(name, control, seed)
            show(report, as_json)
            worst = max(worst, 0 if report["ok"] else 1)
    return worst


def run_control(name, control, seed):
    """Ok when the fault was found."""
    report = run_test(name, seed=seed, share="quick", control=control)
    if "skipped" not in report:
        report["ok"] = control.split(" ")[0] in report["broken"]
    return report


def main(arguments):
    parser = argparse.ArgumentParser(prog="tests/faults/run", description="faults at the border of the process")
    parser.add_argument("what", choices=[*TESTS, "quick", "full", "nightly", "controls"])
    parser.add_argument("--cycles", type=int, help="how many; default: of the share")
    parser.add_argument("--share", choices=["quick", "full", "nightly"], default="quick")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, dest="first", help="first cycle")
    parser.add_argument("--to", type=int, dest="last", help="cycle after the last")
    parser.add_argument("--state", help="file that keeps where a long run stands")
    parser.add_argument("--control", help="plant this fault: exit 1 means it was found")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(arguments)
    try:
        paths.binary()
    except paths.NoBinary as missing:
        print(f"skipped: {missing}", file=sys.stderr)
        return SKIPPED
    if wanted.what == "controls":
        return run_controls(wanted.seed, wanted.json)
    if wanted.what not in TESTS:
        return run_share(wanted.what, wanted.seed, wanted.json)
    report = run_test(wanted.what, seed=wanted.seed, share=wanted.share, control=wanted.control, cycles=wanted.cycles,
                      first=wanted.first, last=wanted.last, state=wanted.state)
    show(report, wanted.json)
    return 0 if report["ok"] else 1
