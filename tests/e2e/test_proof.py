"""What the hub hands out to be held against it: checkpoints in heartbeats and in a witness folder, bundles that a second
checker reads, partners that find out a hub that was set back."""
import base64
import json
import shutil
import signal
import subprocess

import pytest

import bundle_checker
import messages
import sites


def note_of(hub):
    return hub.admin("trail", "checkpoint").stdout


def key_of(hub):
    return json.loads(hub.admin("trail", "checkpoint", "--json").stdout)["key"]


def verify(hub, *more):
    done = hub.admin("trail", "verify", *more, "--json", check=False)
    return done.returncode, json.loads(done.stdout)


def submit(court, first, count):
    return court.submit_and_wait([messages.obligation(f"e{n}") for n in range(first, first + count)])


def supervisor(hub):
    link = hub.add_partner("sup.kay", "staff", "--role", "supervisor")
    return lambda *words, check=True: hub.run(*words, "--link", str(link), "--reason", "the court asked", check=check)


def settings(hub, text):
    hub.stop()
    with open(hub.data / "carehub.toml", "a", encoding="utf-8") as file:
        file.write(text)
    hub.start()


def test_a_checkpoint_is_a_note_that_the_journal_verifies_against(hub, county, client, tmp_path):
    court = client(county["court"])
    court.open()
    submit(court, 0, 5)
    key = bundle_checker.Key(key_of(hub))
    kept = tmp_path / "kept"
    kept.write_text(note_of(hub))
    assert key.checkpoint(kept.read_text())["size"] > 5
    submit(court, 5, 5)
    code, verdict = verify(hub, str(kept), "--key", key_of(hub))
    assert code == 0 and verdict["checkpoint"]["from"] == "file"
    assert verdict["entries"] > verdict["checkpoint"]["entries"]
    kept.write_text(kept.read_text().replace("\n", "\n9", 1))
    code, verdict = verify(hub, str(kept), "--key", key_of(hub))
    assert code == 1 and "signature" in verdict["problem"]
    code, verdict = verify(hub, str(kept))  # without the key: it saw entries that this journal has not
    assert code == 1 and "is missing" in verdict["problem"] and verdict["first_bad"] > 10


def test_a_receipt_is_a_witness_too(hub, county, client, tmp_path):
    court = client(county["court"])
    court.open()
    receipt = submit(court, 0, 3)[-1]
    kept = tmp_path / "receipt.json"
    kept.write_text(json.dumps({"sequence": receipt["sequence"], "root": receipt["root"].hex()}) + "\n")
    code, verdict = verify(hub, str(kept))
    assert code == 0 and verdict["checkpoint"]["from"] == "receipt"
    kept.write_text(json.dumps({"sequence": receipt["sequence"], "root": "ab" * 32}) + "\n")
    code, verdict = verify(hub, str(kept))
    assert code == 1 and verdict["first_bad"] == receipt["sequence"]


def export(ask, file, *more):
    ask("trail", "export", "C-0001", "--proof", "--out", str(file), *more)
    return file.read_text()


def test_a_bundle_holds_for_both_checkers_and_any_change_in_it_is_found_by_both(hub, county, client, tmp_path):
    court = client(county["court"])
    court.open()
    submit(court, 0, 3)
    older = tmp_path / "older"
    older.write_text(note_of(hub))
    submit(court, 3, 3)
    ask = supervisor(hub)
    text = export(ask, tmp_path / "bundle.json", "--since", str(older))
    key, bundle = key_of(hub), json.loads(text)
    assert bundle_checker.check(text, key) == len(bundle["entries"]) >= 7
    hub.stop()  # nothing but the file
    alone = ["trail", "verify", str(tmp_path / "bundle.json"), "--key", key, "--data", str(tmp_path / "none"), "--json"]
    verdict = json.loads(hub.run(*alone).stdout)
    assert verdict["ok"] and verdict["entries"] == len(bundle["entries"]) and verdict["since"] > 0

    def both_refuse(change, entry=None):
        changed = json.loads(text)
        change(changed)
        (tmp_path / "bundle.json").write_text(json.dumps(changed))
        done = hub.run(*alone, check=False)
        told = json.loads(done.stdout)
        assert done.returncode == 1 and not told["ok"] and told["first_bad"] == entry, told
        with pytest.raises(bundle_checker.Wrong) as wrong:
            bundle_checker.check(json.dumps(changed), key)
        assert wrong.value.entry == entry

    def flip(text_, at=-8):
        raw = bytearray(base64.b64decode(text_))
        raw[at] ^= 1
        return base64.b64encode(bytes(raw)).decode()

    third = bundle["entries"][2]["entry"]
    both_refuse(lambda b: b["entries"][2].update(stored=flip(b["entries"][2]["stored"])), third)
    both_refuse(lambda b: b["entries"][2]["inclusion"].reverse(), third)
    both_refuse(lambda b: b["entries"][2].update(entry=third + 1), third + 1)
    both_refuse(lambda b: b["entries"].insert(3, b["entries"][2]), third)
    both_refuse(lambda b: b["entries"].pop(2))
    both_refuse(lambda b: b["entries"][2]["trail"].append("{}"))
    both_refuse(lambda b: b["entries"][2]["trail"].__setitem__(0, b["entries"][2]["trail"][0].replace("accepted", "refused")))
    both_refuse(lambda b: b.update(client="C-0002"))
    both_refuse(lambda b: b.update(checkpoint=b["since"]["checkpoint"], since=b["since"]))
    both_refuse(lambda b: b["since"]["consistency"].pop())
    both_refuse(lambda b: b.update(statement=b["checkpoint"]))
    both_refuse(lambda b: b.update(key=b["key"].replace("+", "0+", 1)))


def test_an_export_is_a_supervisors_and_is_written_down_before_it_is_given(hub, county, client, tmp_path):
    court = client(county["court"])
    court.open()
    submit(court, 0, 2)
    refused = hub.admin("trail", "export", "C-0001", "--proof", check=False)
    assert refused.returncode == 1 and "supervisor" in refused.stderr
    ask = supervisor(hub)
    export(ask, tmp_path / "bundle.json")
    steps = [json.loads(line) for line in ask("trail", "client", "C-0001", "--json").stdout.splitlines()]
    exported, looked = [step["sequence"] for step in steps if (step["kind"], step["actor"]) == ("Read", "sup.kay")]
    assert json.loads((tmp_path / "bundle.json").read_text())["entries"][-1]["entry"] == exported < looked


def test_checkpoints_go_to_the_witness_folder_and_doctor_holds_the_journal_to_them(hub, county, client, tmp_path):
    witness = tmp_path / "witness"
    settings(hub, f'\n[witness]\nfolder = "{witness}"\nevery_s = 1\n')
    court = client(county["court"])
    court.open()
    first = submit(court, 0, 2)[-1]["sequence"]

    def kept():
        return sorted(witness.glob("*/checkpoint-" + 20 * "[0-9]"))

    def largest():
        return int(kept()[-1].name.split("-")[1]) if kept() else 0

    hub.wait_for(lambda: largest() >= first)
    second = submit(court, 2, 2)[-1]["sequence"]
    hub.wait_for(lambda: largest() >= second)
    hub.stop()
    for file in kept():
        assert bundle_checker.Key(key_of(hub)).checkpoint(file.read_text())["size"] == int(file.name.split("-")[1])

    def doctors_line():
        told = [json.loads(line) for line in hub.admin("doctor", "--json", check=False).stdout.splitlines()]
        return next(line for line in told if line["check"] == "witness")

    assert doctors_line()["ok"] and f"{largest()} entries" in doctors_line()["value"]
    # A journal that was set back, its ledger with it: the folder outside remembers.
    backup = tmp_path / "older"
    shutil.copytree(hub.data, backup)
    hub.start()
    third = submit(client_again(court, hub), 4, 3)[-1]["sequence"]
    hub.wait_for(lambda: largest() >= third)
    hub.stop()
    shutil.rmtree(hub.data)
    shutil.copytree(backup, hub.data)
    assert not doctors_line()["ok"] and "set back" in doctors_line()["explain"]
    code, verdict = verify(hub)
    assert code == 1 and "missing" in verdict["problem"]
    # It is not written to either, by the hub or a command.
    refused = hub.run("hub", "--data", str(hub.data), "--port", "0", check=False)
    assert refused.returncode == 71 and refused.stdout == "" and "it was set back" in refused.stderr
    assert f"of {largest()} entries" in refused.stderr and "[witness]" in refused.stderr
    assert "it was set back" in hub.admin("partner", "add", "new", "--kind", "clinic", check=False).stderr
    # Nor is one that went on after it was set back: as many entries, another past.
    witness.rename(tmp_path / "unplugged")
    witness.write_text("this disk is not there")
    hub.start()
    submit(client_again(court, hub), 70, 9)
    hub.stop()
    witness.unlink()
    (tmp_path / "unplugged").rename(witness)
    refused = hub.run("hub", "--data", str(hub.data), "--port", "0", check=False)
    assert refused.returncode == 71 and "another past" in refused.stderr
    # A new folder begins a new witness; the old one proves the loss.
    text = (hub.data / "carehub.toml").read_text()
    (hub.data / "carehub.toml").write_text(text.replace(str(witness), str(tmp_path / "witness-2")))
    hub.start()


def client_again(one, hub):
    one.endpoint = hub.endpoint
    one.open()
    return one


def test_the_newest_checkpoint_comes_in_a_heartbeat_and_partners_may_ask_for_its_proof(hub, county, client):
    settings(hub, "\n[witness]\nevery_s = 1\n")
    court = client(county["court"])
    court.endpoint = hub.endpoint
    court.open()
    court.wait(lambda: court.checkpoints)
    old = bundle_checker.Key(court.checkpoints[-1][1]).checkpoint(court.checkpoints[-1][0])
    submit(court, 0, 3)
    court.wait(lambda: bundle_checker.Key(court.checkpoints[-1][1]).checkpoint(court.checkpoints[-1][0])["size"] > old["size"])
    new = bundle_checker.Key(court.checkpoints[-1][1]).checkpoint(court.checkpoints[-1][0])
    answer, = court.ask(7, "consistency", old_size=str(old["size"]), new_size=str(new["size"]))
    proof = json.loads(answer["lines"][0])
    bundle_checker.check_consistency(old, new, [base64.b64decode(h) for h in proof["path"]])
    answer, = court.ask(8, "consistency", old_size=str(new["size"]), new_size=str(old["size"]))
    assert answer["reason"] != 0
    answer, = court.ask(9, "trail_export", client="C-0001")
    assert answer["reason"] != 0


@pytest.fixture
def agency(hub, tmp_path):
    """An agency whose adapter never sent an event: all it holds of the hub is checkpoints."""
    settings(hub, "\n[witness]\nevery_s = 1\n")
    link = hub.add_partner("agency", "supervision")
    (tmp_path / "agency-in").mkdir()
    (tmp_path / "agency.toml").write_text(sites.CHECK_INS)
    with open(tmp_path / "agency.log", "wb") as log:
        process = subprocess.Popen(
            [hub.binary, "adapter", "supervision", "--link", str(link), "--config", str(tmp_path / "agency.toml")],
            stdout=subprocess.PIPE, stderr=log, text=True, cwd=tmp_path)
    assert '"ready":true' in process.stdout.readline()
    yield process
    process.kill()
    process.communicate()


def test_an_adapter_finds_out_a_hub_that_was_set_back_with_its_ledger(hub, county, agency, tmp_path):
    """The whole folder is an older copy: nothing inside it tells."""
    note, key = tmp_path / "agency-state" / "last-checkpoint", bundle_checker.Key(key_of(hub))

    def held():
        return key.checkpoint(note.read_text())["size"] if note.exists() else 0

    hub.wait_for(held)
    hub.stop()
    shutil.copytree(hub.data, tmp_path / "older")
    first = json.loads(hub.admin("trail", "verify", "--json").stdout)["entries"]
    hub.start()
    hub.review("trail", "client", "C-0001")  # a reading is an entry
    hub.wait_for(lambda: held() > first)
    largest = held()
    hub.kill()
    shutil.rmtree(hub.data)
    shutil.copytree(tmp_path / "older", hub.data)
    hub.start()
    hub.wait_for(lambda: "set back" in (tmp_path / "agency.log").read_text())
    told = [json.loads(line) for line in hub.admin("doctor", "--json", check=False).stdout.splitlines()]
    assert "agency (entry " in next(line for line in told if line["check"] == "receipts")["value"]
    code, verdict = verify(hub, str(note))
    assert code == 1 and verdict["first_bad"] <= largest
    agency.send_signal(signal.SIGTERM)
    out, _ = agency.communicate(timeout=30)
    assert agency.returncode == 1 and json.loads(out.splitlines()[-1])["hub_differs"] is True
    assert held() == largest  # the evidence stays
