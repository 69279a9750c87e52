"""The demonstration as a test: a small county through the real doors, checked against its truth, with and without
kill -9 of the hub in the middle of the feed."""
import json
import re
import subprocess

import pytest

# Of the small counties this one has the most formats in it.
COUNTY = ["--clients", "30", "--days", "6", "--seed", "53"]
KILL_CYCLES = 10
PATIENCE_S = 240
FAULTS = ["missing", "late", "unexpected", "withheld_delivered", "not_delivered", "events_wrong"]
UNDISTURBED = []


def run(binary, folder, *more):
    """Returns the exit code, what was printed, and the summary."""
    done = subprocess.run(
        [str(binary), "demo", *COUNTY, "--folder", str(folder), *more],
        capture_output=True, text=True, timeout=PATIENCE_S)
    said = done.stdout + done.stderr[-2000:]
    summary = folder / "summary.json"
    return done.returncode, said, json.loads(summary.read_text()) if summary.exists() else {}


def read_truth(folder):
    """The last line sums up."""
    return [json.loads(line) for line in (folder / "county" / "truth.jsonl").read_text().splitlines()]


def assert_right(code, said, summary):
    assert code == 0, said
    assert summary["trail_ok"] is True
    assert summary["differences"] == 0
    truth = summary["truth"]
    assert {fault: truth[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0), said
    assert truth["alerted"] == truth["planted"]


@pytest.fixture
def undisturbed(binary, tmp_path_factory):
    """One run for all tests of this file."""
    if not UNDISTURBED:
        folder = tmp_path_factory.mktemp("demo") / "a"
        UNDISTURBED.append((folder, run(binary, folder)))
    return UNDISTURBED[0]


@pytest.mark.slow
def test_a_county_comes_to_what_was_planted_in_it(undisturbed):
    folder, (code, said, summary) = undisturbed
    assert_right(code, said, summary)
    assert summary["kills"] == 0
    # A supervisor's pages: a refusal explained, a list of disclosures, an export that verifies.
    _, rights = said.split("Why somebody is not told")
    refused, told, exported = re.split("What left the hub about one client|A trail that is checked without the hub", rights)
    assert re.search(r" explain h-[0-9]+ \S+\n\S+ may not be told of h-[0-9]+", refused), refused
    assert "trail disclosures" in told and "Nobody outside" not in told, told
    assert re.search(r"trail verify \S+\nThe bundle holds: [1-9]", exported), exported
    # A county with nothing planted would prove nothing: hold the truth itself to be there.
    planted = read_truth(folder)
    count = {kind: sum(line["type"] == kind for line in planted) for kind in ("alert", "trap", "withheld", "delivered", "event")}
    truth = summary["truth"]
    assert count == {"alert": truth["planted"], "trap": truth["traps"], "withheld": truth["withheld"],
                     "delivered": truth["delivered"], "event": truth["events"]}
    assert all(count.values())
    # Formats that no judged rule looks at are in it too, and what must not be known of them.
    events = [line for line in planted if line["type"] == "event"]
    assert {"housing", "court", "municipal", "supervision", "terms", "conditions", "jail"} <= {
        line["partner"] for line in events if line["count"] > 0}
    assert any(line["count"] == 0 for line in events)
    judged = [rule for rule, *_ in summary["alerts"] if rule in planted[-1]["judges"]]
    assert truth["not_judged"] == len(summary["alerts"]) - len(judged)
    # What was planted is there by name, not only by number.
    alerts = {(rule, client) for rule, client, state, *_ in summary["alerts"] if state != "suppressed"}
    assert {(line["rule"], line["client"]) for line in planted if line["type"] == "alert"} <= alerts
    assert not alerts & {(line["rule"], line["client"]) for line in planted if line["type"] == "trap"}


@pytest.mark.slow
def test_a_hub_killed_in_the_middle_of_the_feed_comes_to_the_same(binary, undisturbed, tmp_path):
    first, (code, said, expected) = undisturbed
    assert code == 0, said
    code, said, summary = run(
        binary, tmp_path / "b", "--kill-cycles", str(KILL_CYCLES), "--compare", str(first / "summary.json"))
    assert_right(code, said, summary)
    assert summary["kills"] == KILL_CYCLES
    for key in ("alerts", "accepted", "refused"):
        assert summary[key] == expected[key]
    # The comparison is about something: each alert that a story causes names the events it rests on.
    told = {line["rule"] for line in read_truth(first) if line["type"] == "alert" and line["by"] == "story"}
    assert all(evidence and "no event" not in evidence for rule, *_, evidence in summary["alerts"] if rule in told)
