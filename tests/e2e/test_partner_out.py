"""Notices out of the adapters of housing providers, supervision agencies and jails: a calendar, rows, a webhook; only
what an agreement and a consent permit, each once through kills, and nothing by default."""
import csv
import datetime
import json
import os
import pathlib
import select
import signal
import subprocess

import pytest

import receivers
import sites

ROSTER = (
    "client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
    "C-0001,court,COURT,CASE,CR-1,cm.lee,east,Standard,Low,own\n"
    "C-0001,agency,AGENCY,SUPV,A-1,cm.lee,east,Standard,Low,own\n"
    "C-0001,jail,JAIL,INMATE,J-1,cm.lee,east,Standard,Low,own\n"
    "C-0001,harbor,HARBOR,HMIS,H-1,cm.lee,east,Standard,Low,own\n")
STAFF = (
    "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
    "cm.lee,case_manager,east,,,America/New_York,,,,\n")
JAIL = """\
[feed]
name = "roster"
zone = "America/New_York"
authority = "JAIL"
rows = "roster"
[watch]
folder = "jail-in"
[csv]
date_format = "MM/DD/YYYY"
[csv.columns]
client = "INMATE_NO"
booking = "BOOKING_NO"
booked = "BOOK_DATE"
released = "REL_DATE"
"""
HOUSING = """\
[feed]
name = "hmis"
zone = "America/New_York"
authority = "HARBOR"
[watch]
folder = "harbor-in"
"""
SECRET = "a-secret-of-the-webhook-and-nobody-else"
SITES = {"agency": ("supervision", sites.CHECK_INS), "jail": ("supervision", JAIL), "harbor": ("housing", HOUSING)}
# One event each, by which a partner shows what it calls its clients.
OWN = {
    "agency": ("CheckInScheduled", "SUPV", {"class": "SupervisionCheckIn", "status": "Scheduled", "owner_org": "Agency",
                                            "start": "2026-01-05T09:00:00-05:00", "end": "2026-01-05T09:30:00-05:00"}),
    "jail": ("CustodyStarted", "INMATE", {"category": "Booked"}),
    "harbor": ("HousingEnrollmentStarted", "HMIS", {"project": "P-1", "project_type": 1, "date": "2026-01-05"}),
}


class Adapter:
    """A partner's adapter as a process."""

    def __init__(self, county, name, folder, out):
        self.kind, site = SITES[name]
        self.binary, self.link, self.folder = county.binary, folder / f"{name}.carehub", folder
        self.config = folder / f"{name}.toml"
        watched = folder / site.split('folder = "')[1].split('"')[0]
        watched.mkdir(exist_ok=True)
        self.config.write_text(site + out)
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "adapter", self.kind, "--link", str(self.link), "--config", str(self.config)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        readable, _, _ = select.select([self.process.stdout], [], [], 30)
        assert readable and '"ready":true' in self.process.stdout.readline()
        return self

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=30)

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return None, ""
        self.process.terminate()
        out, log = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, log
        return json.loads(out.strip().splitlines()[-1]), log


@pytest.fixture
def county(hub, tmp_path):
    hub.add_partner("court", "court")
    hub.add_partner("agency", "supervision")
    hub.add_partner("jail", "jail")
    hub.add_partner("harbor", "housing")
    (tmp_path / "directory").mkdir()
    (tmp_path / "directory" / "staff.csv").write_text(STAFF)
    (tmp_path / "roster.csv").write_text(ROSTER)
    hub.admin("directory", "import", str(tmp_path / "directory"))
    hub.admin("roster", "import", str(tmp_path / "roster.csv"))
    for name, (kind, id_type, payload) in OWN.items():
        value = {"agency": "A-1", "jail": "J-1", "harbor": "H-1"}[name]
        send(hub, name, {"id": "own", "kind": kind, "occurred_at": "2026-01-05T09:00:00-05:00",
                         "zone": "America/New_York", "business_key": f"{name}|own", "payload": payload,
                         "identifiers": [{"authority": name.upper(), "type": id_type, "value": value}]})
    return hub


@pytest.fixture
def start(county, tmp_path):
    made = []

    def make(name, out):
        (tmp_path / "out").mkdir(exist_ok=True)
        made.append(Adapter(county, name, tmp_path, out).start())
        return made[-1]

    yield make
    for one in made:
        one.stop()


def lines_of(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def send(hub, partner, *events):
    file = hub.data.parent / f"{partner}.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in events))
    link = hub.data.parent / f"{partner}.carehub"
    receipts = lines_of(hub.run("send", str(file), "--link", str(link), check=False))
    assert [receipt["status"] for receipt in receipts] == ["accepted"] * len(events), receipts
    return receipts


def agree(hub, folder, recipient, form):
    file = folder / "agreement.toml"
    file.write_text(
        f'[[agreement]]\ndiscloser = "court"\nrecipient = "{recipient}"\npurpose = "CareCoordination"\n'
        f'event_kinds = []\nform = "{form}"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
    hub.admin("agreement", "import", str(file))


def consent(hub, recipient):
    hub.admin("consent", "grant", "C-0001", "--id", f"to-{recipient}", "--kind", "HipaaAuthorization", "--discloser",
              "court", "--recipients", recipient, "--purpose", "CareCoordination", "--signed", "2020-01-01")


def permit(hub, folder, recipient, form):
    agree(hub, folder, recipient, form)
    consent(hub, recipient)


def at(day, clock):
    return datetime.datetime.fromisoformat(
        f"{datetime.date.today() + datetime.timedelta(days=day)}T{clock}:00+00:00")


def hearing(number, kind="HearingScheduled", day=None, key=None, **payload):
    day = 40 + number if day is None else day
    return {"id": f"c-{number}", "kind": kind, "occurred_at": "2026-07-01T09:00:00-04:00",
            "zone": "America/New_York", "business_key": key or f"court|{number}",
            "identifiers": [{"authority": "COURT", "type": "CASE", "value": "CR-1"}],
            "payload": {"class": "CourtAppearance", "status": "Scheduled", "owner_org": "County Court",
                        "start": at(day, "09:05").isoformat(), "end": at(day, "09:35").isoformat(),
                        "location": {"id": "ROOM-4", "name": "Courthouse, room 4"}, **payload}}


def steps(hub, receipt, recipient):
    told = lines_of(hub.admin("fate", f"h-{receipt['sequence']}", "--json"))[0]
    return [step["step"] for step in told["steps"] if step["recipient"] == recipient]


def events_in(folder):
    """What another program makes of the calendar; empty while there is none."""
    icalendar = pytest.importorskip("icalendar")
    file = folder / "out" / "carehub.ics"
    if not file.exists():
        return []
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    assert calendar["METHOD"] == "PUBLISH" and calendar["VERSION"] == "2.0"
    return [event for event in calendar.walk("VEVENT")]


def rows_in(folder):
    files = sorted((folder / "out").glob("carehub-*.csv"))
    rows = []
    for file in files:
        with open(file, newline="", encoding="utf-8") as opened:
            rows += list(csv.DictReader(opened))
    return rows


def wait_for_status(county, folder, sequence):
    county.wait_for(lambda: [int(event["SEQUENCE"]) for event in events_in(folder)] == [sequence])
    event, = events_in(folder)
    return event


CALENDAR = '[out]\nformat = "ical"\nfolder = "out"\n'
ROWS = '[out]\nformat = "csv"\nfolder = "out"\n'


def test_an_agency_follows_a_hearing_as_busy_time_in_its_calendar(county, start, tmp_path):
    agency = start("agency", CALENDAR)
    permit(county, tmp_path, "agency", "busy_only")
    told, = send(county, "court", hearing(1))
    event = wait_for_status(county, tmp_path, 0)
    uid = str(event["UID"])
    assert event["DTSTART"].dt == at(41, "09:00") and event["DTEND"].dt == at(41, "09:45"), "rounded outward"
    assert event["SUMMARY"] == "Busy (A-1)" and event["STATUS"] == "CONFIRMED" and event["TRANSP"] == "OPAQUE"
    assert "LOCATION" not in event
    county.wait_for(lambda: "confirmed" in steps(county, told, "agency"))

    send(county, "court", hearing(2, "HearingContinued", day=50, key="court|1"))
    event = wait_for_status(county, tmp_path, 1)
    assert str(event["UID"]) == uid and event["DTSTART"].dt == at(50, "09:00")

    send(county, "court", hearing(3, "HearingCancelled", day=50, key="court|1", status="Cancelled"))
    event = wait_for_status(county, tmp_path, 2)
    assert str(event["UID"]) == uid and event["STATUS"] == "CANCELLED"

    text = (tmp_path / "out" / "carehub.ics").read_text()
    assert not any(word in text.upper() for word in ("COURT", "ROOM-4", "CR-1", "C-0001"))
    counts, log = agency.stop()
    assert counts["notices_told"] == 3 and "A-1" not in log
    assert sorted(os.listdir(tmp_path / "out")) == [".carehub.lock", "carehub.ics"]


def test_an_agency_with_a_right_to_it_reads_what_and_where(county, start, tmp_path):
    start("agency", CALENDAR)
    permit(county, tmp_path, "agency", "full")
    send(county, "court", hearing(1))
    event = wait_for_status(county, tmp_path, 0)
    assert event["DTSTART"].dt == at(41, "09:05") and event["DTEND"].dt == at(41, "09:35")
    assert event["SUMMARY"] == "Court appearance (A-1)" and event["LOCATION"] == "Courthouse, room 4"
    assert "Told by court." in event["DESCRIPTION"] and "CR-1" not in event.to_ical().decode()
    send(county, "court", hearing(2, "HearingUnlisted", key="court|1", day=41, status="Unlisted"))
    assert wait_for_status(county, tmp_path, 1)["STATUS"] == "TENTATIVE"


def test_without_agreement_and_consent_nothing_is_told(county, start, tmp_path):
    start("agency", CALENDAR)
    agree(county, tmp_path, "agency", "full")  # and no consent
    held, = send(county, "court", hearing(1))
    consent(county, "agency")
    send(county, "court", hearing(2))
    assert wait_for_status(county, tmp_path, 0)["DTSTART"].dt == at(42, "09:05")
    assert "confirmed" not in steps(county, held, "agency")


def test_without_out_an_adapter_asks_for_nothing(county, start, tmp_path):
    agency = start("agency", "")
    permit(county, tmp_path, "agency", "full")
    told, = send(county, "court", hearing(1))
    county.wait_for(lambda: {"waiting", "queued"} & set(steps(county, told, "agency")))
    counts, _ = agency.stop()
    assert counts["notices_told"] == 0 and os.listdir(tmp_path / "out") == []
    assert not {"delivered", "confirmed"} & set(steps(county, told, "agency"))


def tell_and_kill(county, adapter, events, has_told):
    """Sends the events in parts and kills the adapter as soon as it has told something of each part, until all is told;
    answers their receipts."""
    parts = 4
    size = -(-len(events) // parts)
    receipts = []
    for first in range(0, len(events), size):
        before = has_told()
        receipts += send(county, "court", *events[first:first + size])
        county.wait_for(lambda: has_told() > before)
        adapter.kill()
        adapter.start()
    county.wait_for(lambda: has_told() == len(events))
    return receipts


def test_a_calendar_survives_kills_without_a_change_too_many(county, start, tmp_path):
    agency = start("agency", CALENDAR)
    permit(county, tmp_path, "agency", "busy_only")
    receipts = tell_and_kill(county, agency, [hearing(n) for n in range(1, 11)], lambda: len(events_in(tmp_path)))
    county.wait_for(lambda: "confirmed" in steps(county, receipts[-1], "agency"))
    events = events_in(tmp_path)
    assert [int(event["SEQUENCE"]) for event in events] == [0] * 10
    assert sorted(event["DTSTART"].dt for event in events) == [at(40 + n, "09:00") for n in range(1, 11)]


def test_a_jail_picks_up_each_row_once_through_kills_and_its_import_has_them_in_order(county, start, tmp_path):
    jail = start("jail", ROWS)
    permit(county, tmp_path, "jail", "full")
    hearings = [hearing(n) for n in range(1, 11)]
    hearings.append(hearing(11, "HearingCancelled", day=41, key="court|1", status="Cancelled"))
    taken = tmp_path / "taken"
    (taken / "out").mkdir(parents=True)

    def pick_up():
        for file in sorted((tmp_path / "out").glob("carehub-*.csv")):
            file.rename(taken / "out" / file.name)
        return len(rows_in(taken))

    receipts = tell_and_kill(county, jail, hearings, pick_up)
    county.wait_for(lambda: "confirmed" in steps(county, receipts[-1], "jail"))
    pick_up()
    rows = rows_in(taken)
    assert len(rows) == 11 and len({row["delivery"] for row in rows}) == 11
    starts = [datetime.datetime.fromisoformat(row["start"]) for row in rows]
    assert starts == [at(40 + n, "09:05") for n in range(1, 11)] + [at(41, "09:05")], "the hub's order"
    assert [row["action"] for row in rows] == ["set"] * 10 + ["cancel"]
    assert rows[-1]["uid"] == rows[0]["uid"]
    assert {(row["authority"], row["id"]) for row in rows} == {("JAIL", "J-1")}
    assert all(name.startswith("carehub-") for name in os.listdir(taken / "out"))


def test_a_housing_provider_gets_signed_busy_times(county, start, tmp_path):
    hook = receivers.HttpReceiver().start()
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    harbor = start("harbor", f'[out]\nformat = "webhook"\nendpoint = "http://localhost:{hook.port}/notices"\n'
                             'secret_file = "secret"\n')
    agree(county, tmp_path, "harbor", "busy_only")
    send(county, "court", hearing(1))
    county.wait_for(lambda: len(hook.taken) == 1)
    harbor.kill()
    send(county, "court", hearing(2, "HearingContinued", day=50, key="court|1"))
    harbor.start()
    county.wait_for(lambda: len(hook.taken) == 2)
    assert all(receivers.is_signed(headers, body, SECRET) for _, headers, body in hook.headers)
    first, second = hook.taken
    assert first["form"] == "busy_only" and first["kind"] == "ScheduleBlocked"
    assert first["event"]["business_key"] == second["event"]["business_key"]
    assert first["event"]["identifiers"] == [{"authority": "HARBOR", "type": "HMIS", "value": "H-1"}]
    assert "ROOM-4" not in json.dumps(hook.taken)
    hook.stop()


def test_a_folder_that_is_away_finds_everything_when_it_is_back(county, start, tmp_path):
    harbor = start("harbor", CALENDAR)
    (tmp_path / "out").rename(tmp_path / "away")
    agree(county, tmp_path, "harbor", "full")
    told, = send(county, "court", hearing(1))
    county.wait_for(lambda: {"waiting", "queued"} & set(steps(county, told, "harbor")))
    (tmp_path / "away").rename(tmp_path / "out")
    assert wait_for_status(county, tmp_path, 0)["SUMMARY"] == "Court appearance (H-1)"
    _, log = harbor.stop()
    assert "Courthouse" not in log and "H-1" not in log


def test_what_is_wrong_in_the_table_is_told_before_anything_runs(county, tmp_path):
    for out, words in [('format = "ical"\n', "[out] folder"),
                       ('format = "ical"\nfolder = "agency-in/told"\n', "lies in the watched one"),
                       ('format = "fax"\n', "format is one of webhook, ical, csv"),
                       ('format = "csv"\nfolder = "out"\nkinds = ["AppointmentNoShow"]\n', "does not carry")]:
        adapter = Adapter(county, "agency", tmp_path, "[out]\n" + out)
        done = county.run("adapter", "supervision", "--link", str(adapter.link), "--config", str(adapter.config),
                          check=False)
        assert done.returncode != 0 and words in done.stderr, done.stderr


def test_init_sketches_the_table_and_check_reads_it(binary, tmp_path):
    sample = pathlib.Path(__file__).resolve().parents[2] / "adapters/supervision/samples/check_ins.csv"
    sketch = subprocess.run([binary, "adapter", "init", sample], capture_output=True, text=True, check=True).stdout
    assert '# [out]' in sketch and '# format = "ical"' in sketch
    profile = tmp_path / "agency.toml"
    profile.write_text(sample.with_suffix(".toml").read_text() + '[out]\nformat = "ical"\n')
    done = subprocess.run([binary, "adapter", "check", "--kind", "supervision", profile, sample], capture_output=True,
                          text=True)
    assert done.returncode != 0 and "[out] folder" in done.stderr
