"""What a client may ask for: who outside received what, as rows, as text and as a page to print."""
import html.parser
import json

import messages
import stranger
from messages import CONFIRMS, WATCH

DAY_US = 86_400_000_000
BEGIN_US = 1_783_605_600_000_000
BASIS = '<script>alert(1)</script> & "paper" of 2020'


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def hearing(number):
    return messages.obligation(f"hearing-{number}", start_us=BEGIN_US + number * DAY_US)


class Page(html.parser.HTMLParser):
    """What a reader of the page sees, and what a browser would run or fetch."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.cells, self.text = [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href") or name.startswith("on")]
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data):
        self.text += data
        if self.tags[-1:] == ["td"] and self.cells:
            self.cells[-1] += data


def tell(hub, county, client, tmp_path):
    """Six hearings: five taken by the clinic, one confirmed; the sixth has no answer yet."""
    agreement = tmp_path / "second.toml"
    agreement.write_text(
        '[[agreement]]\ndiscloser = "court"\nrecipient = "housing"\npurpose = "Operations"\n'
        f"event_kinds = [\"HearingScheduled\"]\nform = \"busy_only\"\nbasis = {json.dumps(BASIS)}\n"
        'valid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
    hub.admin("agreement", "import", str(agreement))
    (tmp_path / "directory" / "places.csv").write_text(
        "partner,code,site,city,zone,lat,lon,program,labels\nclinic,MAIN,12 Elm Street,Troy,America/New_York,,,general,\n")
    hub.admin("directory", "import", str(tmp_path / "directory"))
    county["home"] = stranger.read_link(hub.add_partner("home", "housing"))
    court, clinic, home = (client(county[name]) for name in ("court", "clinic", "home"))
    court.open()
    for partner in (clinic, home):
        partner.open(WATCH)
        partner.listen()
    court.submit_and_wait([hearing(n) for n in range(6)])
    clinic.wait(lambda: len(clinic.notices) == 6)
    home.wait(lambda: len(home.notices) == 6)
    clinic.judge(messages.verdict(clinic.notices[0]["number"], CONFIRMS))
    clinic.acknowledge(clinic.notices[4]["number"])
    clinic.heartbeat(1)
    home.acknowledge(home.notices[0]["number"])
    home.heartbeat(1)


def test_a_client_reads_who_received_what(hub, county, client, tmp_path):
    tell(hub, county, client, tmp_path)

    def listed(*more):
        return lines(hub.review("trail", "disclosures", "C-0001", "--json", *more))

    hub.wait_for(lambda: len(listed("--each")) == 6)
    rows = {row["recipient"]: row for row in listed()}
    assert set(rows) == {"clinic", "home"}
    clinic = rows["clinic"]
    assert (clinic["count"], clinic["kinds"], clinic["forms"]) == (5, ["HearingScheduled"], ["full"])
    assert (clinic["purpose"], clinic["agreement"], clinic["address"]) == ("CareCoordination", "test", "12 Elm Street, Troy")
    assert clinic["first"] <= clinic["last"] and clinic["disclosers"] == ["court"]
    assert (rows["home"]["count"], rows["home"]["forms"], rows["home"]["agreement"]) == (1, ["busy_only"], BASIS)
    # What was sent and has no answer may have arrived: only with the switch.
    assert sorted(row["count"] for row in listed("--owed") if row["left"] == "owed") == [1, 5]
    assert {one["left"] for one in listed("--each")} == {"confirmed", "acknowledged"}
    # Each reading is an entry of the client's trail, with the question in it.
    read = [step for step in lines(hub.review("trail", "client", "C-0001", "--json")) if step["kind"] == "Read"]
    assert len(read) >= 4

    assert listed("--period", "2020-01-01..2020-12-31") == []
    assert hub.review("trail", "disclosures", "C-0001", "--period", "2020", check=False).returncode == 1
    assert "hipaa, part2" in hub.review("trail", "disclosures", "C-0001", "--regime", "gdpr", check=False).stderr
    assert listed("--regime", "hipaa", "--exempt") == []  # a court's hearings are no health record

    text = hub.review("trail", "disclosures", "C-0001").stdout
    assert "5 times" in text and "clinic (clinic), 12 Elm Street, Troy" in text and "care coordination" in text

    file = tmp_path / "list.html"
    hub.review("trail", "disclosures", "C-0001", "--html", str(file))
    assert file.stat().st_mode & 0o077 == 0
    page = Page(file.read_text())
    assert "script" not in page.tags and page.links == []
    assert any(BASIS in cell for cell in page.cells) and "5 times" in page.text
    assert "@media print" in file.read_text() and "C-0001" in page.text
    # The same without a running hub, and the reading is an entry there too.
    hub.stop()
    before = lines(hub.admin("trail", "verify", "--json"))[0]["entries"]
    assert listed() == list(rows.values())
    assert lines(hub.admin("trail", "verify", "--json"))[0]["entries"] > before
    hub.start()


def test_nobody_is_said_when_nobody_was_told(hub, county, tmp_path):
    assert "Nobody." in hub.review("trail", "disclosures", "C-0001").stdout
    hub.review("trail", "disclosures", "C-0001", "--html", str(tmp_path / "none.html"))
    assert "Nobody received anything" in (tmp_path / "none.html").read_text()
    assert hub.review("trail", "disclosures", "C-9999", check=False).returncode == 1
