"""The clinic's door as its senders meet it: answers after receipts, certificates, other people's clients,
connections that end anywhere."""
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import zoneinfo

import pytest

import clinic_site

ROSTER = (
    "client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
    "C-0001,north,NORTH,MR,12345,cm.lee,east,Standard,Low,own\n")
STAFF = (
    "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
    "cm.lee,case_manager,east,,,America/New_York,,,,\n")


def known_person(hub, folder):
    (folder / "directory").mkdir()
    (folder / "directory" / "staff.csv").write_text(STAFF)
    (folder / "roster.csv").write_text(ROSTER)
    hub.admin("directory", "import", str(folder / "directory"))
    hub.admin("roster", "import", str(folder / "roster.csv"))


@pytest.fixture
def clinic(hub, tmp_path):
    one = clinic_site.Clinic(hub, tmp_path)
    known_person(hub, tmp_path)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def tls_clinic(hub, tmp_path):
    certificates = clinic_site.Certificates(tmp_path)
    certificates.issue("ehr", "ca", "ehr.north")
    certificates.issue("other", "ca", "other.south")
    certificates.authority("stranger_ca")
    certificates.issue("stranger", "stranger_ca", "ehr.north")
    one = clinic_site.Clinic(hub, tmp_path, clinic_site.FEED + (
        '[listen.tls]\ncertificate = "door.pem"\nkey = "door.key"\nclient_ca = "ca.pem"\n'
        'clients = ["ehr.north"]\n'))
    one.certificates = certificates
    known_person(hub, tmp_path)
    one.start()
    yield one
    one.stop()


def test_an_answer_tells_what_became_of_the_message_and_a_repeat_gets_the_same(clinic):
    connection = clinic.connect()
    assert clinic_site.code_of(connection.exchange(clinic_site.appointment("M1", 1))) == ("AA", "M1")
    clinic.kill()
    clinic.start()
    again = clinic.connect()
    assert clinic_site.code_of(again.exchange(clinic_site.appointment("M1", 1))) == ("AA", "M1")
    refused = again.exchange(clinic_site.appointment("M2", 2).replace("12345", ""))
    assert clinic_site.code_of(refused) == ("AE", "M2")
    assert "PID^" in refused.split("ERR|")[1], "ERR-2 names the segment"
    assert refused.split("ERR|")[1].split("|")[1].split("^")[2] == "3", "and the field"
    assert clinic_site.code_of(again.exchange(clinic_site.appointment("M3", 3))) == ("AA", "M3")
    counts, _ = clinic.stop()
    assert (counts["accepted"], counts["duplicate"], counts["refused"]) == (1, 1, 1)


def obligations_of(clinic):
    """Status and start of each obligation, as `client show` tells them."""
    shown = json.loads(clinic.hub.review("client", "show", "C-0001", "--json").stdout)
    return [(one["status"], one["start"]) for one in shown["obligations"]]


def test_a_change_leaves_the_status_and_a_cancel_the_time_that_is_known(clinic):
    connection = clinic.connect()

    def tell(control, trigger, status="", start="^^^202607101000^202607101045"):
        message = clinic_site.appointment(control, 1, trigger).replace("|" * 13 + "Booked", "|" * 14 + status)
        message = message.replace("^^^202607101000^202607101045", start)
        assert clinic_site.code_of(connection.exchange(message)) == ("AA", control)
        [(told, begins)] = obligations_of(clinic)
        return told, begins[:10]

    assert tell("M1", "S12", "Booked") == ("Scheduled", "2026-07-10")
    assert tell("M2", "S26", start="") == ("Missed", "2026-07-10")
    assert tell("M3", "S14") == ("Missed", "2026-07-10")
    assert tell("M4", "S22", "3^Gone") == ("Missed", "2026-07-10")
    assert tell("M5", "S14", "Comp^Completed") == ("Completed", "2026-07-10")
    assert tell("M6", "S15", start="") == ("Cancelled", "2026-07-10")


def test_a_control_id_used_for_another_message_is_told_to_integration(clinic):
    def anomalies():
        found = [json.loads(line) for line in clinic.hub.review("alerts", "--json").stdout.splitlines()]
        return [(one["state"], one["severity"], one["count"]) for one in found if one["rule"] == "FeedAnomaly"]

    connection = clinic.connect()
    for number in (1, 1, 2, 3):  # all of them are taken, the second as a repeat
        assert clinic_site.code_of(connection.exchange(clinic_site.appointment("M1", number))) == ("AA", "M1")
    clinic.hub.wait_for(lambda: anomalies() == [("Raised", "Medium", 1)])
    # A rule about the office is tried on what the office was.
    trial = json.loads(clinic.hub.admin("rules", "try", "FeedAnomaly", "--json").stdout)
    assert (trial["raised"], trial["clients"], trial["by_severity"]) == (1, 0, {"Medium": 1})
    assert json.loads(clinic.hub.admin("rules", "try", "FeedSilent", "--json").stdout)["raised"] == 0


def test_a_message_cut_anywhere_is_sent_again_without_loss_or_a_second_effect(clinic):
    step = int(os.environ.get("CAREHUB_CUT_STEP", "7"))
    number = 0
    cases = 0

    def three():
        nonlocal number
        number += 3
        # One person has at most 2,000 appointments: they are told again under new messages.
        return [clinic_site.appointment(f"M{n}", n % 1_000) for n in range(number - 2, number + 1)]

    def sent_again(messages):
        nonlocal cases
        cases += 1
        connection = clinic.connect()
        for message in messages:
            assert clinic_site.code_of(connection.exchange(message))[0] == "AA"
        connection.close()

    whole = b"".join(clinic_site.frame(message) for message in three())
    for cut in range(0, len(whole), step):
        messages = three()
        stream = b"".join(clinic_site.frame(message) for message in messages)
        connection = clinic.connect()
        connection.send(stream[:cut])
        connection.close()
        sent_again(messages)
    # And in the middle of what the adapter answers.
    answers = 3 * len(clinic_site.frame(clinic.connect().exchange(clinic_site.appointment("X", 999_999))))
    for cut in range(0, answers, step):
        messages = three()
        connection = clinic.connect()
        connection.send(b"".join(clinic_site.frame(message) for message in messages))
        read = 0
        while read < cut:
            read += len(connection.socket.recv(cut - read))
        connection.close()
        sent_again(messages)
    counts, _ = clinic.stop()
    assert counts["accepted"] == 3 * cases + 1, "each event once"
    assert counts["refused"] == 0


def test_only_a_client_with_the_right_certificate_and_name_comes_in(tls_clinic):
    good_context = tls_clinic.certificates.client("ehr")
    good = tls_clinic.connect(good_context)
    assert good.socket.version() in ("TLSv1.2", "TLSv1.3")
    assert clinic_site.code_of(good.exchange(clinic_site.appointment("M1", 1))) == ("AA", "M1")

    again = ssl.SSLContext.wrap_socket(
        good_context, socket.create_connection(("127.0.0.1", tls_clinic.port), timeout=30),
        server_hostname="door.north", session=good.socket.session)
    again.sendall(clinic_site.frame(clinic_site.appointment("M1", 1)))
    assert b"MSA|AA|M1" in again.recv(65536), "who offers an old session shows its certificate anew"

    for name in (None, "other", "stranger"):
        with pytest.raises((ssl.SSLError, ConnectionError, AssertionError)):
            connection = tls_clinic.connect(tls_clinic.certificates.client(name))
            # In TLS 1.3 the client hears of it with the first answer it waits for.
            connection.send(clinic_site.frame(clinic_site.appointment("M2", 2)))
            assert connection.answer() is not None
    with pytest.raises((ConnectionError, AssertionError)):
        plain = tls_clinic.connect()
        plain.send(clinic_site.frame(clinic_site.appointment("M3", 3)))
        answer = plain.answer()
        assert answer is not None and answer.startswith("MSH")
    old = tls_clinic.certificates.client("ehr")
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, ConnectionError)):
        tls_clinic.connect(old)
    counts, _ = tls_clinic.stop()
    assert counts["accepted"] == 1


def test_a_door_in_clear_stays_on_loopback_unless_a_list_says_who(hub, tmp_path):
    one = clinic_site.Clinic(hub, tmp_path, clinic_site.FEED.replace("127.0.0.1", "0.0.0.0"))
    done = subprocess.run([hub.binary, "adapter", "clinic", "--link", str(one.link), "--config",
                           str(tmp_path / "clinic.toml")], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "allow" in done.stderr
    (tmp_path / "clinic.toml").write_text(
        clinic_site.FEED.replace("127.0.0.1", "0.0.0.0") + 'allow = ["192.0.2.0/24"]\n')
    one.start()
    with pytest.raises((ConnectionError, AssertionError)):
        connection = one.connect()
        connection.send(clinic_site.frame(clinic_site.appointment("M1", 1)))
        assert connection.answer() is not None
    one.stop()


def test_openssl_s_client(tls_clinic, tmp_path):
    done = subprocess.run(
        ["openssl", "s_client", "-quiet", "-connect", f"127.0.0.1:{tls_clinic.port}", "-cert", "ehr.pem", "-key",
         "ehr.key", "-CAfile", "ca.pem", "-verify_return_error", "-no_ign_eof"],
        input=clinic_site.frame(clinic_site.appointment("M1", 1)) * 1, capture_output=True, cwd=tmp_path, timeout=60)
    # s_client may leave with the end of its input, before the answer: what counts is what arrived.
    assert done.returncode == 0, done.stderr
    connection = tls_clinic.connect(tls_clinic.certificates.client("ehr"))
    assert clinic_site.code_of(connection.exchange(clinic_site.appointment("M1", 1))) == ("AA", "M1")
    counts, _ = tls_clinic.stop()
    assert (counts["accepted"], counts["duplicate"]) == (1, 1)


@pytest.mark.skipif(shutil.which("mllp_send") is None, reason="python3-hl7 is not installed")
def test_mllp_send_of_python3_hl7(clinic, tmp_path):
    messages = tmp_path / "messages.hl7"
    messages.write_bytes(b"".join(clinic_site.frame(clinic_site.appointment(f"M{n}", n)) for n in (1, 2, 3)))
    done = subprocess.run(["mllp_send", "--port", str(clinic.port), "--file", str(messages), "127.0.0.1"],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("MSA|AA|") == 3
    counts, _ = clinic.stop()
    assert counts["accepted"] == 3


def npm_package(name, version):
    """The folder where npm put it, or None when it cannot be had here."""
    if shutil.which("npm") is None:
        return None
    folder = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "carehub-npm"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / name).exists():
        done = subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund", f"{name}@{version}"],
                              cwd=folder, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            return None
    return folder


NODE_CLIENT = """
const { Client, Message } = require("node-hl7-client");
const [port, file] = process.argv.slice(2);
const messages = JSON.parse(require("fs").readFileSync(file, "utf8"));
const answers = [];
const connection = new Client({ host: "127.0.0.1" }).createConnection({ port: Number(port) }, (response) => {
  answers.push(response.getMessage().get("MSA.1").toString());
  if (answers.length === messages.length) {
    console.log(JSON.stringify(answers));
    process.exit(0);
  }
  send();
});
const send = () => connection.sendMessage(new Message({ text: messages[answers.length] }));
send();
"""


def test_an_npm_client(clinic, tmp_path):
    folder = npm_package("node-hl7-client", "3.2.0")
    if folder is None:
        pytest.skip("npm or its registry is not here")
    (tmp_path / "client.cjs").write_text(NODE_CLIENT)
    (tmp_path / "messages.json").write_text(
        json.dumps([clinic_site.appointment(f"M{n}", n).strip("\r") for n in (1, 2, 3)]))
    done = subprocess.run(
        ["node", str(tmp_path / "client.cjs"), str(clinic.port), str(tmp_path / "messages.json")],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30,
        env={**os.environ, "NODE_PATH": str(folder / "node_modules")})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["AA", "AA", "AA"]
    counts, _ = clinic.stop()
    assert counts["accepted"] == 3


TOKEN = "a token of the clinic's own choosing"


@pytest.fixture
def fhir_clinic(hub, tmp_path):
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    one = clinic_site.Clinic(hub, tmp_path, clinic_site.FEED + clinic_site.FHIR.format(digest=digest))
    known_person(hub, tmp_path)
    one.start()
    yield one
    one.stop()


def curl(port, path, *arguments, token=TOKEN, body=None, scheme="http"):
    """Status and body of an answer."""
    words = ["curl", "--silent", "--show-error", "--max-time", "30", "--write-out", "\n%{http_code}", *arguments]
    if token:
        words += ["--header", f"Authorization: Bearer {token}"]
    if body is not None:
        words += ["--header", "Content-Type: application/fhir+json", "--data-binary", "@-"]
    done = subprocess.run([*words, f"{scheme}://127.0.0.1:{port}/fhir{path}"], input=body or "", capture_output=True,
                          text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    text, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(text)


def test_fhir_with_curl(fhir_clinic):
    port = fhir_clinic.fhir_port
    status, capability = curl(port, "/metadata", token=None)
    assert status == 200 and capability["resourceType"] == "CapabilityStatement"
    appointment = clinic_site.fhir_appointment(1)
    assert curl(port, "/Appointment", body=appointment, token=None)[0] == 401
    assert curl(port, "/Appointment", body=appointment, token="another")[0] == 401
    status, outcome = curl(port, "/Appointment", body=appointment)
    assert status == 200 and outcome["resourceType"] == "OperationOutcome"
    assert curl(port, "/Appointment/appt-1", "--request", "PUT", body=appointment)[0] == 200
    status, outcome = curl(port, "/Appointment/appt-2", "--request", "PUT", body=appointment)
    assert status == 400 and outcome["issue"][0]["expression"] == ["Appointment.id"]
    assert curl(port, "/Encounter", body=appointment)[0] == 400
    status, outcome = curl(port, "/Appointment", body=appointment.replace('"status": "booked", ', ""))
    assert status == 422 and outcome["issue"][0]["expression"] == ["Appointment.status"]
    assert curl(port, "/Appointment", body="{ not json")[0] == 400
    assert curl(port, "/Patient", body=appointment)[0] == 404
    assert curl(port, "/Appointment")[0] == 405
    assert curl(port, "/Appointment", "--header", "Transfer-Encoding: chunked", body=appointment)[0] == 411
    assert curl(port, "/Appointment", "--header", "X: " + "x" * 10_000, body=appointment)[0] == 431
    status, outcome = curl(port, "/Appointment", body=" " * 1_100_000)
    assert status == 413 and "1048576 bytes" in json.dumps(outcome)
    status, outcome = curl(port, "/Appointment", "--header", "Content-Encoding: gzip", body=appointment)
    assert status == 415 and "encodings" in json.dumps(outcome)
    counts, log = fhir_clinic.stop()
    assert (counts["accepted"], counts["duplicate"]) == (1, 1)
    assert TOKEN not in log and "12345" not in log


def test_a_body_put_again_after_another_counts_and_its_repeat_does_not(fhir_clinic):
    booked = json.loads(clinic_site.fhir_appointment(1))
    del booked["meta"]
    cancelled = {**booked, "status": "cancelled", "identifier": [{"system": "urn:b", "value": "2"}]}
    for body, status in ((booked, "Scheduled"), (cancelled, "Cancelled"), (booked, "Scheduled"), (booked, "Scheduled")):
        sent = curl(fhir_clinic.fhir_port, "/Appointment/appt-1", "--request", "PUT", body=json.dumps(body))
        assert sent[0] == 200
        assert [told for told, _ in obligations_of(fhir_clinic)] == [status]
    counts, _ = fhir_clinic.stop()
    assert (counts["accepted"], counts["duplicate"]) == (3, 1)


def test_who_is_named_no_more_by_a_resource_has_no_such_appointment(fhir_clinic):
    first = clinic_site.fhir_appointment(1)
    second = first.replace("12345", "54321").replace('"versionId": "1"', '"versionId": "2"')
    for body, status in ((first, "Scheduled"), (second, "EnteredInError"), (second, "EnteredInError")):
        code, outcome = curl(fhir_clinic.fhir_port, "/Appointment/appt-1", "--request", "PUT", body=body)
        assert code == 200
        assert ("taken back" in json.dumps(outcome)) == (body == second)
        assert [told for told, _ in obligations_of(fhir_clinic)] == [status]


def test_a_free_slot_is_named_where_an_appointment_has_to_move(fhir_clinic, tmp_path):
    agreement = tmp_path / "owner.toml"
    agreement.write_text('[[agreement]]\ndiscloser = "north"\nrecipient = "owner"\npurpose = "CareCoordination"\n'
                         'form = "full"\nbasis = "test"\nvalid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
    fhir_clinic.hub.admin("agreement", "import", str(agreement))
    day = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=10)

    def send(kind, name, **more):
        body = {"resourceType": kind, "id": name, "start": f"{day}T15:00:00Z", "end": f"{day}T15:30:00Z", **more}
        assert curl(fhir_clinic.fhir_port, f"/{kind}/{name}", "--request", "PUT", body=json.dumps(body))[0] == 200

    def reschedule():
        found = [json.loads(line) for line in fhir_clinic.hub.review("alerts", "--json").stdout.splitlines()]
        alert = next(one for one in found if one["rule"] == "ScheduleConflict")
        return next(one["why"] for one in alert["suggestions"] if one["action"] == "Reschedule")

    patient = {"type": "Patient", "identifier": {"type": {"coding": [{"code": "MR"}]}, "system": "NORTH", "value": "12345"}}
    for name in ("a1", "a2"):
        send("Appointment", name, status="booked", participant=[{"status": "accepted", "actor": patient}])
    assert "free" not in reschedule()
    slot = {"schedule": {"reference": "Schedule/elm"}, "start": f"{day}T18:00:00Z", "end": f"{day}T18:30:00Z"}
    send("Slot", "s1", status="free", **slot)
    assert reschedule().endswith(f"free there: {day:%a} {day} {local_hour(day, 18)}-{local_hour(day, 18, 30)}")
    send("Slot", "s1", status="busy", **slot)
    assert "free" not in reschedule()


def test_what_was_made_earlier_and_comes_over_another_connection_changes_nothing(fhir_clinic):
    def statuses():
        case = json.loads(fhir_clinic.hub.review("client", "show", "C-0001", "--json").stdout)
        return [one["status"] for one in case["obligations"]]

    def send(connection, trigger, made):
        message = clinic_site.appointment(trigger + made, 1, trigger).replace("20260701090000", "20260701" + made)
        if trigger != "S12":
            message = message.replace("Booked", "")
        assert clinic_site.code_of(connection.exchange(message)) == ("AA", trigger + made)

    one, other = fhir_clinic.connect(), fhir_clinic.connect()
    send(one, "S15", "091000")
    send(other, "S12", "090000")
    assert statuses() == ["Cancelled"]
    send(other, "S12", "092000")
    assert statuses() == ["Scheduled"]

    booked = clinic_site.fhir_appointment(1)
    cancelled = booked.replace("booked", "cancelled").replace("T09:00:00-04:00", "T09:30:00-04:00")
    for body in (cancelled, booked):
        assert curl(fhir_clinic.fhir_port, "/Appointment/appt-1", "--request", "PUT", body=body)[0] == 200
    assert sorted(statuses()) == ["Cancelled", "Scheduled"]
    counts, log = fhir_clinic.stop()
    assert counts["accepted"] == 3
    assert "made before what another connection told" in log


def test_a_fhir_discharge_is_taken_back_by_the_encounter_in_progress_again(fhir_clinic):
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)

    def put(version, status, told_ago, **more):
        body = {"resourceType": "Encounter", "id": "e1", "status": status, "class": {"code": "IMP"},
                "meta": {"versionId": version, "lastUpdated": (now - told_ago).isoformat()},
                "subject": {"type": "Patient", "identifier": {"system": "NORTH", "value": "12345"}}, **more}
        assert curl(fhir_clinic.fhir_port, "/Encounter/e1", "--request", "PUT", body=json.dumps(body))[0] == 200

    def duties():
        case = json.loads(fhir_clinic.hub.review("client", "show", "C-0001", "--json").stdout)
        return [one for one in case["follow_ups"] if one["state"] == "Open" and one["program"].startswith("General")]

    hour = datetime.timedelta(hours=1)
    start, end = (now - 60 * hour).isoformat(), (now - 5 * hour).isoformat()
    put("1", "planned", 70 * hour, period={"start": start})
    put("2", "in-progress", 60 * hour, period={"start": start})
    put("3", "finished", 4 * hour, period={"start": start, "end": end})
    assert duties()
    put("4", "in-progress", 3 * hour, period={"start": start})
    assert not duties()


def local_hour(day, hour, minute=0):
    at = datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=datetime.timezone.utc)
    return at.astimezone(zoneinfo.ZoneInfo("America/New_York")).strftime("%H:%M")


def test_fhir_judges_the_token_before_it_reads_the_body(fhir_clinic):
    with socket.create_connection(("127.0.0.1", fhir_clinic.fhir_port), timeout=10) as stranger:
        stranger.sendall(b"POST /fhir/Appointment HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000000\r\n"
                         b"Content-Type: application/fhir+json\r\nAuthorization: Bearer another\r\n\r\n")
        assert stranger.recv(4096).startswith(b"HTTP/1.1 401 ")


def test_fhir_over_https_by_certificate(hub, tmp_path):
    certificates = clinic_site.Certificates(tmp_path)
    certificates.issue("ehr", "ca", "ehr.north")
    one = clinic_site.Clinic(hub, tmp_path, clinic_site.FEED + (
        '[fhir]\naddress = "127.0.0.1"\n'
        '[fhir.tls]\ncertificate = "door.pem"\nkey = "door.key"\nclient_ca = "ca.pem"\n'))
    known_person(hub, tmp_path)
    one.start()
    trusted = ["--cacert", str(tmp_path / "ca.pem"), "--connect-to", f"door.north:{one.fhir_port}:127.0.0.1:{one.fhir_port}"]
    shown = ["--cert", str(tmp_path / "ehr.pem"), "--key", str(tmp_path / "ehr.key")]
    url = f"https://door.north:{one.fhir_port}/fhir/Appointment"
    words = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--header",
             "Content-Type: application/fhir+json", "--data-binary", clinic_site.fhir_appointment(1), url]
    assert subprocess.run([*words, *trusted, *shown], capture_output=True, text=True, timeout=60).stdout == "200"
    assert subprocess.run([*words, *trusted], capture_output=True, text=True, timeout=60).returncode != 0
    counts, _ = one.stop()
    assert counts["accepted"] == 1


def test_what_came_is_kept_sealed_and_found_by_its_event(clinic, tmp_path):
    message = clinic_site.appointment("M1", 1)
    connection = clinic.connect()
    assert clinic_site.code_of(connection.exchange(message)) == ("AA", "M1")
    ignored = message.replace("SIU^S12", "ORU^R01").replace("|M1|", "|M2|")
    assert clinic_site.code_of(connection.exchange(ignored)) == ("AA", "M2")
    clinic.kill()
    digest = hashlib.sha256(message.encode()).hexdigest()[:16]
    fate = json.loads(clinic.hub.admin("fate", f"north/SCHED|NORTH|M1|{digest}/1", "--feed", "northside", "--json").stdout)
    event = fate["event_id"]
    words = ["adapter", "raw", event, "--link", str(clinic.link), "--config", str(tmp_path / "clinic.toml")]
    assert clinic.hub.run(*words).stdout.replace("\n", "\r") == message
    assert clinic.hub.run(*[word.replace(event, "h-999999") for word in words], check=False).returncode != 0
    kept = [path.read_bytes() for path in (tmp_path / "clinic-state").rglob("*") if path.is_file()]
    assert len(b"".join(kept)) > len(message)
    for word in (b"12345", b"JANE", b"SIU^S12"):
        assert not any(word in content for content in kept), "nothing stands there in clear"


def test_batch_files_are_read_from_a_folder(hub, tmp_path):
    one = clinic_site.Clinic(hub, tmp_path, clinic_site.FEED.split("[listen]")[0] + '[watch]\nfolder = "in"\n')
    known_person(hub, tmp_path)
    (tmp_path / "in").mkdir()
    batch = "FHS|^~\\&|SCHED|NORTH\rBHS|^~\\&|SCHED|NORTH\r" + clinic_site.appointment("M1", 1) + \
        clinic_site.appointment("M2", 2).replace("12345", "") + clinic_site.appointment("M3", 3) + "BTS|3\rFTS|1\r"
    (tmp_path / "in" / "day.hl7").write_text(batch)
    process = subprocess.Popen([hub.binary, "adapter", "clinic", "--link", str(one.link), "--config",
                                str(tmp_path / "clinic.toml")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, cwd=tmp_path)
    try:
        idle = tmp_path / "clinic-state" / "idle.json"
        hub.wait_for(lambda: idle.exists() and json.loads(idle.read_text())["accepted"] == 3)
        # Two appointments, and that a third of the messages was refused.
        assert (tmp_path / "in" / "done" / "day.hl7").exists()
        refusal = json.loads((tmp_path / "in" / "refused" / "refusals.jsonl").read_text())
        assert (refusal["name"], refusal["field"], refusal["line"]) == ("MissingField", "PID-3", 7)
    finally:
        process.terminate()
        process.communicate(timeout=30)


HEAD = f"POST /fhir/Appointment HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {TOKEN}\r\n"
JSON = "Content-Type: application/fhir+json\r\n"
HOSTILE = {
    "length and chunks": HEAD + JSON + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "another encoding": HEAD + JSON + "Transfer-Encoding: gzip\r\n\r\n",
    "two lengths": HEAD + JSON + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ",
    "a length of letters": HEAD + JSON + "Content-Length: five\r\n\r\n{}",
    "a negative length": HEAD + JSON + "Content-Length: -1\r\n\r\n{}",
    "an endless length": HEAD + JSON + "Content-Length: 99999999999999999999\r\n\r\n{}",
    "a space before the colon": HEAD + "Content-Length : 2\r\n\r\n{}",
    "no version": "POST /fhir\r\n\r\n",
    "another protocol": "SSH-2.0-OpenSSH_9.2\r\n",
    "a NUL in a field": HEAD + "X: a\0b\r\n\r\n",
    "an endless header": HEAD + "X: " + "x" * 20_000 + "\r\n\r\n",
    "a thousand fields": HEAD + "X: y\r\n" * 2_000 + "\r\n",
}


def test_what_is_no_request_is_refused_and_the_next_client_is_served(fhir_clinic):
    for what, request in HOSTILE.items():
        with socket.create_connection(("127.0.0.1", fhir_clinic.fhir_port), timeout=30) as raw:
            raw.sendall(request.encode())
            answer = b""
            while more := raw.recv(65536):
                answer += more
        assert answer.split(b" ")[1] in (b"400", b"411", b"413", b"431"), (what, answer)
        assert answer.count(b"HTTP/1.1 ") == 1, f"{what}: one answer, and the connection ended"
    assert curl(fhir_clinic.fhir_port, "/metadata", token=None)[0] == 200


def test_a_client_may_ask_before_it_sends_and_ask_for_the_head_alone(fhir_clinic):
    body = clinic_site.fhir_appointment(1).encode()
    with socket.create_connection(("127.0.0.1", fhir_clinic.fhir_port), timeout=30) as raw:
        raw.sendall((HEAD + JSON + f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n").encode())
        assert raw.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.sendall(body)
        assert raw.recv(65536).startswith(b"HTTP/1.1 200 ")
        raw.sendall(b"HEAD /fhir/metadata HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n")
        answer = b""
        while more := raw.recv(65536):
            answer += more
    assert answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"\r\n\r\n")


def test_a_connection_that_speaks_no_mllp_is_let_go_and_said_in_the_log(clinic):
    with socket.create_connection(("127.0.0.1", clinic.port), timeout=30) as raw:
        try:
            raw.sendall(b"x" * 100_000)
            assert raw.recv(1) == b""
        except ConnectionError:
            pass  # closed over what it had not read
    assert clinic_site.code_of(clinic.connect().exchange(clinic_site.appointment("M1", 1))) == ("AA", "M1")
    assert "outside of frames" in clinic.stop()[1]
