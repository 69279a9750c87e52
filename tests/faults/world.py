"""A data folder with publishers, subscribers and the people both know; made once, copied as often as wanted."""
import dataclasses
import pathlib
import shutil
import subprocess
import tempfile
import time

import events
import paths
import stranger
from hub_run import HubRun, NotReady  # noqa: F401


START_S = 0.1
SLOWNESS_MAX = 20.0


FIRST_STRANGER, STRANGERS = 900_000, 100_000  # numbers of persons who are not in the roster


@dataclasses.dataclass
class Plan:
    publishers: int = 1
    subscribers: int = 1
    persons: int = 16  # of each publisher
    readers: object = None  # person -> subscribers who may know, by a consent; None: all, by agreements
    strangers: int = 0  # every so manyth event is about somebody who is not in the roster; 0: none


@dataclasses.dataclass
class World:
    plan: Plan
    folder: pathlib.Path
    base_us: int
    publishers: list
    subscribers: list
    slowness: float = 1.0  # of the hub's start, against that of an optimised one on an idle machine
    strangers: set = dataclasses.field(default_factory=set)  # more events about somebody not in the roster

    @property
    def staff(self):
        """The operator's link."""
        return stranger.read_link(self.data / "admin.carehub")

    @property
    def data(self):
        return self.folder / "data"

    def hub(self):
        return HubRun(paths.binary(), self.data)

    def copy(self):
        """Of a folder whose hub does not run."""
        folder = _new_folder()
        shutil.copytree(self.data, folder / "data")
        return dataclasses.replace(self, folder=folder, strangers=set())

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def is_of_stranger(self, number):
        return number in self.strangers or (self.plan.strangers > 0 and number % self.plan.strangers == 0)

    def person_of(self, number):
        if self.is_of_stranger(number):
            return FIRST_STRANGER + number % STRANGERS
        turn, publisher = divmod(number, self.plan.publishers)
        return publisher * self.plan.persons + turn % self.plan.persons

    def readers_of(self, number):
        return self.readers_of_person(self.person_of(number))

    def readers_of_person(self, person):
        """Of a stranger's events nobody is told; each of them makes the hub a key."""
        if person >= FIRST_STRANGER:
            return ()
        return range(self.plan.subscribers) if self.plan.readers is None else self.plan.readers(person)


def _new_folder(base=None):
    return pathlib.Path(tempfile.mkdtemp(prefix="carehub-faults-", dir=base or paths.memory_folder()))


def make(plan, folder=None):
    folder = folder or _new_folder()
    try:
        return _make(plan, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make(plan, folder):
    subprocess.run([paths.binary(), "init", str(folder / "data")], check=True, capture_output=True, timeout=60)
    world = World(plan, folder, events.base_now(), [], [])
    hub = world.hub()
    hub.start()
    world.slowness = min(SLOWNESS_MAX, max(1.0, (time.perf_counter() - hub.spawned_at) / START_S))
    try:
        world.publishers = [_partner(hub, folder, f"court-{n}", "court") for n in range(plan.publishers)]
        world.subscribers = [_partner(hub, folder, f"clinic-{n}", "clinic") for n in range(plan.subscribers)]
        _import(hub, folder / "directory" / "staff.csv", _STAFF, "directory", "import", str(folder / "directory"))
        _import(hub, folder / "roster.csv", _roster(world), "roster", "import", str(folder / "roster.csv"))
        if plan.readers is None:
            _import(hub, folder / "agreements.toml", _agreements(plan), "agreement", "import",
                    str(folder / "agreements.toml"))
        else:
            _consents(hub, world)
    finally:
        hub.stop()
    return world


def _partner(hub, folder, name, kind):
    link = folder / f"{name}.carehub"
    subprocess.run([hub.binary, "partner", "add", name, "--kind", kind, "--data", str(hub.data)], check=True,
                   capture_output=True, timeout=60, cwd=folder)
    return stranger.read_link(link)


def _import(hub, path, text, *command):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    hub.admin(*command)


_STAFF = ("staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n"
          "cm.lee,case_manager,east,,,America/New_York,,,,\n")


def _roster(world):
    plan, rows = world.plan, ["client,partner,authority,id_type,id,owner,team,model,tier,transport"]
    for person in range(plan.publishers * plan.persons):
        end = "cm.lee,east,Standard,Low,own"
        client, publisher = f"C-{person:06d}", person // plan.persons
        rows.append(f"{client},court-{publisher},COURT,CASE,{events.person_id(person)},{end}")
        rows += [f"{client},clinic-{one},CLINIC,MR,M{one}-{person},{end}" for one in world.readers_of_person(person)]
    return "\n".join(rows) + "\n"


def _agreements(plan):
    return "".join(
        f'[[agreement]]\ndiscloser = "court-{one}"\nrecipient = "clinic-{other}"\npurpose = "CareCoordination"\n'
        'event_kinds = ["HearingScheduled"]\nform = "full"\nbasis = "test"\n'
        'valid_from = "2020-01-01"\nvalid_until = "2099-12-31"\n\n'
        for one in range(plan.publishers) for other in range(plan.subscribers))


def _consents(hub, world):
    for person in range(world.plan.publishers * world.plan.persons):
        recipients = ";".join(f"clinic-{one}" for one in world.readers_of_person(person))
        hub.admin("consent", "grant", f"C-{person:06d}", "--id", "c", "--kind", "HipaaAuthorization", "--discloser",
                  "court", "--recipients", recipients, "--purpose", "CareCoordination", "--signed", "2020-01-01")
