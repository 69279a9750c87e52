#include "hub/follower/people.hpp"

#include <algorithm>

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::follower {
namespace {

constexpr std::size_t kSchemesPerPartnerMax = 64;  ///< authorities one partner names clients under

bool knows(const std::vector<Identifier>& list, const Identifier& identifier) {
    return std::ranges::find(list, identifier) != list.end();
}

}  // namespace

std::size_t People::SeenHash::operator()(const Seen& seen) const {
    return std::hash<ClientId>{}(seen.client) ^ (seen.partner.value * 0x9E3779B97F4A7C15U);
}

bool People::wants(const Entry& head) const {
    const Decisions& decisions = head.decisions;
    if (decisions.client.is_none() || decisions.refused != RefusalReason::None) {
        return false;
    }
    if (head.input_kind == InputKind::Command) {
        return !decisions.clients.empty() || !decisions.links.empty();
    }
    return head.input_kind == InputKind::Submission &&
           !seen_.contains({decisions.client, head.principal});
}

void People::apply(const Entry& entry) {
    if (!wants(entry)) {
        return;
    }
    entry.input_kind == InputKind::Command ? apply_row(entry) : apply_event(entry);
}

void People::apply_row(const Entry& entry) {
    // An input that was erased since does not decode, and tells nothing any more.
    const auto command = codec::decode_command(entry.input);
    const auto* row = command ? std::get_if<RosterCommand>(&*command) : nullptr;
    if (row == nullptr) {
        return;
    }
    Person& person = people_[entry.decisions.client];
    person.name = row->client;
    person.rows.push_back(entry.sequence);
    if (!row->identifier.value.empty() && !knows(person.roster, row->identifier)) {
        person.roster.push_back(row->identifier);
    }
}

void People::apply_event(const Entry& entry) {
    const auto event = codec::decode_submission(entry.input);
    if (!event) {
        return;
    }
    const std::vector<Identifier>& roster = identifiers(entry.decisions.client);
    auto& unknown = seen_[{entry.decisions.client, entry.principal}];
    for (const Identifier& identifier : event->identifiers) {
        note_scheme(entry.principal, identifier);
        if (!knows(roster, identifier)) {
            unknown.push_back(identifier);
        }
    }
}

void People::note_scheme(PartnerId partner, const Identifier& identifier) {
    auto& schemes = schemes_[partner];
    if (!uses(partner, identifier) && schemes.size() < kSchemesPerPartnerMax) {
        schemes.emplace_back(identifier.authority, identifier.type);
    }
}

bool People::uses(PartnerId partner, const Identifier& identifier) const {
    const auto found = schemes_.find(partner);
    return found != schemes_.end() &&
           std::ranges::find(found->second, Scheme{identifier.authority, identifier.type}) !=
               found->second.end();
}

const People::Person& People::person(const ClientId& client) const {
    static const Person kNobody;
    const auto found = people_.find(client);
    return found == people_.end() ? kNobody : found->second;
}

std::string_view People::name(const ClientId& client) const { return person(client).name; }

const std::vector<Identifier>& People::identifiers(const ClientId& client) const {
    return person(client).roster;
}

const std::vector<Sequence>& People::rows(const ClientId& client) const {
    return person(client).rows;
}

std::vector<Identifier> People::identifiers(const ClientId& client, PartnerId partner) const {
    std::vector<Identifier> own;
    for (const Identifier& identifier : identifiers(client)) {
        if (uses(partner, identifier)) {
            own.push_back(identifier);
        }
    }
    if (own.empty()) {
        const auto found = seen_.find({client, partner});
        own = found == seen_.end() ? own : found->second;
    }
    return own;
}

}  // namespace carehub::follower
