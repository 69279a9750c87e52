"""`adapter init` and `adapter check`, which ask no hub; `adapter raw`; and batch files in a watched folder."""
import csv
import hashlib
import json
import pathlib
import shutil
import subprocess

import clinic_site

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "adapters/clinic/samples"
PERSON, RECORD = "QXCANFAMILY", "QXCANRECORD"
MESSAGE = (f"MSH|^~\\&|SCHED|NORTHSIDE|||20260701120000||SIU^S12|1|P|2.5\r"
           f"SCH|A-1|||||||FOLLOWUP|||30|min|||||||||||||Booked\r"
           f"TQ1|||||||20260709140000\rPID|||{RECORD}^^^NORTHSIDE^MR||{PERSON}^JANE\r")


def run(binary, *arguments):
    return subprocess.run([binary, "adapter", *map(str, arguments)], capture_output=True, text=True)


def profile(binary, tmp_path, sample):
    sketch = run(binary, "init", sample)
    assert sketch.returncode == 0, sketch.stderr
    file = tmp_path / "clinic.toml"
    file.write_text(sketch.stdout.replace('zone = ""', 'zone = "America/New_York"')
                    .replace('authority = ""', 'authority = "NORTHSIDE"'))
    return file


def test_a_sketch_of_a_sample_checks_that_sample(binary, tmp_path):
    for sample in sorted(SAMPLES.glob("*.hl7")):
        checked = run(binary, "check", profile(binary, tmp_path, sample), sample)
        assert checked.returncode == 0, checked.stderr
        events = [json.loads(line) for line in checked.stdout.splitlines()]
        wanted = [json.loads(line) for line in sample.with_suffix(".jsonl").read_text().splitlines()]
        assert [event["kind"] for event in events] == [event["kind"] for event in wanted]
        assert "nothing was sent" in checked.stderr


def test_a_sketch_shows_nobody_and_has_to_be_filled_in(binary, tmp_path):
    sample = tmp_path / "sample.hl7"
    sample.write_text(MESSAGE)
    sketch = run(binary, "init", sample)
    assert PERSON not in sketch.stdout and RECORD not in sketch.stdout
    raw = tmp_path / "raw.toml"
    raw.write_text(sketch.stdout)
    refused = run(binary, "check", raw, sample)
    assert refused.returncode == 1 and "zone" in refused.stderr


def test_what_is_refused_is_told_by_line_and_without_values(binary, tmp_path):
    sample = tmp_path / "batch.hl7"
    bad = MESSAGE.replace("20260709140000", PERSON)
    sample.write_text("BHS|^~\\&\r" + MESSAGE + bad + "BTS|3\r")
    toml = profile(binary, tmp_path, sample)
    checked = run(binary, "check", "--json", toml, sample)
    told = [json.loads(line) for line in checked.stderr.splitlines()]
    assert checked.returncode == 1
    assert len(checked.stdout.splitlines()) == 1
    assert [line["line"] for line in told if "code" in line] == [6]
    assert any(line.get("field") == "BTS-1" for line in told)
    assert PERSON not in checked.stderr and RECORD not in checked.stderr


def test_raw_says_what_is_missing(hub, tmp_path):
    link = hub.add_partner("clinic", "clinic")
    for arguments, code, word in [
            (["raw", "h-12"], 2, "--state"),
            (["raw", "h-12", "--state", tmp_path], 1, "--link"),
            (["raw", "h-12", "--state", tmp_path, "--config", tmp_path, "--link", link], 2, "--state"),
            (["raw", "h-12", "--state", tmp_path, "--link", link], 1, "no raw archive"),
            (["raw", "12", "--state", tmp_path, "--link", link], 1, "h-12")]:
        asked = run(hub.binary, *arguments)
        assert asked.returncode == code and word in asked.stderr, (arguments, asked)
        assert asked.stdout == ""


def test_a_batch_file_becomes_events_and_each_names_its_raw_message(hub, tmp_path):
    link = hub.add_partner("north", "clinic")
    (tmp_path / "clinic.toml").write_text(
        '[feed]\nname = "northside"\nzone = "America/New_York"\nauthority = "NORTH"\n[watch]\nfolder = "in"\n')
    messages = [clinic_site.appointment(f"M{n}", n) for n in (1, 2, 3)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "day.hl7").write_text(
        "FHS|^~\\&\rBHS|^~\\&\r" + "".join(messages) + "BTS|3\rFTS|1\r", newline="")
    state = tmp_path / "clinic-state"
    adapter = subprocess.Popen(
        [hub.binary, "adapter", "clinic", "--link", str(link), "--config", str(tmp_path / "clinic.toml")],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path)
    try:
        hub.wait_for(lambda: (state / "idle.json").exists()
                     and json.loads((state / "idle.json").read_text())["accepted"] == 3)
        assert (tmp_path / "in" / "done" / "day.hl7").exists()
        for number, message in enumerate(messages, 1):
            digest = hashlib.sha256(message.encode()).hexdigest()
            fate = json.loads(hub.admin("fate", f"north/SCHED|NORTH|M{number}|{digest[:16]}/1", "--feed", "northside",
                                        "--json").stdout)
            for name in (digest, fate["event_id"]):  # while the adapter runs
                raw = subprocess.run([hub.binary, "adapter", "raw", name, "--link", str(link), "--state", str(state)],
                                     capture_output=True)
                assert raw.returncode == 0, (name, raw.stderr)
                assert raw.stdout == message.encode()
    finally:
        adapter.terminate()
        adapter.communicate(timeout=30)
    assert adapter.returncode == 0


ADAPTERS = SAMPLES.parents[1]


def test_a_court_s_profile_is_sketched_checked_and_shown_as_a_table(binary, tmp_path):
    sample = ADAPTERS / "court/samples/cause_list.json"
    sketch = run(binary, "init", sample)
    assert sketch.returncode == 0, sketch.stderr
    file = tmp_path / "court.toml"
    file.write_text(sketch.stdout.replace('zone = ""', 'zone = "Europe/London"')
                    .replace('authority = ""', 'authority = "NF"'))
    checked = run(binary, "check", "--kind", "court", file, sample)
    assert [json.loads(line)["kind"] for line in checked.stdout.splitlines()] == ["HearingScheduled"] * 4
    assert "4 of 5 records mapped (80 %)" in checked.stderr
    assert "case number" in checked.stderr
    table = run(binary, "check", "--kind", "court", "--table", file, sample).stdout
    assert "HearingScheduled" in table and "NF260001" in table and "2026-04-02T10:00:00+01:00" in table


def test_an_agency_s_and_a_jail_s_profiles_check_their_samples(binary):
    for name, kinds in (("contacts", 3), ("schedule", 3), ("roster", 5)):
        folder = ADAPTERS / "supervision/samples"
        file = next(path for path in folder.glob(name + ".*") if path.suffix in (".csv", ".json"))
        checked = run(binary, "check", "--kind", "supervision", folder / (name + ".toml"), file)
        assert len(checked.stdout.splitlines()) == kinds, checked.stderr
        assert "records mapped" in checked.stderr


def check_housing(binary, folder, export):
    profile = folder / "housing.toml"
    profile.write_text('[feed]\nname = "harbor"\nzone = "America/New_York"\n[watch]\nfolder = "in"\n')
    return run(binary, "check", "--kind", "housing", profile, export).stderr


def test_the_share_mapped_of_an_export_counts_refused_rows_of_each_file(binary, tmp_path):
    export = tmp_path / "export"
    shutil.copytree(ADAPTERS / "housing/samples/fy2024", export)
    assert "12 of 13 records mapped (92 %)" in check_housing(binary, tmp_path, export)  # line 3 of situations is odd
    exits = export / "Exit.csv"
    exits.write_text(exits.read_text().replace("2026-05-01", "2026-05-32"))  # line 3 there too
    assert "11 of 13 records mapped (84 %)" in check_housing(binary, tmp_path, export)

    (export / "Services.csv").write_text("Service unavailable")  # told of the file, whose row is not counted
    damaged = check_housing(binary, tmp_path, export)
    assert "10 of 12 records mapped (83 %)" in damaged and "refused without a line: 1" in damaged
    (export / "Client.csv").write_text("")
    refused = check_housing(binary, tmp_path, export)
    assert "Client.csv: refused (60 FormatUnreadable)" in refused and "housing: 0 events" in refused
