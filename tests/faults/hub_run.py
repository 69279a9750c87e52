"""The hub as a process that may fail: started bare or below a tracer, killed, awaited, asked."""
import json
import os
import pathlib
import select
import signal
import subprocess
import time

# A sanitised hub cannot look for leaks below a tracer.
_ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
READY_S = 20.0
EXIT_S = 20.0


class NotReady(Exception):
    """The hub ended, or said nothing, before its ready line."""

    def __init__(self, code, log):
        super().__init__(f"not ready: exit {code}: {log}")
        self.code = code
        self.log = log


class HubRun:
    """One data folder; `start()` and `kill()` as often as wanted, on one port."""

    def __init__(self, binary, data):
        self.binary = binary
        self.data = pathlib.Path(data)
        self.log_path = self.data.parent / "hub.log"
        self.process = None
        self.endpoint = None
        self.port = 0
        self.spawned_at = 0.0

    def spawn(self, prefix=(), more=()):
        """Without waiting for the ready line. A tracer in `prefix` runs as the hub's child (strace -D)."""
        self.spawned_at = time.perf_counter()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [*prefix, self.binary, "hub", "--data", str(self.data), "--port", str(self.port), *more],
                stdout=subprocess.PIPE, stderr=log, env=_ENVIRONMENT)

    def wait_ready(self, patience=READY_S):
        readable, _, _ = select.select([self.process.stdout], [], [], patience)
        line = self.process.stdout.readline() if readable else b""
        if not line:
            code = self.wait_exit()
            raise NotReady(code, self.log_tail())
        ready = json.loads(line)
        self.endpoint = ready["endpoint"]
        self.port = int(self.endpoint.rsplit(":", 1)[1])
        return ready

    def start(self, *more, prefix=()):
        self.spawn(prefix, more)
        return self.wait_ready()

    def kill(self):
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=EXIT_S)
        self.process.stdout.close()

    def stop(self):
        """In good order; the exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.terminate()
        return self.wait_exit()

    def wait_exit(self, patience=EXIT_S):
        """The exit code, negative for a signal; None when it had to be killed."""
        try:
            code = self.process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = None
        self.process.stdout.close()
        return code

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def log_tail(self, lines=3):
        text = self.log_path.read_text(errors="replace") if self.log_path.exists() else ""
        return " | ".join(text.strip().splitlines()[-lines:])

    def threads(self):
        """Thread ids in the order of their making: main, libzmq's, then the hub's."""
        return sorted(int(one) for one in os.listdir(f"/proc/{self.process.pid}/task"))

    def resident_bytes(self):
        pages = int(pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def admin(self, *arguments, check=True):
        done = subprocess.run([self.binary, *arguments, "--data", str(self.data)], capture_output=True, text=True,
                              timeout=120)
        if check and done.returncode != 0:
            raise AssertionError(f"carehub {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return done

    def run_bare(self, *arguments):
        """What the program says, without a folder."""
        return subprocess.run([self.binary, *arguments], capture_output=True, text=True, timeout=60).stdout

    def verify(self, checkpoint=None):
        """`trail verify` as a dictionary, against the ledger or a checkpoint kept elsewhere."""
        more = [str(checkpoint)] if checkpoint else []
        done = self.admin("trail", "verify", "--json", *more, check=False)
        try:
            return json.loads(done.stdout)
        except json.JSONDecodeError:
            return {"ok": False, "problem": (done.stderr or done.stdout).strip()}
