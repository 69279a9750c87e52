#include "hub/core/erasure.hpp"

#include <algorithm>

#include "hub/core/dead_letters.hpp"
#include "hub/core/deliveries.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/links.hpp"
#include "hub/core/office_notes.hpp"
#include "hub/core/retention.hpp"
#include "hub/core/scope.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

class Retaining {
public:
    Retaining(Draft& draft, const Input& input, const CommandInput& command)
        : draft_(draft),
          input_(input),
          told_(std::get<RetentionCommand>(command.command)),
          client_(command.client),
          state_(draft.before()) {}

    Refusal write() {
        if (Refusal refusal = check_client(); refusal.reason != RefusalReason::None) {
            return refusal;
        }
        switch (told_.act) {
            case RetentionAct::Hold: return hold();
            case RetentionAct::Release: return release();
            case RetentionAct::Erase: return erase();
            case RetentionAct::Purge: return purge();
            case RetentionAct::Unset: break;
        }
        return refuse(RefusalReason::MissingField, "act", "say hold, release, erase or purge");
    }

private:
    Refusal check_client() const {
        if (!may()) {
            return refuse(RefusalReason::NotAllowed, "principal", "ask a supervisor");
        }
        const Case* subject = state_.find_case(client_);
        if (subject == nullptr) {
            return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
        }
        if (!may_decide(state_, input_.principal, *subject, draft_.now())) {
            return refuse_touch("client");
        }
        if (is_erased(state_, client_)) {
            return refuse_erased("client");
        }
        if (state_.effective(client_) != client_) {
            return refuse(RefusalReason::WrongState, "client",
                          "this client is one with another: name that one, or unmerge them first");
        }
        return {};
    }

    /// The hub itself (no principal) speaks for whoever holds its folder.
    bool may() const {
        const Partner* actor = state_.partner(input_.principal);
        return input_.principal.value == 0 ||
               (actor != nullptr && actor->kind == PartnerKind::Staff &&
                actor->role == StaffRole::Supervisor);
    }

    Refusal hold() {
        std::vector<Sequence> holds = holds_of(state_.cases.at(client_).client);
        if (holds.size() >= kLegalHoldsPerClientMax) {
            return refuse(RefusalReason::TooManyItems, "client",
                          "release a legal hold that is over first: `carehub client show`");
        }
        holds.push_back(draft_.sequence());
        put_holds(client_, std::move(holds));
        return {};
    }

    Refusal release() {
        const std::vector<Sequence> standing = holds_of(state_, client_);
        const bool is_one_named = told_.hold.value != 0;
        if (is_one_named && told_.all) {
            return refuse(RefusalReason::InvalidField, "hold",
                          "name one legal hold or release all, not both");
        }
        if (is_one_named && std::ranges::find(standing, told_.hold) == standing.end()) {
            return refuse(RefusalReason::NotFound, "hold",
                          "name a legal hold that stands, by its number in `carehub client show`");
        }
        if (!is_one_named && !told_.all && standing.size() > 1) {
            return refuse(RefusalReason::WrongState, "hold",
                          "several legal holds stand: name the one that is over (--hold N, as "
                          "`carehub client show` tells them), or release --all");
        }
        for (const ClientId& one : persons_of(state_, client_)) {
            std::vector<Sequence> holds = holds_of(state_.cases.at(one).client);
            const auto ended = std::erase_if(
                holds, [&](const Sequence& hold) { return !is_one_named || hold == told_.hold; });
            if (ended > 0) {
                put_holds(one, std::move(holds));
            }
        }
        return {};
    }

    void put_holds(ClientId client, std::vector<Sequence> holds) {
        Client& held = draft_.open(client).client;
        held.hold = holds.empty() ? Sequence{} : holds.front();
        holds.erase(holds.begin(), holds.empty() ? holds.end() : holds.begin() + 1);
        held.later_holds = std::move(holds);
    }

    Refusal purge() {
        if (told_.years < kRetentionYearsMin || told_.housing_years < kHousingYearsMin) {
            return refuse(RefusalReason::InvalidField, "years",
                          "six years at least, seven where there are records of housing");
        }
        const Case& subject = state_.cases.at(client_);
        bool housing = has_housing_records(state_, subject);
        for (const auto& [identifier, link] : state_.links) {
            housing = housing || (is_own(link) && is_of_housing(state_, link));
        }
        const std::uint8_t years =
            housing ? std::max(told_.years, told_.housing_years) : told_.years;
        if (kept_until(kept_since(subject, draft_.now()), years) > draft_.now()) {
            return refuse(RefusalReason::RetentionRuns, "client",
                          "purge clients that `carehub retention due` lists");
        }
        return erase();
    }

    bool is_own(const Link& link) const {
        return link.holds() && !link.client.is_none() && state_.effective(link.client) == client_;
    }

    Refusal erase() {
        if (is_held(state_, client_)) {
            return refuse(RefusalReason::LegalHold, "client",
                          "this client is under legal hold: `carehub client release` first, when "
                          "every hold is over");
        }
        const std::set<ClientId> persons = persons_of(state_, client_);
        for (const ClientId& one : persons) {
            draft_.decisions.erasures.push_back({one, {one.value}});
        }
        for (const auto& [subject, link] : state_.links) {
            if (is_own(link)) {
                const auto whose =
                    std::ranges::find(draft_.decisions.erasures, link.client, &Erasure::client);
                whose->subjects.push_back(subject.value);
            }
        }
        for (const ClientId& one : persons) {
            withdraw_forbidden(draft_, one);
            drop_letters(draft_, one);
        }
        watch_caseload(draft_, client_);
        return {};
    }

    Draft& draft_;
    const Input& input_;
    const RetentionCommand& told_;
    ClientId client_;
    const State& state_;
};

/// The place in the table stays: records of others name theirs by it.
void forget_link(State& state, SubjectHash subject, UtcTime now) {
    Link nobodys;
    nobodys.subject = subject;
    nobodys.valid_until = now;
    state.links[subject] = nobodys;
}

void forget_case(State& state, ClientId client, Sequence sequence) {
    Case& subject = state.cases.at(client);
    state.wakes.erase({subject.client.wake_at, client});
    for (const Alert& alert : subject.alerts) {
        const auto whose = state.alert_clients.find(alert.id);
        if (whose != state.alert_clients.end() && whose->second == client) {
            state.alert_clients.erase(whose);
        }
    }
    subject = Case{};
    subject.client.id = client;
    subject.client.erased = sequence;
    state.erasures.insert(sequence);
}

}  // namespace

Refusal apply_retention_command(Draft& draft, const Input& input, const CommandInput& command) {
    return Retaining(draft, input, command).write();
}

bool is_erased(const Draft& draft, ClientId client) {
    return is_erased(draft.before(), client) ||
           std::ranges::find(draft.decisions.erasures, client, &Erasure::client) !=
               draft.decisions.erasures.end();
}

bool is_erased(const State& state, ClientId client) {
    const Case* subject = state.find_case(client);
    return subject != nullptr && subject->client.erased.value != 0;
}

Refusal refuse_erased(std::string field) {
    return refuse(RefusalReason::ClientErased, std::move(field),
                  "what was told of this client was erased: enrol the person under a new name");
}

void erase_clients(State& state, Sequence sequence, const Decisions& decisions) {
    for (const Erasure& erasure : decisions.erasures) {
        std::erase_if(state.merges, [&](const auto& merged) {
            return merged.first == erasure.client || merged.second.into == erasure.client;
        });
        std::erase_if(state.separations,
                      [&](const auto& told) { return told.first.second == erasure.client; });
        for (const Hash128& subject : erasure.subjects) {
            if (subject != erasure.client.value) {
                forget_link(state, SubjectHash{subject}, decisions.now);
            }
        }
        forget_case(state, erasure.client, sequence);
    }
}

}  // namespace carehub::core
