"""Notices out of the clinic's adapter, as the systems of a clinic meet them: in each format, in order, once, only what
may be told, through breaks and refusals."""
import datetime
import json
import os
import ssl
import subprocess

import pytest

import clinic_site
import receivers

ROSTER = (
    "client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
    "C-0001,north,NORTH,MR,12345,cm.lee,east,Standard,Low,own\n"
    "C-0001,court,COURT,CASE,CR-1,cm.lee,east,Standard,Low,own\n"
    "C-0001,south,SOUTH,MR,S-1,cm.lee,east,Standard,Low,own\n"
    "C-0002,north,NORTH,MR,67890,cm.lee,east,Standard,Low,own\n"
    "C-0002,court,COURT,CASE,CR-2,cm.lee,east,Standard,Low,own\n"
    "C-0003,court,COURT,CASE,CR-3,cm.lee,east,Standard,Low,own\n")
STAFF = (
    "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
    "cm.lee,case_manager,east,,,America/New_York,,,,\n")
SECRET = "a secret of the webhook and nobody else".replace(" ", "-")
STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def lines_of(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def secret_file(folder, name, text):
    path = folder / name
    path.write_text(text + "\n")
    path.chmod(0o600)


def out(scheme, port, fmt, more=""):
    return clinic_site.FEED + f'[out]\nformat = "{fmt}"\nendpoint = "{scheme}://localhost:{port}"\n{more}'


@pytest.fixture
def county(hub, tmp_path):
    """A court and another clinic whose clients the clinic may know too."""
    hub.add_partner("court", "court")
    hub.add_partner("south", "clinic")
    (tmp_path / "directory").mkdir()
    (tmp_path / "directory" / "staff.csv").write_text(STAFF)
    (tmp_path / "roster.csv").write_text(ROSTER)
    return hub


@pytest.fixture
def start(county, tmp_path):
    """Starts the clinic's adapter with a configuration, and ends it."""
    made = []

    def make(config):
        one = clinic_site.Clinic(county, tmp_path, config)
        county.admin("directory", "import", str(tmp_path / "directory"))
        county.admin("roster", "import", str(tmp_path / "roster.csv"))
        made.append(one.start())
        # What a partner calls its clients it shows in its own events.
        assert clinic_site.code_of(one.connect().exchange(clinic_site.appointment("M0", 9)))[0] == "AA"
        return one

    yield make
    for one in made:
        one.stop()


def agree(hub, folder, discloser, form):
    file = folder / "agreement.toml"
    file.write_text(
        f'[[agreement]]\ndiscloser = "{discloser}"\nrecipient = "north"\npurpose = "CareCoordination"\n'
        f'event_kinds = []\nform = "{form}"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
    hub.admin("agreement", "import", str(file))


def consent(hub, client, discloser, kind="HipaaAuthorization"):
    hub.admin("consent", "grant", client, "--id", f"{client}-{discloser}", "--kind", kind, "--discloser", discloser,
              "--recipients", "north", "--purpose", "CareCoordination", "--signed", "2020-01-01", "--expires", "2099-01-01")


def on(day, clock):
    return f"{datetime.date.today() + datetime.timedelta(days=day)}T{clock}:00+00:00"


def same(told, *times):
    return [datetime.datetime.fromisoformat(one) for one in told] == [
        datetime.datetime.fromisoformat(one) for one in times]


def hearing(number, case="CR-1", kind="HearingScheduled", day=None, key=None, **payload):
    day = 40 + number if day is None else day
    return {"id": f"c-{number}", "kind": kind, "occurred_at": "2026-07-01T09:00:00-04:00",
            "zone": "America/New_York", "business_key": key or f"court|{number}",
            "identifiers": [{"authority": "COURT", "type": "CASE", "value": case}],
            "payload": {"class": "CourtAppearance", "status": "Scheduled", "owner_org": "County Court",
                        "start": on(day, "09:05"), "end": on(day, "09:35"), "location": {"id": "ROOM-4"}, **payload}}


def visit(number, labels):
    return {"id": f"s-{number}", "kind": "AppointmentBooked", "occurred_at": "2026-07-01T09:00:00-04:00",
            "zone": "America/New_York", "business_key": f"south|{number}", "labels": labels,
            "identifiers": [{"authority": "SOUTH", "type": "MR", "value": "S-1"}],
            "payload": {"class": "TreatmentSession", "status": "Scheduled", "owner_org": "South",
                        "start": on(70, "14:00"), "end": on(70, "15:00")}}


def send(hub, partner, *events):
    file = hub.data.parent / f"{partner}.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in events))
    receipts = lines_of(hub.run("send", str(file), "--link", str(hub.data.parent / f"{partner}.carehub")))
    assert [receipt["status"] for receipt in receipts] == ["accepted"] * len(events)
    return receipts


def steps(hub, receipt, recipient="north"):
    told = lines_of(hub.admin("fate", f"h-{receipt['sequence']}", "--json"))[0]
    return [step["step"] for step in told["steps"] if step["recipient"] == recipient]


def resource(bundle, kind):
    return next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind)


def starts(notices):
    return [notice["event"]["payload"]["start"] for notice in notices]


def segments(message):
    return {line.split("|")[0]: line.split("|") for line in message.split("\r") if line}


def test_fhir_messages_wait_for_their_receiver_and_come_in_order_with_what_consent_allows(county, start, tmp_path):
    certificates = clinic_site.Certificates(tmp_path)
    certificates.issue("ehr", "ca", "localhost")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "ehr.pem", tmp_path / "ehr.key")
    ehr = receivers.HttpReceiver(tls).start()
    ehr.stop()  # only its port is known so far
    secret_file(tmp_path, "token", "a-token-of-the-ehr")
    start(out("https", f"{ehr.port}/fhir/$process-message", "fhir",
              'token_file = "token"\n[out.tls]\nca = "ca.pem"\n'))
    consent(county, "C-0001", "court")
    consent(county, "C-0001", "south", "Part2Specific")
    receipts = send(county, "court", *(hearing(n) for n in range(1, 6)),
                    hearing(6, kind="HearingCancelled", day=41, key="court|1", status="Cancelled"))
    send(county, "south", visit(1, ["Part2"]))
    assert ehr.came == []
    ehr.start()
    county.wait_for(lambda: len(ehr.taken) == 7)
    assert len(ehr.came) == 7, "each once"
    path, headers, _ = ehr.headers[0]
    assert path == "/fhir/$process-message" and headers["Authorization"] == "Bearer a-token-of-the-ehr"
    assert headers["Content-Type"] == "application/fhir+json"

    first = ehr.taken[0]
    header, appointment = resource(first, "MessageHeader"), resource(first, "Appointment")
    assert first["type"] == "message" and first["entry"][0]["resource"] == header
    assert header["eventCoding"]["code"] == "S12"
    assert same([resource(bundle, "Appointment")["start"] for bundle in ehr.taken[:5]],
                *(on(40 + n, "09:05") for n in range(1, 6)))
    actor = appointment["participant"][0]["actor"]
    assert (actor["identifier"]["system"], actor["identifier"]["value"]) == ("NORTH", "12345")
    assert "CR-1" not in json.dumps(ehr.taken), "the court's own numbers stay with it"
    cancelled = resource(ehr.taken[5], "Appointment")
    assert (cancelled["id"], cancelled["status"]) == (appointment["id"], "cancelled")

    protected = ehr.taken[6]
    assert resource(protected, "Communication")["payload"][0]["contentString"].startswith(
        STATEMENT + " The client's consent of ")
    assert STATEMENT in resource(protected, "Appointment")["text"]["div"]
    assert "42CFRPart2" in json.dumps(resource(protected, "Appointment")["meta"])
    county.wait_for(lambda: "delivered" in steps(county, receipts[-1]))
    assert "confirmed" in steps(county, receipts[0])


def test_who_cannot_prove_itself_is_told_nothing(county, start, tmp_path):
    certificates = clinic_site.Certificates(tmp_path)
    certificates.issue("other", "ca", "other.north")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "other.pem", tmp_path / "other.key")
    ehr = receivers.HttpReceiver(tls).start()
    clinic = start(out("https", ehr.port, "fhir", '[out.tls]\nca = "ca.pem"\n'))
    consent(county, "C-0001", "court")
    receipt, = send(county, "court", hearing(1))
    county.wait_for(lambda: "waiting" in steps(county, receipt) or "queued" in steps(county, receipt))
    _, log = clinic.stop()
    assert "takes no notices for now: no TLS connection" in log and ehr.came == []
    ehr.stop()


def test_hl7_messages_tell_busy_times_under_an_agreement_through_kills_on_both_sides(county, start, tmp_path):
    engine = receivers.MllpReceiver().start()
    clinic = start(out("mllp", engine.port, "hl7v2", '[out.hl7v2]\nreceiving_application = "EHR"\n'))
    agree(county, tmp_path, "court", "busy_only")
    send(county, "court", hearing(1))
    county.wait_for(lambda: len(engine.taken) == 1)
    told = segments(engine.taken[0])
    assert (told["MSH"][4], told["MSH"][8], told["MSH"][17]) == ("EHR", "SIU^S12^SIU_S12", "UNICODE UTF-8")
    assert told["SCH"][8].startswith("BUSY") and told["PID"][3] == "12345^^^NORTH^MR"
    start_at = datetime.datetime.strptime(told["TQ1"][7], "%Y%m%d%H%M%S%z")
    assert start_at == datetime.datetime.fromisoformat(on(41, "09:00")), "rounded outward to a quarter"
    assert not {"AIS", "AIL", "AIP"} & told.keys() and "COURT" not in engine.taken[0].upper()

    engine.cuts = 1  # taken in by nobody, and no answer
    send(county, "court", hearing(2))
    county.wait_for(lambda: len(engine.taken) == 2)
    engine.stop()
    send(county, "court", hearing(3), hearing(4))
    clinic.kill()
    county.kill()
    county.start()
    engine.start()
    clinic.start()
    send(county, "court", hearing(5, kind="HearingCancelled", day=41, key="court|1", status="Cancelled"))
    county.wait_for(lambda: len(engine.taken) == 5)
    days = [segments(message)["TQ1"][7][:8] for message in engine.taken]
    assert days == [on(40 + n, "09:00")[:10].replace("-", "") for n in (1, 2, 3, 4, 1)], "the hub's order"
    last = segments(engine.taken[4])
    assert last["MSH"][8].startswith("SIU^S15") and last["SCH"][1] == told["SCH"][1]
    # Messages come in meanwhile, by the same session.
    door = clinic.connect()
    assert clinic_site.code_of(door.exchange(clinic_site.appointment("M1", 1))) == ("AA", "M1")
    engine.stop()
    hl7 = pytest.importorskip("hl7")
    parsed = hl7.parse(engine.taken[0])
    assert parsed.extract_field("SCH", 1, 8, 1, 1) == "BUSY" and parsed.extract_field("MSH", 1, 12) == "2.5.1"
    assert parsed.extract_field("PID", 1, 3, 1, 1) == "12345"


@pytest.mark.slow
def test_a_webhook_is_signed_and_what_it_refuses_becomes_a_dead_letter_with_its_words(county, start, tmp_path):
    hook = receivers.HttpReceiver().start()
    hook.refuses = lambda notice: "No such patient here." if "12345" in json.dumps(notice) else None
    secret_file(tmp_path, "secret", SECRET)
    clinic = start(out("http", f"{hook.port}/notices", "webhook",
                       'secret_file = "secret"\nkinds = ["HearingScheduled"]\n'))
    consent(county, "C-0001", "court")
    consent(county, "C-0002", "court")
    receipts = send(county, "court", hearing(1), hearing(2, "CR-2"), hearing(3, "CR-3"), hearing(4), hearing(5, "CR-2"),
                    hearing(6, "CR-2", kind="HearingCancelled", day=42, key="court|2", status="Cancelled"))
    county.wait_for(lambda: len(hook.taken) == 2)
    assert all(receivers.is_signed(headers, body, SECRET) for _, headers, body in hook.headers)
    assert not any(receivers.is_signed(headers, body + b" ", SECRET) for _, headers, body in hook.headers)
    # Others pass the refused person's; the kind that was not asked for, and who agreed to nothing, is not told.
    assert same(starts(hook.taken), on(42, "09:05"), on(45, "09:05"))
    assert all(notice["form"] == "full" and notice["discloser"] == "court" for notice in hook.taken)
    assert "queued" not in steps(county, receipts[2])

    county.wait_for(lambda: lines_of(county.admin("deadletters", "--json")))
    letter, = lines_of(county.review("deadletters", "list", "--recipient", "north", "--json"))
    assert (letter["stage"], letter["attempts"], letter["client"]) == ("Recipient", 5, "C-0001")
    shown, = lines_of(county.review("deadletters", "show", letter["id"], "--json"))
    assert shown["words"] == "HTTP 422: No such patient here."
    deliveries = [notice["delivery"] for notice in hook.came if same(starts([notice]), on(41, "09:05"))]
    assert len(deliveries) == 5 and len(set(deliveries)) == 1, "one id for all attempts"
    # What was held back for this person comes now, and what was refused once people say so.
    hook.refuses = lambda notice: None
    county.admin("deadletters", "replay", letter["id"], "--reason", "registered")
    county.wait_for(lambda: len(hook.taken) == 4)
    assert sorted(starts(hook.taken[2:]))[0] != sorted(starts(hook.taken[2:]))[1]
    assert all(same([told], on(41, "09:05")) or same([told], on(44, "09:05")) for told in starts(hook.taken[2:]))
    counts, log = clinic.stop()
    assert counts["notices_told"] >= 4 and counts["notices_refused"] >= 5
    assert "No such patient" not in log and "12345" not in log
    hook.stop()


def is_stored(idle):
    """That the hub has the one event of the folder; the file is away while something is pending."""
    try:
        return json.loads(idle.read_text())["accepted"] == 1
    except FileNotFoundError:
        return False


def test_an_adapter_that_reads_a_folder_tells_notices_too(county, tmp_path):
    engine = receivers.MllpReceiver().start()
    link = county.add_partner("north", "clinic")
    (tmp_path / "in").mkdir()
    (tmp_path / "clinic.toml").write_text(out("mllp", engine.port, "hl7v2").replace(
        '[listen]\naddress = "127.0.0.1"\n', '[watch]\nfolder = "in"\n'))
    county.admin("directory", "import", str(tmp_path / "directory"))
    county.admin("roster", "import", str(tmp_path / "roster.csv"))
    consent(county, "C-0001", "court")
    (tmp_path / "one.hl7").write_text(clinic_site.appointment("M0", 9))
    (tmp_path / "one.hl7").rename(tmp_path / "in" / "one.hl7")
    with subprocess.Popen([county.binary, "adapter", "clinic", "--link", str(link), "--config",
                           str(tmp_path / "clinic.toml")], stdout=subprocess.PIPE, text=True) as adapter:
        county.wait_for(lambda: is_stored(tmp_path / "clinic-state" / "idle.json"))
        send(county, "court", *(hearing(n) for n in range(1, 21)))
        county.wait_for(lambda: len(engine.came) == 20)
        adapter.terminate()
        told, _ = adapter.communicate(timeout=30)
    assert json.loads(told.splitlines()[-1])["notices_told"] == 20 and len(engine.taken) == 20
    engine.stop()


def test_what_is_wrong_in_the_table_is_told_with_its_key(binary, hub, tmp_path, monkeypatch):
    link = hub.add_partner("north", "clinic")
    config = tmp_path / "clinic.toml"
    for text, words in [
            ('format = "fax"\nendpoint = "https://x"', "format is one of fhir, hl7v2, webhook"),
            ('format = "fhir"\nendpoint = "http://ehr.example/x"', "would tell of people in clear"),
            ('format = "webhook"\nendpoint = "https://x"', "secret_file is missing"),
            ('format = "hl7v2"\nendpoint = "mllps://x:2575"\nkinds = ["CustodyStarted"]',
             'format "hl7v2" does not carry CustodyStarted')]:
        config.write_text(clinic_site.FEED + "[out]\n" + text + "\n")
        done = hub.run("adapter", "clinic", "--link", str(link), "--config", str(config), check=False)
        assert done.returncode != 0 and words in done.stderr, done.stderr
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    os.chmod(secret, 0o644)
    config.write_text(clinic_site.FEED + '[out]\nformat = "webhook"\nendpoint = "https://x"\nsecret_file = "secret"\n')
    done = hub.run("adapter", "clinic", "--link", str(link), "--config", str(config), check=False)
    assert done.returncode != 0 and "chmod 600" in done.stderr
