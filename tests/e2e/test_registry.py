"""What stands in the registry and in a client's papers, listed as it was told."""
import json


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_agreements_are_listed_as_they_stand(hub, county, tmp_path):
    told, = lines(hub.admin("agreement", "list", "--json"))
    assert (told["discloser"], told["recipient"], told["form"], told["purpose"]) == (
        "court", "clinic", "full", "CareCoordination")
    assert (told["event_kinds"], told["basis"]) == (["HearingScheduled"], "test")
    assert (told["valid_from"], told["valid_until"]) == ("2020-01-01", "2099-12-31")
    assert told["set_by"].startswith("h-")
    page = hub.admin("agreement", "list").stdout
    assert "HearingScheduled" in page and "2099-12-31" in page


def test_a_consent_is_listed_with_what_ends_it_and_granted_once(hub, county):
    form = ("C-0001", "--id", "P-1", "--kind", "Part2Specific", "--discloser", "clinic", "--recipients", "owner",
            "--purpose", "CareCoordination", "--signed", "2026-07-01")
    endless = hub.admin("consent", "whatif", *form[:1], *form[3:], check=False)
    assert endless.returncode == 1
    upon = ("--expiry-event", "discharge from the programme")
    assert hub.admin("consent", "grant", *form, *upon).stdout.startswith("Granted C-0001/P-1 (entry ")
    told, = lines(hub.review("consent", "list", "C-0001", "--json"))
    assert (told["consent"], told["expires"], told["expiry_event"]) == ("P-1", None, "discharge from the programme")
    assert "discharge from the programme" in hub.review("consent", "list", "C-0001").stdout
    hub.admin("consent", "revoke", "C-0001/P-1", "--reason", "asked on paper")
    again = hub.admin("consent", "grant", *form, *upon).stdout
    assert "nothing changed" in again and "stays revoked" in again
    renewed = hub.admin("consent", "grant", *form, "--expires", "2099-01-31", check=False)
    assert renewed.returncode == 1 and "revoked" in renewed.stderr
    told, = lines(hub.review("consent", "list", "C-0001", "--json"))
    assert told["revoked_at"] is not None


def test_the_roster_tells_no_social_security_number(hub, county, tmp_path):
    roster = tmp_path / "secret.csv"
    roster.write_text("client,authority,id_type,id,owner,team\nC-0009,USA,SS,123-45-6789,cm.lee,east\n"
                      "C-0009,COUNTY,ID,77,cm.lee,east\nC-0010,USA,SS,987-65-4320,cm.lee,east\n")
    hub.admin("roster", "import", str(roster))
    page = hub.review("roster", "export").stdout
    assert "123-45-6789" not in page and "987-65-4320" not in page
    assert "C-0009" in page and "77" in page and "C-0010" in page
