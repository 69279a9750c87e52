// An alert in words: rendered when it is read, from rule, codes and evidence, never stored.
//
// Contract: domain/10 "what a good alert says": what, when with zone and weekday, where,
// consequence, ranked suggestions, act by. Never a diagnosis, never blame; what is unknown is said
// to be unknown. A protected place is never told. Of an alert that is over only what stands now is
// told. What speaks of a part 2 record ends with the statement of 42 CFR 2.32.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/model/case_records.hpp"
#include "hub/model/notice.hpp"

namespace carehub::core {
struct Case;
struct State;
}  // namespace carehub::core

namespace carehub::follower {

class EntryReader;
class Follower;

[[nodiscard]] AlertNotice render_alert(const Follower& follower, const EntryReader& reader,
                                       const core::Case& subject, const Alert& alert);

/// The partner's own key of an obligation, read from the event that last told of it.
[[nodiscard]] std::string readable_key(const EntryReader& reader, const Obligation& obligation);
/// "a-12-0", and back.
[[nodiscard]] std::string to_text(const AlertId& id);
[[nodiscard]] std::optional<AlertId> parse_alert_id(std::string_view text);
/// An instant with the offset of that zone; UTC when the zone is not known.
[[nodiscard]] std::string local_iso(const core::State& state, Symbol zone, UtcTime time);
/// The zone of who has to act: an alert's times are told in it. Without one the client's.
[[nodiscard]] Symbol acting_zone(const core::State& state, const core::Case& subject,
                                 const Alert& alert);

}  // namespace carehub::follower
