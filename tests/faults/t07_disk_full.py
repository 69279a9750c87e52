"""T07: a disk of 64 MiB that fills and is freed again and again.

Laws: producers are told DiskLow, which is temporary, before space ends; a receipt is durable; reading and
`trail verify` go on while the disk is full; events are taken again within 5 s of room; nothing is lost and each
person's order holds, though producers were sent away.
"""
import collections
import os
import pathlib
import random
import subprocess
import tempfile
import time

import events
import messages
import peers
import stranger
import world
import zmq
from book import Book
from outcome import Skip, percentile

DISK_MIB = 64
PLAN = world.Plan(publishers=1, subscribers=1, persons=16)
RATE = 150  # events a second: 50 cycles fit on the disk
PAUSE_S = 1.0  # of a producer that was refused for a time
STEP_MIB = 4
STEP_S = 0.08  # between steps of a filling disk: the hub looks every 200 ms
LOW_S = 5.0  # until DiskLow, once less than the reserve is free
HELD_S = 1.0  # full, before it is freed
RESUME_S = 5.0
ANSWER_S = 5.0
KILL_ONE_IN = 5
KEEPS_FREE_KIB = (0, 16, 256, 2_048)  # what a fill leaves
CONTROLS = ("lost receipt", "resume late", "low never")


class Patient(peers.Publisher):
    """Sent away for a time, it waits until everything is answered, and comes again in the old order."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.refused = []
        self.rests_until = 0.0
        self.accepted_at = self.refused_at = 0.0

    def pump(self):
        if self.refused:
            if self.in_flight or time.perf_counter() < self.rests_until:
                return
            self.waiting = collections.deque(sorted([*self.refused, *self.waiting]))
            self.refused.clear()
        super().pump()

    def receipt(self, receipt):
        number = self.in_flight.pop(receipt.ticket)
        if self.on_receipt(number, receipt):
            self.accepted_at = time.perf_counter()
            return
        self.refused.append(number)
        self.refused_at = time.perf_counter()
        self.rests_until = self.refused_at + PAUSE_S

    @property
    def unsettled(self):
        return super().unsettled + len(self.refused)


class Disk:
    """A tmpfs and somebody else's file on it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="carehub-disk-"))
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(self.folder)],
                              capture_output=True, text=True)
        if done.returncode != 0:
            self.folder.rmdir()
            raise Skip(f"no tmpfs can be mounted here: {done.stderr.strip()}")
        self.filler = self.folder / "filler"

    def free(self):
        room = os.statvfs(self.folder)
        return room.f_bavail * room.f_frsize

    def take(self, size):
        """Somebody else writes so many bytes; False when there is no room."""
        with open(self.filler, "ab") as file:
            try:
                os.posix_fallocate(file.fileno(), file.tell(), max(1, size))
                return True
            except OSError:
                return False

    def release(self):
        self.filler.unlink(missing_ok=True)

    def close(self):
        self.release()
        subprocess.run(["umount", "-l", str(self.folder)], check=False)
        self.folder.rmdir()


class Scene:
    def __init__(self, seed, tally, control):
        self.random = random.Random(seed)
        self.tally, self.findings, self.control = tally, tally.findings, control
        self.disk = Disk()
        self.world = world.make(PLAN, self.disk.folder)
        self.hub = self.world.hub()
        self.hub.log_path = pathlib.Path(tempfile.mkstemp(prefix="carehub-hub-log-")[1])
        self.book = Book(self.world, self.findings)
        self.next, self.offered_at = 0, time.perf_counter()
        make, context = events.Template().event, zmq.Context.instance()
        self.publisher = Patient(context, self.world.publishers[0],
                                 lambda n: make(n, self.world.person_of(n), self.world.base_us), self.book.receipt)
        self.publisher.window = 32
        self.subscriber = peers.Subscriber(context, self.world.subscribers[0], lambda one: self.book.notice(0, one))
        self.crowd = peers.Crowd([self.publisher, self.subscriber])
        self.admin = None

    def start(self):
        self.hub.start()
        self.crowd.connect(self.hub.endpoint)
        self.run_until("sessions", lambda: self.publisher.is_open and self.subscriber.is_open)

    def turn(self):
        """Events come at their rate, as long as the producer is not sent away."""
        now = time.perf_counter()
        if not self.publisher.refused and self.publisher.unsettled < 64:
            due = int(RATE * (now - self.offered_at))
            if due > 0:
                numbers = range(self.next, self.next + due)
                self.next += due
                self.book.sent.update(numbers)
                self.publisher.offer(numbers)
                self.offered_at = now
        else:
            self.offered_at = now
        self.publisher.pump()
        self.crowd.turn(0.005)
        if not self.hub.is_alive():
            raise Fell(self.hub.wait_exit())

    def run_until(self, what, condition, patience=20.0):
        """Seconds it took; None, and a law broken, when it did not come true."""
        begin = time.perf_counter()
        while not condition():
            if time.perf_counter() - begin > patience:
                self.findings.broken("stuck", f"not in {patience:.0f} s: {what}")
                return None
            self.turn()
        return time.perf_counter() - begin

    def run_for(self, seconds):
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.turn()

    # --- One cycle ---

    def cycle(self, number):
        before = self.publisher.accepted_at
        self.run_until("events are taken", lambda: self.publisher.accepted_at > before)
        self.fill()
        self.look(number)
        if number % KILL_ONE_IN == KILL_ONE_IN - 1:
            self.fall()
        self.release()
        self.tally.add("cycles")

    def fill(self):
        """At once, or step by step: then DiskLow has to come before the end."""
        gradual, leave = self.random.random() < 0.5, self.random.choice(KEEPS_FREE_KIB) << 10
        self.tally.add("filled step by step" if gradual else "filled at once")
        begin = time.perf_counter()
        while gradual and self.disk.free() - leave > STEP_MIB << 20:
            self.disk.take(STEP_MIB << 20)
            self.run_for(STEP_S)
            if self.publisher.refused_at > begin:
                self.tally.sample("free at the first DiskLow MiB", self.disk.free() / 2**20)
                gradual = False
        if gradual:
            self.findings.broken("low", "the disk filled and no DiskLow came before the end")
        self.disk.take(self.disk.free() - leave)
        self.tally.sample("free when full KiB", self.disk.free() / 1024)
        is_told = (lambda: False) if self.control == "low never" else (lambda: self.publisher.refused_at > begin)
        low = self.run_until("DiskLow", is_told, LOW_S)
        if low is None:
            self.findings.broken("low", "no DiskLow on a full disk")

    def look(self, number):
        """People read while the disk is full."""
        self.run_for(HELD_S)
        try:
            with stranger.Stranger(self.world.staff, self.hub.endpoint) as person:
                person.open(messages.STAFF, ANSWER_S)
                answer = person.ask(1, "status")
                if answer[-1]["reason"] != 0:
                    self.findings.broken("reading", f"status is refused: {answer[-1]['reason']}")
        except (stranger.Timeout, stranger.Ended) as failed:
            self.findings.broken("reading", f"status is not answered: {type(failed).__name__} {failed}")
        verdict = self.hub.verify()
        if not verdict["ok"]:
            self.findings.broken("tree", str(verdict["problem"]))

    def fall(self):
        """Killed on a full disk; a start there may refuse by name, never lose anything."""
        self.hub.kill()
        self.crowd.drain()
        self.crowd.close()
        self.tally.add("kills on a full disk")
        try:
            self.start()
            self.tally.add("starts on a full disk")
        except (world.NotReady, Fell) as fell:
            self.tally.add(f"starts on a full disk refused with exit {fell.code}")
            if fell.code not in (1, 70, 71, 72):
                self.findings.broken("exit", f"start on a full disk: {fell.code}: {self.hub.log_tail()}")
            self.disk.release()
            self.start()

    def release(self):
        self.disk.release()
        begin = time.perf_counter()
        took = self.run_until("events are taken again", lambda: self.publisher.accepted_at > begin, RESUME_S * 2)
        if self.control == "resume late":
            took = RESUME_S * 2
        if took is not None:
            self.tally.sample("events taken again after s", took)
        if took is None or took > RESUME_S:
            self.findings.broken("resume", f"events were taken again after {took} s")

    # --- The end ---

    def settle(self):
        if self.control == "lost receipt":
            number = self.next + 10**6
            self.book.sent.add(number)
            self.book.promised[number] = 10**9
            self.book.effects[0][number] = 10**9
        self.hub.kill()
        self.crowd.drain()
        self.crowd.close()
        self.hub.start()
        self.crowd.connect(self.hub.endpoint)
        self.publisher.waiting.extend(sorted(self.book.promised))
        self.run_until("everything is repeated and delivered",
                       lambda: not self.publisher.unsettled and self.book.owed() <= 0, 30.0)
        self.crowd.close()
        self.book.settle()
        code = self.hub.stop()
        if code != 0:
            self.findings.broken("stop", f"the hub ended with {code}")
        if not self.hub.verify()["ok"]:
            self.findings.broken("tree", "at the end")

    def close(self):
        self.crowd.close()
        if self.hub.is_alive():
            self.hub.kill()
        self.hub.log_path.unlink(missing_ok=True)
        self.disk.close()


class Fell(Exception):
    """The hub ended by itself."""

    def __init__(self, code):
        super().__init__(f"exit {code}")
        self.code = code


def run(options, tally):
    cycles = 1 if options.control else options.cycles
    scene = Scene(options.seed, tally, options.control)
    try:
        scene.start()
        for number in range(cycles):
            scene.cycle(number)
        scene.settle()
    except Fell as fell:
        tally.findings.broken("exit", f"the hub ended with {fell.code}: {scene.hub.log_tail()}")
    finally:
        scene.close()
    tally.add("events with a receipt", len(scene.book.promised))
    tally.add("notices taken", len(scene.book.effects[0]))
    tally.tables["refused for a time"] = dict(scene.book.refused)
    for what in ("free at the first DiskLow MiB", "events taken again after s"):
        samples = tally.samples[what]
        tally.figures[what + ", p50"] = percentile(samples, 50)
        tally.figures[what + ", worst"] = round((min if "free" in what else max)(samples), 2) if samples else None
