"""Whose an identifier is: linked, unlinked and split by people, and what then leaves the wrong client's case."""
import datetime
import json

NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def visit(event_id, identifier, kind="AppointmentBooked"):
    start = NOW + datetime.timedelta(days=4)
    return {"id": event_id, "kind": kind, "occurred_at": NOW.isoformat(), "zone": "America/New_York",
            "business_key": event_id, "identifiers": [{"authority": "CLINIC", "type": "MR", "value": identifier}],
            "payload": {"class": "ClinicVisit", "status": "Scheduled", "owner_org": "CLINIC",
                        "start": start.isoformat(), "end": (start + datetime.timedelta(hours=1)).isoformat()}}


def identifier(value):
    return ("--authority", "CLINIC", "--type", "MR", "--id", value, "--reason", "two people of one name")


def shown(hub, client):
    return lines(hub.review("client", "show", client, "--json"))[0]


def keys(client):
    return sorted(one["key"] for one in client["obligations"])


def values(client):
    return sorted(one["value"] for one in client["identifiers"])


def told_of(hub, mistake, name):
    """The events that wait for that person."""
    watched = lines(hub.run("watch", "--once", "--no-ack", "--json", *mistake.link_of(name)))
    return [one["body"]["business_key"] for one in watched if one["kind"] == "AppointmentBooked"]


class Mistake:
    """The clinic's 777 is Ben's (C-0002) and stands with C-0001; his case manager is told of a visit of his."""

    def __init__(self, hub, tmp_path):
        self.hub, self.tmp_path = hub, tmp_path
        agreement = tmp_path / "owner.toml"
        agreement.write_text('[[agreement]]\ndiscloser = "clinic"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
                             'form = "full"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
        hub.admin("agreement", "import", str(agreement))
        hub.add_partner("cm.lee", "staff", "--role", "case_manager")
        hub.add_partner("sue", "staff", "--role", "supervisor")
        self.import_roster("C-0001", "777")
        self.import_roster("C-0002", "778")

    def import_roster(self, client, value, check=True):
        roster = self.tmp_path / f"{client}-{value}.csv"
        roster.write_text("client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
                          f"{client},clinic,CLINIC,MR,{value},cm.lee,east,Standard,Low,own\n")
        return self.hub.admin("roster", "import", str(roster), check=check)

    def send(self, event):
        file = self.tmp_path / "event.jsonl"
        file.write_text(json.dumps(event) + "\n")
        return lines(self.hub.run("send", "--json", "--link", str(self.tmp_path / "clinic.carehub"), str(file)))[0]

    def link_of(self, name):
        return ("--link", str(self.tmp_path / f"{name}.carehub"))


def test_a_wrong_link_is_split_and_reviewed(hub, county, tmp_path):
    mistake = Mistake(hub, tmp_path)
    first = mistake.send(visit("V-1", "777"))
    assert values(shown(hub, "C-0001")) == ["12345", "777", "CR-1"]
    assert keys(shown(hub, "C-0001")) == ["V-1"]

    assert told_of(hub, mistake, "cm.lee") == ["V-1"]

    # A case manager asks the supervisor, who can.
    words = ("client", "split", "C-0001", "--to", "C-0002", *identifier("777"))
    refused = hub.run(*words, *mistake.link_of("cm.lee"), check=False)
    assert refused.returncode == 1 and "supervisor" in refused.stderr
    done = lines(hub.run(*words, *mistake.link_of("sue"), "--json"))[0]
    assert (done["act"], done["status"]) == ("split", "accepted")

    wrong, right = shown(hub, "C-0001"), shown(hub, "C-0002")
    assert values(wrong) == ["12345", "CR-1"] and wrong["obligations"] == []
    assert values(right) == ["777", "778"] and keys(right) == ["V-1"]

    assert told_of(hub, mistake, "cm.lee") == []

    # The supervisor reviews who was told, and closes it.
    alert = [one for one in lines(hub.review("alerts", "--json")) if one["rule"] == "LinkBreach"][0]
    assert (alert["client"], alert["severity"]) == ("C-0001", "High")
    review = lines(hub.run("alerts", "show", alert["alert_id"], *mistake.link_of("sue"), "--json"))[0]
    assert review["told"] == [{"recipient": "cm.lee", "count": 1, "events": [first["event_id"]], "alerts": 0}]
    assert review["looked"] == ["reviewer"]
    trail = lines(hub.run("trail", "client", "C-0001", *mistake.link_of("sue"), "--reason", "a link was wrong", "--json"))
    assert [(one["actor"], one["detail"]) for one in trail if one["kind"] == "Command"][-2:] == [
        ("cm.lee", "NotAllowed"), ("sue", "two people of one name")]
    # The one entry speaks of two clients; the trail of each tells its own part.
    assert "LinkBreach" in [one["detail"] for one in trail if one["kind"] == "Alert"]
    other = lines(hub.run("trail", "client", "C-0002", *mistake.link_of("sue"), "--json"))
    assert other and {one["client"] for one in other} == {"C-0002"}
    assert "LinkBreach" not in [one["detail"] for one in other]
    page = hub.run("alerts", "show", alert["alert_id"], *mistake.link_of("sue")).stdout
    assert "Told under it" in page and first["event_id"] in page
    hub.run("alerts", "close", alert["alert_id"], "--outcome", "Resolved", "--note", "told the clinic",
            *mistake.link_of("sue"))
    assert all(one["rule"] != "LinkBreach" for one in lines(hub.review("alerts", "--json")))

    # What comes now is the right client's, and stays so over a restart.
    mistake.send(visit("V-2", "777"))
    hub.kill()
    hub.start()
    assert keys(shown(hub, "C-0002")) == ["V-1", "V-2"]
    exported = hub.review("roster", "export").stdout.splitlines()
    assert [row.split(",")[0] for row in exported if ",777," in row] == ["C-0002"]
    assert hub.admin("trail", "verify").returncode == 0
    hub.stop()
    assert lines(hub.admin("replay", "--recheck", "--json"))[0]["first_difference"] is None


def test_what_a_person_separated_stays_apart(hub, county, tmp_path):
    mistake = Mistake(hub, tmp_path)
    hub.admin("client", "unlink", "C-0001", *identifier("777"))
    assert values(shown(hub, "C-0001")) == ["12345", "CR-1"]
    # Nobody had been told anything.
    assert all(one["rule"] != "LinkBreach" for one in lines(hub.review("alerts", "--json")))
    assert mistake.send(visit("V-1", "777"))["status"] == "accepted"
    assert shown(hub, "C-0001")["obligations"] == []

    refused = mistake.import_roster("C-0001", "777", check=False)
    assert refused.returncode == 1 and "IdentifierSeparated" in refused.stdout + refused.stderr
    again = hub.admin("client", "unlink", "C-0001", *identifier("777"), check=False)
    assert again.returncode == 1

    own_name = hub.admin("client", "unlink", "C-0001", "--authority", "carehub", "--type", "CLIENT", "--id", "C-0001",
                         "--reason", "no", check=False)
    assert own_name.returncode == 1

    linked = lines(hub.admin("client", "link", "C-0001", *identifier("777"), "--json"))[0]
    assert linked["status"] == "accepted"
    assert lines(hub.admin("client", "link", "C-0001", *identifier("777"), "--json"))[0]["status"] == "duplicate"
    assert mistake.import_roster("C-0001", "777").returncode == 0
    mistake.send(visit("V-2", "777"))
    assert keys(shown(hub, "C-0001")) == ["V-1", "V-2"]  # what came meanwhile stood aside


def test_two_clients_are_one_and_two_again(hub, county, tmp_path):
    mistake = Mistake(hub, tmp_path)
    mistake.send(visit("V-1", "777"))
    mistake.send(visit("V-2", "778"))
    hub.admin("client", "merge", "C-0001", "C-0002", "--reason", "one birth certificate")
    both = shown(hub, "C-0001")
    assert keys(both) == ["V-1", "V-2"] and both["merged"] == ["C-0002"]
    assert values(both) == ["12345", "777", "778", "CR-1"]
    mistake.send(visit("V-3", "778"))
    hub.kill()
    hub.start()
    assert keys(shown(hub, "C-0002")) == ["V-1", "V-2", "V-3"]  # the one case, by either name

    refused = hub.run("client", "unmerge", "C-0001", "C-0002", "--reason", "cousins", *mistake.link_of("cm.lee"), check=False)
    assert refused.returncode == 1 and "supervisor" in refused.stderr
    hub.run("client", "unmerge", "C-0001", "C-0002", "--reason", "cousins", *mistake.link_of("sue"))
    assert keys(shown(hub, "C-0001")) == ["V-1"]
    assert keys(shown(hub, "C-0002")) == ["V-2", "V-3"]
    alert = [one for one in lines(hub.review("alerts", "--json")) if one["rule"] == "LinkBreach"][0]
    review = lines(hub.run("alerts", "show", alert["alert_id"], *mistake.link_of("sue"), "--json"))[0]
    assert [(one["recipient"], one["count"]) for one in review["told"]] == [("cm.lee", 1)]
    hub.stop()
    assert lines(hub.admin("replay", "--recheck", "--json"))[0]["first_difference"] is None
