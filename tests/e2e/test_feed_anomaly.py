"""A feed that is wrong: its adapter tells the hub, integration is alerted once, and it ends with the next good file."""
import json
import select
import subprocess

import pytest

import sites

HEAD = "CLIENT_NO,CHECKIN_ID,OFFICER,SCHED_DATE,SCHED_TIME,OFFICE,TYPE,STATUS,UPDATED\n"
GOOD = "A-1,K-{n},Reyes,12/01/2099,9:00 am,North,Office,SCHEDULED,2026-11-01 08:00\n"
BAD = "A-1,K-{n},Reyes,someday,9:00 am,North,Office,SCHEDULED,2026-11-01 08:00\n"


@pytest.fixture
def agency(hub, tmp_path):
    link = hub.add_partner("agency", "supervision")
    folder = tmp_path / "agency-in"
    folder.mkdir()
    config = tmp_path / "agency.toml"
    config.write_text(sites.CHECK_INS)
    process = subprocess.Popen([hub.binary, "adapter", "supervision", "--link", str(link), "--config", str(config)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    readable, _, _ = select.select([process.stdout], [], [], 30)
    assert readable and '"ready":true' in process.stdout.readline()
    yield folder
    process.terminate()
    _, log = process.communicate(timeout=30)
    assert process.returncode == 0, log


def drop(folder, name, rows):
    fresh = folder / (name + ".tmp")
    fresh.write_text(HEAD + "".join(row.format(n=n) for n, row in enumerate(rows)))
    fresh.rename(folder / name)


def test_too_many_refused_rows_alert_integration_until_the_feed_is_right(hub, agency):
    def feed_alerts():
        found = [json.loads(line) for line in hub.review("alerts", "--json").stdout.splitlines()]
        return [(one["state"], one["severity"], one["count"]) for one in found if one["rule"] == "FeedAnomaly"]

    drop(agency, "1.csv", [GOOD] * 49 + [BAD])  # 2 %: refused and told in refusals.jsonl, no more
    hub.wait_for(lambda: (agency / "done" / "1.csv").exists())
    drop(agency, "2.csv", [GOOD] * 30 + [BAD])
    hub.wait_for(lambda: feed_alerts() == [("Raised", "Medium", 1)])
    drop(agency, "3.csv", [GOOD] * 30 + [BAD] * 5)
    hub.wait_for(lambda: (agency / "refused" / "3.csv").exists())  # nothing new in it
    assert feed_alerts() == [("Raised", "Medium", 1)]
    drop(agency, "4.csv", [GOOD] * 31)
    hub.wait_for(lambda: [state for state, _, _ in feed_alerts()] == ["ClearedUnseen"])
