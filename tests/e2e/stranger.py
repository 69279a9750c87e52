"""A client of the hub written from schemas/PROTOCOL.md alone (section 15: a client in twelve steps)."""
import random
import time
import tomllib

import zmq

import frames
import messages
from frames import Type

HELLO_ANSWER_S = 2.0
PATIENCE_S = 20.0


class Timeout(Exception):
    """What was waited for did not come."""


class Ended(Exception):
    """The hub said Goodbye; `code` is its number."""

    def __init__(self, code):
        super().__init__(f"goodbye {code}")
        self.code = code


def read_link(path):
    with open(path, "rb") as file:
        return tomllib.load(file)["link"]


class Stranger:
    def __init__(self, link, endpoint=None):
        self.link = link
        self.endpoint = endpoint or link["endpoint"]
        self.context = zmq.Context()
        self.socket = None
        self.welcome = None
        self.credit = 0
        self.ticket = 0
        self.receipts = {}   # ticket -> receipt
        self.notices = []
        self.caught_up = None  # number of the last notice owed at Subscribe
        self.answers = {}    # ticket -> parts
        self.replies = []    # numbers of heartbeat replies
        self.checkpoints = []  # notes and keys of the hub's heartbeats

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
        self.context.term()

    def close(self):
        if self.socket is not None:
            self.socket.close(linger=0)
            self.socket = None
        self.credit = self.ticket = 0
        self.receipts.clear()

    def connect(self):
        """Step 1: a fresh socket, without a session."""
        self.close()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.curve_serverkey = self.link["hub_public_key"].encode()
        self.socket.curve_publickey = self.link["public_key"].encode()
        self.socket.curve_secretkey = self.link["secret_key"].encode()
        self.socket.connect(self.endpoint)

    def open(self, purpose=messages.ADAPTER, patience=PATIENCE_S, last=None):
        """Steps 1 to 3, again and again until there is a Welcome."""
        deadline = time.monotonic() + patience
        while True:
            self.connect()
            nonce = random.getrandbits(63) | 1
            self.send(Type.HELLO, [messages.hello(nonce, purpose, last=last)])
            answer_by = min(deadline, time.monotonic() + HELLO_ANSWER_S)
            try:
                self.wait(lambda: self.welcome and self.welcome["nonce"] == nonce, answer_by)
                self.credit = self.welcome["credit"]
                return self.welcome
            except Timeout:
                if time.monotonic() >= deadline:
                    raise

    def send(self, kind, slices, first_ticket=0):
        self.send_bytes(frames.write(kind, slices, first_ticket))

    def send_bytes(self, data):
        self.socket.send(data)

    def submit(self, slices):
        """Step 5. Returns the tickets."""
        assert len(slices) <= self.credit
        first = self.ticket + 1
        self.ticket += len(slices)
        self.credit -= len(slices)
        self.send(Type.SUBMIT, slices, first)
        return list(range(first, self.ticket + 1))

    def submit_and_wait(self, slices):
        tickets = self.submit(slices)
        self.wait(lambda: all(ticket in self.receipts for ticket in tickets))
        return [self.receipts[ticket] for ticket in tickets]

    def listen(self, after=0, credit=100, **more):
        """Step 7."""
        self.send(Type.SUBSCRIBE, [messages.subscribe(after, **more)])
        self.send(Type.CREDIT, [messages.credit(credit)])

    def acknowledge(self, number):
        self.send(Type.ACKNOWLEDGE, [messages.acknowledge(number)])

    def judge(self, *verdicts):
        self.send(Type.VERDICT, list(verdicts))

    def heartbeat(self, number):
        """Sent and answered: everything the hub sent before has arrived."""
        self.send(Type.HEARTBEAT, [messages.heartbeat(number)])
        self.wait(lambda: number in self.replies)

    def ask(self, ticket, name, **arguments):
        self.send(Type.QUESTION, [messages.question(ticket, name, arguments)])
        self.wait(lambda: ticket in self.answers and not self.answers[ticket][-1]["more"])
        return self.answers[ticket]

    def keep_alive(self):
        """Tells the hub that it is still there and takes what has come: for who waits for something else."""
        self.send(Type.HEARTBEAT, [messages.heartbeat(0)])
        while self.socket.poll(0):
            self._take(self.socket.recv())

    def wait(self, condition, deadline=None):
        """Reads what comes until the condition holds."""
        deadline = deadline or time.monotonic() + PATIENCE_S
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or not self.socket.poll(left * 1000):
                raise Timeout
            self._take(self.socket.recv())

    def _take(self, data):
        kind, _, slices = frames.read(data)
        if kind == Type.WELCOME:
            self.welcome = messages.read_welcome(slices[0])
        elif kind == Type.RECEIPTS:
            for receipt in map(messages.read_receipt, slices):
                self.credit += 1
                self.receipts[receipt["ticket"]] = receipt
        elif kind == Type.CAUGHT_UP:
            self.caught_up = messages.read_caught_up(slices[0])
        elif kind == Type.NOTICES:
            self.notices += map(messages.read_notice, slices)
        elif kind == Type.ANSWER:
            part = messages.read_answer(slices[0])
            self.answers.setdefault(part["ticket"], []).append(part)
        elif kind == Type.HEARTBEAT:
            note, key = messages.read_checkpoint(slices[0])
            self.checkpoints += [(note, key)] if note else []
            self.send(Type.HEARTBEAT_REPLY, slices)
        elif kind == Type.HEARTBEAT_REPLY:
            self.replies.append(messages.read_heartbeat(slices[0]))
        elif kind == Type.GOODBYE:
            raise Ended(messages.read_goodbye(slices[0]))
