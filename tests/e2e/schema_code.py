"""FlatBuffers code for the schemas, generated once per test run into a temporary folder."""
import pathlib
import subprocess
import sys
import tempfile

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "schemas"
WIRE = ["vocabulary", "event", "receipt", "command", "notice", "frame"]

_folder = tempfile.TemporaryDirectory(prefix="carehub-schemas-")
subprocess.run(
    ["flatc", "--python", "-o", _folder.name, *(str(SCHEMAS / f"{name}.fbs") for name in WIRE)],
    check=True,
    stdout=subprocess.DEVNULL,
)
sys.path.insert(0, _folder.name)
