"""A feed in rehearsal as its integration team sees it: judged, reported, told to nobody; then live."""
import datetime
import json

START = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=20)


def obligation(event_id, kind, obligation_class, authority, value):
    return {"id": event_id, "kind": kind, "occurred_at": datetime.datetime.now(datetime.timezone.utc).isoformat(),
            "zone": "America/New_York", "business_key": event_id,
            "identifiers": [{"authority": authority, "type": "CASE" if authority == "COURT" else "MR", "value": value}],
            "payload": {"class": obligation_class, "status": "Scheduled", "owner_org": authority, "start": START.isoformat(),
                        "end": (START + datetime.timedelta(hours=1)).isoformat()}}


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_feed_rehearses_and_goes_live(hub, county, tmp_path):
    # A clinic's link of another name, in rehearsal, for the same person.
    north = hub.add_partner("north", "clinic", "--rehearsal")
    roster = tmp_path / "north.csv"
    roster.write_text("client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
                      "C-0001,north,NORTH,MR,77,cm.lee,east,Standard,Low,own\n")
    hub.admin("roster", "import", str(roster))
    agreement = tmp_path / "agreements.toml"
    agreement.write_text("".join(
        f'[[agreement]]\ndiscloser = "{who}"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
        'form = "full"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n'
        for who in ("court", "north")))
    hub.admin("agreement", "import", str(agreement))

    def send(link, event):
        file = tmp_path / "event.jsonl"
        file.write_text(json.dumps(event) + "\n")
        return hub.run("send", "--json", "--link", str(link), str(file))

    def alerts():
        return lines(hub.review("alerts", "--json"))

    send(tmp_path / "court.carehub", obligation("H-1", "HearingScheduled", "CourtAppearance", "COURT", "CR-1"))
    send(north, obligation("A-1", "AppointmentBooked", "TreatmentSession", "NORTH", "77"))
    assert alerts() == []
    shown = lines(hub.review("client", "show", "C-0001", "--json"))[0]
    assert [one["partner"] for one in shown["obligations"]] == ["court"]

    feed, *would = lines(hub.review("rehearsal", "report", "north", "--json"))
    assert (feed["accepted"], feed["clients"], feed["obligations"]) == (1, 1, 1)
    assert [(one["rule"], one["client"], one["withheld"]) for one in would] == [("ScheduleConflict", "C-0001", False)]

    # Adding it again would make it live by accident.
    assert hub.admin("partner", "add", "north", "--kind", "clinic", check=False).returncode != 0
    hub.admin("partner", "promote", "north")
    hub.wait_for(lambda: [one["rule"] for one in alerts()] == ["ScheduleConflict"])
    assert lines(hub.review("rehearsal", "report", "north", "--json"))[1:] == []
