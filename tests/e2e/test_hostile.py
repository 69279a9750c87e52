"""What a hostile or broken client sends is refused by number or dropped; nobody else notices."""
import random

import frames
import messages
import pytest
import stranger
import zmq
from frames import Type
from messages import ACCEPTED, REFUSED

WRONG_VERSION, PROTOCOL_ERROR, HELLO_FIRST = 3, 4, 10
TOO_LARGE, MALFORMED, KIND_NOT_IN_CAPABILITY = 1, 2, 5
SILENCE_S = 2.5


@pytest.fixture
def bystander(county, client):
    """Another partner at work: whatever happens, its next event is accepted."""
    one = client(county["clinic"])
    one.open()
    count = iter(range(1_000_000))

    def check():
        receipt, = one.submit_and_wait([messages.obligation(
            f"visit-{next(count)}", kind=messages.APPOINTMENT_BOOKED, obligation_class=messages.CLINIC_VISIT,
            person=("CLINIC", "MR", "12345"))])
        assert receipt["status"] == ACCEPTED

    return check


def ended_with(one, code):
    with pytest.raises(stranger.Ended) as ended:
        one.wait(lambda: False)
    assert ended.value.code == code


def test_an_unknown_key_is_met_with_silence(hub, county, client, bystander):
    public_key, secret_key = (key.decode() for key in zmq.curve_keypair())
    one = client(dict(county["court"], public_key=public_key, secret_key=secret_key))
    with pytest.raises(stranger.Timeout):
        one.open(patience=SILENCE_S)
    bystander()


def test_a_wrong_hub_key_is_met_with_silence(hub, county, client, bystander):
    other_key = zmq.curve_keypair()[0].decode()
    one = client(dict(county["court"], hub_public_key=other_key))
    with pytest.raises(stranger.Timeout):
        one.open(patience=SILENCE_S)
    bystander()


def test_another_protocol_version_is_sent_away(county, client, bystander):
    one = client(county["court"])
    one.connect()
    one.send(Type.HELLO, [messages.hello(7, messages.ADAPTER, version=9)])
    ended_with(one, WRONG_VERSION)
    bystander()


def test_anything_before_hello_is_told_so(county, client):
    one = client(county["court"])
    one.connect()
    one.send(Type.HEARTBEAT, [messages.heartbeat(1)])
    ended_with(one, HELLO_FIRST)


def test_an_event_above_the_bound_is_refused_by_number(county, client, bystander):
    one = client(county["court"])
    one.open()
    receipt, = one.submit_and_wait([bytes(49_153)])
    assert (receipt["status"], receipt["reason"]) == (REFUSED, TOO_LARGE)
    assert one.submit_and_wait([messages.obligation("after")])[0]["status"] == ACCEPTED
    bystander()


def test_a_message_above_64_kib_costs_only_its_own_connection(hub, county, client, bystander):
    one = client(county["court"])
    one.open()
    one.send_bytes(bytes(65_504))
    bystander()
    one.open()
    assert one.submit_and_wait([messages.obligation("after")])[0]["status"] == ACCEPTED
    assert hub.is_alive()


def test_truncated_events_are_refused_and_their_neighbours_accepted(county, client, bystander):
    one = client(county["court"])
    one.open()
    whole = messages.obligation("whole")
    for length in range(1, len(whole), 29):
        receipts = one.submit_and_wait([whole[:length], messages.obligation(f"after-{length}")])
        assert receipts[0]["status"] == REFUSED and receipts[0]["reason"] != 0
        assert receipts[1]["status"] == ACCEPTED
    bystander()


def test_flipped_bytes_never_stop_the_hub(hub, county, client, bystander):
    one = client(county["court"])
    one.open()
    chance = random.Random(2026)
    for round_number in range(200):
        event = bytearray(messages.obligation(f"bent-{round_number}"))
        for _ in range(chance.randint(1, 6)):
            event[chance.randrange(len(event))] = chance.randrange(256)
        receipt, = one.submit_and_wait([bytes(event)])
        assert receipt["status"] in (ACCEPTED, REFUSED)
    bystander()
    assert hub.is_alive()


def test_random_bytes_end_the_session_only(hub, county, client, bystander):
    chance = random.Random(2026)
    one = client(county["court"])
    for _ in range(20):
        one.open()
        one.send_bytes(chance.randbytes(chance.randint(1, 400)))
        ended_with(one, PROTOCOL_ERROR)
    bystander()
    assert hub.is_alive()


def test_frames_with_a_broken_rule_end_the_session(county, client):
    event = messages.obligation("a")
    good = frames.write(Type.SUBMIT, [event], 1)
    broken = {
        "magic": b"XX" + good[2:],
        "layout version": good[:2] + b"\x02" + good[3:],
        "type": good[:3] + b"\x63" + good[4:],
        "count": good[:4] + b"\x02" + good[5:],
        "reserved": good[:6] + b"\x01" + good[7:],
        "tail": good + bytes(8),
        "cut": good[:-8],
        "ticket 0": frames.write(Type.SUBMIT, [event], 0),
        "a type of the hub": frames.write(Type.RECEIPTS, [event], 1),
    }
    one = client(county["court"])
    for data in broken.values():
        one.open()
        one.send_bytes(data)
        ended_with(one, PROTOCOL_ERROR)


def test_a_message_of_several_parts_is_dropped(county, client):
    one = client(county["court"])
    one.open()
    one.socket.send_multipart([frames.write(Type.HEARTBEAT, [messages.heartbeat(1)]), b"more"])
    one.heartbeat(2)
    assert one.replies == [2]


def test_a_kind_outside_the_capability_is_refused_by_number(county, client, bystander):
    one = client(county["court"])
    one.open()
    receipt, = one.submit_and_wait([messages.obligation("x", kind=messages.APPOINTMENT_BOOKED)])
    assert (receipt["status"], receipt["reason"]) == (REFUSED, KIND_NOT_IN_CAPABILITY)
    bystander()


def test_a_schema_version_not_spoken_is_refused_by_number(county, client):
    one = client(county["court"])
    one.open()
    receipt, = one.submit_and_wait([messages.obligation("x", schema=2)])
    assert (receipt["status"], receipt["reason"]) == (REFUSED, WRONG_VERSION)


def test_more_than_the_credit_ends_the_session_and_nothing_of_it_is_taken(county, client, bystander):
    one = client(county["court"])
    one.open()
    one.send(Type.SUBMIT, [messages.obligation("taken")], 1)
    one.wait(lambda: 1 in one.receipts)
    ticket, sent = 2, 0
    while sent <= one.welcome["credit"]:
        one.send(Type.SUBMIT, [b"\x01"] * 64, ticket)
        ticket, sent = ticket + 64, sent + 64
    try:
        one.wait(lambda: len(one.receipts) > sent)
    except stranger.Ended as ended:
        assert ended.code == 6
    except stranger.Timeout:
        # The hub answered quickly enough for credit to come back in between: then all are refused.
        assert len(one.receipts) == sent + 1
    bystander()
