#include "hub/daemon/entry_input.hpp"

#include <algorithm>

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "hub/core/keyed.hpp"
#include "hub/gateway/identify.hpp"

namespace carehub::daemon {
namespace {

tl::unexpected<Error> undecodable(const Entry& entry) {
    return fail(ErrorCode::Damaged, "the input of entry " + std::to_string(entry.sequence.value) +
                                        " does not decode any more");
}

/// Sessions that records of this entry name, else those its decision can have depended on.
std::vector<std::uint64_t> sessions_of(const Entry& entry, const SubmissionInput& submission,
                                       const core::State& before) {
    for (const auto& owned : entry.decisions.obligations) {
        if (owned.record.last == entry.sequence) {
            return {owned.record.version.session};
        }
    }
    for (const auto& owned : entry.decisions.stays) {
        if (owned.record.last == entry.sequence) {
            return {owned.record.version.session};
        }
    }
    std::vector<std::uint64_t> sessions{0};
    if (const core::Case* subject = before.find_case(entry.decisions.client)) {
        const Hash128& key = submission.business_key;
        if (const auto* obligation = core::find(subject->obligations, ObligationId{key})) {
            sessions.push_back(obligation->version.session);
        }
        if (const auto* stay = core::find(subject->stays, StayId{key})) {
            sessions.push_back(stay->version.session);
        }
    }
    return sessions;
}

Result<EntryInput> submission_of(const Entry& entry, const core::State& before,
                                 const gateway::Fingerprints& fingerprints, EntryInput made) {
    auto claim = codec::decode_submission(entry.input);
    if (!claim) {
        return undecodable(entry);
    }
    made.input.fingerprint = fingerprints.body(entry.input);
    SubmissionInput submission =
        gateway::identify(fingerprints, std::move(*claim), entry.principal, made.input.fingerprint);
    made.sessions = sessions_of(entry, submission, before);
    made.input.body = std::move(submission);
    return made;
}

Result<EntryInput> command_of(const Entry& entry, const gateway::Fingerprints& fingerprints,
                              EntryInput made) {
    auto command = codec::decode_command(entry.input);
    if (!command) {
        return undecodable(entry);
    }
    made.input.fingerprint = fingerprints.body(entry.input);
    made.input.body = gateway::identify(fingerprints, std::move(*command));
    return made;
}

/// The zone as told: its name is a symbol of the entry itself or of an earlier one.
std::optional<TimeZone> zone_of(const Decisions& decisions, const core::State& before) {
    if (decisions.zones.size() != 1) {
        return std::nullopt;
    }
    const Zone& zone = decisions.zones.front();
    for (const SymbolText& symbol : decisions.symbols) {
        if (symbol.id == zone.name) {
            return TimeZone{symbol.text, zone.transitions};
        }
    }
    return TimeZone{std::string(before.text(zone.name)), zone.transitions};
}

EntryInput not_kept(EntryInput made) {
    made.missing = Missing::NotKept;
    return made;
}

/// Of inputs that carry no bytes the decisions tell what mattered.
EntryInput told_by_decisions(const Entry& entry, const core::State& before, EntryInput made) {
    const Decisions& decisions = entry.decisions;
    switch (entry.input_kind) {
        case InputKind::Tick: made.input.body = TickInput{}; return made;
        case InputKind::Refused:
            made.input.body = RefusedInput{{decisions.refused, {}, {}}};
            return made;
        case InputKind::Read:
            made.input.body = ReadInput{
                {},
                decisions.client,
                std::ranges::any_of(
                    decisions.matters,
                    [](const auto& owned) { return owned.record.kind == MatterKind::BreakGlass; }),
                {decisions.refused, {}, {}}};
            return made;
        case InputKind::Acknowledge:
            if (decisions.acknowledged.size() == 1) {
                const Acknowledged& told = decisions.acknowledged.front();
                made.input.body = AcknowledgeInput{told.number, told.entry};
                return made;
            }
            return not_kept(std::move(made));
        case InputKind::Zone:
            if (auto zone = zone_of(decisions, before)) {
                made.input.body = ZoneInput{std::move(*zone)};
                return made;
            }
            return not_kept(std::move(made));
        case InputKind::Poison:
            if (decisions.poison.size() == 1) {
                const PoisonMark& mark = decisions.poison.front();
                made.input.body = PoisonInput{mark.fingerprint, mark.lane};
                return made;
            }
            return not_kept(std::move(made));
        case InputKind::Unset:
        case InputKind::Submission:
        case InputKind::Command:
        case InputKind::Resume:
        case InputKind::Verdict: break;
    }
    return not_kept(std::move(made));
}

}  // namespace

Result<EntryInput> input_of(const Entry& entry, const core::State& before,
                            const gateway::Fingerprints& fingerprints) {
    EntryInput made;
    made.input.received_at = entry.at;
    made.input.principal = entry.principal;
    made.input.wire = entry.input;
    const bool has_bytes =
        entry.input_kind == InputKind::Submission || entry.input_kind == InputKind::Command;
    if (has_bytes && entry.input.empty()) {
        made.missing = Missing::Erased;
        return made;
    }
    if (entry.input_kind == InputKind::Submission) {
        return submission_of(entry, before, fingerprints, std::move(made));
    }
    if (entry.input_kind == InputKind::Command) {
        return command_of(entry, fingerprints, std::move(made));
    }
    return told_by_decisions(entry, before, std::move(made));
}

}  // namespace carehub::daemon
