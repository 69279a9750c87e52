"""The desk: what staff are told by mail, webhook and calendar; nothing that is dealt with by then, each situation once
through kills, nobody's name, and quiet hours kept."""
import datetime
import json
import os
import signal
import select
import subprocess

import pytest

pytest.importorskip("aiosmtpd")

import hub_process  # noqa: E402
import mail_server  # noqa: E402
import receivers  # noqa: E402

START = datetime.datetime.fromisoformat("2026-07-06T10:00:00-04:00")
ROSTER_HEAD = ("client,partner,authority,id_type,id,owner,team,model,tier,transport,zone,family_name,given_name,"
               "birth_date\n")
STAFF_HEAD = "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
SECRET = "a-secret-of-the-webhook-and-nobody-else"
# What must stand in no log, no file of the desk's and no file name.
NAMES = ("Quillfeather", "Marigold", "26-CR-1", "MRN-1001")


class SimulatedHub(hub_process.Hub):
    """Business time stands still until it is moved."""

    def run(self, *arguments, check=True):
        if arguments[0] == "init":
            arguments = (*arguments, "--simulation", "--start", START.isoformat())
        return super().run(*arguments, check=check)

    def advance(self, to):
        self.admin("clock", "advance", "--to", to)


@pytest.fixture
def agreed():
    """Until when the disclosers' agreements are good."""
    return {"north": "2099-12-31", "greene": "2099-12-31"}


@pytest.fixture
def kind_of_hub():
    return SimulatedHub


@pytest.fixture
def county(binary, tmp_path, monkeypatch, agreed, kind_of_hub):
    monkeypatch.chdir(tmp_path)
    hub = kind_of_hub(binary, tmp_path)
    hub.start()
    for name, kind in (("north", "clinic"), ("greene", "court")):
        hub.add_partner(name, kind)
    for name in ("ana", "ben"):
        hub.add_partner(name, "staff", "--role", "case_manager")
    (tmp_path / "directory").mkdir()
    write_staff(tmp_path)
    hub.admin("directory", "import", str(tmp_path / "directory"))
    (tmp_path / "roster.csv").write_text(ROSTER_HEAD + "".join(
        f"C-{n},{partner},{partner.upper()},{id_type},{value}{n},{owner},east,Standard,Low,own,America/New_York,"
        "Quillfeather,Marigold,1980-01-01\n"
        for n, owner in ((1, "ana"), (2, "ana"), (3, "ben"))
        for partner, id_type, value in (("north", "MR", "MRN-100"), ("greene", "CASE", "26-CR-"))))
    hub.admin("roster", "import", str(tmp_path / "roster.csv"))
    agree(hub, tmp_path, agreed)
    yield hub
    hub.stop()


def write_staff(folder, ana="ana@agency.example"):
    (folder / "directory" / "staff.csv").write_text(
        STAFF_HEAD + f"ana,case_manager,east,,,America/New_York,{ana},,,\n"
        "ben,case_manager,east,,,America/New_York,ben@agency.example,,,\n")


def agree(hub, folder, agreed):
    (folder / "agreements.toml").write_text("".join(
        f'[[agreement]]\ndiscloser = "{discloser}"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
        f'event_kinds = []\nform = "full"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "{until}"\n'
        for discloser, until in agreed.items()))
    hub.admin("agreement", "import", str(folder / "agreements.toml"))


@pytest.fixture
def mail(tmp_path):
    server = mail_server.MailServer(*mail_server.certificate(tmp_path)).start()
    yield server
    server.release()
    server.stop()


class Desk:
    def __init__(self, hub, folder, config):
        self.hub, self.folder = hub, folder
        self.config = folder / "desk.toml"
        self.config.write_text(f'[desk]\nzone = "America/New_York"\ndirectory = "directory"\n{config}')
        self.log = ""
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.hub.binary, "adapter", "desk", "--link", str(self.folder / "ana.carehub"), "--config",
             str(self.config)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        readable, _, _ = select.select([self.process.stdout], [], [], 30)
        line = self.process.stdout.readline() if readable else ""
        assert '"ready":true' in line and '"kind":"desk"' in line, (line, self.process.stderr.read())
        return self

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.log += self.process.communicate(timeout=30)[1]

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return {}
        self.process.terminate()
        out, log = self.process.communicate(timeout=30)
        self.log += log
        assert self.process.returncode == 0, log
        return json.loads(out.strip().splitlines()[-1])

    def check_secrecy(self):
        """Neither the log nor a file or its name tells who is served."""
        state = self.folder / "desk-state"
        files = [path for path in state.rglob("*") if path.is_file()]
        text = self.log + "".join(str(path.relative_to(state)) for path in files)
        text += "".join(path.read_bytes().decode(errors="replace") for path in files)
        assert not [name for name in (*NAMES, "agency.example", "C-1", "C-2") if name in text], self.log
        assert all(path.stat().st_mode & 0o077 == 0 for path in files)


@pytest.fixture
def desk(county, tmp_path):
    made = []

    def make(config):
        made.append(Desk(county, tmp_path, config).start())
        return made[-1]

    yield make
    for one in made:
        one.stop()
        one.check_secrecy()


@pytest.fixture
def mailing(tmp_path, mail):
    """The part of a configuration that names the mail server."""
    password = tmp_path / "mail-password"
    password.write_bytes(mail_server.PASSWORD + b"\n")
    password.chmod(0o600)
    return (f'[mail]\nserver = "smtp://localhost:{mail.port}"\nfrom = "desk@agency.example"\nuser = "carehub"\n'
            'password_file = "mail-password"\nca = "mail.pem"\n')


def lines_of(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def send(hub, partner, *events):
    file = hub.data.parent / f"{partner}.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in events))
    receipts = lines_of(hub.run("send", str(file), "--link", str(hub.data.parent / f"{partner}.carehub"), check=False))
    assert [receipt["status"] for receipt in receipts] == ["accepted"] * len(events), receipts


def at(day, clock="10:00"):
    return f"{START.date() + datetime.timedelta(days=day)}T{clock}:00-04:00"


def event(partner, number, kind, client, status="Scheduled", day=9, clock="10:00", until=None, **more):
    court = partner == "greene"
    return {"id": f"{number}-{kind}-{clock}", "kind": kind, "occurred_at": START.isoformat(), "zone": "America/New_York",
            "business_key": f"{partner}|{number}",
            "identifiers": [{"authority": partner.upper(), "type": "CASE" if court else "MR",
                             "value": f"26-CR-{client}" if court else f"MRN-100{client}"}],
            "payload": {"class": "CourtAppearance" if court else "ClinicVisit", "status": status,
                        "owner_org": "Greene County Court" if court else "North Clinic",
                        "start": at(day, clock), "end": at(day, until or f"{clock[:2]}:55"), **more}}


def raise_high(hub, number, client=1, day=9):
    """A hearing and a visit at the same time: a conflict of severity High."""
    send(hub, "north", event("north", f"A-{number}", "AppointmentBooked", client, day=day))
    send(hub, "greene", event("greene", f"H-{number}", "HearingScheduled", client, day=day, clock="10:15"))


def raise_medium(hub, number, client=1, day=9):
    """Two visits, either of which can move: Medium."""
    send(hub, "north", event("north", f"A-{number}", "AppointmentBooked", client, day=day),
         event("north", f"B-{number}", "AppointmentBooked", client, day=day, clock="10:25", until="11:10"))


def raise_critical(hub, number, client=1):
    """The client did not appear in court."""
    send(hub, "greene", event("greene", f"F-{number}", "HearingScheduled", client, day=0, clock="08:00"),
         event("greene", f"F-{number}", "FailureToAppear", client, status="Missed", day=0, clock="08:00"))


def alerts(hub, **filters):
    arguments = [part for name, value in filters.items() for part in (f"--{name}", value)]
    return lines_of(hub.review("alerts", "list", "--json", *arguments))


def acknowledge(hub, person, alert_id):
    hub.run("--link", str(hub.data.parent / f"{person}.carehub"), "alerts", "ack", alert_id)


def steps(hub, alert_id, recipient):
    told = lines_of(hub.admin("fate", alert_id, "--json"))[0]
    return [step["step"] for step in told["steps"] if step["recipient"] == recipient]


def test_what_is_urgent_is_mailed_at_once_over_tls_without_names(county, desk, mail, mailing):
    one = desk(mailing)
    raise_high(county, 1)
    county.wait_for(lambda: mail.came)
    recipients, message = mail.came[0]
    alert, = alerts(county)
    assert alert["severity"] == "High" and recipients == ["ana@agency.example"]
    assert mail.sessions == [{"tls": True, "authenticated": True}]
    assert message["Subject"].startswith(f"carehub: High alert {alert['alert_id']}, act by ")
    assert message["Auto-Submitted"] == "auto-generated" and message["From"] == "desk@agency.example"
    text = message.get_content()
    assert text.startswith("Client C-1. High. Act by ") and "overlaps" in text and "best first" in text
    head = message["Subject"] + text.splitlines()[0]
    assert not [word for word in ("clinic", "court", "north", "greene") if word in head.lower()]
    assert not [name for name in NAMES if name in message.as_string()]
    county.wait_for(lambda: "confirmed" in steps(county, alert["alert_id"], "ana"))
    assert one.stop()["notices_told"] == 1 and len(mail.came) == 1


@pytest.mark.parametrize("kind_of_hub", [hub_process.Hub])
def test_in_real_time_the_critical_is_told_whatever_the_hour(county, desk, mail, mailing):
    desk(mailing)
    raise_critical(county, 1)
    county.wait_for(lambda: mail.came)
    assert "Critical" in mail.subjects()[0]
    assert "did not appear" in mail.came[0][1].get_content()


def test_after_an_acknowledgement_nothing_is_told_that_was_under_way_or_waited(county, desk, mail, mailing):
    desk(mailing)
    mail.hold()
    raise_high(county, 1)
    county.wait_for(lambda: mail.reached)  # the server was reached, the message not handed over
    raise_high(county, 2, client=2)  # and this one waits behind it
    county.wait_for(lambda: len(alerts(county)) == 2)
    for alert in alerts(county):
        acknowledge(county, "ana", alert["alert_id"])
    mail.release()
    raise_critical(county, 3)
    county.wait_for(lambda: mail.came)
    assert [subject.split(" alert")[0] for subject in mail.subjects()] == ["carehub: Critical"]


@pytest.mark.parametrize("agreed", [{"north": "2026-07-06", "greene": "2099-12-31"}])
def test_what_is_not_permitted_any_more_is_not_told(county, desk, mail, mailing):
    desk(mailing)
    mail.hold()
    raise_high(county, 1)
    county.wait_for(lambda: mail.reached)
    county.advance(at(1, "10:00"))  # what the clinic agreed to is over
    mail.release()
    raise_critical(county, 2, client=2)
    county.wait_for(lambda: mail.came)
    assert len(mail.came) == 1 and "Critical" in mail.subjects()[0]


def test_a_digest_gathers_what_can_wait_and_leaves_out_what_is_dealt_with(county, desk, mail, mailing):
    desk(mailing)
    raise_medium(county, 1)
    raise_medium(county, 2, client=2)
    raise_medium(county, 3, client=2, day=10)
    county.wait_for(lambda: len(alerts(county)) == 3)
    gone, *left = alerts(county)
    assert {alert["severity"] for alert in (gone, *left)} == {"Medium"}
    acknowledge(county, "ana", gone["alert_id"])
    county.advance(at(1, "07:59"))
    raise_critical(county, 4)  # told at once: so nothing else was
    county.wait_for(lambda: mail.came)
    county.advance(at(1, "08:01"))
    county.wait_for(lambda: len(mail.came) == 2)
    assert [subject.split(",")[0].split(" alert")[0] for subject in mail.subjects()] == \
        ["carehub: Critical", "carehub: digest"]
    text = mail.came[1][1].get_content()
    assert all(alert["alert_id"] in text for alert in left) and gone["alert_id"] not in text


def test_at_night_the_grave_waits_for_the_morning_and_the_critical_does_not(county, desk, mail, mailing):
    county.advance(at(0, "22:00"))
    desk(mailing)
    raise_high(county, 1)
    county.wait_for(lambda: alerts(county))
    raise_critical(county, 2, client=2)
    county.wait_for(lambda: mail.came)
    assert "Critical" in mail.subjects()[0]
    county.advance(at(1, "07:01"))
    county.wait_for(lambda: len(mail.came) == 2)
    assert "High" in mail.subjects()[1]


def test_a_mail_server_that_is_away_gets_everything_once_through_kills(county, desk, mail, mailing):
    one = desk(mailing)
    mail.stop()
    for number in (1, 2):
        raise_high(county, number, client=number)
    ids = [alert["alert_id"] for alert in alerts(county)]
    county.wait_for(lambda: all("delivered" in steps(county, alert, "ana") for alert in ids))
    one.kill()
    one.start()
    one.kill()
    mail.start()
    one.start()
    county.wait_for(lambda: len(mail.came) == 2)
    raise_critical(county, 3)
    county.wait_for(lambda: len(mail.came) == 3)
    assert sorted(alert for alert in ids if any(alert in subject for subject in mail.subjects())) == sorted(ids)
    assert len({message["Message-ID"] for _, message in mail.came}) == 3


def test_what_the_server_refuses_for_good_is_told_to_the_hub_and_what_it_puts_off_is_sent_again(
        county, desk, mail, mailing):
    one = desk(mailing)
    mail.answers["ana@agency.example"] = "550 5.1.1 no such person: ana"
    raise_high(county, 1)
    county.wait_for(lambda: alerts(county) and "refused" in steps(county, alerts(county)[0]["alert_id"], "ana"))
    mail.answers = {}
    mail.after_data = "451 4.7.1 later"
    raise_critical(county, 2, client=2)
    county.wait_for(lambda: mail.reached >= 3)
    mail.after_data = None
    county.wait_for(lambda: mail.came)
    assert len(mail.came) == 1 and "Critical" in mail.subjects()[0]
    counts = one.stop()
    assert counts["notices_told"] == 1 and counts["notices_refused"] == 1
    assert "server answered 550" in one.log and "no such person" not in one.log


def test_a_desk_that_ends_between_the_question_and_the_message_leaves_no_piece_of_it(county, desk, mail, mailing):
    one = desk(mailing)
    mail.hold()
    raise_high(county, 1)
    county.wait_for(lambda: mail.reached)
    county.process.send_signal(signal.SIGSTOP)  # no answer about the alert
    mail.release()
    county.wait_for(lambda: mail.asked_for_data)
    one.stop()
    county.process.send_signal(signal.SIGCONT)
    assert not mail.came
    one.start()
    county.wait_for(lambda: mail.came)
    assert len(mail.came) == 1 and "Client C-1" in mail.came[0][1].get_content()


def test_without_the_hub_nothing_is_told_and_with_it_again_everything(county, desk, mail, mailing):
    desk(mailing)
    mail.hold()
    raise_high(county, 1)
    county.wait_for(lambda: mail.reached)
    county.kill()
    mail.release()
    county.wait_for(lambda: mail.asked_for_data)
    assert not mail.came
    county.start()
    county.wait_for(lambda: mail.came)
    raise_critical(county, 2, client=2)
    county.wait_for(lambda: len(mail.came) == 2)
    assert "High" in mail.subjects()[0] and "Critical" in mail.subjects()[1]


def test_a_second_desk_with_the_same_link_ends_the_first_and_one_with_the_same_state_does_not_start(
        county, desk, mailing, tmp_path):
    one = desk(mailing)
    command = [county.binary, "adapter", "desk", "--link", str(tmp_path / "ana.carehub"), "--config"]
    same = subprocess.run([*command, str(one.config)], capture_output=True, text=True, timeout=60)
    assert same.returncode == 1 and "another desk runs" in same.stderr and one.process.poll() is None
    (tmp_path / "other.toml").write_text(one.config.read_text())
    other = subprocess.Popen([*command, str(tmp_path / "other.toml")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             text=True)
    assert one.process.wait(timeout=30) == 1
    other.terminate()
    other.communicate(timeout=30)
    assert other.returncode == 0


def test_a_server_that_proves_nothing_is_told_nothing(county, desk, mail, mailing, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    mail_server.certificate(other)
    one = desk(mailing.replace('ca = "mail.pem"', 'ca = "other/mail.pem"'))
    raise_critical(county, 1)
    log = one.process.stderr
    county.wait_for(lambda: alerts(county) and "delivered" in steps(county, alerts(county)[0]["alert_id"], "ana"))
    line = ""
    while "could not be told" not in line:
        line = log.readline()
        assert line, "the desk says that the server cannot be trusted"
    assert "SSL" in line and mail.reached == 0


def test_each_person_is_told_of_their_own(county, desk, mail, mailing):
    desk('links = ["ben.carehub"]\n' + mailing)
    raise_high(county, 1)
    raise_high(county, 3, client=3)
    county.wait_for(lambda: len(mail.came) == 2)
    told = {recipients[0]: message.get_content() for recipients, message in mail.came}
    assert "Client C-1." in told["ana@agency.example"] and "C-3" not in told["ana@agency.example"]
    assert "Client C-3." in told["ben@agency.example"] and "C-1" not in told["ben@agency.example"]


def test_names_and_texts_are_the_configurations_choice(county, desk, mail, mailing):
    desk('names = true\ntext = "brief"\n' + mailing)
    raise_high(county, 1)
    county.wait_for(lambda: mail.came)
    message = mail.came[0][1]
    text = message.get_content()
    assert text.startswith("Client Marigold Quillfeather (C-1). High.") and "overlaps" not in text
    assert "Marigold" not in message["Subject"]


def test_an_address_that_changes_in_the_directory_counts_from_then_on(county, desk, mail, mailing, tmp_path):
    one = desk(mailing)
    mail.stop()
    raise_high(county, 1)
    county.wait_for(lambda: alerts(county) and "delivered" in steps(county, alerts(county)[0]["alert_id"], "ana"))
    one.kill()
    write_staff(tmp_path, ana="ana.new@agency.example")
    mail.start()
    one.start()
    county.wait_for(lambda: mail.came)
    assert mail.came[0][0] == ["ana.new@agency.example"]


def test_a_webhook_is_signed_and_asks_for_the_truth_too(county, desk, tmp_path):
    hook = receivers.HttpReceiver()
    hook.port = mail_server.free_port()  # and nobody there yet
    (tmp_path / "secret").write_text(SECRET + "\n")
    (tmp_path / "secret").chmod(0o600)
    one = desk(f'[out]\nformat = "webhook"\nendpoint = "http://localhost:{hook.port}/alerts"\nsecret_file = "secret"\n')
    raise_high(county, 1)
    raise_high(county, 2, client=2)
    ids = {alert["client"]: alert["alert_id"] for alert in alerts(county)}
    county.wait_for(lambda: all("delivered" in steps(county, alert, "ana") for alert in ids.values()))
    acknowledge(county, "ana", ids["C-2"])
    hook.start()
    raise_critical(county, 3)
    county.wait_for(lambda: len(hook.taken) == 2)
    assert all(receivers.is_signed(headers, body, SECRET) for _, headers, body in hook.headers)
    told = {body["alert"]["severity"]: body for body in hook.taken}
    assert told["High"]["alert"]["alert_id"] == ids["C-1"] and told["High"]["recipient"] == "ana"
    assert told["Critical"]["alert"]["client"] == "C-1" and "did not appear" in told["Critical"]["alert"]["text"]
    assert not [name for name in NAMES if name in json.dumps(hook.taken)]
    assert one.stop()["notices_told"] == 2
    hook.stop()


CALENDAR = '[calendar]\nfolder = "cal"\nreadable_by = "group"\nrefresh_minutes = 15\n'


def calendars(folder):
    return sorted((folder / "cal").glob("*.ics"))


def events_in(folder):
    icalendar = pytest.importorskip("icalendar")
    files = calendars(folder)
    return icalendar.Calendar.from_ical(files[0].read_bytes()).walk("VEVENT") if files else []


def wait_for_events(hub, folder, *expected):
    def shown():
        return sorted((str(one["SUMMARY"]), int(one["SEQUENCE"]), str(one["STATUS"])) for one in events_in(folder))
    hub.wait_for(lambda: shown() == sorted(expected))
    return events_in(folder)


def test_a_calendar_keeps_itself_and_tells_no_name(county, desk, tmp_path):
    (tmp_path / "cal").mkdir()
    desk(CALENDAR)
    send(county, "greene", event("greene", "H-1", "HearingScheduled", 1))
    send(county, "north", event("north", "A-1", "AppointmentBooked", 2, day=12, location={"name": "Elm House"}))
    send(county, "north", event("north", "A-3", "AppointmentBooked", 3))  # ben's
    shown = wait_for_events(county, tmp_path, ("Court appearance (C-1)", 0, "CONFIRMED"),
                            ("Appointment (C-2)", 0, "CONFIRMED"))
    uids = {str(one["SUMMARY"]): str(one["UID"]) for one in shown}
    file, = calendars(tmp_path)
    assert len(file.stem) == 64 and int(file.stem, 16) >= 0 and file.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "desk-state" / "ana" / "token").read_text() == file.stem + "\n"
    text = file.read_text()
    assert not [word for word in (*NAMES, "Elm", "north", "greene", "H-1") if word in text]

    send(county, "greene", event("greene", "H-1", "HearingContinued", 1, day=20))
    shown = wait_for_events(county, tmp_path, ("Court appearance (C-1)", 1, "CONFIRMED"),
                            ("Appointment (C-2)", 0, "CONFIRMED"))
    moved, = [one for one in shown if "Court" in one["SUMMARY"]]
    assert str(moved["UID"]) == uids["Court appearance (C-1)"]
    assert moved["DTSTART"].dt == datetime.datetime.fromisoformat(at(20))

    send(county, "greene", event("greene", "H-1", "HearingCancelled", 1, day=20, status="Cancelled"))
    wait_for_events(county, tmp_path, ("Cancelled", 2, "CANCELLED"), ("Appointment (C-2)", 0, "CONFIRMED"))


def test_a_token_is_revoked_by_deleting_it_and_the_old_calendar_is_gone_within_a_second(county, desk, tmp_path):
    (tmp_path / "cal").mkdir()
    one = desk(CALENDAR)
    send(county, "greene", event("greene", "H-1", "HearingScheduled", 1))
    wait_for_events(county, tmp_path, ("Court appearance (C-1)", 0, "CONFIRMED"))
    old, = calendars(tmp_path)
    (tmp_path / "desk-state" / "ana" / "token").unlink()
    county.wait_for(lambda: not old.exists(), patience=1.0)
    wait_for_events(county, tmp_path, ("Court appearance (C-1)", 0, "CONFIRMED"))
    new, = calendars(tmp_path)
    assert new != old

    one.stop()  # also while the desk is not running
    (tmp_path / "desk-state" / "ana" / "token").unlink()
    one.start()
    county.wait_for(lambda: calendars(tmp_path) not in ([], [new]))
    assert not new.exists() and len(calendars(tmp_path)) == 1


@pytest.mark.parametrize("agreed", [{"north": "2099-12-31", "greene": "2026-07-06"}])
def test_a_calendar_forgets_what_the_person_may_not_know_any_more(county, desk, tmp_path):
    (tmp_path / "cal").mkdir()
    one = desk(CALENDAR)
    send(county, "greene", event("greene", "H-1", "HearingScheduled", 1))
    wait_for_events(county, tmp_path, ("Court appearance (C-1)", 0, "CONFIRMED"))
    county.advance(at(1, "10:00"))
    one.stop()
    one.start()  # everything is asked for again
    wait_for_events(county, tmp_path, ("Cancelled", 1, "CANCELLED"))
    assert "Court" not in calendars(tmp_path)[0].read_text()


def test_a_person_whose_link_is_removed_loses_the_calendar_and_the_others_are_served_on(
        county, desk, mail, mailing, tmp_path):
    (tmp_path / "cal").mkdir()
    desk('links = ["ben.carehub"]\n' + mailing + CALENDAR)
    county.wait_for(lambda: len(calendars(tmp_path)) == 2)
    token = (tmp_path / "desk-state" / "ben" / "token").read_text().strip()
    county.admin("partner", "remove", "ben")
    county.wait_for(lambda: not (tmp_path / "cal" / f"{token}.ics").exists())
    raise_high(county, 1)
    county.wait_for(lambda: mail.came)
    assert len(calendars(tmp_path)) == 1


def test_what_is_wrong_is_told_before_anything_runs(county, tmp_path, mailing):
    def run(config, link="ana.carehub"):
        (tmp_path / "desk.toml").write_text(config)
        done = county.run("adapter", "desk", "--link", str(tmp_path / link), "--config", str(tmp_path / "desk.toml"),
                          check=False)
        assert done.returncode == 1 and '"ready"' not in done.stdout
        return done.stderr

    desk = '[desk]\nzone = "America/New_York"\ndirectory = "directory"\n'
    assert "nothing to tell over" in run(desk)
    assert "no link of a person" in run(desk + mailing, "north.carehub")
    assert "staff.csv" in run(desk.replace('"directory"\n', '"elsewhere"\n') + mailing)
    assert "folder" in run(desk + '[calendar]\nfolder = "nowhere"\n')
    (tmp_path / "directory" / "staff.csv").write_text(STAFF_HEAD + "ben,case_manager,east,,,,,,,\n")
    assert "does not know the person of ana.carehub" in run(desk + mailing)
    done = county.run("adapter", "desk", "--config", "desk.toml", check=False)
    assert done.returncode == 1 and "--link" in done.stderr
