// How much of one client a link of staff is told: every question asks here.
//
// Contract: the table below, by role and by what binds the asker to the client (core/scope.hpp;
// domain/08, S9 of design/features.md).
// Threads: pure.
#pragma once

#include "hub/core/scope.hpp"
#include "hub/follower/answers.hpp"

namespace carehub::follower {

/// Each tells what the one before it tells, and more.
enum class Sight : std::uint8_t {
    Nothing,    ///< not who the client is, nor what is said of it
    Fates,      ///< what became of events, and the words recipients refused them with
    Metadata,   ///< times, kinds, states, partners, rules, who the client is: nobody's words
    Emergency,  ///< the page without identifiers, papers, alerts, and what no such emergency opens
    Own,        ///< what may be disclosed to the client's case manager
    Whole,
};

using core::Bond;

struct SightRow {
    StaffRole role;
    Bond bond;
    Sight sight;
    Sight with_reason;     ///< the asker says why, and the trail keeps it
    Sight breaking_glass;  ///< and it is an emergency: the client's supervisor is told at once
};
/// What is not in it is told nothing.
inline constexpr SightRow kSights[] = {
    {StaffRole::CaseManager, Bond::Own, Sight::Own, Sight::Own, Sight::Own},
    {StaffRole::CaseManager, Bond::Stranger, Sight::Nothing, Sight::Nothing, Sight::Emergency},
    {StaffRole::Supervisor, Bond::Own, Sight::Own, Sight::Whole, Sight::Nothing},
    {StaffRole::Supervisor, Bond::Team, Sight::Metadata, Sight::Whole, Sight::Nothing},
    {StaffRole::Supervisor, Bond::Office, Sight::Whole, Sight::Whole, Sight::Nothing},
    {StaffRole::Integration, Bond::Stranger, Sight::Fates, Sight::Fates, Sight::Nothing},
    {StaffRole::Integration, Bond::Office, Sight::Whole, Sight::Whole, Sight::Nothing},
    {StaffRole::Operator, Bond::Office, Sight::Whole, Sight::Whole, Sight::Nothing},
};

[[nodiscard]] Bond bond_of(const core::State& state, const Reader& reader,
                           const core::Case& subject);
enum class Why : std::uint8_t { Unsaid, Reason, Emergency };
[[nodiscard]] Sight sight_of(StaffRole role, Bond bond, Why why);

/// By the directory: the asker supervises that member of staff, or works in the same team.
[[nodiscard]] bool supervises(const core::State& state, const Reader& reader, Symbol staff);

}  // namespace carehub::follower
