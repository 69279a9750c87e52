// What the rules about two obligations share: which obligations occupy time, who may move, and the
// suggestions for resolving, in the order of domain/10.
#pragma once

#include <array>

#include "hub/core/rule.hpp"

namespace carehub::rules {

/// Two feeds that tell of one appointment agree on its start as nearly as this.
inline constexpr std::chrono::minutes kSameStart{15};

/// What may still take place: booked, or a hearing that fell out of a list, which is no cancellation
/// (domain/05, DKT and JUDICI: ask a human).
inline constexpr std::array kMayStand{ObligationStatus::Scheduled, ObligationStatus::Unlisted};

/// Whether the client has to be there, as far as anybody said: booked; or unlisted, until a person
/// who asked closes HearingUnlisted as Moved or Duplicate.
[[nodiscard]] bool stands(const core::CaseView& view, const Obligation& obligation);

/// Whether it takes the client's time: it stands, and is no mere note or proposal.
[[nodiscard]] bool blocks_time(const core::CaseView& view, const Obligation& obligation);

/// The last instant at which it may begin: of a day without an hour any hour may be meant.
[[nodiscard]] UtcTime latest_start(const Obligation& obligation);

/// The time an obligation occupies for a comparison; all-day listings occupy a half day.
struct Block {
    const Obligation* obligation = nullptr;
    UtcTime start{};
    UtcTime end{};
    bool uncertain = false;  ///< all-day or call list: the day is sure, the hour is not
};

/// The time that the obligation occupies; a day without an hour, or a list that is called, takes a
/// half day.
[[nodiscard]] Block block_of(const core::CaseView& view, const Obligation& obligation);
/// A block begins no more than this before its obligation: with the morning of its day.
inline constexpr std::chrono::hours kBlockBeforeStartMax{24};

/// Obligations that block time, start after now and within the horizon; ordered by start.
/// Asks to be woken when one enters the horizon.
[[nodiscard]] std::vector<Block> upcoming_blocks(const core::CaseView& view,
                                                 core::Findings& findings);

/// Whether two obligations are one appointment told by two feeds.
[[nodiscard]] bool looks_like_one(const core::CaseView& view, const Obligation& a,
                                  const Obligation& b);

/// Whether a person said of two that look like one, at these times and places, that they are two.
[[nodiscard]] bool are_told_apart(const core::CaseView& view, const Block& first,
                                  const Block& second);

/// A finding about two obligations, with evidence, act-by, suggestions and material filled in.
[[nodiscard]] Finding pair_finding(const core::CaseView& view, RuleId rule, const Block& first,
                                   const Block& second, Severity severity);

}  // namespace carehub::rules
