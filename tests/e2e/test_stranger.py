"""A stranger's client publishes, gets receipts, subscribes, acknowledges, reconnects and resumes."""
import messages
import pytest
from messages import ACCEPTED, DUPLICATE, REFUSED, WATCH

ID_REUSED = 6


def test_a_published_event_is_accepted_and_a_repeat_is_a_duplicate(county, client):
    court = client(county["court"])
    welcome = court.open()
    assert welcome["principal"] == "court"
    event = messages.obligation("hearing-1")
    first, = court.submit_and_wait([event])
    assert first["status"] == ACCEPTED and first["sequence"] > 0
    again, = court.submit_and_wait([event])
    assert (again["status"], again["sequence"]) == (DUPLICATE, first["sequence"])


def test_the_same_id_with_another_body_is_refused(county, client):
    court = client(county["court"])
    court.open()
    court.submit_and_wait([messages.obligation("hearing-1")])
    changed, = court.submit_and_wait([messages.obligation("hearing-1", minutes=45)])
    assert (changed["status"], changed["reason"]) == (REFUSED, ID_REUSED)


def test_a_full_batch_gets_a_receipt_for_each_event(county, client):
    court = client(county["court"])
    court.open()
    before = court.credit
    receipts = court.submit_and_wait([messages.obligation(f"hearing-{n}") for n in range(64)])
    assert [receipt["status"] for receipt in receipts] == [ACCEPTED] * 64
    assert len({receipt["sequence"] for receipt in receipts}) == 64
    assert court.credit == before


def test_a_reader_receives_acknowledges_reconnects_and_resumes(county, client):
    court, clinic = client(county["court"]), client(county["clinic"])
    court.open()
    clinic.open(WATCH)
    clinic.listen()
    court.submit_and_wait([messages.obligation(f"hearing-{n}", start_us=1_783_605_600_000_000 + n * 86_400_000_000)
                           for n in range(3)])
    clinic.wait(lambda: len(clinic.notices) == 3)
    numbers = [notice["number"] for notice in clinic.notices]
    assert numbers == sorted(set(numbers))
    clinic.acknowledge(numbers[1])
    clinic.heartbeat(1)

    # While the reader is away, more happens; its last kept number is the second.
    clinic.close()
    court.submit_and_wait([messages.obligation("hearing-9", start_us=1_784_605_600_000_000)])
    clinic.notices.clear()
    clinic.open(WATCH)
    clinic.listen(after=numbers[1])
    clinic.wait(lambda: len(clinic.notices) == 2)
    assert clinic.notices[0]["number"] == numbers[2]
    assert clinic.notices[1]["number"] > numbers[2]
    clinic.wait(lambda: clinic.caught_up == clinic.notices[1]["number"])


def test_acknowledged_notices_do_not_come_again_even_when_asked_from_the_start(county, client):
    court, clinic = client(county["court"]), client(county["clinic"])
    court.open()
    clinic.open(WATCH)
    clinic.listen()
    court.submit_and_wait([messages.obligation("hearing-1")])
    clinic.wait(lambda: clinic.notices)
    clinic.acknowledge(clinic.notices[0]["number"])
    clinic.heartbeat(1)
    clinic.notices.clear()
    clinic.open(WATCH)
    clinic.listen(after=0)
    court.submit_and_wait([messages.obligation("hearing-2", start_us=1_784_605_600_000_000)])
    clinic.wait(lambda: clinic.notices)
    assert len(clinic.notices) == 1


def test_a_partner_reads_its_own_identifiers_and_no_hub_numbers(county, client):
    court, clinic = client(county["court"]), client(county["clinic"])
    court.open()
    clinic.open(WATCH)
    clinic.listen()
    court.submit_and_wait([messages.obligation("hearing-1")])
    clinic.wait(lambda: clinic.notices)
    notice = clinic.notices[0]
    assert notice["client"] == "" and notice["event_id"] == "" and notice["source_msg_id"] == ""
    assert "CR-1" not in notice["identifiers"]


def test_never_more_notices_than_credit(county, client):
    court, clinic = client(county["court"]), client(county["clinic"])
    court.open()
    clinic.open(WATCH)
    clinic.listen(credit=2)
    court.submit_and_wait([messages.obligation(f"hearing-{n}", start_us=1_783_605_600_000_000 + n * 86_400_000_000)
                           for n in range(5)])
    clinic.wait(lambda: len(clinic.notices) == 2)
    clinic.heartbeat(1)
    assert len(clinic.notices) == 2
    clinic.send(5, [messages.credit(10)])
    clinic.wait(lambda: len(clinic.notices) == 5)
    numbers = [notice["number"] for notice in clinic.notices]
    assert numbers == sorted(set(numbers))


def test_a_partner_may_not_ask_questions_of_staff(county, client):
    court = client(county["court"])
    court.open()
    answer = court.ask(1, "alerts")
    assert answer[-1]["reason"] == 4


@pytest.mark.parametrize("first, second, replaced", [(1, 1, True), (1, 2, False)])
def test_only_a_second_adapter_ends_the_first(county, client, first, second, replaced):
    import stranger

    one, two = client(county["court"]), client(county["court"])
    one.open(first)
    two.open(second)
    if replaced:
        with pytest.raises(stranger.Ended) as ended:
            one.wait(lambda: False)
        assert ended.value.code == 2
    else:
        one.heartbeat(1)
