"""strace as fault machine and witness: injects at one call, and tells what was called when.

`-P` limits counting to one file; a count is of one thread. Times are of CLOCK_REALTIME, as time.time().
"""
import dataclasses
import re
import shutil
import signal
import subprocess
import time

from outcome import Skip

ATTACH_S = 10.0
DATA_CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "openat", "rename", "unlink", "fallocate")

_LINE = re.compile(r"^(?:(?P<thread>\d+) +)?(?P<at>\d+\.\d+) (?P<call>\w+)\((?P<rest>.*)$")
_RESUMED = re.compile(r"^(?:(?P<thread>\d+) +)?(?P<at>\d+\.\d+) <\.\.\. (?P<call>\w+) resumed>(?P<rest>.*)$")
_END = re.compile(r"= (?P<result>-?\d+|\?)(?P<tail>.*?)(?: <(?P<took>[\d.]+)>)?$")
_HEX = re.compile(r"(?:\\x[0-9a-f]{2})+")


@dataclasses.dataclass
class Call:
    thread: int
    at: float  # begin
    call: str
    rest: str
    result: str = "?"
    tail: str = ""
    took: float = 0.0

    @property
    def end(self):
        return self.at + self.took

    @property
    def is_injected(self):
        return "(INJECTED)" in self.tail

    @property
    def path(self):
        """Of the descriptor, or the last quoted argument of a call that takes names."""
        text = unhex(self.rest)
        if self.call in ("openat", "rename", "renameat", "unlink", "unlinkat"):
            names = re.findall(r'"([^"]*)"', text)
            return names[-1] if names else ""
        found = re.match(r"\d+<(.*?)>[,)]", text)
        return found.group(1) if found else ""

    def data(self):
        """The bytes of the first buffer argument, of a log written with -xx."""
        found = re.search(r'"((?:\\x[0-9a-f]{2})*)"', self.rest)
        return bytes.fromhex(found.group(1).replace("\\x", "")) if found else b""


def unhex(text):
    return _HEX.sub(lambda found: bytes.fromhex(found.group(0).replace("\\x", "")).decode(errors="replace"), text)


def require():
    if shutil.which("strace") is None:
        raise Skip("strace is not installed")


def read_log(path):
    calls, open_calls = [], {}
    with open(path, errors="replace") as file:
        for line in file:
            _read_line(line.rstrip("\n"), calls, open_calls)
    return calls


def _read_line(line, calls, open_calls):
    resumed = _RESUMED.match(line)
    if resumed:
        call = open_calls.pop((resumed["thread"], resumed["call"]), None)
        if call is not None:
            call.rest += resumed["rest"]
            _finish(call, resumed["rest"], float(resumed["at"]))
        return
    begun = _LINE.match(line)
    if not begun:
        return
    call = Call(int(begun["thread"] or 0), float(begun["at"]), begun["call"], begun["rest"])
    calls.append(call)
    if call.rest.endswith("<unfinished ...>"):
        open_calls[(begun["thread"], call.call)] = call
    else:
        _finish(call, call.rest, None)


def _finish(call, text, resumed_at):
    end = _END.search(text)
    if not end:
        return
    call.result, call.tail = end["result"], end["tail"]
    call.took = float(end["took"]) if end["took"] else 0.0
    if resumed_at is not None and not call.took:
        call.took = resumed_at - call.at


def options(log, calls, *, inject=None, path=None, bytes_shown=None):
    """Arguments of strace without program or process."""
    out = ["-ttt", "-T", "-y", "-o", str(log), "-e", "trace=" + ",".join(calls)]
    if bytes_shown:
        out += ["-xx", "-s", str(bytes_shown)]
    if path:
        out += ["-P", str(path)]
    if inject:
        out += ["-e", "inject=" + inject]
    return out


def prefix(log, calls, *, all_threads=True, **more):
    """To be put before the program: the program is our child, strace its own grandchild."""
    threads = ["-f", "--seccomp-bpf"] if all_threads else []
    return ["strace", "-D", *threads, *options(log, calls, **more)]


class Attached:
    """strace on threads of a running process, until closed."""

    def __init__(self, log, calls, *, process=None, thread=None, **more):
        target = ["-f", "-p", str(process)] if process else ["-p", str(thread)]
        self.log = log
        self.strace = subprocess.Popen(["strace", *options(log, calls, **more), *target], stderr=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL, text=True)
        line = self.strace.stderr.readline()
        if "attached" not in line:
            self.close()
            raise RuntimeError(f"strace did not attach: {line.strip()}")

    def close(self):
        """Lets the process run on, untraced."""
        if self.strace.poll() is None:
            self.strace.send_signal(signal.SIGINT)
        try:
            self.strace.wait(timeout=ATTACH_S)
        except subprocess.TimeoutExpired:
            self.strace.kill()
            self.strace.wait()
        self.strace.stderr.close()

    def calls(self):
        return read_log(self.log)


def now():
    """The clock of the logs."""
    return time.time()
