#include "hub/gateway/identify.hpp"

#include <cstring>

namespace carehub::gateway {
namespace {

// Under this name an adapter or an importer speaks of a client by its roster name.
constexpr std::string_view kRosterAuthority = "carehub";
constexpr std::string_view kRosterType = "CLIENT";

/// As of an identifier that nobody has.
SchemeMark scheme_of(const Fingerprints& fingerprints, const Identifier& identifier) {
    const SubjectHash hash = fingerprints.subject(
        {identifier.authority, identifier.type, std::string(kRosterAuthority)});
    SchemeMark mark;
    std::memcpy(&mark.value, hash.value.data(), sizeof mark.value);
    return mark;
}

SubjectHash name_of_client(const Fingerprints& fingerprints, const std::string& client) {
    return fingerprints.subject({std::string(kRosterAuthority), std::string(kRosterType), client});
}

void name_client(const Fingerprints& fingerprints, const std::string& client,
                 const Identifier& identifier, CommandInput& input) {
    input.client = fingerprints.client(client);
    if (!identifier.value.empty()) {
        input.subject = fingerprints.subject(identifier);
        input.scheme = scheme_of(fingerprints, identifier);
    }
    input.self = name_of_client(fingerprints, client);
}

std::vector<NamedSubject> named(const Fingerprints& fingerprints,
                                const std::vector<Identifier>& identifiers) {
    std::vector<NamedSubject> out;
    for (const Identifier& identifier : identifiers) {
        out.push_back({fingerprints.subject(identifier), scheme_of(fingerprints, identifier)});
    }
    return out;
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
    if (const auto* identity = std::get_if<IdentityClaim>(&claim.payload)) {
        input.survivor = named(fingerprints, identity->survivor);
        input.prior = named(fingerprints, identity->prior);
    }
    input.claim = std::move(claim);
    return input;
}

CommandInput identify(const Fingerprints& fingerprints, CommandBody command) {
    CommandInput input;
    const auto* roster = std::get_if<RosterCommand>(&command);
    const auto* link = std::get_if<LinkCommand>(&command);
    const auto* retention = std::get_if<RetentionCommand>(&command);
    if (roster != nullptr) {
        name_client(fingerprints, roster->client, roster->identifier, input);
    } else if (retention != nullptr) {
        input.client = retention->client.empty() ? retention->client_id
                                                 : fingerprints.client(retention->client);
    } else if (link != nullptr) {
        name_client(fingerprints, link->client, link->identifier, input);
        if (link->identifier.authority == kRosterAuthority) {
            input.subject = {};  // by that one nobody is known but by the roster
        }
        if (!link->to.empty()) {
            input.other = fingerprints.client(link->to);
            input.other_self = name_of_client(fingerprints, link->to);
        }
    }
    input.command = std::move(command);
    return input;
}

}  // namespace carehub::gateway
