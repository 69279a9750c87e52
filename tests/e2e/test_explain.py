"""What a right rests on, in plain words, of a running hub: `explain`, and that asking is itself an entry."""
import datetime
import json


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def send_hearing(hub, event_id="c-1"):
    start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=9)
    file = hub.data.parent / f"{event_id}.jsonl"
    file.write_text(json.dumps({
        "id": event_id, "kind": "HearingScheduled", "zone": "America/New_York", "business_key": f"court|{event_id}",
        "occurred_at": datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0).isoformat(),
        "identifiers": [{"authority": "COURT", "type": "CASE", "value": "CR-1"}],
        "payload": {"class": "CourtAppearance", "status": "Scheduled", "owner_org": "court",
                    "start": start.isoformat(), "end": (start + datetime.timedelta(hours=1)).isoformat()}}) + "\n")
    receipt, = lines(hub.run("send", "--link", str(hub.data.parent / "court.carehub"), str(file)))
    assert receipt["status"] == "accepted"
    return receipt["event_id"]


def reads(hub):
    return [step for step in lines(hub.review("trail", "client", "C-0001", "--json")) if step["kind"] == "Read"]


def test_explain_in_plain_words_and_each_asking_is_an_entry(hub, county):
    event = send_hearing(hub)
    before = len(reads(hub))
    page = hub.review("explain", event, "clinic").stdout
    assert page.startswith(f"clinic may be told of {event} (HearingScheduled from court), in full.\n")
    assert "Rule: Agreement" in page and "Until: 2100-01-01T00:00:00" in page
    withheld = hub.review("explain", "court/c-1", "owner").stdout
    assert "may not be told" in withheld and "Rule: NothingCovers" in withheld
    assert "- an agreement from court to cm.lee that covers HearingScheduled today\n" in withheld
    answer, = lines(hub.review("explain", event, "owner", "--json"))
    assert answer["may"] is False and answer["changes"][1]["kinds"] == [
        "HipaaAuthorization", "Part2Specific", "Part2Tpo", "HmisRoi"]
    # The trail itself was read twice for this: three askings and one of the two.
    assert len(reads(hub)) == before + 4


def test_a_partner_and_a_stranger_to_the_case_are_not_answered(hub, county):
    event = send_hearing(hub)
    other = hub.add_partner("cm.roe", "staff", "--role", "case_manager")
    for link in (hub.data.parent / "court.carehub", other):
        done = hub.run("explain", event, "clinic", "--link", str(link), check=False)
        assert done.returncode == 1 and "NotAllowed" in done.stderr and done.stdout == ""


def test_whatif_shows_who_would_be_told_more_and_changes_nothing(hub, county):
    form = ("--kind", "HipaaAuthorization", "--discloser", "court", "--recipients", "owner", "--purpose",
            "CareCoordination")
    page = hub.review("consent", "whatif", "C-0001", *form).stdout
    assert "cm.lee" in page and "every kind" in page
    assert "withheld, NothingCovers" in page and "full, Authorization" in page
    assert lines(hub.review("consent", "list", "C-0001", "--json")) == []
    hub.admin("consent", "grant", "C-0001", "--id", "c-1", "--signed", "2020-01-01", *form)
    change, = lines(hub.review("consent", "whatif", "C-0001", "--revoke", "C-0001/c-1", "--json"))
    assert (change["recipient"], change["before"], change["after_rule"]) == ("cm.lee", "full", "AuthorizationRevoked")
    done = hub.review("consent", "whatif", "C-0001", "--revoke", "c-1", *form, check=False)
    assert done.returncode == 2
