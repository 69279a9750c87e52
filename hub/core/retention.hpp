// How long a client's data are kept (domain/08), as far as a case tells it.
//
// Contract: years run from the last time anything was told of the client, or from the end of what
// was told, whichever is later; while anything lasts they do not run. A client with records of
// housing has years of its own (HMIS standards 4.1). Nothing here erases.
// Threads: any, on a State that stands still.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

/// 45 CFR 164.316(b)(2), 164.528(a)(1): six years.
inline constexpr std::uint8_t kRetentionYearsMin = 6;
/// HMIS privacy standards: seven years after creation or last change.
inline constexpr std::uint8_t kHousingYearsMin = 7;

/// Whole years after the last day.
struct RetentionYears {
    std::uint8_t general = 7;  ///< an accounting reaches six years back: one more to ask for it
    std::uint8_t housing = kHousingYearsMin;
};

/// When its years began to run; kNever while something of it lasts: a stay, an enrollment, a term of
/// supervision, a warrant, a date ahead. What the hub tells staff by itself prolongs nothing.
[[nodiscard]] UtcTime kept_since(const Case& subject, UtcTime now);
/// A housing provider told something that stands in the case.
[[nodiscard]] bool has_housing_records(const State& state, const Case& subject);
/// It is an identifier of a housing provider.
[[nodiscard]] bool is_of_housing(const State& state, const Link& link);
/// The first instant at which the data may go; kNever while the years do not run.
[[nodiscard]] UtcTime kept_until(UtcTime since, std::uint8_t years);

/// The entries that placed the legal holds that stand on the client or on one that is one with it,
/// oldest first.
[[nodiscard]] std::vector<Sequence> holds_of(const State& state, ClientId client);
[[nodiscard]] std::vector<Sequence> holds_of(const Client& client);
/// The client, or one that is one with it, is under legal hold.
[[nodiscard]] bool is_held(const State& state, ClientId client);

}  // namespace carehub::core
