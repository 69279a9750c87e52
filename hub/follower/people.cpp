#include "hub/follower/people.hpp"

#include <algorithm>

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::follower {
namespace {

constexpr std::size_t kSchemesPerPartnerMax = 64;  ///< authorities one partner names clients under

template <class T>
bool knows(const std::vector<T>& list, const T& item) {
    return std::ranges::find(list, item) != list.end();
}

}  // namespace

bool People::wants(const Entry& head) const {
    const Decisions& decisions = head.decisions;
    if (decisions.client.is_none() || decisions.refused != RefusalReason::None) {
        return false;
    }
    if (head.input_kind == InputKind::Command) {
        return !decisions.clients.empty() || !decisions.links.empty();
    }
    if (head.input_kind != InputKind::Submission) {
        return false;
    }
    const auto held = held_.find(decisions.client);
    return held == held_.end() || !knows(held->second.seen_by, head.principal);
}

void People::apply(const Entry& entry, const core::State& state, std::uint32_t key,
                   const Submission* event) {
    if (!wants(entry)) {
        return;
    }
    if (entry.input_kind == InputKind::Command) {
        apply_row(entry, state);
    } else if (event != nullptr) {
        apply_event(entry, *event);
    } else if (const auto decoded = codec::decode_submission(entry.input)) {
        apply_event(entry, *decoded);
    }
    const auto held = held_.find(entry.decisions.client);
    if (key != 0 && held != held_.end() && entry.subject.value == held->first.value) {
        held->second.key = key;
    }
}

void People::apply_row(const Entry& entry, const core::State& state) {
    // An input that was erased since does not decode, and tells nothing any more.
    const auto command = codec::decode_command(entry.input);
    if (const auto* told = command ? std::get_if<LinkCommand>(&*command) : nullptr) {
        apply_link(entry, *told);
    }
    const auto* row = command ? std::get_if<RosterCommand>(&*command) : nullptr;
    if (row == nullptr) {
        return;
    }
    Held& held = held_[entry.decisions.client];
    Person person = opened(entry.decisions.client, held);
    person.name = row->client;
    person.rows.push_back(entry.sequence);
    if (!row->identifier.value.empty() && !knows(person.roster, row->identifier)) {
        person.roster.push_back(row->identifier);
    }
    if (const Partner* partner = state.partner_named(state.symbol(row->partner));
        partner != nullptr && !row->identifier.value.empty()) {
        note_scheme(partner->id, row->identifier);
    }
    change(held, std::move(person));
}

void People::apply_link(const Entry& entry, const LinkCommand& told) {
    if (told.act == LinkAct::Unlink || told.act == LinkAct::Split) {
        Held& held = held_[entry.decisions.client];
        Person person = opened(entry.decisions.client, held);
        std::erase(person.roster, told.identifier);
        // What partners named beside it may be the other person's too: it is learned anew.
        person.seen.clear();
        held.seen_by.clear();
        change(held, std::move(person));
    }
    for (const Link& link : entry.decisions.links) {
        if (link.holds() && !told.identifier.value.empty()) {
            Held& held = held_[link.client];
            Person person = opened(link.client, held);
            person.roster.push_back(told.identifier);
            change(held, std::move(person));
        }
    }
}

void People::apply_event(const Entry& entry, const Submission& event) {
    Held& held = held_[entry.decisions.client];
    held.seen_by.push_back(entry.principal);
    Person person = opened(entry.decisions.client, held);
    Person::Seen seen{entry.principal, {}};
    for (const Identifier& identifier : event.identifiers) {
        note_scheme(entry.principal, identifier);
        if (!knows(person.roster, identifier)) {
            seen.identifiers.push_back(identifier);
        }
    }
    if (!seen.identifiers.empty()) {
        person.seen.push_back(std::move(seen));
        change(held, std::move(person));
    }
}

void People::forget(const ClientId& client) { held_.erase(client); }

void People::change(Held& held, Person person) {
    held.clear = std::make_shared<const Person>(std::move(person));
    held.sealed = {};
}

Person People::opened(const ClientId& client, const Held& held) const {
    if (held.clear) {
        return *held.clear;
    }
    return held.sealed.sealed.empty() || !unsealer_ ? Person{}
                                                    : *open_person(client, held.sealed, *unsealer_);
}

People::Found People::find(const ClientId& client) const {
    const auto held = held_.find(client);
    if (held == held_.end()) {
        return {};
    }
    const bool is_sealed = !held->second.clear && !held->second.sealed.sealed.empty();
    return {held->second.clear, is_sealed ? &held->second.sealed : nullptr};
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
           knows(found->second, Scheme{identifier.authority, identifier.type});
}

std::vector<Identifier> People::identifiers(const Person& person, PartnerId partner) const {
    std::vector<Identifier> own;
    std::ranges::copy_if(person.roster, std::back_inserter(own),
                         [&](const Identifier& one) { return uses(partner, one); });
    if (own.empty()) {
        const auto seen = std::ranges::find(person.seen, partner, &Person::Seen::partner);
        return seen == person.seen.end() ? own : seen->identifiers;
    }
    return own;
}

}  // namespace carehub::follower
