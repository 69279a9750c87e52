// What an adapter finds wrong with its own feed, told to the hub as FeedAnomaly: to the people who
// connect partners, since the records themselves are already refused one by one.
//
// Contract: pure. Glossary 6, FeedAnomaly: a list that lost more than 40 % of its rows, more than
// 2 % of a file's records refused. Each sort is told when it begins, and again as a correction with
// the first file that shows it no more. VictimFeedReceived (34 U.S.C. 12291(b)(2)): a file with rows of
// a victim service provider is told each time and never taken back, since every such file has to
// be purged by somebody. Control ids that are used again (domain/01) are seen by the kind that reads
// messages, not in a file. Nothing of a record is told.
// Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/kit/partner_kind.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters {

enum class FeedFault : std::uint8_t { RowsLost, RecordsRefused, VictimRows, ControlIdReused };

/// "RowsLost"; none for a name that is no fault's.
[[nodiscard]] std::string_view name_of(FeedFault fault);
[[nodiscard]] std::optional<FeedFault> parse_feed_fault(std::string_view name);

/// What a file shows of which `events` became events.
[[nodiscard]] std::set<FeedFault> faults_of(const Parsed& parsed, std::uint64_t events);

/// The file, or message, that is told about.
struct FaultyFile {
    std::string_view feed;
    std::uint64_t number = 0;      ///< among all files of the feed
    std::string_view fingerprint;  ///< of its content, hexadecimal
    UtcTime written_at{};
};

/// One fault of it, that begins or is over.
[[nodiscard]] Submission tell_fault(const FaultyFile& file, FeedFault fault, bool is_over);

/// Brings `told`, the faults that stand, to what this file shows, and says what changed.
[[nodiscard]] std::vector<Submission> tell_faults(const FaultyFile& file,
                                                  const std::set<FeedFault>& shown,
                                                  std::set<FeedFault>& told);

}  // namespace carehub::adapters
