#include "hub/follower/people.hpp"

#include <algorithm>

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "hub/core/claims.hpp"
#include "hub/core/rehearsal.hpp"
#include "hub/follower/profile.hpp"

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
        return !decisions.clients.empty() || !decisions.links.empty() || !decisions.merges.empty();
    }
    if (head.input_kind != InputKind::Submission) {
        return false;
    }
    const auto held = held_.find(decisions.client);
    return head.event_kind == EventKind::PersonUpserted || held == held_.end() ||
           !knows(held->second.seen_by, head.principal);
}

void People::apply(const Entry& entry, const core::State& state, std::uint32_t key,
                   const Submission* event) {
    if (!wants(entry)) {
        return;
    }
    if (entry.input_kind == InputKind::Command) {
        apply_row(entry, state);
    } else if (event != nullptr) {
        apply_event(entry, state, *event);
    } else if (const auto decoded = codec::decode_submission(entry.input)) {
        apply_event(entry, state, *decoded);
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
    tell(*row, person.known);
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
    // Who turns out to be two: partners' words may be about the other one.
    for (const Merge& merge : entry.decisions.merges) {
        if (merge.ended) {
            forget_told(merge.client);
            forget_told(merge.into);
        }
    }
    if (told.act == LinkAct::Unlink || told.act == LinkAct::Split) {
        Held& held = held_[entry.decisions.client];
        Person person = opened(entry.decisions.client, held);
        std::erase(person.roster, told.identifier);
        // What partners named beside it may be the other person's too: it is learned anew.
        person.seen.clear();
        person.told = {};
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

void People::forget_told(const ClientId& client) {
    const auto held = held_.find(client);
    if (held != held_.end()) {
        Person person = opened(client, held->second);
        person.told = {};
        change(held->second, std::move(person));
    }
}

void People::apply_event(const Entry& entry, const core::State& state, const Submission& event) {
    note_profile(entry, state, event);
    Held& held = held_[entry.decisions.client];
    if (knows(held.seen_by, entry.principal)) {
        return;
    }
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

void People::note_profile(const Entry& entry, const core::State& state, const Submission& event) {
    const auto* claim = std::get_if<PersonClaim>(&event.payload);
    const Partner* partner = state.partner(entry.principal);
    if (claim == nullptr || event.kind != EventKind::PersonUpserted || partner == nullptr ||
        core::is_rehearsing(state, partner->id)) {
        return;
    }
    Held& held = held_[entry.decisions.client];
    Person person = opened(entry.decisions.client, held);
    person.is_protected = person.is_protected ||
                          core::labels_of(state, *partner, event).has(SecurityLabel::DvProtected);
    person.told = person.is_protected ? match::Profile{} : profile_of(*claim);
    change(held, std::move(person));
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
