"""Backups: taken while the hub works, verified to the last entry when put back, and never served from silently."""
import json
import pathlib
import shutil
import threading

import messages
import pytest
import stranger
from messages import ACCEPTED, DUPLICATE

DAMAGED = 71


class Load:
    """A court that sends and sends, in a thread of its own, until it is told to stop."""

    def __init__(self, link, endpoint):
        self.link, self.endpoint = link, endpoint
        self.sequences = {}
        self.ended = threading.Event()
        self.began = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        assert self.began.wait(20), "the load did not begin"
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join(30)

    def run(self):
        with stranger.Stranger(self.link, self.endpoint) as court:
            court.open()
            while not self.ended.is_set():
                names = [f"load-{len(self.sequences) + n}" for n in range(20)]
                for name, receipt in zip(names, court.submit_and_wait([messages.obligation(name) for name in names])):
                    assert receipt["status"] == ACCEPTED
                    self.sequences[name] = receipt["sequence"]
                self.began.set()


def backup(hub, target):
    return json.loads(hub.admin("backup", str(target), "--json").stdout)


def restore(hub, source, target, *more, check=True):
    done = hub.run("restore", str(source), "--data", str(target), "--json", *more, check=False)
    if check:
        assert done.returncode == 0, done.stderr
    return done


def accept(hub, target):
    return hub.run("restore", "--accept-gap", "--reason", "the disk is lost", "--data", str(target), "--json")


def verify(hub, target):
    done = hub.run("trail", "verify", "--json", "--data", str(target), check=False)
    return json.loads(done.stdout)


@pytest.fixture
def backed_up(hub, county, client, tmp_path):
    """A backup of a stopped hub; what was made, and where."""
    hub.add_reviewer()
    court = client(county["court"])
    court.open()
    court.submit_and_wait([messages.obligation(f"e{n}") for n in range(10)])
    court.close()
    hub.stop()
    made = backup(hub, tmp_path / "backup")
    return tmp_path / "backup", made


def test_a_backup_under_load_is_whole_and_signed(hub, county, tmp_path):
    with Load(county["court"], hub.endpoint) as load:
        made = [backup(hub, tmp_path / f"backup-{n}") for n in range(3)]
    assert made[0]["sequence"] < made[2]["sequence"]
    for number, one in enumerate(made):
        target = tmp_path / f"restored-{number}"
        told = json.loads(restore(hub, tmp_path / f"backup-{number}", target).stdout)
        assert told["sequence"] == one["sequence"] and told["root"] == one["root"]
        verdict = verify(hub, target)
        assert verdict["ok"] is True and verdict["entries"] == one["sequence"] and verdict["root"] == one["root"]
    assert max(load.sequences.values()) > made[2]["sequence"]


def test_a_restored_hub_serves_only_when_its_operator_accepts_the_gap(hub, county, client, tmp_path):
    court = client(county["court"])
    court.open()
    before = court.submit_and_wait([messages.obligation(f"before-{n}") for n in range(5)])
    made = backup(hub, tmp_path / "backup")
    lost = court.submit_and_wait([messages.obligation(f"lost-{n}") for n in range(5)])
    assert lost[0]["sequence"] > made["sequence"]
    hub.stop()
    restored = tmp_path / "restored"
    restore(hub, tmp_path / "backup", restored)

    refused = hub.run("hub", "--data", str(restored), "--port", "0", check=False)
    assert refused.returncode == DAMAGED
    assert str(made["sequence"]) in refused.stderr and "restore --accept-gap" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    told = hub.run("partner", "list", "--data", str(restored), check=False)
    assert told.returncode != 0 and "--accept-gap" in told.stderr

    accepted = json.loads(accept(hub, restored).stdout)
    assert accepted["accepted_after"] == made["sequence"]
    assert hub.run("restore", "--accept-gap", "--data", str(restored), check=False).returncode == 1
    hub.data = restored
    assert hub.start()["sequence"] > made["sequence"], "the acceptance is an entry"
    court.open()
    again = court.submit_and_wait([messages.obligation(f"before-{n}") for n in range(5)])
    assert [one["status"] for one in again] == [DUPLICATE] * 5
    assert [one["sequence"] for one in again] == [one["sequence"] for one in before]
    new = court.submit_and_wait([messages.obligation(f"lost-{n}") for n in range(5)])
    assert [one["status"] for one in new] == [ACCEPTED] * 5


def told(hub, question):
    """What was read of it since is in the trail too."""
    return [line for line in hub.review(*question, "--json").stdout.splitlines() if '"kind":"Read"' not in line]


def test_answers_after_a_restore_are_those_before_the_backup(hub, backed_up, tmp_path):
    source, _ = backed_up
    questions = (("alerts", "--state", "all"), ("client", "show", "C-0001"), ("trail", "client", "C-0001"))
    before = [told(hub, question) for question in questions]
    restore(hub, source, tmp_path / "restored")
    accept(hub, tmp_path / "restored")
    hub.data = tmp_path / "restored"
    assert [told(hub, question) for question in questions] == before


def test_a_backup_and_a_restore_never_overwrite(hub, backed_up, tmp_path):
    source, _ = backed_up
    assert hub.admin("backup", str(source), check=False).returncode == 1
    done = restore(hub, source, hub.data, check=False)
    assert done.returncode != 0 and "not empty" in done.stderr
    assert verify(hub, hub.data)["ok"] is True


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) * 3 // 4] ^= 1
    path.write_bytes(content)


def remove(path):
    path.unlink()


@pytest.mark.parametrize("name, harm, told", [
    ("journal.db", cut, "half a copy"),
    ("journal.db", flip, "not what the hub signed"),
    ("journal.db", remove, "half a copy"),
    ("carehub.toml", flip, ""),
    ("manifest", remove, "not finished"),
    ("manifest", cut, "not the manifest"),
    ("manifest", flip, ""),
    ("keys/vault.key", remove, "key"),
    ("keys/vault.keys", remove, "vault.keys"),
    ("keys/vault.keys", cut, ""),
])
def test_a_harmed_backup_is_refused_by_name_and_leaves_no_folder(hub, backed_up, tmp_path, name, harm, told):
    source, _ = backed_up
    harm(source / name)
    done = restore(hub, source, tmp_path / "restored", check=False)
    if name == "keys/vault.keys" and harm is cut and done.returncode == 0:
        return  # the half that is left holds every key: room for more was cut
    assert done.returncode != 0 and told in done.stderr
    assert not (tmp_path / "restored").exists()
    assert not list(tmp_path.glob("restored*"))


def test_a_manifest_that_was_changed_is_not_what_the_hub_signed(hub, backed_up, tmp_path):
    source, made = backed_up
    manifest = source / "manifest"
    manifest.write_text(manifest.read_text().replace(f"size {made['sequence']}", f"size {made['sequence'] - 1}"))
    done = restore(hub, source, tmp_path / "restored", check=False)
    assert done.returncode == DAMAGED and "signed" in done.stderr


def test_another_hubs_key_opens_no_backup(hub, backed_up, binary, tmp_path):
    source, _ = backed_up
    other = type(hub)(binary, tmp_path / "other")
    shutil.copy(other.data / "vault.key", source / "keys" / "vault.key")
    done = restore(hub, source, tmp_path / "restored", check=False)
    assert done.returncode != 0 and "not the key of the hub" in done.stderr
    assert not (tmp_path / "restored").exists()


def test_keys_may_be_kept_elsewhere(hub, backed_up, tmp_path):
    source, _ = backed_up
    shutil.move(source / "keys", tmp_path / "safe")
    assert restore(hub, source, tmp_path / "restored", check=False).returncode != 0
    restore(hub, source, tmp_path / "restored", "--keys", str(tmp_path / "safe"))


def test_what_is_not_the_keys_names_nobody(hub, backed_up):
    source, _ = backed_up
    for path in source.iterdir():
        if path.is_file():
            content = path.read_bytes()
            assert not [secret for secret in (b"C-0001", b"CR-1", b"12345") if secret in content], path.name


def test_a_backup_may_be_moved_and_the_journal_opened_by_nothing_else(hub, backed_up, tmp_path):
    source, made = backed_up
    moved = pathlib.Path(shutil.move(source, tmp_path / "moved"))
    told = json.loads(restore(hub, moved, tmp_path / "restored").stdout)
    assert told["sequence"] == made["sequence"]
