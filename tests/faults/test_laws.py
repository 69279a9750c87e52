"""The quick share: each harness, small, on the hub under test."""
import pytest
import shares


@pytest.mark.parametrize("name", shares.TESTS)
def test_no_law_is_broken_under_faults(harness, name):
    report = harness(name)
    assert report["ok"], report["problems"]
