"""Rules as their operator and the people they speak to see them: shown, tried, set; the board, the report, a claim."""
import datetime
import json

NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def hearing(start):
    return {"id": "H-1", "kind": "HearingScheduled", "occurred_at": NOW.isoformat(), "zone": "America/New_York",
            "business_key": "H-1", "identifiers": [{"authority": "COURT", "type": "CASE", "value": "CR-1"}],
            "payload": {"class": "CourtAppearance", "status": "Scheduled", "owner_org": "COURT",
                        "start": start.isoformat(), "end": (start + datetime.timedelta(hours=1)).isoformat()}}


def agree(hub, tmp_path):
    agreement = tmp_path / "owner.toml"
    agreement.write_text('[[agreement]]\ndiscloser = "court"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
                         'form = "full"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
    hub.admin("agreement", "import", str(agreement))


def send(hub, tmp_path, event):
    file = tmp_path / "event.jsonl"
    file.write_text(json.dumps(event) + "\n")
    return hub.run("send", "--json", "--link", str(tmp_path / "court.carehub"), str(file))


def alerts(hub):
    return lines(hub.review("alerts", "--json"))


def test_a_threshold_is_tried_set_and_acts(hub, county, tmp_path):
    agree(hub, tmp_path)
    send(hub, tmp_path, hearing(NOW + datetime.timedelta(days=10)))
    assert alerts(hub) == []

    shown = lines(hub.admin("rules", "show", "CourtAppearanceUpcoming", "--json"))[0]
    assert shown["enabled"] and [(one["setting"], one["value"]) for one in shown["settings"]] == [
        ("ahead_days", 7), ("near_days", 2)]

    # What it would have said, beside the running hub; nothing is changed by trying.
    trial = lines(hub.admin("rules", "try", "CourtAppearanceUpcoming", "--set", "ahead_days=14", "--json"))[0]
    assert (trial["raised"], trial["clients"], trial["by_severity"]) == (1, 1, {"Medium": 1})
    assert [row["owner"] for row in trial["rows"]] == ["cm.lee"]
    assert lines(hub.admin("rules", "try", "CourtAppearanceUpcoming", "--json"))[0]["raised"] == 0
    assert alerts(hub) == []

    hub.admin("rules", "set", "CourtAppearanceUpcoming", "ahead_days=14", "--reason", "the court is far")
    hub.wait_for(lambda: [one["rule"] for one in alerts(hub)] == ["CourtAppearanceUpcoming"])
    shown = lines(hub.admin("rules", "show", "CourtAppearanceUpcoming", "--json"))[0]
    assert shown["settings"][0]["value"] == 14 and shown["settings"][0]["set_by"].startswith("h-")

    again = lines(hub.admin("rules", "set", "CourtAppearanceUpcoming", "ahead_days=14", "--reason", "again", "--json"))[0]
    assert again["status"] == "duplicate"
    for wrong in ("ahead_days=400", "no_such=1", "ahead_days=soon"):
        refused = hub.admin("rules", "set", "CourtAppearanceUpcoming", wrong, "--reason", "no", check=False)
        assert refused.returncode != 0, wrong

    hub.admin("rules", "set", "CourtAppearanceUpcoming", "enabled=0", "--reason", "not needed")
    hub.wait_for(lambda: [one["state"] for one in alerts(hub)] == ["ClearedUnseen"])


def test_board_report_and_claim(hub, county, tmp_path):
    agree(hub, tmp_path)
    send(hub, tmp_path, hearing(NOW + datetime.timedelta(days=2, hours=3)))
    alert = alerts(hub)[0]
    assert (alert["rule"], alert["claimed_by"], alert["accepted"]) == ("CourtAppearanceUpcoming", "", 0)

    board = lines(hub.review("alerts", "board", "--hours", "72", "--json"))
    assert [one["client"] for one in board] == ["C-0001"]
    items = board[0]["items"]
    assert [one["at"] for one in items] == sorted(one["at"] for one in items)
    assert {(one["clock"], one["kind"], one["what"]) for one in items} == {
        ("legal", "obligation", "CourtAppearance"), ("legal", "act_by", "CourtAppearanceUpcoming")}
    assert lines(hub.review("alerts", "board", "--hours", "1", "--owner", "nobody", "--json")) == []

    hub.admin("alerts", "claim", alert["alert_id"])
    claimed = lines(hub.review("alerts", "show", alert["alert_id"], "--json"))[0]
    assert claimed["state"] == "Acknowledged" and claimed["claimed_by"] == "admin" and claimed["claimed_until"]
    assert claimed["waits_until"] is None  # somebody has it
    hub.admin("alerts", "accept", alert["alert_id"], "--suggestion", "1")
    shown = lines(hub.review("client", "show", "C-0001", "--json"))[0]
    assert "AcceptedSuggestion" in [one["program"] for one in shown["follow_ups"]]
    refused = hub.admin("alerts", "accept", alert["alert_id"], "--suggestion", "9", check=False)
    assert refused.returncode != 0

    report = lines(hub.review("alerts", "report", "--json"))
    card = next(one for one in report if one.get("rule") == "CourtAppearanceUpcoming")
    assert (card["raised"], card["acted_on"], card["dismissed"]) == (1, 1, 0)
