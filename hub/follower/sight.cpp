#include "hub/follower/sight.hpp"

namespace carehub::follower {

Bond bond_of(const core::State& state, const Reader& reader, const core::Case& subject) {
    return core::bond_of(state, reader.role, state.symbol(reader.name), subject, state.now);
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
    return core::supervises(state, state.symbol(reader.name), staff);
}

}  // namespace carehub::follower
