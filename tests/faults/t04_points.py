"""Where T04 lets a call fail: every call of a run without faults, by thread, file and count.

*start* points are of the main thread, traced from its first call on (start, recovery, stop); *run* points are of
the other threads, which strace joins when the hub is ready.
"""
import dataclasses
import random

import tracing

ERRORS = {
    "pwrite64": ("EIO", "ENOSPC", "EINTR"),
    "write": ("EIO", "ENOSPC", "EINTR"),
    "fdatasync": ("EIO", "ENOSPC", "EINTR"),
    "fsync": ("EIO", "ENOSPC", "EINTR"),
    "ftruncate": ("EIO", "ENOSPC", "EINTR"),
    "fallocate": ("EIO", "ENOSPC", "EINTR"),
    "openat": ("EIO", "ENOSPC", "EINTR", "EMFILE", "ENOMEM"),
    "rename": ("EIO", "ENOSPC"),
    "unlink": ("EIO", "ENOSPC"),
}
ZONES = "/usr/share/zoneinfo"
FOR_EVER = ("EIO", "ENOSPC")  # also as a fault that stays


@dataclasses.dataclass(frozen=True)
class Point:
    phase: str  # start, run or checkpoint
    call: str
    place: str  # file relative to the data folder, an absolute path, or a kind of descriptor
    count: int  # which call of its thread on that file
    error: str = ""
    stays: bool = False
    thread: int = 0  # place among the threads, where the descriptor has no path

    @property
    def name(self):
        return f"{self.phase} {self.call} {self.place or 'folder'} {self.count}{'+' if self.stays else ''} {self.error}"

    @property
    def has_path(self):
        return not self.place.startswith("<")

    @property
    def is_of_the_folder(self):
        return self.has_path and not self.place.startswith("/")

    def inject(self):
        return f"{self.call}:error={self.error}:when={self.count}{'+' if self.stays else ''}"


def place_of(call, data):
    path = call.path
    if path.startswith(str(data)):
        return path[len(str(data)) :].lstrip("/")
    return path if path.startswith("/") else "<" + path.split(":")[0] + ">"


def enumerate_points(calls, data, ready_at, threads, bulk):
    """(point without error) of a clean run, each once. `bulk`: (begin, end) of the part with a checkpoint."""
    main, counts, points = threads[0], {}, []
    for call in calls:
        if call.call not in ERRORS:
            continue
        is_main = call.thread == main
        if not is_main and call.at < ready_at:
            continue
        place = place_of(call, data)
        if place.startswith("/") and not place.startswith(ZONES):
            continue  # the loader's and the C library's searches
        of_path = not place.startswith("<")
        key = (call.thread, call.call, place if of_path else "<")
        counts[key] = counts.get(key, 0) + 1
        phase = "start" if is_main else "run"
        if not is_main and bulk and call.at >= bulk[0]:
            if not place.startswith("journal.db") or place.endswith("-shm") or call.at > bulk[1]:
                continue
            phase = "checkpoint"
        thread = threads.index(call.thread) if call.thread in threads else 0
        points.append(Point(phase, call.call, place, counts[key], thread=0 if of_path else thread))
    return list(dict.fromkeys(points))


def choose(points, wanted, seed):
    """`wanted` points with their errors: every group of calls alike gets its turn before any gets a second."""
    rng = random.Random(seed)
    groups = {}
    for point in points:
        group = groups.setdefault((point.phase, point.call, point.place, point.thread), [])
        for error in ERRORS[point.call]:
            group.append(dataclasses.replace(point, error=error))
            if error in FOR_EVER and point.is_of_the_folder:
                group.append(dataclasses.replace(point, error=error, stays=True))
    for group in groups.values():
        rng.shuffle(group)
    order = sorted(groups, key=lambda key: (not key[2].startswith("journal"), key))
    chosen = []
    while len(chosen) < wanted and any(groups.values()):
        for key in order:
            if groups[key] and len(chosen) < wanted:
                chosen.append(groups[key].pop())
            if key[2].startswith("journal") and groups[key] and len(chosen) < wanted:
                chosen.append(groups[key].pop())  # the files that receipts rest on: twice as many
    return chosen


def tracing_arguments(point, data):
    more = {"inject": point.inject()}
    if point.has_path:
        more["path"] = data / point.place if point.is_of_the_folder else point.place
        if point.is_of_the_folder and not point.place:
            more["path"] = data
    return more


CALLS = tracing.DATA_CALLS
