#include "adapters/kit/feed_fault.hpp"

#include <algorithm>
#include <array>

#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

constexpr std::array kFaults{FeedFault::RowsLost, FeedFault::RecordsRefused, FeedFault::VictimRows,
                             FeedFault::ControlIdReused};
constexpr std::array<std::string_view, kFaults.size()> kNames{"RowsLost", "RecordsRefused",
                                                              "VictimRows", "ControlIdReused"};

/// Told about with a fault of their own, or no fault of the feed's.
bool is_told_otherwise(RefusalReason reason) {
    return reason == RefusalReason::VictimServiceProvider ||
           reason == RefusalReason::SnapshotSuspicious;
}

bool is_refused_for(const Parsed& parsed, RefusalReason reason) {
    return std::ranges::any_of(parsed.refusals, [reason](const RecordRefusal& refused) {
        return refused.refusal.reason == reason;
    });
}

bool are_many_refused(const Parsed& parsed, std::uint64_t events) {
    const auto told = std::ranges::count_if(parsed.refusals, [](const RecordRefusal& one) {
        return !is_told_otherwise(one.refusal.reason);
    });
    const std::uint64_t refused = static_cast<std::uint64_t>(told) + parsed.refused_untold;
    const std::uint64_t records = std::max(parsed.records, events + refused);
    return refused * 100 > records * kRefusedPercentMax;
}

}  // namespace

std::string_view name_of(FeedFault fault) { return kNames.at(static_cast<std::size_t>(fault)); }

std::optional<FeedFault> parse_feed_fault(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    return found == kNames.end()
               ? std::nullopt
               : std::optional(kFaults.at(static_cast<std::size_t>(found - kNames.begin())));
}

std::set<FeedFault> faults_of(const Parsed& parsed, std::uint64_t events) {
    std::set<FeedFault> shown;
    if (is_refused_for(parsed, RefusalReason::SnapshotSuspicious)) {
        shown.insert(FeedFault::RowsLost);
    }
    if (are_many_refused(parsed, events)) {
        shown.insert(FeedFault::RecordsRefused);
    }
    if (is_refused_for(parsed, RefusalReason::VictimServiceProvider)) {
        shown.insert(FeedFault::VictimRows);
    }
    return shown;
}

Submission tell_fault(const FaultyFile& file, FeedFault fault, bool is_over) {
    Submission event;
    event.kind = EventKind::FeedAnomaly;
    event.feed = file.feed;
    event.business_key = std::string(file.feed) + '/' + std::string(name_of(fault));
    if (fault == FeedFault::VictimRows) {
        event.business_key += '/' + std::string(file.fingerprint);
        event.labels.add(SecurityLabel::DvProtected);
    }
    event.source_msg_id = "FeedAnomaly/" + std::string(name_of(fault)) + '/' +
                          std::to_string(file.number) + '/' + std::string(file.fingerprint);
    event.occurred_at = file.written_at;
    event.correction = is_over;
    return event;
}

std::vector<Submission> tell_faults(const FaultyFile& file, const std::set<FeedFault>& shown,
                                    std::set<FeedFault>& told) {
    std::vector<Submission> events;
    for (const FeedFault fault : kFaults) {
        const bool shows = shown.contains(fault);
        if (shows != told.contains(fault)) {
            events.push_back(tell_fault(file, fault, !shows));
        }
    }
    told = shown;
    told.erase(FeedFault::VictimRows);
    return events;
}

}  // namespace carehub::adapters
