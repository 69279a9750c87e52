"""The real hub as a process: made, started, killed and asked through its command line."""
import json
import os
import pathlib
import select
import signal
import subprocess
import time

READY_S = 30.0


class Hub:
    def __init__(self, binary, folder):
        self.binary = str(binary)
        self.data = pathlib.Path(folder) / "data"
        self.process = None
        self.endpoint = None
        self.port = 0
        self.reviewer = None  # link file of a supervisor, once one looks
        self.log = subprocess.DEVNULL  # where the hub's log goes: a file, for who wants to read it
        self.run("init", str(self.data))

    def run(self, *arguments, check=True):
        done = subprocess.run([self.binary, *arguments], capture_output=True, text=True, timeout=60)
        if check and done.returncode != 0:
            raise AssertionError(f"carehub {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return done

    def admin(self, *arguments, check=True):
        return self.run(*arguments, "--data", str(self.data), check=check)

    def review(self, *arguments, check=True):
        """As a supervisor whom the directory does not name, and says why: it reads about clients that nobody supervises.
        Of a stopped hub too."""
        self.add_reviewer()
        return self.admin(*arguments, "--link", str(self.reviewer), "--reason", "a test looks at it", check=check)

    def add_reviewer(self):
        if self.reviewer is None:
            self.reviewer = self.add_partner("reviewer", "staff", "--role", "supervisor")

    def start(self, *more):
        self.process = subprocess.Popen(
            [self.binary, "hub", "--data", str(self.data), "--port", str(self.port), *more],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        readable, _, _ = select.select([self.process.stdout], [], [], READY_S)
        line = self.process.stdout.readline() if readable else ""
        ready = json.loads(line) if line else {}
        assert ready.get("ready") is True, "the hub did not get ready"
        self.endpoint = ready["endpoint"]
        # Clients know one endpoint: a restarted hub listens where it did.
        self.port = int(self.endpoint.rsplit(":", 1)[1])
        return ready

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        assert self.process.wait(timeout=30) == 0
        self.process.stdout.close()

    def is_alive(self):
        return self.process.poll() is None

    def add_partner(self, name, kind, *more):
        """Returns the path of the link file."""
        before = set(self._links())
        self.admin("partner", "add", name, "--kind", kind, *more)
        new = set(self._links()) - before
        assert len(new) == 1, "partner add writes one link file"
        return new.pop()

    def _links(self):
        places = [self.data, self.data.parent, pathlib.Path.cwd()]
        return [path for place in places for path in place.glob("*.carehub")]

    def wait_for(self, condition, patience=READY_S):
        deadline = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < deadline, "the condition did not come true in time"
            select.select([], [], [], 0.02)
