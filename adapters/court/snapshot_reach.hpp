// What a court's file tells as a whole, beside its rows: whether it comes late, whether too much is
// missing from it, and what its silence about a hearing means.
//
// Contract: a whole list counts from the day on which it was written, or its first one, to its last;
// how far it reaches only its last row tells, but of a series that it holds, to the end. One written before a list that was read already is
// late: what it leaves out means nothing (domain: courts, "keep previous accepted snapshot with its
// file time"). Threads: confined to one thread. Lifetime: of the reading, the site and the store.
#pragma once

#include <set>
#include <string>

#include "adapters/court/reading.hpp"
#include "adapters/court/site.hpp"
#include "adapters/court/snapshot_store.hpp"

namespace carehub::adapters::court {

struct CompareTimes {
    UtcTime now{};
    UtcTime file_time{};
};

class SnapshotReach {
public:
    SnapshotReach(const Reading& reading, const Site& site, CompareTimes times,
                  const SnapshotStore& store);

    [[nodiscard]] bool is_late() const;
    /// Hearings ahead are missing that the last whole list had, more than the profile's share.
    [[nodiscard]] bool has_fallen() const;
    /// The file lists everything ahead, is newer than any read before, and its profile reads absence.
    [[nodiscard]] bool tells_by_absence() const;
    /// Nothing the file says keeps its silence about this hearing from meaning something.
    [[nodiscard]] bool leaves_out(const KnownListing& known) const;

    [[nodiscard]] bool lists(const std::string& key) const { return listed_.contains(key); }
    [[nodiscard]] bool lists_group(const std::string& group) const {
        return groups_.contains(group);
    }
    /// A calendar's series, or single hearing, of that UID is in the file: all it does not tell of it is gone
    /// (RFC 5545 3.8.5).
    [[nodiscard]] bool tells_all_of(const std::string& group) const {
        return whole_groups_.contains(group);
    }
    /// A known hearing ahead of that UID stands in the file where it stood.
    [[nodiscard]] bool keeps_some_of(const std::string& group) const {
        return kept_groups_.contains(group);
    }
    /// A row says of it that it was moved.
    [[nodiscard]] bool moves(const std::string& key) const { return moved_.contains(key); }
    [[nodiscard]] bool is_ahead(const KnownListing& known) const;

private:
    [[nodiscard]] UtcTime newest() const;

    const Reading& reading_;
    const Site& site_;
    CompareTimes times_;
    const SnapshotStore& store_;
    std::set<std::string> listed_;
    std::set<std::string> groups_;
    std::set<std::string> whole_groups_;
    std::set<std::string> kept_groups_;
    std::set<std::string> moved_;
    Date first_{};
    Date last_ = Date::min();
};

}  // namespace carehub::adapters::court
