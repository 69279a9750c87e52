"""What supervisors rely on: a journal that was changed is found out, by `trail verify` and by `doctor`."""
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
        first, block = database.execute(
            "SELECT first, block FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1", (sequence,)).fetchone()
        changed = bytearray(block)
        changed[-40] ^= 1
        database.execute("UPDATE block SET block = ? WHERE first = ?", (bytes(changed), first))
    return first


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
    first = change_one_byte(hub, receipts[10]["sequence"])
    code, verdict = verify(hub)
    assert code == 1 and verdict["ok"] is False
    assert first <= verdict["first_bad"] <= verdict["entries"] or verdict["first_bad"] >= first
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
    exported.write_text(hub.admin("roster", "export").stdout, newline="")
    rows = exported.read_text().splitlines()
    assert rows[0].startswith("client,partner,authority,id_type,id,owner,team,model,tier,transport")
    assert [row.split(",")[:5] for row in rows[1:]] == [
        ["C-0001", "court", "COURT", "CASE", "CR-1"], ["C-0001", "clinic", "CLINIC", "MR", "12345"]]
    again = json.loads(hub.admin("roster", "import", str(exported), "--json").stdout)
    assert again["changed"] == 0 and again["refused"] == 0 and again["unchanged"] == 2
