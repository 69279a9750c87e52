#include "hub/gateway/input_maker.hpp"

#include "hub/base/zone_database.hpp"
#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::gateway {
namespace {

// Under this name an adapter or an importer speaks of a client by its roster name.
constexpr std::string_view kRosterAuthority = "carehub";
constexpr std::string_view kRosterType = "CLIENT";

Bytes copy_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Refusal unknown_zone() {
    return {RefusalReason::UnknownZone, "zone",
            "Name a zone of the IANA database, such as America/New_York."};
}

/// The zone a command names, if its kind names one.
const std::string* zone_of(const CommandBody& command) {
    if (const auto* staff = std::get_if<StaffCommand>(&command)) {
        return &staff->zone;
    }
    if (const auto* place = std::get_if<PlaceCommand>(&command)) {
        return &place->zone;
    }
    if (const auto* roster = std::get_if<RosterCommand>(&command)) {
        return &roster->zone;
    }
    return nullptr;
}

}  // namespace

Input InputMaker::head(const Session& from, std::uint64_t ticket) {
    Input input;
    input.received_at = stamp_.next();
    input.principal = from.principal;
    input.session = from.number;
    input.ticket = ticket;
    return input;
}

void InputMaker::submission(const Session& from, std::uint64_t ticket, ByteView slice,
                            InputBatch& out) {
    auto claim = codec::decode_submission(slice);
    if (!claim) {
        refuse(from, ticket, std::move(claim.error()), out);
        return;
    }
    if (!introduce_zone(claim->zone, out)) {
        refuse(from, ticket, unknown_zone(), out);
        return;
    }
    Input input = head(from, ticket);
    input.wire = copy_of(slice);
    input.fingerprint = fingerprints_.body(slice);
    input.body = identify(std::move(*claim), from.principal, input.fingerprint);
    out.push_back(std::move(input));
}

SubmissionInput InputMaker::identify(Submission claim, PartnerId partner,
                                     const Hash128& body) const {
    SubmissionInput input;
    input.subjects.reserve(claim.identifiers.size());
    for (const Identifier& identifier : claim.identifiers) {
        input.subjects.push_back(fingerprints_.subject(identifier));
    }
    input.source = fingerprints_.source(partner, claim.feed, claim.source_msg_id);
    if (!claim.supersedes_key.empty()) {
        input.supersedes = fingerprints_.source(partner, claim.feed, claim.supersedes_key);
    }
    input.body = body;
    input.business_key = fingerprints_.business_key(partner, claim.business_key);
    if (const auto* encounter = std::get_if<EncounterClaim>(&claim.payload)) {
        input.appointment_key = fingerprints_.business_key(partner, encounter->appointment_key);
    }
    if (const auto* consent = std::get_if<ConsentClaim>(&claim.payload);
        consent && !input.subjects.empty()) {
        input.consent = fingerprints_.consent(input.subjects.front(), consent->consent);
    }
    input.claim = std::move(claim);
    return input;
}

void InputMaker::command(const Session& from, std::uint64_t ticket, ByteView slice,
                         InputBatch& out) {
    auto command = codec::decode_command(slice);
    if (!command) {
        refuse(from, ticket, std::move(command.error()), out);
        return;
    }
    const std::string* zone = zone_of(*command);
    if (zone != nullptr && !introduce_zone(*zone, out)) {
        refuse(from, ticket, unknown_zone(), out);
        return;
    }
    Input input = head(from, ticket);
    input.wire = copy_of(slice);
    input.fingerprint = fingerprints_.body(slice);
    input.body = identify(std::move(*command));
    out.push_back(std::move(input));
}

CommandInput InputMaker::identify(CommandBody command) const {
    CommandInput input;
    if (const auto* roster = std::get_if<RosterCommand>(&command)) {
        input.client = fingerprints_.client(roster->client);
        if (!roster->identifier.value.empty()) {
            input.subject = fingerprints_.subject(roster->identifier);
        }
        input.self = fingerprints_.subject(
            {std::string(kRosterAuthority), std::string(kRosterType), roster->client});
    }
    input.command = std::move(command);
    return input;
}

void InputMaker::refuse(const Session& from, std::uint64_t ticket, Refusal refusal,
                        InputBatch& out) {
    Input input = head(from, ticket);
    input.body = RefusedInput{std::move(refusal)};
    out.push_back(std::move(input));
}

void InputMaker::acknowledge(const Session& from, std::uint64_t number, ByteView slice,
                             InputBatch& out) {
    Input input = head(from, 0);
    input.wire = copy_of(slice);
    input.body = AcknowledgeInput{number, {}};
    out.push_back(std::move(input));
}

void InputMaker::resume(const Session& from, ResumeInput ask, InputBatch& out) {
    Input input = head(from, 0);
    input.body = ask;
    out.push_back(std::move(input));
}

bool InputMaker::introduce_zone(const std::string& name, InputBatch& out) {
    if (name.empty() || known_zones_.contains(name)) {
        return true;
    }
    auto zone = load_zone(name);
    if (!zone) {
        return false;
    }
    Input input;
    input.received_at = stamp_.next();
    input.body = ZoneInput{std::move(*zone)};
    out.push_back(std::move(input));
    known_zones_.insert(name);
    return true;
}

}  // namespace carehub::gateway
