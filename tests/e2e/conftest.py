import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import hub_process  # noqa: E402
import stranger  # noqa: E402


@pytest.fixture
def binary():
    path = os.environ.get("CAREHUB_BIN")
    if not path or not os.path.exists(path):
        pytest.skip("CAREHUB_BIN names no carehub binary")
    return pathlib.Path(path).resolve()


@pytest.fixture
def hub(binary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = hub_process.Hub(binary, tmp_path)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def county(hub, tmp_path):
    """A court, a clinic that may know of hearings, and a person both know."""
    links = {
        "court": stranger.read_link(hub.add_partner("court", "court")),
        "clinic": stranger.read_link(hub.add_partner("clinic", "clinic")),
    }
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
        "C-0001,court,COURT,CASE,CR-1,cm.lee,east,Standard,Low,own\n"
        "C-0001,clinic,CLINIC,MR,12345,cm.lee,east,Standard,Low,own\n")
    staff = tmp_path / "directory"
    staff.mkdir()
    (staff / "staff.csv").write_text(
        "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
        "cm.lee,case_manager,east,,,America/New_York,,,,\n")
    agreement = tmp_path / "agreement.toml"
    agreement.write_text(
        '[[agreement]]\ndiscloser = "court"\nrecipient = "clinic"\npurpose = "CareCoordination"\n'
        'event_kinds = ["HearingScheduled"]\nform = "full"\nbasis = "test"\n'
        'valid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n')
    hub.admin("directory", "import", str(staff))
    hub.admin("roster", "import", str(roster))
    hub.admin("agreement", "import", str(agreement))
    return links


@pytest.fixture
def client(hub):
    """Makes strangers that connect where the hub listens, and closes them all."""
    made = []

    def make(link):
        one = stranger.Stranger(link, hub.endpoint)
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()
        one.context.term()
