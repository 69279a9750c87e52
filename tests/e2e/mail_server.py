"""A real mail server (aiosmtpd) that asks for STARTTLS and a password, and that a test can hold, turn away and make say
no."""
import asyncio
import email
import email.policy
import socket
import ssl
import subprocess
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, syntax

USER, PASSWORD = b"carehub", b"a-password-of-the-desk"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def certificate(folder):
    """Of localhost, signed by itself: the file is its own authority."""
    cert, key = folder / "mail.pem", folder / "mail.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)],
                   check=True, capture_output=True)
    return cert, key


class Counting(SMTP):
    """Tells its handler when a message is about to be handed over."""

    @syntax("DATA")
    async def smtp_DATA(self, arg):
        self.event_handler.asked_for_data += 1
        await super().smtp_DATA(arg)


class Listening(Controller):
    def factory(self):
        return Counting(self.handler, **self.SMTP_kwargs)


class MailServer:
    def __init__(self, cert, key):
        self.port = free_port()
        self.came = []  # (recipients, message) in the order they were taken
        self.sessions = []  # what was proven of each connection that brought a message
        self.reached = 0  # how often somebody named a recipient
        self.answers = {}  # recipient -> the answer to RCPT
        self.after_data = None  # the answer to a message, in place of 250
        self.asked_for_data = 0
        self._go_on = threading.Event()
        self.release()
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(cert, key)
        self.controller = None

    def start(self):
        self.controller = Listening(
            self, hostname="127.0.0.1", port=self.port, tls_context=self.tls, require_starttls=True, auth_required=True,
            authenticator=self._authenticate)
        self.controller.start()
        return self

    def stop(self):
        self.controller.stop()

    def hold(self):
        """Recipients get no answer until release()."""
        self._go_on.clear()

    def release(self):
        self._go_on.set()

    def _authenticate(self, server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (USER, PASSWORD))

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.reached += 1
        await asyncio.get_running_loop().run_in_executor(None, self._go_on.wait)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.after_data:
            return self.after_data
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.sessions.append({"tls": session.ssl is not None, "authenticated": session.authenticated})
        self.came.append((envelope.rcpt_tos, message))
        return "250 OK"

    def subjects(self):
        return [message["Subject"] for _, message in self.came]
