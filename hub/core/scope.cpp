#include "hub/core/scope.hpp"

#include <algorithm>

#include "hub/core/addressee.hpp"

namespace carehub::core {
namespace {

bool has_member(const State& state, const Staff& supervisor, Symbol staff) {
    const auto member = state.staff.find(staff);
    return member != state.staff.end() &&
           (member->second.supervisor == supervisor.name ||
            (supervisor.team.value != 0 && supervisor.team == member->second.team));
}

bool has_client(const State& state, const Staff& supervisor, const Client& client) {
    return client.owner == supervisor.name || has_member(state, supervisor, client.owner) ||
           (supervisor.team.value != 0 && supervisor.team == client.team);
}

bool is_nobodys(const State& state, const Client& client) {
    return std::ranges::none_of(state.staff, [&](const auto& named) {
        const Staff& other = named.second;
        return other.role == StaffRole::Supervisor && has_client(state, other, client);
    });
}

Bond bond_of_supervisor(const State& state, Symbol name, const Client& client, UtcTime now) {
    if (name.value != 0 && cares_for(state, client, name, now)) {
        return Bond::Own;
    }
    const auto own = state.staff.find(name);
    const bool has = own != state.staff.end() && has_client(state, own->second, client);
    return has || is_nobodys(state, client) ? Bond::Team : Bond::Stranger;
}

}  // namespace

Bond bond_of(const State& state, StaffRole role, Symbol name, const Case& subject, UtcTime now) {
    if (role == StaffRole::CaseManager) {
        return name.value != 0 && stands_for(state, subject, name, now) ? Bond::Own
                                                                        : Bond::Stranger;
    }
    if (subject.client.id.is_none()) {
        return Bond::Office;
    }
    return role == StaffRole::Supervisor ? bond_of_supervisor(state, name, subject.client, now)
                                         : Bond::Stranger;
}

bool supervises(const State& state, Symbol supervisor, Symbol staff) {
    const auto own = state.staff.find(supervisor);
    return own != state.staff.end() && has_member(state, own->second, staff);
}

bool may_decide(const State& state, PartnerId actor, const Case& subject, UtcTime now) {
    const Partner* partner = state.partner(actor);
    const bool has_clients =
        partner != nullptr && partner->kind == PartnerKind::Staff &&
        (partner->role == StaffRole::CaseManager || partner->role == StaffRole::Supervisor);
    return !has_clients ||
           bond_of(state, partner->role, partner->name, subject, now) != Bond::Stranger;
}

bool may_touch(const State& state, PartnerId actor, const Case& subject, UtcTime now) {
    return may_decide(state, actor, subject, now) ||
           stands_for(state, subject, state.partner(actor)->name, now);
}

bool may_touch(const State& state, PartnerId actor, const Case& subject, const Alert& alert,
               UtcTime now) {
    const Partner* partner = state.partner(actor);
    return may_touch(state, actor, subject, now) ||
           (partner->role == StaffRole::Supervisor &&
            goes_to(state, subject.client, alert, partner->name, now));
}

Refusal refuse_touch(std::string field) {
    return {RefusalReason::NotYourClient, std::move(field),
            "only the client's own case manager, or a supervisor of its team or of that case "
            "manager, may do this: ask one of them"};
}

}  // namespace carehub::core
