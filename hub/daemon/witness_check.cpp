#include "hub/daemon/witness_check.hpp"

#include "hub/base/log.hpp"
#include "hub/journal/proofs.hpp"

namespace carehub::daemon {
namespace {

/// What a person may do about it, and what would make it worse.
std::string safe_way() {
    return "; nothing was written. `carehub trail verify` names what differs. Put back the newest "
           "copy of the folder; where what is missing is known to be lost (a restored backup), "
           "name a new [witness] folder in carehub.toml and keep the old one: it proves the loss";
}

}  // namespace

Status check_witness(const WitnessFolder& witness, const journal::JournalReader& journal,
                     Sequence last) {
    const auto newest = witness.newest();
    if (!newest) {
        log::warning("hub", "the journal is not compared with its witness folder: " +
                                newest.error().context);
        return {};
    }
    if (!*newest) {
        return {};
    }
    const audit::TreeHead& seen = (*newest)->head;
    if (seen.size > last.value) {
        return fail(ErrorCode::BehindLedger,
                    "the witness folder keeps a checkpoint of " + std::to_string(seen.size) +
                        " entries and this journal has " + std::to_string(last.value) +
                        ": it was set back" + safe_way());
    }
    CAREHUB_TRY(const audit::TreeHead own, journal::head_at(journal, Sequence{seen.size}));
    if (!(own == seen)) {
        return fail(ErrorCode::Damaged, "the witness folder keeps a checkpoint of " +
                                            std::to_string(seen.size) +
                                            " entries and this journal has another past: it was "
                                            "set back and went on, or was rewritten" +
                                            safe_way());
    }
    return {};
}

}  // namespace carehub::daemon
