"""A clinic's adapter beside a hub, its messages, and the frames they travel in."""
import json
import os
import pathlib
import select
import signal
import socket
import ssl
import subprocess

ANSWER_S = 30.0

FEED = """\
[feed]
name = "northside"
zone = "America/New_York"
authority = "NORTH"
[listen]
address = "127.0.0.1"
"""


def appointment(control, appointment_id, trigger="S12"):
    """A message of our own about a person of the roster."""
    return "\r".join([
        f"MSH|^~\\&|SCHED|NORTH|HUB|COUNTY|20260701090000||SIU^{trigger}|{control}|P|2.5.1",
        f"SCH|P{appointment_id}|F{appointment_id}^FILLER||||Booked||FOLLOWUP|||^^^202607101000^202607101045"
        "|||||||||||||Booked",
        "PID|1||12345^^^NORTH^MR||DOE^JANE",
        "RGS|1|A", ""])


def frame(message):
    return b"\x0b" + message.encode() + b"\x1c\r"


class Connection:
    """One MLLP connection; `tls` is a client's ssl context."""

    def __init__(self, port, tls=None):
        plain = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_S)
        self.socket = tls.wrap_socket(plain, server_hostname="door.north") if tls else plain
        self.unread = b""

    def send(self, data):
        self.socket.sendall(data)

    def answer(self):
        """The next answer's body; None when the connection ended."""
        while b"\x1c\r" not in self.unread:
            try:
                more = self.socket.recv(65536)
            except ConnectionError:
                return None
            if not more:
                return None
            self.unread += more
        body, self.unread = self.unread.split(b"\x1c\r", 1)
        assert body[:1] == b"\x0b", "an answer begins with 0x0B"
        return body[1:].decode()

    def exchange(self, message):
        self.send(frame(message))
        return self.answer()

    def close(self):
        self.socket.close()


def code_of(answer):
    """MSA-1 and MSA-2."""
    fields = next(line for line in answer.split("\r") if line.startswith("MSA")).split("|")
    return fields[1], fields[2]


class Clinic:
    """The adapter as a process."""

    def __init__(self, hub, folder, config=FEED):
        self.hub = hub
        self.folder = pathlib.Path(folder)
        self.link = hub.add_partner("north", "clinic")
        (self.folder / "clinic.toml").write_text(config)
        self.process = None
        self.port = 0
        self.fhir_port = 0

    def start(self):
        self.process = subprocess.Popen(
            [self.hub.binary, "adapter", "clinic", "--link", str(self.link), "--config",
             str(self.folder / "clinic.toml")],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        readable, _, _ = select.select([self.process.stdout], [], [], ANSWER_S)
        line = self.process.stdout.readline() if readable else ""
        assert line, f"the adapter did not get ready: {self.process.stderr.read() if self.process.poll() else ''}"
        ready = json.loads(line)
        self.port = int(ready["listen"].rsplit(":", 1)[1])
        self.fhir_port = int(ready["fhir"].rsplit(":", 1)[1]) if "fhir" in ready else 0
        return self

    def connect(self, tls=None):
        return Connection(self.port, tls)

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=ANSWER_S)

    def stop(self):
        """Ends it in order; the counts it prints, and its log."""
        if self.process is None or self.process.poll() is not None:
            return None, ""
        self.process.terminate()
        out, log = self.process.communicate(timeout=ANSWER_S)
        assert self.process.returncode == 0, log
        return json.loads(out.strip().splitlines()[-1]), log


class Certificates:
    """An authority of our own, the door's certificate, and those of clients."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.authority("ca")
        self.issue("door", "ca", "door.north")

    def openssl(self, *arguments):
        done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, cwd=self.folder, timeout=60)
        assert done.returncode == 0, done.stderr

    def authority(self, name):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                     "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")

    def issue(self, name, authority, host):
        (self.folder / f"{name}.ext").write_text(f"subjectAltName=DNS:{host}\n")
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-subj", f"/CN={host}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key",
                     "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext", "-out", f"{name}.pem")

    def client(self, name=None):
        context = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        if name:
            context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


FHIR = """\
[fhir]
address = "127.0.0.1"
tokens = ["{digest}"]
"""


def fhir_appointment(number):
    """An Appointment of our own about a person of the roster."""
    return json.dumps({
        "resourceType": "Appointment", "id": f"appt-{number}", "status": "booked",
        "meta": {"versionId": "1", "lastUpdated": "2026-07-01T09:00:00-04:00"},
        "identifier": [{"system": "urn:oid:1.2.3.4", "value": f"A{number}"}],
        "start": "2026-07-10T10:00:00-04:00", "end": "2026-07-10T10:45:00-04:00",
        "participant": [{"status": "accepted", "actor": {"type": "Patient", "identifier": {
            "type": {"coding": [{"code": "MR"}]}, "system": "NORTH", "value": "12345"}}}]})
