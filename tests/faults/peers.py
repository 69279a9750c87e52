"""Many sessions in one process: publishers that repeat until there is a receipt, subscribers that keep and acknowledge.

Written from schemas/PROTOCOL.md like tests/e2e/stranger.py, for load: no session waits for another one.
"""
import collections
import random
import time

import paths  # noqa: F401

import frames
import messages
import wire
import zmq
from frames import Type

HELLO_S = 2.0
HISTORY_DIFFERS = 11  # Goodbye: the hub does not know the receipt told in Hello
HEARTBEAT_S = 5.0
LIFE_NUMBER = 1 << 62  # of heartbeats that only show life
FRAMES_PER_TURN = 64
LOOK_S = 0.1


class Peer:
    """One session of one principal; a new socket for every connection."""

    purpose = messages.ADAPTER

    def __init__(self, context, link):
        self.context, self.link = context, link
        self.socket = None
        self.is_open = False
        self.ended = None  # code of the hub's Goodbye
        self.goodbyes = collections.Counter()  # by code, of all connections
        self.last_receipt = (0, b"")  # of the Accepted one with the highest sequence: a Duplicate's root is of later
        self.nonce = 0
        self.ticket = 0
        self.credit = 0
        self.replies = set()
        self.heard_at = 0.0
        self.endpoint = ""
        self.connected_at = 0.0
        self.sent_at = 0.0

    def connect(self, endpoint):
        self.close()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.rcvhwm = 0  # of this side: what the hub sends is read at once
        self.socket.curve_serverkey = self.link["hub_public_key"].encode()
        self.socket.curve_publickey = self.link["public_key"].encode()
        self.socket.curve_secretkey = self.link["secret_key"].encode()
        self.socket.connect(endpoint)
        self.endpoint, self.connected_at = endpoint, time.perf_counter()
        self.nonce = random.getrandbits(63) | 1
        self.ended = None
        self.send(Type.HELLO, [wire.hello(self.nonce, self.purpose, *self.last_receipt)])

    def needs_anew(self):
        """No Welcome in its time, or the hub ended the session: a new socket, as PROTOCOL.md says."""
        if self.socket is None or self.is_open:
            return False
        return self.ended is not None or time.perf_counter() - self.connected_at > HELLO_S

    def show_life(self):
        if self.is_open and time.perf_counter() - self.sent_at > HEARTBEAT_S:
            self.heartbeat(LIFE_NUMBER)

    def close(self):
        if self.socket is not None:
            self.socket.close(linger=0)
            self.socket = None
        self.is_open = False
        self.ticket = self.credit = 0

    def send(self, kind, slices, first_ticket=0):
        self.sent_at = time.perf_counter()
        self.socket.send(frames.write(kind, slices, first_ticket))

    def read_all(self):
        """Everything that is there, up to a turn's worth; whether there was anything."""
        for turn in range(FRAMES_PER_TURN):
            try:
                data = self.socket.recv(zmq.NOBLOCK)
            except zmq.Again:
                return turn > 0
            self.take(*frames.read(data))
        return True

    def take(self, kind, _, slices):
        self.heard_at = time.perf_counter()
        if kind == Type.WELCOME:
            welcome = messages.read_welcome(slices[0])
            if welcome["nonce"] == self.nonce:
                self.credit, self.is_open = welcome["credit"], True
                self.opened()
        elif kind == Type.RECEIPTS:
            for one in slices:
                self.credit += 1
                self.receipt(wire.receipt(one))
        elif kind == Type.NOTICES:
            self.notices([wire.notice(one) for one in slices])
        elif kind == Type.CAUGHT_UP:
            self.caught_up(messages.read_caught_up(slices[0]))
        elif kind == Type.HEARTBEAT:
            self.send(Type.HEARTBEAT_REPLY, slices)
        elif kind == Type.HEARTBEAT_REPLY:
            self.replies.add(messages.read_heartbeat(slices[0]))
        elif kind == Type.GOODBYE:
            self.ended, self.is_open = messages.read_goodbye(slices[0]), False
            self.goodbyes[self.ended] += 1

    def heartbeat(self, number):
        self.send(Type.HEARTBEAT, [messages.heartbeat(number)])

    def opened(self):
        pass

    def receipt(self, receipt):
        pass

    def notices(self, notices):
        pass

    def caught_up(self, number):
        pass


class Publisher(Peer):
    """Sends numbered events in order; those without a receipt again, first, after every connection."""

    def __init__(self, context, link, make_event, on_receipt):
        super().__init__(context, link)
        self.make_event = make_event  # number -> bytes
        self.on_receipt = on_receipt  # number, receipt -> True when the number is settled
        self.waiting = collections.deque()  # numbers to send
        self.in_flight = {}  # ticket -> number, ascending
        self.window = 64
        self.batch = 16

    def offer(self, numbers):
        self.waiting.extend(numbers)

    @property
    def unsettled(self):
        return len(self.waiting) + len(self.in_flight)

    def opened(self):
        self.pump()

    def close(self):
        super().close()
        self.waiting.extendleft(reversed(self.in_flight.values()))
        self.in_flight.clear()

    def pump(self):
        while self.is_open and self.waiting:
            count = min(self.window - len(self.in_flight), self.credit, self.batch, len(self.waiting))
            if count <= 0:
                return
            numbers = [self.waiting.popleft() for _ in range(count)]
            first = self.ticket + 1
            for number in numbers:
                self.ticket += 1
                self.in_flight[self.ticket] = number
            self.credit -= count
            self.send(Type.SUBMIT, [self.make_event(number) for number in numbers], first)

    def receipt(self, receipt):
        number = self.in_flight.pop(receipt.ticket)
        if receipt.status == messages.ACCEPTED and receipt.sequence > self.last_receipt[0]:
            self.last_receipt = (receipt.sequence, receipt.root)
        if not self.on_receipt(number, receipt):
            self.waiting.append(number)

    def read_all(self):
        something = super().read_all()
        self.pump()
        return something


class Subscriber(Peer):
    """Keeps what it is sent, acknowledges in steps, gives credit again, resumes after what it kept."""

    purpose = messages.WATCH

    def __init__(self, context, link, on_notice):
        super().__init__(context, link)
        self.on_notice = on_notice  # notice -> None; each number once
        self.kept = 0
        self.acknowledged = 0
        self.credit_step = 512
        self.acknowledge_every = 32
        self.granted = 0
        self.caught_up_at = None

    def opened(self):
        self.caught_up_at = None
        self.send(Type.SUBSCRIBE, [messages.subscribe(self.kept)])
        self.granted = 0
        self.top_up()

    def top_up(self):
        if self.granted <= self.credit_step:
            self.send(Type.CREDIT, [messages.credit(self.credit_step)])
            self.granted += self.credit_step

    def notices(self, notices):
        self.granted -= len(notices)
        for notice in notices:
            self.on_notice(notice)
            self.kept = max(self.kept, notice.number)
        if self.kept - self.acknowledged >= self.acknowledge_every:
            self.acknowledge()
        self.top_up()

    def acknowledge(self):
        self.acknowledged = self.kept
        self.send(Type.ACKNOWLEDGE, [messages.acknowledge(self.kept)])

    def caught_up(self, number):
        self.caught_up_at = number


class Crowd:
    """Turns of all its peers on one thread."""

    def __init__(self, peers):
        self.peers = list(peers)
        self.poller = zmq.Poller()
        self.by_socket = {}
        self.looked_at = 0.0
        self.anew = 0  # connections begun again

    def connect(self, endpoint):
        self.close()
        for peer in self.peers:
            self.connect_one(peer, endpoint)

    def connect_one(self, peer, endpoint):
        self.forget(peer)
        peer.connect(endpoint)
        self.poller.register(peer.socket, zmq.POLLIN)
        self.by_socket[peer.socket] = peer

    def forget(self, peer):
        if peer.socket is not None:
            self.poller.unregister(peer.socket)
            del self.by_socket[peer.socket]
        peer.close()

    def close(self):
        for peer in self.peers:
            self.forget(peer)

    def turn(self, wait_s):
        """Waits for frames, reads what is there; whether there was anything."""
        ready = self.poller.poll(max(0, wait_s) * 1000)
        for socket, _ in ready:
            self.by_socket[socket].read_all()
        self.look_after()
        return bool(ready)

    def look_after(self):
        """Now and then: who has no session begins again, who was silent shows life."""
        now = time.perf_counter()
        if now - self.looked_at < LOOK_S:
            return
        self.looked_at = now
        for peer in self.peers:
            peer.show_life()
            if peer.needs_anew():
                self.anew += 1
                self.connect_one(peer, peer.endpoint)

    def run_until(self, condition, patience):
        """Whether the condition came true in time."""
        deadline = time.perf_counter() + patience
        while not condition():
            left = deadline - time.perf_counter()
            if left <= 0:
                return False
            self.turn(min(left, 0.05))
        return True

    def run_to(self, moment):
        """Until a moment of perf_counter()."""
        while (left := moment - time.perf_counter()) > 0:
            self.turn(left)

    def drain(self, quiet_s=0.003):
        """Reads what had arrived before the other side died."""
        while self.turn(quiet_s):
            pass
