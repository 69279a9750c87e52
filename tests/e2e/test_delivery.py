"""What becomes of events and notices: fate, refusals and dead letters, pauses, history, new keys, lost history."""
import json
import shutil
import signal
import subprocess
import tomllib

import messages
import pytest
import sites
import stranger
from messages import ACCEPTED, CONFIRMS, DUPLICATE, REFUSED, TAKES_NOT, TO_NOBODY, TO_RECIPIENTS, WATCH

PAUSED, NOT_ALLOWED = 10, 4
NOT_ADMITTED, HISTORY_DIFFERS = 7, 11
DAY_US = 86_400_000_000
BEGIN_US = 1_783_605_600_000_000


def hearing(number, **more):
    """Each on a day of its own, so that nothing collides."""
    return messages.obligation(f"hearing-{number}", start_us=BEGIN_US + number * DAY_US, **more)


def lines_of(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def fate(hub, receipt):
    return lines_of(hub.admin("fate", f"h-{receipt['sequence']}", "--json"))[0]


def steps(told):
    return [(step["step"], step["recipient"], step["result"]) for step in told["steps"]]


@pytest.fixture
def pair(hub, county, client):
    court, clinic = client(county["court"]), client(county["clinic"])
    court.open()
    clinic.open(WATCH)
    clinic.listen()
    return court, clinic


def test_a_receipt_tells_whether_anybody_is_told(county, client):
    court = client(county["court"])
    court.open()
    known, unknown = court.submit_and_wait([hearing(1), hearing(2, person=("COURT", "CASE", "CR-9"))])
    assert (known["status"], known["routed_to"]) == (ACCEPTED, TO_RECIPIENTS)
    assert (unknown["status"], unknown["routed_to"]) == (ACCEPTED, TO_NOBODY)


def test_the_fate_of_an_event_goes_from_queued_to_confirmed(hub, pair):
    court, clinic = pair
    receipt, = court.submit_and_wait([hearing(1)])
    clinic.wait(lambda: clinic.notices)
    assert ("waiting", "clinic", "not acknowledged yet") in steps(fate(hub, receipt))
    clinic.judge(messages.verdict(clinic.notices[0]["number"], CONFIRMS))
    clinic.acknowledge(clinic.notices[0]["number"])
    hub.wait_for(lambda: any(step[0] == "delivered" for step in steps(fate(hub, receipt))))
    told = steps(fate(hub, receipt))
    names = [step[0] for step in told if step[1] in ("", "clinic")]
    assert names.index("received") < names.index("routed") < names.index("queued") < names.index("confirmed")


def test_a_sender_asks_for_the_fate_of_its_own_event_and_of_no_other(hub, pair):
    court, clinic = pair
    receipt, = court.submit_and_wait([hearing(1)])
    answer = court.ask(1, "fate_of", id="hearing-1", feed="stranger")
    told = json.loads(answer[0]["lines"][0])
    assert told["event_id"] == f"h-{receipt['sequence']}" and told["status"] == "accepted"
    assert ("routed", "clinic", "full") in steps(told)
    assert "C-0001" not in json.dumps(told) and "cm.lee" not in json.dumps(told)
    assert clinic.ask(1, "fate_of", id="hearing-1", feed="stranger")[0]["reason"] != 0
    assert court.ask(2, "client", client="C-0001")[0]["reason"] == NOT_ALLOWED
    # That it was read is in the client's trail.
    trail = lines_of(hub.review("trail", "client", "C-0001", "--json"))
    assert ("Read", "court") in [(step["kind"], step["actor"]) for step in trail]


def test_staff_find_an_event_by_its_senders_own_id(hub, pair):
    court, _ = pair
    receipt, = court.submit_and_wait([hearing(1)])
    by_id = lines_of(hub.admin("fate", "court/hearing-1", "--feed", "stranger", "--json"))[0]
    assert by_id["event_id"] == f"h-{receipt['sequence']}"
    assert hub.admin("fate", "court/hearing-9", "--feed", "stranger", check=False).returncode == 1


@pytest.mark.slow
def test_a_notice_refused_every_time_becomes_a_dead_letter_that_people_replay(hub, pair):
    court, clinic = pair
    receipt, = court.submit_and_wait([hearing(1)])
    for attempt in range(1, 6):
        clinic.wait(lambda: any(notice["attempt"] == attempt for notice in clinic.notices))
        notice = clinic.notices[-1]
        assert (notice["attempt"], notice["kind"]) == (attempt, messages.HEARING_SCHEDULED)
        assert notice["first_number"] == (0 if attempt == 1 else clinic.notices[0]["number"])
        clinic.judge(messages.verdict(notice["number"], TAKES_NOT, "payload.end", "Our room is closed."))
    hub.wait_for(lambda: lines_of(hub.admin("deadletters", "--json")))
    letter, = lines_of(hub.admin("deadletters", "list", "--recipient", "clinic", "--json"))
    assert (letter["stage"], letter["reason"], letter["attempts"]) == ("Recipient", "InvalidField", 5)
    shown, = lines_of(hub.review("deadletters", "show", letter["id"], "--json"))
    assert (shown["field"], shown["words"]) == ("payload.end", "Our room is closed.")
    assert hub.admin("doctor", check=False).returncode == 1  # a person has to look

    done, = lines_of(hub.admin("deadletters", "replay", "--all", "--reason", "room opened", "--json"))
    assert (done["id"], done["act"]) == (letter["id"], "replay")
    clinic.wait(lambda: clinic.notices[-1]["number"] > letter["number"])
    again = clinic.notices[-1]
    assert again["kind"] == messages.HEARING_SCHEDULED and again["history"]
    assert again["first_number"] == letter["first_number"]
    clinic.acknowledge(again["number"])
    hub.wait_for(lambda: any(step[0] == "delivered" for step in steps(fate(hub, receipt))))
    told = [step[0] for step in steps(fate(hub, receipt)) if step[1] == "clinic"]
    assert told.count("refused") == 5 and told.count("retried") == 4
    assert told.index("dead-lettered") < told.index("replayed") < told.index("delivered")
    assert hub.admin("deadletters", "discard", letter["id"], "--reason", "done", check=False).returncode == 1


def test_a_paused_partner_is_refused_for_now_and_gets_afterwards_what_it_is_owed(hub, county, client, pair):
    court, clinic = pair
    hub.admin("partner", "pause", "court", "--reason", "its feed is wrong")
    hub.admin("partner", "pause", "clinic")
    listed = {line["partner"]: line["paused"] for line in lines_of(hub.admin("partner", "list", "--json"))}
    assert listed["court"] and listed["clinic"] and not listed["admin"]
    refused, = court.submit_and_wait([hearing(1)])
    assert (refused["status"], refused["reason"]) == (REFUSED, PAUSED)
    hub.kill()
    hub.start()
    court.open()
    refused, = court.submit_and_wait([hearing(1)])
    assert (refused["status"], refused["reason"]) == (REFUSED, PAUSED)

    hub.admin("partner", "resume", "court")
    receipt, = court.submit_and_wait([hearing(1)])
    assert receipt["status"] == ACCEPTED
    clinic.open(WATCH)
    clinic.listen()
    clinic.heartbeat(7)
    assert not clinic.notices
    hub.admin("partner", "resume", "clinic")
    clinic.wait(lambda: clinic.notices)
    assert clinic.notices[0]["kind"] == messages.HEARING_SCHEDULED


def test_watch_tells_what_was_acknowledged_again_and_marks_it(hub, county, tmp_path, pair):
    court, clinic = pair
    court.submit_and_wait([hearing(n) for n in range(3)])
    clinic.wait(lambda: len(clinic.notices) == 3)
    clinic.acknowledge(clinic.notices[-1]["number"])
    clinic.heartbeat(3)
    clinic.close()
    link = str(tmp_path / "clinic.carehub")

    def watch(*more):
        return lines_of(hub.run("watch", "--once", *more, "--link", link))

    hub.wait_for(lambda: watch() == [])
    again = watch("--from", str(clinic.notices[1]["number"]))
    assert [line["sequence"] for line in again] == [notice["number"] for notice in clinic.notices[1:]]
    assert all(line["history"] for line in again)
    assert len(watch("--since", "2020-01-01T00:00:00Z")) == 3
    assert watch("--since", "2199-01-01T00:00:00Z") == []
    assert watch() == []


def test_send_says_where_each_event_went(hub, county, tmp_path):
    event = {"kind": "HearingScheduled", "occurred_at": "2026-07-08T09:00:00-04:00", "zone": "America/New_York",
             "business_key": "k1", "id": "e1",
             "identifiers": [{"authority": "COURT", "type": "CASE", "value": "CR-1"}],
             "payload": {"class": "CourtAppearance", "status": "Scheduled",
                         "start": "2026-07-10T09:00:00-04:00", "end": "2026-07-10T09:30:00-04:00",
                         "owner_org": "court"}}
    nobody = dict(event, id="e2", business_key="k2",
                  identifiers=[{"authority": "COURT", "type": "CASE", "value": "CR-9"}])
    file = tmp_path / "events.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in (event, nobody)))
    done = hub.run("send", str(file), "--link", str(tmp_path / "court.carehub"))
    assert [line["routed_to"] for line in lines_of(done)] == ["recipients", "nobody"]
    assert "routed to nobody" in done.stderr
    own = lines_of(hub.run("fate", "e1", "--link", str(tmp_path / "court.carehub"), "--json"))[0]
    assert own["status"] == "accepted"


def test_a_new_key_ends_the_old_one_and_nothing_else(hub, county, client, tmp_path):
    court = client(county["court"])
    court.open()
    first, = court.submit_and_wait([hearing(1)])
    link = tmp_path / "court.carehub"
    assert hub.admin("partner", "add", "court", "--kind", "court", "--out", str(tmp_path / "no"),
                     check=False).returncode == 1
    hub.admin("partner", "rotate", "court", "--out", str(link))
    assert link.stat().st_mode & 0o777 == 0o600
    with pytest.raises(stranger.Ended) as ended:
        court.submit_and_wait([hearing(2)])
    assert ended.value.code == NOT_ADMITTED
    fresh = client(stranger.read_link(link))
    fresh.open()
    again, = fresh.submit_and_wait([hearing(1)])  # the same partner: it is known what it sent
    assert (again["status"], again["sequence"]) == (DUPLICATE, first["sequence"])


def test_a_hub_that_was_set_back_is_found_out_by_what_its_partners_hold(hub, county, client, tmp_path):
    court = client(county["court"])
    court.open()
    first, = court.submit_and_wait([hearing(1)])
    hub.stop()
    shutil.copytree(hub.data, tmp_path / "old")
    hub.start()
    court.open(last=(first["sequence"], first["root"]))
    second, = court.submit_and_wait([hearing(2)])
    hub.stop()
    shutil.rmtree(hub.data)
    shutil.move(tmp_path / "old", hub.data)
    hub.start()

    court.open(last=(first["sequence"], first["root"]))  # of what it still knows
    with pytest.raises(stranger.Ended) as ended:
        court.open(last=(second["sequence"], second["root"]))
    assert ended.value.code == HISTORY_DIFFERS
    red = {line["check"]: line for line in lines_of(hub.admin("doctor", "--json", check=False))}
    assert not red["receipts"]["ok"] and "court" in red["receipts"]["value"]
    # It grows past what was lost, and is another history all the same.
    other = client(county["clinic"])
    other.open()
    court.open()
    court.submit_and_wait([hearing(n) for n in range(10, 20)])
    with pytest.raises(stranger.Ended) as ended:
        court.open(last=(second["sequence"], second["root"]))
    assert ended.value.code == HISTORY_DIFFERS


ROWS = 30


class Agency:
    """A supervision agency's adapter and the files it is given: check-ins of people whom the hub does not know."""

    def __init__(self, hub, folder):
        self.folder = folder
        hub.add_partner("agency", "supervision")
        (folder / "agency.toml").write_text(sites.CHECK_INS)
        (folder / "agency-in").mkdir()
        self.binary = hub.binary
        self.start()

    def start(self):
        self.log = (self.folder / "agency.log").open("ab")
        self.process = subprocess.Popen(
            [self.binary, "adapter", "supervision", "--link", str(self.folder / "agency.carehub"),
             "--config", str(self.folder / "agency.toml")], stdout=subprocess.PIPE, stderr=self.log, text=True)

    def deliver(self, name):
        rows = "".join(f"P-{name}-{n},CHK-{name}-{n},Officer,07/10/2026,2:00 pm,MAIN,OFFICE VISIT,SCHEDULED,"
                       "2026-07-01 08:00\n" for n in range(ROWS))
        fresh = self.folder / f"{name}.csv"
        fresh.write_text("CLIENT_NO,CHECKIN_ID,OFFICER,SCHED_DATE,SCHED_TIME,OFFICE,TYPE,STATUS,UPDATED\n" + rows)
        fresh.rename(self.folder / "agency-in" / f"{name}.csv")

    def counts(self):
        """What idle.json tells; nothing while something is pending."""
        try:
            told = json.loads((self.folder / "agency-state" / "idle.json").read_text())
        except FileNotFoundError:
            return None
        return told["accepted"], told["duplicate"], told["spooled"]

    def stop(self):
        """Its last words."""
        self.process.send_signal(signal.SIGTERM)
        told, _ = self.process.communicate(timeout=30)
        self.log.close()
        return json.loads(told.splitlines()[-1])


@pytest.mark.slow
def test_an_adapter_sends_again_what_a_restored_hub_lost_and_tells_what_reaches_nobody(hub, tmp_path):
    agency = Agency(hub, tmp_path)
    agency.deliver("kept")
    hub.wait_for(lambda: agency.counts() == (ROWS, 0, 0))
    hub.admin("backup", str(tmp_path / "backup"))
    agency.deliver("lost")
    hub.wait_for(lambda: agency.counts() == (2 * ROWS, 0, 0))
    hub.stop()

    restored = tmp_path / "restored"
    hub.run("restore", str(tmp_path / "backup"), "--data", str(restored))
    hub.run("restore", "--accept-gap", "--reason", "the disk is lost", "--data", str(restored))
    hub.data = restored
    hub.start()
    hub.wait_for(lambda: agency.counts() == (3 * ROWS, ROWS, 0))
    # Once is enough: with its new receipts it is nothing to speak of.
    hub.kill()
    hub.start()
    agency.deliver("new")
    hub.wait_for(lambda: agency.counts() == (4 * ROWS, ROWS, 0))
    last = agency.stop()
    assert (last["accepted"], last["duplicate"], last["routed_to_nobody"]) == (4 * ROWS, ROWS, 4 * ROWS)
    findings = (tmp_path / "agency-in" / "refused" / "findings.jsonl").read_text()
    assert findings.count("routed_to_nobody") == 4 * ROWS and "P-kept" not in findings
    assert json.loads(hub.admin("trail", "verify", "--json").stdout)["ok"]


@pytest.mark.slow
def test_what_an_adapter_spooled_is_sent_under_its_partners_new_key(hub, tmp_path):
    agency = Agency(hub, tmp_path)
    agency.deliver("first")
    hub.wait_for(lambda: agency.counts() == (ROWS, 0, 0))
    hub.stop()
    agency.deliver("spooled")
    hub.wait_for(lambda: not list((tmp_path / "agency-in").glob("*.csv")))
    agency.stop()

    hub.start()
    old = tomllib.loads((tmp_path / "agency.carehub").read_text())["link"]
    hub.admin("partner", "rotate", "agency", "--out", str(tmp_path / "agency.carehub"))
    new = tomllib.loads((tmp_path / "agency.carehub").read_text())["link"]
    assert new["secret_key"] != old["secret_key"] and new["earlier_keys"] == [old["secret_key"]]
    agency.start()
    hub.wait_for(lambda: agency.counts() == (ROWS, 0, 0))  # of this run: what was spooled, once
    agency.deliver("after")
    hub.wait_for(lambda: agency.counts() == (2 * ROWS, 0, 0))
    assert agency.stop()["accepted"] == 2 * ROWS
