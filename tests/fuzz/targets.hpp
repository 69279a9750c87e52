// What is fuzzed: the doors where bytes from outside, or from a disk, first become values. Each is
// a pure function of the bytes, so that one input is one finding and a finding stays one.
//
// The same targets have two users: libFuzzer (fuzz_main.cpp, preset "fuzz") and a test that gives
// them every file of the corpus and mutants of it (corpus_test.cpp), which needs no libFuzzer.
//
// Contract: run() says whether the bytes were accepted; what holds of everything accepted (read,
// written and read again it is the same) is checked and a breach aborts. To add one: a function, a
// line in targets.cpp and in CMakeLists.txt, seeds in make_corpus.cpp.
// Threads: confined to one.
#pragma once

#include <span>
#include <string_view>

#include "hub/base/bytes.hpp"

namespace carehub::fuzz {

struct Target {
    std::string_view name;  ///< and its folder in corpus/
    bool (*run)(ByteView);
};

[[nodiscard]] std::span<const Target> targets();
/// The target must exist.
[[nodiscard]] const Target& target_named(std::string_view name);

// wire_targets.cpp: what partners and staff send.
[[nodiscard]] bool run_frame(ByteView bytes);
[[nodiscard]] bool run_submission(ByteView bytes);
[[nodiscard]] bool run_command(ByteView bytes);

// hl7_targets.cpp: what clinics send as HL7 v2; accepted means a frame, or an event.
[[nodiscard]] bool run_mllp(ByteView bytes);
[[nodiscard]] bool run_hl7(ByteView bytes);

// fhir_targets.cpp: what clinics send as FHIR; accepted means that it becomes events.
[[nodiscard]] bool run_fhir(ByteView bytes);

// court_targets.cpp: what courts drop; accepted means a hearing.
/// Up to the recurrences: expanding them is another process's work.
[[nodiscard]] bool run_calendar(ByteView bytes);
/// The first byte picks CSV or JSON.
[[nodiscard]] bool run_hearings(ByteView bytes);

// supervision_targets.cpp: what agencies and jails drop; accepted means that it becomes events.
/// The first byte picks the profile; a line "=== next" parts one night's list from the next one's.
[[nodiscard]] bool run_supervision(ByteView bytes);

// hmis_targets.cpp: an export, its files one after the other, each under a line "=== NAME";
// accepted means that it becomes events.
[[nodiscard]] bool run_hmis(ByteView bytes);

// stored_targets.cpp: what the hub reads back.
[[nodiscard]] bool run_entry(ByteView bytes);
[[nodiscard]] bool run_decisions(ByteView bytes);
[[nodiscard]] bool run_block(ByteView bytes);
/// Both slots one after the other, 84 bytes each; the target puts them where they belong.
[[nodiscard]] bool run_ledger(ByteView bytes);

// proof_targets.cpp: what witnesses and partners kept, and what left the office.
/// A signed checkpoint (C2SP note), a backup's checkpoint, or the key that checks them.
[[nodiscard]] bool run_note(ByteView bytes);
/// A bundle as `trail verify FILE` reads it; accepted means that it holds.
[[nodiscard]] bool run_bundle(ByteView bytes);

// snapshot_targets.cpp
/// A whole file: header, chunks, trailer.
[[nodiscard]] bool run_snapshot_file(ByteView bytes);
/// The content of one chunk of the State, its kind in the first byte.
[[nodiscard]] bool run_snapshot_chunk(ByteView bytes);

}  // namespace carehub::fuzz
