#include "hub/gateway/identify.hpp"

namespace carehub::gateway {
namespace {

// Under this name an adapter or an importer speaks of a client by its roster name.
constexpr std::string_view kRosterAuthority = "carehub";
constexpr std::string_view kRosterType = "CLIENT";

void name_client(const Fingerprints& fingerprints, const std::string& client,
                 const Identifier& identifier, CommandInput& input) {
    input.client = fingerprints.client(client);
    if (!identifier.value.empty()) {
        input.subject = fingerprints.subject(identifier);
    }
    input.self =
        fingerprints.subject({std::string(kRosterAuthority), std::string(kRosterType), client});
}

}  // namespace

SubmissionInput identify(const Fingerprints& fingerprints, Submission claim, PartnerId partner,
                         const Hash128& body) {
    SubmissionInput input;
    input.subjects.reserve(claim.identifiers.size());
    for (const Identifier& identifier : claim.identifiers) {
        input.subjects.push_back(fingerprints.subject(identifier));
    }
    input.source = fingerprints.source(partner, claim.feed, claim.source_msg_id);
    if (!claim.supersedes_key.empty()) {
        input.supersedes = fingerprints.source(partner, claim.feed, claim.supersedes_key);
    }
    input.body = body;
    input.business_key = fingerprints.business_key(partner, claim.business_key);
    if (const auto* obligation = std::get_if<ObligationClaim>(&claim.payload)) {
        input.series_key = fingerprints.business_key(partner, obligation->parent_id);
    }
    if (const auto* encounter = std::get_if<EncounterClaim>(&claim.payload)) {
        input.appointment_key = fingerprints.business_key(partner, encounter->appointment_key);
    }
    if (const auto* consent = std::get_if<ConsentClaim>(&claim.payload);
        consent && !input.subjects.empty()) {
        input.consent = fingerprints.consent(input.subjects.front(), consent->consent);
    }
    input.claim = std::move(claim);
    return input;
}

CommandInput identify(const Fingerprints& fingerprints, CommandBody command) {
    CommandInput input;
    const auto* roster = std::get_if<RosterCommand>(&command);
    const auto* link = std::get_if<LinkCommand>(&command);
    if (roster != nullptr) {
        name_client(fingerprints, roster->client, roster->identifier, input);
    } else if (link != nullptr) {
        name_client(fingerprints, link->client, link->identifier, input);
        if (link->identifier.authority == kRosterAuthority) {
            input.subject = {};  // by that one nobody is known but by the roster
        }
        input.other = link->to.empty() ? ClientId{} : fingerprints.client(link->to);
    }
    input.command = std::move(command);
    return input;
}

}  // namespace carehub::gateway
