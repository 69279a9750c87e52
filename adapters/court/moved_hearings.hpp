// Finds the hearing that a listing of a new key continues (domain: courts, "same case and event type,
// new date = continued"; RFC 5545 3.8.4.4 for series).
//
// Contract: candidates are known hearings that the file no longer lists under their key: ahead and gone
// from a whole list, stated moved, or of a series that the file tells anew. Alike are two of one such
// series, else of one case and participant number and type. Each hearing is taken once, the soonest first.
// A series that keeps some of its hearings where they were has moved none to another day.
// Threads: confined to one thread. Lifetime: of the reading, the reach and the store; `take` leaves the
// store as it is.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/court/snapshot_reach.hpp"

namespace carehub::adapters::court {

enum class SameDay : std::uint8_t { Yes, No };

class MovedHearings {
public:
    /// Of the store as it is before anything of the file has been added to it.
    MovedHearings(const Reading& reading, const SnapshotReach& reach, CompareTimes times,
                  const SnapshotStore& store);

    /// The store's key of the hearing that `listing` continues.
    [[nodiscard]] std::optional<std::string> take(const Listing& listing, SameDay same_day);

    [[nodiscard]] bool knows_group(const std::string& group) const {
        return groups_.contains(group);
    }

private:
    using Likeness = std::array<std::string, 4>;
    [[nodiscard]] Likeness likeness(const Listing& listing) const;
    [[nodiscard]] bool may_have_moved(const std::string& key, const KnownListing& known,
                                      UtcTime file_time) const;
    [[nodiscard]] bool goes_on(const std::string& group, SameDay same_day) const;

    const Reading& reading_;
    const SnapshotReach& reach_;
    std::set<std::string> groups_;  ///< of the hearings that were known
    struct Candidate {
        std::string key;
        UtcTime start{};
        Date day{};
    };
    std::map<Likeness, std::vector<Candidate>> candidates_;
};

}  // namespace carehub::adapters::court
