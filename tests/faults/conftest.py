import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import paths  # noqa: E402
import shares  # noqa: E402


@pytest.fixture
def harness():
    """Runs one test of the list; skipped where the machine or the hub cannot."""
    try:
        paths.binary()
    except paths.NoBinary as missing:
        pytest.skip(str(missing))

    def run(name, control=None):
        report = shares.run_control(name, control, 1) if control else shares.run_test(name, seed=1, share="quick")
        if "skipped" in report:
            pytest.skip(report["skipped"])
        print(report)  # told when the test fails
        return report

    return run
