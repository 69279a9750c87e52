#include "hub/daemon/proof_desk.hpp"

#include <algorithm>
#include <charconv>

#include "hub/audit/hash.hpp"
#include "hub/audit/trail_statement.hpp"
#include "hub/follower/answer_proof.hpp"
#include "hub/journal/proofs.hpp"

namespace carehub::daemon {
namespace {

constexpr std::string_view kCheckpoint = "checkpoint";
constexpr std::string_view kConsistency = "consistency";

std::optional<std::uint64_t> number_in(const follower::Arguments& arguments,
                                       const std::string& name) {
    const auto found = arguments.find(name);
    std::uint64_t number = 0;
    if (found == arguments.end()) {
        return std::nullopt;
    }
    const char* const end = found->second.data() + found->second.size();
    const auto read = std::from_chars(found->second.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

follower::Answer refuse(RefusalReason reason, std::string field, std::string fix) {
    return {{}, {reason, std::move(field), std::move(fix)}};
}

follower::Answer refuse(const Error& error) {
    return error.code == ErrorCode::Invalid ? refuse(RefusalReason::TooLarge, "", error.context)
                                            : refuse(RefusalReason::NotFound, "", error.context);
}

std::string client_in(const follower::Arguments& arguments) {
    const auto found = arguments.find("client");
    return found == arguments.end() ? "" : found->second;
}

std::size_t bytes_of(std::span<const std::string> lines) {
    std::size_t bytes = 0;
    for (const std::string& line : lines) {
        bytes += line.size();
    }
    return bytes;
}

}  // namespace

bool ProofDesk::answers(std::string_view question) {
    return question == kCheckpoint || question == kConsistency;
}

follower::Answer ProofDesk::answer(std::string_view question,
                                   const follower::Arguments& arguments) {
    const auto last = parts_.last();
    if (!last) {
        return refuse(last.error());
    }
    if (question == kConsistency) {
        return consistency(*last, arguments);
    }
    const auto made = checkpoint(*last);
    return made ? follower::Answer{{follower::checkpoint_line(made->note, made->key)}, {}}
                : refuse(made.error());
}

Result<SignedCheckpoint> ProofDesk::checkpoint(Sequence last) const {
    CAREHUB_TRY(const audit::TreeHead head, journal::head_at(parts_.journal, last));
    return parts_.notary.sign(head, parts_.clock.now());
}

follower::Answer ProofDesk::consistency(Sequence last, const follower::Arguments& arguments) {
    const auto old_size = number_in(arguments, "old_size");
    const auto new_size = number_in(arguments, "new_size");
    if (!old_size || !new_size || *old_size > *new_size || *new_size > last.value) {
        return refuse(RefusalReason::InvalidField, "old_size",
                      "name the sizes of two checkpoints of this hub, the smaller one first");
    }
    const auto kept = std::ranges::find_if(kept_, [&](const Kept& one) {
        return one.old_size == *old_size && one.new_size == *new_size;
    });
    if (kept != kept_.end()) {
        return {{kept->line}, {}};
    }
    const auto proofs = journal::prove(parts_.journal, {{}, *old_size, {*new_size}});
    if (!proofs) {
        return refuse(proofs.error());
    }
    kept_.push_back({*old_size, *new_size, follower::consistency_line(*proofs->consistency)});
    if (kept_.size() > kConsistencyProofsKept) {
        kept_.pop_front();
    }
    return {{kept_.back().line}, {}};
}

follower::Answer ProofDesk::prove(follower::Answer told,
                                  const follower::Arguments& arguments) const {
    if (told.refusal.reason != RefusalReason::None) {
        return told;
    }
    const auto last = parts_.last();
    if (!last) {
        return refuse(last.error());
    }
    const auto since = number_in(arguments, "since");
    if (arguments.contains("since") && (!since || *since > last->value)) {
        return refuse(RefusalReason::InvalidField, "since",
                      "the older checkpoint has more entries than this journal: it was set back, "
                      "or that checkpoint is another hub's");
    }
    std::vector<Sequence> entries;
    for (const follower::ToldEntry& entry : told.to_prove) {
        entries.push_back(entry.entry);
    }
    auto lines = proven({entries, since, *last}, client_in(arguments), told);
    return lines ? follower::Answer{std::move(*lines), {}} : refuse(lines.error());
}

Result<std::vector<std::string>> ProofDesk::proven(const journal::ProofsWanted& wanted,
                                                   const std::string& client,
                                                   const follower::Answer& told) const {
    CAREHUB_TRY(const SignedCheckpoint made, checkpoint(wanted.last));
    CAREHUB_TRY(const journal::Proofs proofs, journal::prove(parts_.journal, wanted));
    std::vector<std::string> lines{follower::checkpoint_line(made.note, made.key)};
    if (proofs.consistency) {
        lines.push_back(follower::consistency_line(*proofs.consistency));
    }
    audit::TrailStatement statement{made.checkpoint, follower::quoted(client)};
    auto step = told.lines.begin();
    for (std::size_t i = 0; i < proofs.inclusion.size(); ++i) {
        const audit::InclusionProof& proof = proofs.inclusion[i];
        const std::span steps(step, told.to_prove[i].steps);
        step += static_cast<std::ptrdiff_t>(told.to_prove[i].steps);
        CAREHUB_TRY_DONE(parts_.journal.read(
            {proof.leaf_index + 1}, 1,
            [&](const journal::StoredEntry& entry) {
                follower::add_entry_lines(proof, entry.bytes, lines);
                statement.add(entry.sequence.value, audit::hash_leaf(entry.bytes), steps);
                return Status{};
            },
            journal::Sealed::Leave));
        lines.insert(lines.end(), steps.begin(), steps.end());
        if (bytes_of(lines) > follower::kExportBytesMax) {
            return fail(ErrorCode::Invalid,
                        "this is more than one answer holds: ask for less, with --from and --to");
        }
    }
    lines.push_back(follower::statement_line(parts_.notary.sign_text(statement.text())));
    return lines;
}

}  // namespace carehub::daemon
