"""Each harness finds the fault that is planted for it: a harness that cannot fail proves nothing."""
import importlib

import pytest
import shares

CONTROLS = [(name, control) for name, (module, _) in shares.TESTS.items()
            for control in importlib.import_module(module).CONTROLS]


@pytest.mark.control
@pytest.mark.parametrize("name, control", CONTROLS)
def test_a_planted_fault_is_found(harness, name, control):
    report = harness(name, control)
    assert report["ok"], f"the planted fault was not found: {report['broken']}"
