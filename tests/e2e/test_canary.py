"""No file that carehub writes shows who a person is: unique words go in wherever a person may be named or described,
and are then looked for in every file of the hub and of the adapters, after kill -9 and after a clean stop."""
import datetime
import json
import pathlib
import signal
import subprocess
import zoneinfo

import hub_process
import pytest
import sites

CLIENT = "QXCANCLIENT"
FAMILY, GIVEN = "QXCANFAMILY", "QXCANGIVEN"
RECORD, CASE, PERSON = "QXCANRECORD", "QXCANCASE", "QXCANPERSON"
ROOM, PLACE, ADDRESS, PHONE = "QXCANROOM", "QXCANPLACE", "QXCANADDRESS", "+15550142QXCAN"
PROVIDER, REASON, NOTE, SHELF, REVOKED = "QXCANPROVIDER", "QXCANREASON", "QXCANNOTE", "QXCANSHELF", "QXCANREVOKED"
CANARIES = [CLIENT, FAMILY, GIVEN, RECORD, CASE, PERSON, ROOM, PLACE, ADDRESS, PHONE, PROVIDER, REASON, NOTE, SHELF,
            REVOKED]
STEM = b"qxcan"  # begins every one of them: one search for all
BAD_ROWS = 4

COURT_TOML = """
[feed]
name = "canary-court"
zone = "America/New_York"
authority = "COURT"
place = "COURTHOUSE"
soft_from = "08:00"
soft_until = "12:00"
[watch]
folder = "court-in"
done_folder = "court-in/done"
refused_folder = "court-in/refused"
[snapshot]
complete = true
fall_max_percent = 40
[csv]
date_format = "MM/DD/YYYY"
time_format = "h:mm am/pm"
default_minutes = 60
[csv.columns]
case = "case_no"
type = "event"
date = "event_dt"
time = "start_tm"
room = "courtroom"
result = "result"
status = "status"
"""


def in_two_days(minutes=0):
    """Noon where the client lives: a visit then and a hearing at a quarter past collide."""
    now = datetime.datetime.now(zoneinfo.ZoneInfo("America/New_York"))
    return now.replace(hour=12, minute=0, second=0, microsecond=0) + datetime.timedelta(days=2, minutes=minutes)


def hits(files):
    """The files that hold a canary."""
    return [str(path) for path in files if STEM in path.read_bytes().lower()]


class Site:
    """A hub and two adapters with everything they write, and what partners put in front of them."""

    def __init__(self, binary, folder):
        self.folder = folder
        self.hub = hub_process.Hub(binary, folder)
        self.logs = folder / "logs"
        self.logs.mkdir()
        self.hub.log = (self.logs / "hub").open("ab")
        self.adapters = {}
        self.hub.start()  # before its links are made: they name its port
        for partner, kind in (("clinic", "clinic"), ("court", "court"), ("agency", "supervision")):
            self.hub.add_partner(partner, kind)
        (folder / "court.toml").write_text(COURT_TOML)
        (folder / "agency.toml").write_text(sites.CHECK_INS)
        for name in ("court-in", "agency-in"):
            (folder / name).mkdir()

    def start_adapter(self, partner, kind):
        log = (self.logs / f"{partner}-{len(list(self.logs.iterdir()))}").open("ab")
        self.adapters[partner] = subprocess.Popen(
            [self.hub.binary, "adapter", kind, "--link", str(self.folder / f"{partner}.carehub"),
             "--config", str(self.folder / f"{partner}.toml")], stdout=log, stderr=log)

    def start_adapters(self):
        self.start_adapter("court", "court")
        self.start_adapter("agency", "supervision")

    def end_adapters(self, how):
        for process in self.adapters.values():
            process.send_signal(how)
        for process in self.adapters.values():
            process.wait(timeout=30)
        self.adapters.clear()

    def written(self):
        """Every file that carehub wrote; what partners deliver, and where it is put aside, is theirs."""
        mine = [self.hub.data, self.logs, self.folder / "court-state", self.folder / "agency-state"]
        told = [path for folder in ("court-in", "agency-in") for path in (self.folder / folder).rglob("*.jsonl")]
        return told + [path for folder in mine for path in folder.rglob("*") if path.is_file()]

    def spooled(self):
        return sum(path.stat().st_size for path in self.folder.rglob("segment-*"))

    def send(self, partner, *events):
        file = self.folder / f"{partner}-events.jsonl"
        file.write_text("".join(json.dumps(event) + "\n" for event in events))
        done = self.hub.run("send", "--link", str(self.folder / f"{partner}.carehub"), str(file), check=False)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def are_idle(self, files):
        """Both adapters have read so many files and have a receipt for all of it."""
        states = [self.folder / f"{partner}-state" / "idle.json" for partner in ("court", "agency")]
        return all(file.exists() and json.loads(file.read_text())["files_done"] >= files for file in states)


@pytest.fixture
def site(binary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = Site(binary, tmp_path)
    yield one
    one.end_adapters(signal.SIGKILL)
    if one.hub.process and one.hub.is_alive():
        one.hub.kill()


def enrol(site):
    rows = [(CLIENT, "clinic", "CLINIC", "MR", RECORD), (CLIENT, "court", "COURT", "CASE", CASE),
            (CLIENT, "agency", "AGENCY", "SUPV", PERSON)]
    roster = site.folder / "roster.csv"
    roster.write_text("client,partner,authority,id_type,id,owner,team,model,tier,transport,family_name,given_name\n" +
                      "".join(",".join(row) + f",ana,east,Standard,Low,own,{FAMILY},{GIVEN}\n" for row in rows))
    site.hub.admin("roster", "import", str(roster))


def event(event_id, kind, payload, key="visit"):
    return {"id": f"{event_id}-{RECORD}", "kind": kind, "zone": "America/New_York", "business_key": f"{key}-{RECORD}",
            "occurred_at": datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0).isoformat(),
            "identifiers": [{"authority": "CLINIC", "type": "MR", "value": RECORD}], "payload": payload}


def clinic_events():
    visit = {"class": "ClinicVisit", "status": "Scheduled", "owner_org": "clinic", "start": in_two_days().isoformat(),
             "end": in_two_days(30).isoformat(), "location": {"id": "MAIN", "name": f"{PLACE} {ADDRESS}"},
             "provider": {"id": PROVIDER, "name": PROVIDER, "role": "Provider"}, "placer_id": RECORD,
             "reason_code": REASON}
    person = {"names": [{"family": FAMILY, "given": GIVEN, "kind": "legal"}], "phones": [PHONE]}
    return [event("v-1", "AppointmentBooked", visit), event("p-1", "PersonUpserted", person)]


def deliver(site, folder, name, text):
    """As partners do: under a name that is not looked at, then renamed."""
    part = site.folder / folder / "part.tmp"
    part.write_text(text)
    part.rename(site.folder / folder / name)


def deliver_files(site, round_):
    """A hearing and a check-in in two days, and records that are refused: no value of theirs may be told."""
    day = (in_two_days() + datetime.timedelta(days=round_)).strftime("%m/%d/%Y")
    deliver(site, "court-in", f"list-{round_}.csv",
            "case_no,event,event_dt,start_tm,courtroom,result,status\n"
            f"{CASE},{REASON} Review,{day},12:15 pm,{ROOM},,\n"
            f"{CASE},Review,{REASON},12:15 pm,{ROOM},,\n"
            f"{CASE},Review,{day},{REASON},{ROOM},,\n")
    row = f"{PERSON},CHK-{PERSON}-{round_},{PROVIDER},%s,2:00 pm,MAIN,OFFICE VISIT,%s,2026-07-01 08:00\n"
    deliver(site, "agency-in", f"rows-{round_}.csv",
            "CLIENT_NO,CHECKIN_ID,OFFICER,SCHED_DATE,SCHED_TIME,OFFICE,TYPE,STATUS,UPDATED\n" +
            row % (day, "SCHEDULED") + row % (REASON, "SCHEDULED") + row % (day, REASON))


def act_on_alerts(site):
    """What staff write about the client is free text like any other."""
    alert = json.loads(site.hub.review("alerts", "--json").stdout.splitlines()[0])["alert_id"]
    until = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=2)).isoformat(timespec="seconds")
    site.hub.admin("alerts", "shelve", alert, "--until", until, "--reason", SHELF)
    site.hub.admin("alerts", "close", alert, "--outcome", "Resolved", "--note", NOTE)
    site.hub.admin("consent", "grant", CLIENT, "--id", f"consent-{CLIENT}", "--kind", "HipaaAuthorization",
                   "--discloser", "clinic", "--recipients", "owner", "--purpose", "CareCoordination",
                   "--signed", "2020-01-01")
    site.hub.admin("consent", "revoke", f"{CLIENT}/consent-{CLIENT}", "--reason", REVOKED)


def agree(site):
    file = site.folder / "agreement.toml"
    file.write_text("".join(
        f'[[agreement]]\ndiscloser = "{partner}"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
        f'event_kinds = ["{kind}"]\nform = "full"\nbasis = "test"\n'
        'valid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n'
        for partner, kind in (("clinic", "AppointmentBooked"), ("court", "HearingScheduled"))))
    site.hub.admin("agreement", "import", str(file))


@pytest.mark.slow
def test_no_file_shows_who_a_person_is(site):
    enrol(site)
    agree(site)
    statuses = [receipt["status"] for receipt in site.send("clinic", *clinic_events())]
    assert statuses == ["accepted", "accepted"]

    site.start_adapters()
    deliver_files(site, 0)
    site.hub.wait_for(lambda: site.are_idle(1))
    act_on_alerts(site)
    assert hits(site.written()) == []

    # With the hub gone the adapters' events wait on their disk.
    site.hub.kill()
    before = site.spooled()
    deliver_files(site, 1)
    site.hub.wait_for(lambda: not list(site.folder.glob("*-in/*-1.csv")))
    assert site.spooled() > before
    site.end_adapters(signal.SIGKILL)
    refusals = [line for path in site.folder.rglob("refusals.jsonl") for line in path.read_text().splitlines()]
    assert len(refusals) >= BAD_ROWS
    assert hits(site.written()) == []

    site.hub.start()
    site.start_adapters()
    site.hub.wait_for(lambda: site.are_idle(2))
    told = "".join(site.hub.review(*question).stdout for question in (
        ("client", "show", CLIENT, "--json"), ("roster", "export"), ("consent", "list", CLIENT, "--json"),
        ("alerts", "--state", "all", "--json")))
    # What was looked for was there to be found: the hub itself reads it back.
    assert {word for word in (CLIENT, FAMILY, GIVEN, RECORD, CASE, PERSON, ROOM, PLACE) if word not in told} == set()
    site.hub.kill()
    assert hits(site.written()) == []

    site.hub.start()
    site.end_adapters(signal.SIGTERM)
    site.hub.stop()
    assert hits(site.written()) == []
    names = {path.name for path in site.written()}
    assert {"journal.db", "journal.ledger", "vault.keys", "in-progress.page", "refusals.jsonl"} <= names
    assert any(name.startswith("feed-") for name in names)


def test_the_search_finds_a_canary_in_any_file(site):
    """The control: the same search over copies, each with one canary in the middle."""
    site.hub.stop()
    for canary, original in zip(CANARIES, site.written() * len(CANARIES)):
        bytes_of = original.read_bytes()
        copy = pathlib.Path(site.folder / "copy")
        copy.write_bytes(bytes_of[: len(bytes_of) // 2] + canary.encode() + bytes_of[len(bytes_of) // 2 :])
        assert hits([copy]) == [str(copy)]
        copy.write_bytes(bytes_of)
        assert hits([copy]) == []
