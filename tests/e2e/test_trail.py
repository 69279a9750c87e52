"""What supervisors rely on: a journal that was changed is found out, by `trail verify` and by `doctor`; and what a
case manager may read of an alert, from its raise to its end."""
import datetime
import json
import sqlite3

import messages


def fill(hub, county, client):
    court = client(county["court"])
    court.open()
    receipts = court.submit_and_wait([messages.obligation(f"e{n}") for n in range(20)])
    hub.stop()
    return receipts


def change_one_byte(hub, sequence):
    """As someone with the file and no scruples would: past the triggers, in the middle of an entry."""
    with sqlite3.connect(hub.data / "journal.db") as database:
        database.execute("DROP TRIGGER block_never_changes")
        first, count, block = database.execute(
            "SELECT first, count, block FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1", (sequence,)).fetchone()
        changed = bytearray(block)
        changed[-40] ^= 1
        database.execute("UPDATE block SET block = ? WHERE first = ?", (bytes(changed), first))
    return first + count - 1  # the byte is one of the block's last record


def verify(hub):
    done = hub.admin("trail", "verify", "--json", check=False)
    return done.returncode, json.loads(done.stdout)


def test_an_untouched_trail_is_whole(hub, county, client):
    receipts = fill(hub, county, client)
    code, verdict = verify(hub)
    assert code == 0 and verdict["ok"] is True and verdict["first_bad"] is None
    assert verdict["entries"] >= receipts[-1]["sequence"]


def test_a_changed_entry_is_named(hub, county, client):
    receipts = fill(hub, county, client)
    changed = change_one_byte(hub, receipts[10]["sequence"])
    code, verdict = verify(hub)
    assert code == 1 and verdict["ok"] is False
    assert verdict["first_bad"] == changed
    assert verdict["problem"]


def test_a_missing_end_is_found(hub, county, client):
    fill(hub, county, client)
    with sqlite3.connect(hub.data / "journal.db") as database:
        database.execute("DROP TRIGGER block_never_goes")
        database.execute("DELETE FROM block WHERE first = (SELECT max(first) FROM block)")
    code, verdict = verify(hub)
    assert code == 1 and verdict["ok"] is False


def test_doctor_is_green_on_a_whole_folder_and_red_on_a_changed_one(hub, county, client):
    receipts = fill(hub, county, client)
    assert hub.admin("doctor", check=False).returncode == 0
    change_one_byte(hub, receipts[10]["sequence"])
    done = hub.admin("doctor", "--json", check=False)
    assert done.returncode == 1
    red = [line for line in map(json.loads, done.stdout.splitlines()) if not line["ok"]]
    assert red and all(line["explain"] for line in red)


def test_the_roster_comes_back_as_it_went_in(hub, county, tmp_path):
    exported = tmp_path / "exported.csv"
    exported.write_text(hub.review("roster", "export").stdout, newline="")
    rows = exported.read_text().splitlines()
    assert rows[0].startswith("client,partner,authority,id_type,id,owner,team,model,tier,transport")
    assert [row.split(",")[:5] for row in rows[1:]] == [
        ["C-0001", "court", "COURT", "CASE", "CR-1"], ["C-0001", "clinic", "CLINIC", "MR", "12345"]]
    again = json.loads(hub.admin("roster", "import", str(exported), "--json").stdout)
    assert again["changed"] == 0 and again["refused"] == 0 and again["unchanged"] == 2


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def ahead(minutes):
    noon = datetime.datetime.now(datetime.timezone.utc).replace(hour=16, minute=0, second=0, microsecond=0)
    return (noon + datetime.timedelta(days=20, minutes=minutes)).isoformat()


def send(hub, partner, kind, event_id, identifier, payload, labels=()):
    """One event about the same court date or visit: partners name it by one business key."""
    file = hub.data.parent / f"{event_id}.jsonl"
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0).isoformat()
    file.write_text(json.dumps({
        "id": event_id, "kind": kind, "occurred_at": now, "zone": "America/New_York", "labels": list(labels),
        "identifiers": [dict(zip(("authority", "type", "value"), identifier))], "business_key": f"{partner}|1",
        "payload": payload}) + "\n")
    receipts = lines(hub.run("send", "--link", str(hub.data.parent / f"{partner}.carehub"), str(file)))
    assert [receipt["status"] for receipt in receipts] == ["accepted"]


def send_visit(hub, kind, event_id, status="Scheduled"):
    send(hub, "clinic", kind, event_id, ("CLINIC", "MR", "12345"),
         {"class": "ClinicVisit", "status": status, "owner_org": "clinic", "start": ahead(0), "end": ahead(30),
          "location": {"name": "Elm House"}}, ["LocationProtected"])


def collide(hub):
    """A visit at a place that nobody may learn, and a hearing."""
    send_visit(hub, "AppointmentBooked", "v-1")
    send(hub, "court", "HearingScheduled", "c-1", ("COURT", "CASE", "CR-1"),
         {"class": "CourtAppearance", "status": "Scheduled", "owner_org": "court", "mandatory": True,
          "start": ahead(15), "end": ahead(45)})


def grant(hub, discloser):
    hub.admin("consent", "grant", "C-0001", "--id", f"{discloser}-consent", "--kind", "HipaaAuthorization",
              "--discloser", discloser, "--recipients", "owner", "--purpose", "CareCoordination",
              "--signed", "2020-01-01")


def manager(hub):
    link = hub.add_partner("cm.lee", "staff", "--role", "case_manager")
    return lambda *words, check=True: hub.run(*words, "--link", str(link), check=check)


def test_a_suppressed_alert_does_not_exist_for_the_case_manager(hub, county):
    ask = manager(hub)
    collide(hub)
    suppressed = lines(hub.review("alerts", "--state", "suppressed", "--json"))
    assert [alert["rule"] for alert in suppressed] == ["ScheduleConflict"]
    assert lines(ask("alerts", "--state", "all", "--json")) == []
    shown = ask("alerts", "show", suppressed[0]["alert_id"], check=False)
    assert shown.returncode == 1 and "NotFound" in shown.stderr
    kinds = [step["kind"] for step in lines(ask("trail", "client", "C-0001", "--json"))]
    assert kinds and "Alert" not in kinds
    assert "Alert" in [step["kind"] for step in lines(hub.review("trail", "client", "C-0001", "--json"))]


def test_an_alert_tells_what_is_so_and_no_protected_place(hub, county):
    ask = manager(hub)
    grant(hub, "clinic")
    grant(hub, "court")
    collide(hub)
    alert, = lines(ask("alerts", "--json"))
    assert alert["state"] == "Raised" and "overlaps" in alert["text"] and "Act by" in alert["text"]
    assert "Elm House" not in alert["text"]
    # The roster gives the client no zone: the times are told in the owner's, as the text tells them.
    assert alert["act_by"][:16].replace("T", " ") in alert["text"]
    visits = [[o["place"] for o in lines(reader("client", "show", "C-0001", "--json"))[0]["obligations"]
               if o["class"] == "ClinicVisit"] for reader in (ask, hub.review)]
    assert visits == [[""], ["Elm House"]]

    until = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=3)).isoformat(timespec="seconds")
    ask("alerts", "shelve", alert["alert_id"], "--until", until, "--reason", "away")
    assert lines(ask("alerts", "--json")) == []
    assert [a["state"] for a in lines(ask("alerts", "--state", "SHELVED", "--json"))] == ["Shelved"]


def test_an_alert_that_is_over_says_so_until_it_may_no_longer_be_read(hub, county):
    ask = manager(hub)
    grant(hub, "clinic")
    grant(hub, "court")
    collide(hub)
    alert, = lines(ask("alerts", "--json"))
    ask("alerts", "ack", alert["alert_id"])
    send_visit(hub, "AppointmentCancelled", "v-2", status="Cancelled")
    over, = lines(ask("alerts", "--state", "closed", "--json"))
    assert over["text"].startswith("No longer so: ") and "now cancelled" in over["text"]
    assert over["text"].endswith("Outcome: resolved.")
    assert "overlaps" not in over["text"] and "Act by" not in over["text"]
    assert "Next" not in ask("alerts", "show", alert["alert_id"]).stdout

    hub.admin("consent", "revoke", "C-0001/clinic-consent", "--reason", "the client asked")
    assert [a["rule"] for a in lines(ask("alerts", "--state", "all", "--json"))] == ["ConsentRevoked"]
    assert "NotFound" in ask("alerts", "show", alert["alert_id"], check=False).stderr
    assert alert["alert_id"] not in ask("trail", "client", "C-0001", "--json").stdout
    both = lines(hub.review("alerts", "--state", "all", "--json"))
    assert sorted(a["rule"] for a in both) == ["ConsentRevoked", "ScheduleConflict"]


def test_the_trail_of_a_span_and_a_wrong_word(hub, county):
    steps = lines(hub.review("trail", "client", "C-0001", "--json"))
    last = steps[-1]["at"]
    assert 0 < len(lines(hub.review("trail", "client", "C-0001", "--to", last, "--json"))) < len(steps)
    assert "from: use a time" in hub.review("trail", "client", "C-0001", "--from", "noon", check=False).stderr
    wrong = hub.review("alerts", "--state", "opened", check=False)
    assert wrong.returncode == 1 and "Raised, Acknowledged" in wrong.stderr
    assert "rules list" in hub.review("alerts", "--rule", "weather", check=False).stderr
    unknown = hub.admin("bogus", check=False)
    assert unknown.returncode == 2 and 'no command "bogus"' in unknown.stderr
    assert 'did you mean "trail"' in hub.admin("trial", check=False).stderr


def test_nobody_else_reads_the_folder(hub, county, tmp_path):
    open_to_others = [path.name for path in hub.data.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
    refused = hub.run("init", str(tmp_path / "other"), "--start", "2026-03-02T06:00:00-05:00", check=False)
    assert refused.returncode == 1 and "--simulation" in refused.stderr
    assert not (tmp_path / "other").exists()


def test_a_hard_fact_that_is_over_says_since_when(hub, county):
    ask = manager(hub)
    grant(hub, "court")
    send(hub, "court", "WarrantIssued", "w-1", ("COURT", "CASE", "CR-1"), {"court": "COURT"})
    alert, = lines(ask("alerts", "--json"))
    assert "can be arrested" in alert["text"]
    send(hub, "court", "WarrantCleared", "w-2", ("COURT", "CASE", "CR-1"), {"court": "COURT"})
    alert, = lines(ask("alerts", "--json"))
    assert alert["state"] == "Raised"  # until a person closes it
    assert "It is over since" in alert["text"] and "can be arrested" not in alert["text"]
