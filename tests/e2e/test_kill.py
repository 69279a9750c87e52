"""kill -9 of the hub: what has a receipt is there, what has none is sent again, nothing counts twice."""
import time

import messages
import pytest
import stranger
from messages import ACCEPTED, DUPLICATE, WATCH

CYCLES = 10
EVENTS_PER_CYCLE = 200


def submit_until_killed(hub, court, waiting, done):
    """Sends everything; kills the hub when about half has its receipt."""
    batches = [waiting[at : at + 40] for at in range(0, len(waiting), 40)]
    owner = {}
    for batch in batches:
        for ticket, event_id in zip(court.submit([EVENTS[event_id] for event_id in batch]), batch):
            owner[ticket] = event_id
    court.wait(lambda: len(court.receipts) * 2 >= len(waiting))
    hub.kill()
    try:
        court.wait(lambda: False, deadline=time.monotonic() + 0.2)
    except (stranger.Timeout, stranger.Ended):
        pass
    for ticket, receipt in court.receipts.items():
        record(done, owner[ticket], receipt)


def record(done, event_id, receipt):
    assert receipt["status"] in (ACCEPTED, DUPLICATE), receipt
    # Whatever receipt an event gets, it names the same entry for ever.
    assert done.setdefault(event_id, receipt["sequence"]) == receipt["sequence"]


EVENTS = {}


@pytest.mark.slow
def test_nothing_with_a_receipt_is_lost_and_nothing_counts_twice(hub, county, client):
    court = client(county["court"])
    EVENTS.clear()
    done = {}
    for cycle in range(CYCLES):
        new = [f"c{cycle}-{n}" for n in range(EVENTS_PER_CYCLE)]
        EVENTS.update({event_id: messages.obligation(event_id) for event_id in new})
        court.open()
        submit_until_killed(hub, court, [event_id for event_id in EVENTS if event_id not in done], done)
        hub.start()
    court.open()
    everything = list(EVENTS)
    for at in range(0, len(everything), 40):
        batch = everything[at : at + 40]
        for event_id, receipt in zip(batch, court.submit_and_wait([EVENTS[one] for one in batch])):
            assert event_id not in done or receipt["status"] == DUPLICATE
            record(done, event_id, receipt)
    assert len(set(done.values())) == len(EVENTS) == CYCLES * EVENTS_PER_CYCLE


@pytest.mark.slow
def test_a_reader_resumes_over_a_killed_hub_without_gap_or_repeat(hub, county, client):
    court, clinic = client(county["court"]), client(county["clinic"])
    kept = []
    for cycle in range(3):
        court.open()
        clinic.open(WATCH)
        clinic.notices.clear()
        clinic.listen(after=kept[-1] if kept else 0)
        court.submit_and_wait([messages.obligation(
            f"c{cycle}-{n}", start_us=1_783_605_600_000_000 + (cycle * 10 + n) * 86_400_000_000) for n in range(5)])
        clinic.wait(lambda: len(clinic.notices) == 5)
        kept += [notice["number"] for notice in clinic.notices]
        clinic.acknowledge(kept[-1])
        clinic.heartbeat(cycle)
        hub.kill()
        hub.start()
    assert len(kept) == 15 and kept == sorted(set(kept))


def test_a_restarted_hub_tells_an_old_connection_to_say_hello(hub, county, client):
    court = client(county["court"])
    court.open()
    hub.kill()
    hub.start()
    court.send(6, [messages.heartbeat(1)])
    with pytest.raises(stranger.Ended) as ended:
        court.wait(lambda: 1 in court.replies)
    assert ended.value.code == 10
