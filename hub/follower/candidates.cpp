#include "hub/follower/candidates.hpp"

#include <algorithm>

#include "hub/core/rehearsal.hpp"
#include "hub/core/repartition.hpp"
#include "hub/follower/limits.hpp"
#include "hub/follower/profile.hpp"

namespace carehub::follower {
namespace {

bool holds_protected(const core::Case& subject) {
    const auto any = [](const auto& records) {
        return std::ranges::any_of(records, [](const auto& record) {
            return record.labels.has(SecurityLabel::DvProtected);
        });
    };
    return any(subject.obligations) || any(subject.stays) || any(subject.matters);
}

const std::vector<Identifier>& identifiers_of(const Candidate& stranger) {
    static const std::vector<Identifier> kNone;
    return stranger.person->seen.empty() ? kNone : stranger.person->seen.front().identifiers;
}

}  // namespace

Candidates::Candidates(const Answering& question) : question_(question), state_(question.state) {
    add_clients();
    add_strangers();
    find_apart();
}

void Candidates::add_clients() {
    const std::size_t all = state_.cases.size();
    left_out_ = all - std::min(all, kReviewClientsMax);
    std::size_t place = 0;
    for (const auto& [id, subject] : state_.cases) {
        const bool asked_of = id == question_.client;
        if (place++ < left_out_ && !asked_of) {
            continue;
        }
        PersonPtr person = question_.person(id);
        match::Profile profile = joined(person->known, person->told);
        people_.push_back({id, nullptr, {}, std::move(person), std::move(profile)});
    }
}

void Candidates::add_strangers() {
    for (const auto& [entry, stranger] : question_.follower.strangers().all()) {
        const Link* link = state_.links.find(stranger.subject);
        const bool is_clients = link != nullptr && link->holds();
        if (is_clients || stranger.is_protected || core::is_rehearsing(state_, stranger.partner)) {
            continue;
        }
        PersonPtr person = question_.entries.person(stranger);
        match::Profile profile = person->told;
        people_.push_back({{}, &stranger, entry, std::move(person), std::move(profile)});
    }
}

/// An identifier that a person took from a client, or a client's own name, tells that whoever has it
/// is somebody else.
void Candidates::find_apart() {
    for (const auto& [key, separation] : state_.separations) {
        const Link* link = state_.links.find(key.first);
        if (link != nullptr && link->holds()) {
            apart_.insert(pair_of(link->client, key.second));
        }
    }
}

std::pair<ClientId, ClientId> Candidates::pair_of(ClientId one, ClientId other) const {
    one = state_.effective(one);
    other = state_.effective(other);
    return {std::min(one, other), std::max(one, other)};
}

bool Candidates::is_open(const Candidate& one, const Candidate& other) const {
    if (one.client.is_none() || is_protected(one) || is_protected(other)) {
        return false;  // clients come first: these are two who are none
    }
    if (other.client.is_none()) {
        return is_open(one.client, other);
    }
    const auto pair = pair_of(one.client, other.client);
    return pair.first != pair.second && !apart_.contains(pair);
}

bool Candidates::is_open(ClientId client, const Candidate& stranger) const {
    const std::vector<ClientId> persons = question_.follower.persons_of(state_.effective(client));
    const auto is_decided = [&](const Identifier& identifier) {
        const SubjectHash subject = question_.hashes.subject(identifier);
        const Link* link = state_.links.find(subject);
        return (link != nullptr && link->holds()) ||
               std::ranges::any_of(persons, [&](ClientId one) {
                   return state_.separations.contains({subject, one});
               });
    };
    return std::ranges::none_of(identifiers_of(stranger), is_decided);
}

bool Candidates::is_protected(const Candidate& one) const {
    if (one.client.is_none()) {
        const auto aside = state_.aside.find(core::aside_of(one.stranger->subject));
        return aside != state_.aside.end() && holds_protected(aside->second);
    }
    const ClientId effective = state_.effective(one.client);
    const std::vector<ClientId> persons = question_.follower.persons_of(effective);
    return std::ranges::any_of(persons, [this](ClientId id) {
        const core::Case* subject = state_.find_case(id);
        return question_.person(id)->is_protected ||
               (subject != nullptr && holds_protected(*subject));
    });
}

bool Candidates::may_read(ClientId client) const {
    const core::Case* subject = state_.find_case(state_.effective(client));
    return subject != nullptr && question_.tells(*subject);
}

Hash128 Candidates::mark_of(const Candidate& one) const {
    if (!one.client.is_none()) {
        return state_.effective(one.client).value;
    }
    SubjectHash least = one.stranger->subject;
    for (const Identifier& identifier : identifiers_of(one)) {
        least = std::min(least, question_.hashes.subject(identifier));
    }
    return least.value;
}

Candidates::Found Candidates::find(ClientId only) const {
    std::vector<match::Profile> profiles;
    profiles.reserve(people_.size());
    for (const Candidate& one : people_) {
        profiles.push_back(one.profile);
    }
    const auto is_about = [&](const Candidate& one) {
        return !one.client.is_none() && state_.effective(one.client) == only;
    };
    match::Proposed proposed = match::propose(profiles, [&](std::size_t one, std::size_t other) {
        return (only.is_none() || is_about(people_[one]) || is_about(people_[other])) &&
               is_open(people_[one], people_[other]);
    });
    Found found{{}, people_.size(), left_out_, proposed.left_out, 0};
    std::set<std::pair<Hash128, Hash128>> seen;
    for (const match::Proposal& proposal : proposed.pairs) {
        const Candidate& one = people_[proposal.one];
        const Candidate& other = people_[proposal.other];
        if (!seen.insert(std::minmax(mark_of(one), mark_of(other))).second) {
            continue;
        }
        if (may_read(one.client) && (other.client.is_none() || may_read(other.client))) {
            found.pairs.push_back({&one, &other, proposal});
        } else {
            ++found.elsewhere;
        }
    }
    return found;
}

}  // namespace carehub::follower
