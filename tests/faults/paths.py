"""Where the stranger's client, the schemas' code and the binary under test are found."""
import os
import pathlib
import sys

E2E = pathlib.Path(__file__).resolve().parents[1] / "e2e"
sys.path.insert(0, str(E2E))

MEMORY = pathlib.Path("/dev/shm")


class NoBinary(Exception):
    """CAREHUB_BIN names no program."""


def binary():
    path = os.environ.get("CAREHUB_BIN", "")
    if not os.path.exists(path):
        raise NoBinary("CAREHUB_BIN names no carehub binary")
    return str(pathlib.Path(path).resolve())


def memory_folder():
    """A kill does not test the disk: folders in memory make its cycles short."""
    return str(MEMORY) if MEMORY.is_dir() else None
