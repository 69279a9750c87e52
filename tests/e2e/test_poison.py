"""One event that stops the hub: refused by number after one restart, its client waits, the others do not notice."""
import messages
import pytest
import stranger
from messages import ACCEPTED, REFUSED

POISON, LANE_PARKED = 7, 8


def test_a_failing_check_on_one_event_stops_the_hub_once_and_parks_its_client_alone(hub, county, client, tmp_path):
    roster = tmp_path / "more.csv"
    roster.write_text(
        "client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
        "C-0002,court,COURT,CASE,CR-2,cm.lee,east,Standard,Low,own\n")
    hub.admin("roster", "import", str(roster))
    hub.stop()
    hub.start("--fail-on-event", "bad")
    court = client(county["court"])
    court.open()
    court.submit([messages.obligation("before"), messages.obligation("bad"), messages.obligation("after")])
    hub.wait_for(lambda: not hub.is_alive())
    hub.process.stdout.close()

    hub.start("--fail-on-event", "bad")  # the fault is still in the program
    court.open()
    receipts = court.submit_and_wait([
        messages.obligation("before"), messages.obligation("bad"), messages.obligation("after"),
        messages.obligation("other", person=("COURT", "CASE", "CR-2"))])
    assert receipts[1]["status"] == REFUSED and receipts[1]["reason"] == POISON and receipts[1]["fix"]
    assert receipts[2]["status"] == REFUSED and receipts[2]["reason"] == LANE_PARKED
    assert receipts[3]["status"] == ACCEPTED
    court.heartbeat(1)
    assert hub.is_alive()


def test_a_kill_from_outside_accuses_no_event(hub, county, client):
    court = client(county["court"])
    court.open()
    court.submit([messages.obligation(f"e{n}") for n in range(20)])
    hub.kill()
    hub.start()
    court.open()
    receipts = court.submit_and_wait([messages.obligation(f"e{n}") for n in range(20)])
    assert all(receipt["status"] in (ACCEPTED, messages.DUPLICATE) for receipt in receipts)
