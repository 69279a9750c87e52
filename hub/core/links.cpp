#include "hub/core/links.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"
#include "hub/base/mix.hpp"
#include "hub/core/alerts.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/matters.hpp"
#include "hub/core/series.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

/// As the draft will leave it.
const Link& link_after(const Draft& draft, LinkNumber number) {
    const Link& before = draft.before().links.item(number.value - 1).record;
    const auto changed = std::ranges::find(draft.decisions.links, before.subject, &Link::subject);
    return changed == draft.decisions.links.end() ? before : *changed;
}

/// Whether the case that takes a record over knows a later telling of it.
template <class Record>
bool is_behind(const Records<Record>& records, const Record& moved) {
    if constexpr (requires { moved.last; }) {
        const Record* known = find(records, key_of(moved));
        return known != nullptr && known->last > moved.last;
    } else {
        return false;  // a contact and a consent are told once
    }
}

void put_moved(Case& to, const Obligation& record) { to.obligations.put(record); }
void put_moved(Case& to, const Stay& record) { to.stays.put(record); }
void put_moved(Case& to, const Contact& record) { put_contact(to.contacts, record); }
void put_moved(Case& to, const Matter& record) { put_matter(to.matters, record); }
void put_moved(Case& to, Consent record) {
    record.client = to.client.id;
    to.consents.put(std::move(record));
}

/// What was told under one link leaves a case; `to` is null when it goes to nobody.
class Moving {
public:
    Moving(Case& from, Case* to, LinkNumber link) : from_(from), to_(to), link_(link) {}

    void move() {
        ask_to_inform_again();
        move(&Case::obligations);
        take_back_arrivals();
        move(&Case::stays);
        move(&Case::contacts);
        move(&Case::matters);
        move(&Case::consents);
        move_death();
    }

private:
    /// That the client was told what is ahead may have been about a date that leaves.
    void ask_to_inform_again() {
        if (std::ranges::any_of(from_.obligations, [this](const Obligation& one) {
                return one.told_under == link_ &&
                       one.obligation_class == ObligationClass::CourtAppearance;
            })) {
            from_.client.informed_at = kUnknownTime;
        }
    }

    template <class Record>
    void move(Records<Record> Case::*kind) {
        const auto leaves = [this](const Record& record) { return record.told_under == link_; };
        if (std::ranges::none_of(from_.*kind, leaves)) {
            return;
        }
        for (const Record& record : from_.*kind) {
            if (leaves(record) && to_ != nullptr && !is_behind(to_->*kind, record)) {
                put_moved(*to_, record);
            }
        }
        (from_.*kind).erase_if(leaves);
    }

    /// Somebody else came: the appointments that stay here were not come to.
    void take_back_arrivals() {
        const auto is_arrival = [this](const Stay& stay, bool leaves) {
            return stay.encounter_class == EncounterClass::Outpatient &&
                   (stay.told_under == link_) == leaves;
        };
        for (const Stay& stay : from_.stays) {
            // Where the client came as well that morning, the arrival stands.
            const bool came_too = std::ranges::any_of(from_.stays, [&](const Stay& own) {
                return is_arrival(own, false) && own.partner == stay.partner &&
                       std::chrono::abs(own.start - stay.start) <= kArrivalMatchMax;
            });
            if (is_arrival(stay, true) && !came_too) {
                take_back_arrival(from_.obligations, stay);
            }
        }
    }

    void move_death() {
        Client& client = from_.client;
        if (client.death_under != link_) {
            return;
        }
        if (to_ != nullptr && to_->client.deceased_at == kUnknownTime) {
            to_->client.deceased_at = client.deceased_at;
            to_->client.death = client.death;
            to_->client.death_under = link_;
        }
        client.deceased_at = kUnknownTime;
        client.death = {};
        client.death_under = {};
    }

    Case& from_;
    Case* to_;
    LinkNumber link_;
};

class LinkWriter {
public:
    LinkWriter(Draft& draft, const RuleSet& rules, const Input& input, const CommandInput& command)
        : draft_(draft), rules_(rules), input_(input), command_(command), state_(draft.before()) {}

    Refusal write() {
        const auto& told = std::get<LinkCommand>(command_.command);
        if (state_.find_case(command_.client) == nullptr) {
            return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
        }
        if (command_.subject.is_none()) {
            return refuse(RefusalReason::InvalidField, "identifier",
                          "a client's name in the roster is its own: name another identifier");
        }
        switch (told.act) {
            case LinkAct::Link: return join();
            case LinkAct::Unlink: return separate(nullptr);
            case LinkAct::Split: return split();
            case LinkAct::Unset: break;
        }
        return refuse(RefusalReason::MissingField, "act", "say link, unlink or split");
    }

private:
    Refusal join() {
        const ClientId owner = client_of(state_, command_.subject);
        if (owner == command_.client) {
            return {};
        }
        if (!owner.is_none()) {
            return refuse(RefusalReason::IdentifierTaken, "identifier",
                          "this identifier belongs to another client: split it from that one");
        }
        claim(command_.client);
        return {};
    }

    Refusal split() {
        if (state_.find_case(command_.other) == nullptr || command_.other == command_.client) {
            return refuse(RefusalReason::UnknownClient, "to", "name another client of the roster");
        }
        return separate(&draft_.open(command_.other));
    }

    /// From here on the identifier is the client's, on the word of this person.
    void claim(ClientId client) {
        draft_.decisions.links.push_back(
            enrolled(command_.subject, client, input_.principal, draft_));
        const auto separated = state_.separations.find({command_.subject, client});
        if (separated != state_.separations.end()) {
            Separation lifted = separated->second;
            lifted.lifted = true;
            draft_.decisions.separations.push_back(lifted);
        }
    }

    Refusal separate(Case* to) {
        if (client_of(state_, command_.subject) != command_.client) {
            return refuse(RefusalReason::NotFound, "identifier",
                          "name an identifier of this client: `carehub client show`");
        }
        const Link ended = *state_.links.find(command_.subject);
        const LinkNumber number = number_of(state_, command_.subject);
        Case& from = draft_.open(command_.client);
        if (to != nullptr && !has_room(from, *to, number)) {
            return refuse(RefusalReason::TooManyItems, "to",
                          "close or cancel some of that client's obligations first");
        }
        draft_.decisions.separations.push_back(
            {command_.subject, command_.client, draft_.now(), draft_.sequence(), false});
        if (to != nullptr) {
            claim(command_.other);
        } else {
            draft_.decisions.links.push_back(ended);
            draft_.decisions.links.back().valid_until = draft_.now();
        }
        Moving(from, to, number).move();
        draft_.decisions.departures.push_back({command_.client, number});
        note_breach(from, ended);
        settle(draft_, from, rules_, {false, {}, true});
        if (to != nullptr) {
            settle(draft_, *to, rules_, {});
            end_conflict();
        }
        return {};
    }

    /// Whose of the two it is has been said.
    void end_conflict() {
        const MatterId id = conflict_of({command_.client, command_.other});
        const Matter* known = find(state_.office.matters, id);
        if (known == nullptr || known->withdrawn) {
            return;
        }
        Matter ended = *known;
        ended.withdrawn = true;
        ended.last = draft_.sequence();
        put_matter(draft_.open({}).matters, ended);
        draft_.wake_office();
    }

    static bool has_room(const Case& from, const Case& to, LinkNumber number) {
        const auto moved = [number](const auto& record) { return record.told_under == number; };
        const auto fits = [&](const auto& own, const auto& taken, std::size_t most) {
            return own.size() + static_cast<std::size_t>(std::ranges::count_if(taken, moved)) <=
                   most;
        };
        return fits(to.obligations, from.obligations, kObligationsPerClientMax) &&
               fits(to.stays, from.stays, kStaysPerClientMax);
    }

    /// Who was told, and of which events, stands in the journal: from the first one on.
    void note_breach(Case& from, const Link& ended) {
        if (ended.first_told.value == 0) {
            return;
        }
        Matter breach;
        breach.id = MatterId{Mix128()
                                 .add(static_cast<std::uint64_t>(MatterKind::LinkBreach))
                                 .add(draft_.sequence().value)
                                 .value()};
        breach.kind = MatterKind::LinkBreach;
        breach.since = ended.valid_from;
        breach.told_at = draft_.now();
        breach.zone = from.client.zone;
        breach.first = ended.first_told;
        breach.last = draft_.sequence();
        put_matter(from.matters, breach);
    }

    Draft& draft_;
    const RuleSet& rules_;
    const Input& input_;
    const CommandInput& command_;
    const State& state_;
};

}  // namespace

ClientId client_of(const State& state, SubjectHash subject) {
    const Link* link = state.links.find(subject);
    return link != nullptr && link->holds() ? link->client : ClientId{};
}

ClientId client_of(const State& state, const std::vector<SubjectHash>& subjects) {
    ClientId agreed;
    for (const SubjectHash& subject : subjects) {
        const ClientId client = client_of(state, subject);
        if (client.is_none() || client == agreed) {
            continue;
        }
        if (!agreed.is_none()) {
            return {};
        }
        agreed = client;
    }
    return agreed;
}

SubjectHash subject_of(const State& state, const std::vector<SubjectHash>& subjects,
                       ClientId client) {
    const auto own = std::ranges::find_if(subjects, [&](const SubjectHash& subject) {
        return !client.is_none() && client_of(state, subject) == client;
    });
    return own == subjects.end() ? SubjectHash{} : *own;
}

LinkNumber number_of(const State& state, SubjectHash subject) {
    const auto place = state.links.number_of(subject);
    return place ? LinkNumber{*place + 1} : LinkNumber{};
}

Link enrolled(SubjectHash subject, ClientId client, PartnerId by, const Draft& draft) {
    Link link;
    link.subject = subject;
    link.client = client;
    link.method = LinkMethod::EnrolledByStaff;
    link.asserted_by = by;
    link.valid_from = draft.now();
    link.source = draft.sequence();
    return link;
}

bool is_separated(const State& state, SubjectHash subject, ClientId client) {
    return state.separations.contains({subject, client});
}

MatterId conflict_of(const std::set<ClientId>& clients) {
    Mix128 mix;
    mix.add(static_cast<std::uint64_t>(MatterKind::IdentityConflict));
    for (const ClientId& client : clients) {
        mix.add(client.value);
    }
    return MatterId{mix.value()};
}

bool is_told_rightly(const Draft& draft, const Delivery& delivery) {
    if (delivery.told_under.value == 0) {
        return true;
    }
    const Link& link = link_after(draft, delivery.told_under);
    return link.holds() && link.client == delivery.client;
}

Refusal apply_link_command(Draft& draft, const RuleSet& rules, const Input& input,
                           const CommandInput& command) {
    return LinkWriter(draft, rules, input, command).write();
}

}  // namespace carehub::core
