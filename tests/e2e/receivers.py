"""Systems of partners that notices go to: an MLLP receiver and an HTTP endpoint, each of which can go away, come back
where it was, and say no."""
import hashlib
import hmac
import http.server
import json
import socket
import threading


class Receiver:
    """What both have in common: a port that stays, what came in order, and what to answer."""

    def __init__(self):
        self.port = 0
        self.came = []  # every message, refused ones and repeats too
        self.taken = []  # each delivery once, as a careful receiver keeps them
        self.refuses = lambda message: None  # the words of a refusal
        self._ids = set()

    def _take(self, message, delivery):
        """The words of a refusal; None when it is taken."""
        self.came.append(message)
        words = self.refuses(message)
        if words is None and delivery not in self._ids:
            self._ids.add(delivery)
            self.taken.append(message)
        return words


class MllpReceiver(Receiver):
    def __init__(self):
        super().__init__()
        self.cuts = 0  # so many connections end without an answer
        self._listener = None

    def start(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()
        return self

    def stop(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        unread = b""
        with connection:
            while True:
                data = connection.recv(65536)
                if not data:
                    return
                unread += data
                while b"\x1c\r" in unread:
                    frame, unread = unread.split(b"\x1c\r", 1)
                    assert frame[:1] == b"\x0b"
                    if self.cuts > 0:
                        self.cuts -= 1
                        return
                    connection.sendall(self._answer(frame[1:].decode()))

    def _answer(self, message):
        control = message.split("|")[9]
        words = self._take(message, control)
        lines = [f"MSH|^~\\&|EHR|NORTH|CAREHUB||20260701090000||ACK|A{control}|P|2.5.1",
                 f"MSA|{'AA' if words is None else 'AE'}|{control}"]
        if words is not None:
            lines.append(f"ERR||SCH^1^11|199^other^HL70357|E||||{words}")
        return b"\x0b" + "".join(line + "\r" for line in lines).encode() + b"\x1c\r"


class HttpReceiver(Receiver):
    def __init__(self, tls=None):
        super().__init__()
        self.tls = tls
        self.headers = []
        self._server = None

    def start(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.headers.append((self.path, dict(self.headers), body))
                words = receiver._take(json.loads(body), self.headers["X-CareHub-Delivery"])
                answer = (words or "").encode()
                self.send_response(200 if words is None else 422)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        if self.tls:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


def is_signed(headers, body, secret):
    """As the README tells a receiver to verify it."""
    signed = headers["X-CareHub-Timestamp"].encode() + b"." + body
    code = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(headers["X-CareHub-Signature"], "sha256=" + code)
