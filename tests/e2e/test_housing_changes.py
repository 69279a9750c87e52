"""A housing provider's exports, one after the other: what is taken back and told again reaches the hub each time."""
import datetime
import json
import select
import subprocess

import pytest

ROSTER = (
    "client,partner,authority,id_type,id,owner,team,model,tier,transport\n"
    "C-0001,harbor,HARBOR,HMIS,P-1,cm.lee,east,Standard,Low,own\n")
STAFF = (
    "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
    "cm.lee,case_manager,east,,,America/New_York,,,,\n")
AGREEMENT = """\
[[agreement]]
discloser = "harbor"
recipient = "owner"
purpose = "CareCoordination"
event_kinds = []
form = "full"
basis = "test"
valid_from = "2020-01-01"
valid_until = "2099-12-31"
"""
SITE = """\
[feed]
name = "hmis"
zone = "America/New_York"
authority = "HARBOR"
[watch]
folder = "in"
"""


def day(back):
    return (datetime.date.today() - datetime.timedelta(days=back)).isoformat()


def tables(hour, moved_in):
    stamp = f"{day(1)} {hour:02}:00:00"
    return {
        "Export": "ExportID,ExportDate,ExportStartDate,ExportEndDate,CSVVersion,ExportPeriodType,ExportDirective,"
                  f"HashStatus,ImplementationID\n1,{stamp},{day(300)},{day(0)},2024 v1.0,3,2,1,Harbor\n",
        "Organization": "OrganizationID,VictimServiceProvider\nO1,0\n",
        "Project": "ProjectID,OrganizationID,ProjectType\nHOMES,O1,3\n",
        "Client": f"PersonalID,NameDataQuality,DOBDataQuality,DateUpdated\nP-1,99,99,{day(9)} 10:00:00\n",
        "Enrollment": "EnrollmentID,PersonalID,ProjectID,EntryDate,MoveInDate,DateUpdated,DateDeleted\n"
                      f"E-1,P-1,HOMES,{day(90)},{moved_in},{stamp},\n",
        "Exit": "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,DateUpdated,DateDeleted\n"
                f"X-1,E-1,P-1,{day(2)},116,{day(2)} 12:00:00,\n",
    }


@pytest.fixture
def site(hub, tmp_path):
    link = hub.add_partner("harbor", "housing")
    for name, text in (("roster.csv", ROSTER), ("directory/staff.csv", STAFF), ("harbor.toml", SITE),
                       ("agreement.toml", AGREEMENT)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    hub.admin("directory", "import", str(tmp_path / "directory"))
    hub.admin("roster", "import", str(tmp_path / "roster.csv"))
    hub.admin("agreement", "import", str(tmp_path / "agreement.toml"))
    (tmp_path / "in").mkdir()
    adapter = subprocess.Popen(
        [hub.binary, "adapter", "housing", "--link", str(link), "--config", str(tmp_path / "harbor.toml")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    readable, _, _ = select.select([adapter.stdout], [], [], 30)
    assert readable and '"ready":true' in adapter.stdout.readline()
    yield adapter
    if adapter.poll() is None:
        adapter.kill()
        adapter.communicate(timeout=30)


def put(folder, name, made):
    """As a whole, under its own name at the end."""
    export = folder / (name + ".tmp")
    export.mkdir()
    for table, text in made.items():
        (export / (table + ".csv")).write_text(text)
    export.rename(folder / name)


def is_loss_raised(hub):
    alerts = map(json.loads, hub.review("alerts", "list", "--json").stdout.splitlines())
    return any((alert["rule"], alert["state"]) == ("HousingLost", "Raised") for alert in alerts)


def test_a_loss_that_is_taken_back_and_told_again_is_raised_again(hub, site, tmp_path):
    for hour, (moved_in, is_lost) in enumerate(((day(60), True), ("", False), (day(60), True))):
        put(tmp_path / "in", f"night-{hour}", tables(hour, moved_in))
        hub.wait_for(lambda: is_loss_raised(hub) == is_lost)
    site.terminate()
    out, log = site.communicate(timeout=30)
    assert site.returncode == 0, log
    counted = json.loads(out.strip().splitlines()[-1])
    assert counted["refused"] == counted["duplicate"] == 0, counted
