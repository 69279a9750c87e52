#include "hub/follower/sight.hpp"

#include <algorithm>

#include "hub/core/addressee.hpp"
#include "hub/core/permit.hpp"

namespace carehub::follower {
namespace {

bool has_member(const core::State& state, const Staff& supervisor, Symbol staff) {
    const auto member = state.staff.find(staff);
    return member != state.staff.end() &&
           (member->second.supervisor == supervisor.name ||
            (supervisor.team.value != 0 && supervisor.team == member->second.team));
}

bool has_client(const core::State& state, const Staff& supervisor, const Client& client) {
    return client.owner == supervisor.name || has_member(state, supervisor, client.owner) ||
           (supervisor.team.value != 0 && supervisor.team == client.team);
}

/// Nobody's client is every supervisor's.
bool is_nobodys(const core::State& state, const Client& client) {
    return std::ranges::none_of(state.staff, [&](const auto& named) {
        const Staff& other = named.second;
        return other.role == StaffRole::Supervisor && has_client(state, other, client);
    });
}

Bond bond_of_supervisor(const core::State& state, const Reader& reader, const Client& client) {
    const Symbol name = state.symbol(reader.name);
    if (name.value != 0 && core::cares_for(state, client, name, state.now)) {
        return Bond::Own;
    }
    const auto own = state.staff.find(name);
    const bool has = own != state.staff.end() && has_client(state, own->second, client);
    return has || is_nobodys(state, client) ? Bond::Team : Bond::Stranger;
}

}  // namespace

Bond bond_of(const core::State& state, const Reader& reader, const core::Case& subject) {
    if (reader.role == StaffRole::CaseManager) {
        return core::may_touch(state, reader.id, subject, state.now) ? Bond::Own : Bond::Stranger;
    }
    if (subject.client.id.is_none()) {
        return Bond::Office;
    }
    return reader.role == StaffRole::Supervisor ? bond_of_supervisor(state, reader, subject.client)
                                                : Bond::Stranger;
}

Sight sight_of(StaffRole role, Bond bond, Why why) {
    for (const SightRow& row : kSights) {
        if (row.role == role && row.bond == bond) {
            return why == Why::Emergency ? row.breaking_glass
                   : why == Why::Reason  ? row.with_reason
                                         : row.sight;
        }
    }
    return Sight::Nothing;
}

bool supervises(const core::State& state, const Reader& reader, Symbol staff) {
    const auto own = state.staff.find(state.symbol(reader.name));
    return own != state.staff.end() && has_member(state, own->second, staff);
}

}  // namespace carehub::follower
