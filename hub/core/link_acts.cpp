#include "hub/core/link_acts.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"
#include "hub/base/mix.hpp"
#include "hub/core/alerts.hpp"
#include "hub/core/erasure.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/links.hpp"
#include "hub/core/matters.hpp"
#include "hub/core/office_notes.hpp"
#include "hub/core/repartition.hpp"
#include "hub/core/scope.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

Refusal no_room(std::string field) {
    return refuse(RefusalReason::TooManyItems, std::move(field),
                  "close or cancel some of that client's obligations first");
}

/// Who was told, and of which events, stands in the journal: from `first` on.
void note_breach(Draft& draft, Case& from, UtcTime since, Sequence first, SubjectHash ended = {}) {
    Matter breach;
    breach.id = breach_id(draft.sequence(), ended);
    breach.kind = MatterKind::LinkBreach;
    breach.since = since;
    breach.told_at = draft.now();
    breach.zone = from.client.zone;
    breach.first = first;
    breach.last = draft.sequence();
    put_matter(from.matters, breach);
}

/// What stands aside under that identifier; made when there is nothing yet.
Case& open_aside(Draft& draft, SubjectHash subject) {
    Case& aside = draft.open(aside_of(subject));
    aside.client.aside = true;
    return aside;
}

class LinkWriter {
public:
    LinkWriter(Draft& draft, const RuleSet& rules, const Input& input, const CommandInput& command)
        : draft_(draft), rules_(rules), input_(input), command_(command), state_(draft.before()) {}

    Refusal write() {
        const auto& told = std::get<LinkCommand>(command_.command);
        if (Refusal refusal = check_scope(told.act); refusal.reason != RefusalReason::None) {
            return refusal;
        }
        if (Refusal refusal = check_client(command_.client, "client");
            refusal.reason != RefusalReason::None) {
            return refusal;
        }
        switch (told.act) {
            case LinkAct::Merge: return merge();
            case LinkAct::Unmerge: return unmerge();
            case LinkAct::Distinguish: return distinguish();
            case LinkAct::Link:
            case LinkAct::Unlink:
            case LinkAct::Split: break;
            case LinkAct::Unset:
                return refuse(RefusalReason::MissingField, "act",
                              "say link, unlink, split, merge, unmerge or distinguish");
        }
        if (command_.subject.is_none()) {
            return refuse(RefusalReason::InvalidField, "identifier",
                          "a client's name in the roster is its own: name another identifier");
        }
        return told.act == LinkAct::Link     ? join()
               : told.act == LinkAct::Unlink ? separate(nullptr)
                                             : split();
    }

private:
    bool may_decide_about(ClientId client) const {
        const Case* subject = state_.find_case(client);
        return subject == nullptr ||  // refused as unknown
               may_decide(state_, input_.principal, *subject, draft_.now());
    }

    /// What joins asks for both, what parts for either.
    Refusal check_scope(LinkAct act) const {
        const bool one = may_decide_about(command_.client);
        if (command_.other.is_none()) {
            return one ? Refusal{} : refuse_touch("client");
        }
        const bool other = may_decide_about(command_.other);
        if (act == LinkAct::Unmerge || act == LinkAct::Distinguish) {
            return one || other ? Refusal{} : refuse_touch("client");
        }
        return one && other ? Refusal{} : refuse_touch(one ? "to" : "client");
    }

    Refusal check_client(ClientId client, std::string field) const {
        if (state_.find_case(client) == nullptr) {
            return refuse(RefusalReason::UnknownClient, std::move(field),
                          "name a client of the roster");
        }
        if (is_erased(state_, client)) {
            return refuse_erased(std::move(field));
        }
        if (state_.effective(client) != client) {
            return refuse(RefusalReason::WrongState, std::move(field),
                          "this client is one with another: name that one, or unmerge them first");
        }
        return {};
    }

    /// Of a command about two clients.
    Refusal check_other() const {
        if (command_.other == command_.client) {
            return refuse(RefusalReason::UnknownClient, "to", "name another client of the roster");
        }
        return check_client(command_.other, "to");
    }

    // --- Identifiers ---

    Refusal join() {
        const ClientId owner = client_of(state_, command_.subject);
        if (owner == command_.client) {
            return {};
        }
        if (!owner.is_none()) {
            return refuse(RefusalReason::IdentifierTaken, "identifier",
                          "this identifier belongs to another client: split it from that one");
        }
        Case& subject = draft_.open(command_.client);
        const Case* aside = draft_.subject(aside_of(command_.subject));
        if (aside != nullptr && !fits_together(subject, *aside)) {
            return no_room("client");
        }
        claim(command_.client);
        if (aside != nullptr) {
            bring_aside(draft_, command_.subject, subject);
            settle(draft_, subject, rules_, {});
        }
        return {};
    }

    Refusal split() {
        if (Refusal refusal = check_other(); refusal.reason != RefusalReason::None) {
            return refusal;
        }
        return separate(&draft_.open(command_.other));
    }

    /// From here on the identifier is the client's, on the word of this person.
    void claim(ClientId client) {
        draft_.decisions.links.push_back(
            enrolled(command_, command_.subject, client, input_.principal, draft_));
        for (const ClientId& person : persons_of(state_, client)) {
            lift_separation(command_.subject, person);
        }
    }

    void lift_separation(SubjectHash subject, ClientId client) {
        const auto separated = state_.separations.find({subject, client});
        if (separated != state_.separations.end()) {
            Separation lifted = separated->second;
            lifted.lifted = true;
            draft_.decisions.separations.push_back(lifted);
        }
    }

    void put_separation(SubjectHash subject, ClientId client) {
        if (!state_.separations.contains({subject, client})) {
            draft_.decisions.separations.push_back(
                {subject, client, draft_.now(), draft_.sequence(), false});
        }
    }

    Refusal separate(Case* to) {
        if (client_of(state_, command_.subject) != command_.client) {
            return refuse(RefusalReason::NotFound, "identifier",
                          "name an identifier of this client: `carehub client show`");
        }
        const Link ended = *state_.links.find(command_.subject);
        Case& from = draft_.open(command_.client);
        if (to != nullptr && !has_room(from, *to)) {
            return no_room("to");
        }
        put_separation(command_.subject, command_.client);
        if (ended.client != command_.client) {
            put_separation(command_.subject, ended.client);  // of the one it is one with, too
        }
        if (to == nullptr) {
            end_link(draft_, rules_, from, ended);
            return {};
        }
        claim(command_.other);
        repartition(draft_, from, *to, {ended.source});
        if (ended.first_told.value != 0) {
            note_breach(draft_, from, ended.valid_from, ended.first_told, ended.subject);
        }
        settle(draft_, from, rules_, {false, {}, true});
        settle(draft_, *to, rules_, {});
        end_conflict(draft_, {command_.client, command_.other});
        return {};
    }

    bool has_room(const Case& from, const Case& to) const {
        const LinkNumber number = number_of(state_, command_.subject);
        const auto moved = [number](const auto& record) { return record.told_under == number; };
        const auto fits = [&](const auto& own, const auto& taken, std::size_t most) {
            return own.size() + static_cast<std::size_t>(std::ranges::count_if(taken, moved)) <=
                   most;
        };
        return fits(to.obligations, from.obligations, kObligationsPerClientMax) &&
               fits(to.stays, from.stays, kStaysPerClientMax);
    }

    // --- Clients ---

    Refusal merge() {
        if (state_.effective(command_.other) == command_.client &&
            command_.other != command_.client) {
            return {};  // said before
        }
        if (Refusal refusal = check_other(); refusal.reason != RefusalReason::None) {
            return refusal;
        }
        Case& into = draft_.open(command_.client);
        Case& from = draft_.open(command_.other);
        if (!fits_together(into, from)) {
            return no_room("to");
        }
        draft_.decisions.merges.push_back(
            {command_.other, command_.client, draft_.now(), draft_.sequence(), false});
        lift_separation(command_.other_self, command_.client);
        lift_separation(command_.self, command_.other);
        repartition(draft_, into, from, {draft_.sequence(), false, true});
        settle(draft_, from, rules_, {false, {}, true});
        settle(draft_, into, rules_, {});
        end_conflict(draft_, {command_.client, command_.other});
        return {};
    }

    Refusal unmerge() {
        const auto known = state_.merges.find(command_.other);
        if (known == state_.merges.end() || state_.effective(command_.other) != command_.client) {
            return refuse(RefusalReason::NotFound, "to",
                          "name a client that is one with this one: `carehub client show`");
        }
        const Merge merged = known->second;
        Case& into = draft_.open(command_.client);
        Case& from = draft_.open(command_.other);
        draft_.decisions.merges.push_back(merged);
        draft_.decisions.merges.back().ended = true;
        put_separation(command_.other_self, command_.client);
        put_separation(command_.self, command_.other);
        repartition(draft_, into, from, {merged.source, true, true});
        note_breach(draft_, into, merged.since, merged.source);
        settle(draft_, into, rules_, {false, {}, true});
        settle(draft_, from, rules_, {});
        return {};
    }

    Refusal distinguish() {
        const auto& told = std::get<LinkCommand>(command_.command);
        if (told.to.empty() && client_of(state_, command_.subject) == command_.client) {
            return refuse(RefusalReason::WrongState, "identifier",
                          "this identifier is the client's: unlink it");
        }
        if (told.to.empty()) {
            put_separation(command_.subject, command_.client);
            return {};
        }
        if (Refusal refusal = check_other(); refusal.reason != RefusalReason::None) {
            return refusal;
        }
        put_separation(command_.other_self, command_.client);
        put_separation(command_.self, command_.other);
        return {};
    }

    Draft& draft_;
    const RuleSet& rules_;
    const Input& input_;
    const CommandInput& command_;
    const State& state_;
};

}  // namespace

void bring_aside(Draft& draft, SubjectHash subject, Case& to) {
    if (draft.subject(aside_of(subject)) != nullptr) {
        repartition(draft, to, open_aside(draft, subject), {draft.sequence()});
    }
}

void end_link(Draft& draft, const RuleSet& rules, Case& from, Link ended) {
    const Sequence since = ended.source;
    ended.valid_until = draft.now();
    draft.decisions.links.push_back(ended);
    repartition(draft, from, open_aside(draft, ended.subject), {since});
    if (ended.first_told.value != 0) {
        note_breach(draft, from, ended.valid_from, ended.first_told, ended.subject);
    }
    settle(draft, from, rules, {false, {}, true});
}

Refusal apply_link_command(Draft& draft, const RuleSet& rules, const Input& input,
                           const CommandInput& command) {
    return LinkWriter(draft, rules, input, command).write();
}

}  // namespace carehub::core
