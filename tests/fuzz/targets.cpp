#include "tests/fuzz/targets.hpp"

#include <algorithm>

#include "hub/base/check.hpp"

namespace carehub::fuzz {
namespace {

constexpr Target kTargets[] = {
    {"frame", &run_frame},
    {"submission", &run_submission},
    {"command", &run_command},
    {"mllp", &run_mllp},
    {"hl7", &run_hl7},
    {"fhir", &run_fhir},
    {"calendar", &run_calendar},
    {"hearings", &run_hearings},
    {"supervision", &run_supervision},
    {"hmis", &run_hmis},
    {"entry", &run_entry},
    {"decisions", &run_decisions},
    {"block", &run_block},
    {"ledger", &run_ledger},
    {"note", &run_note},
    {"bundle", &run_bundle},
    {"snapshot_file", &run_snapshot_file},
    {"snapshot_chunk", &run_snapshot_chunk},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target& target_named(std::string_view name) {
    const auto* const at = std::ranges::find(kTargets, name, &Target::name);
    CAREHUB_CHECK(at != std::end(kTargets), "there is no such target");
    return *at;
}

}  // namespace carehub::fuzz
