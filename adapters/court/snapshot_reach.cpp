#include "adapters/court/snapshot_reach.hpp"

#include <algorithm>

#include "adapters/court/limits.hpp"

namespace carehub::adapters::court {

SnapshotReach::SnapshotReach(const Reading& reading, const Site& site, CompareTimes times,
                             const SnapshotStore& store)
    : reading_(reading),
      site_(site),
      times_(times),
      store_(store),
      first_(local_date(site.zone, times.file_time)) {
    for (const Listing& listing : reading.listings) {
        if (listing.state == ListingState::Moved) {
            moved_.insert(listing.key);
            continue;
        }
        listed_.insert(listing.key);
        groups_.insert(listing.group);
        if (!listing.own && listing.state != ListingState::Cancelled) {
            whole_groups_.insert(listing.group);
        }
        first_ = std::min(first_, listing.local_day);
        last_ = std::max(last_, listing.local_day);
    }
    for (const auto& [key, known] : store.listings) {
        if (lists(key) && is_ahead(known)) {
            kept_groups_.insert(known.listing.group);
        }
    }
}

UtcTime SnapshotReach::newest() const {
    const auto known = store_.newest.find(reading_.source);
    return known == store_.newest.end() ? kUnknownTime : known->second;
}

bool SnapshotReach::is_late() const { return reading_.complete && times_.file_time < newest(); }

bool SnapshotReach::is_ahead(const KnownListing& known) const {
    return known.source == reading_.source && known.state == KnownState::Listed &&
           known.listing.start > times_.now;
}

bool SnapshotReach::has_fallen() const {
    if (!reading_.complete || is_late()) {
        return false;
    }
    const UtcTime last_list = newest();
    const auto before =
        static_cast<std::size_t>(std::ranges::count_if(store_.listings, [&](const auto& entry) {
            return is_ahead(entry.second) && entry.second.stated_at >= last_list;
        }));
    // A cancelled hearing is still accounted for; only silence is suspicious.
    const auto after = static_cast<std::size_t>(std::ranges::count_if(
        reading_.listings, [this](const Listing& listing) { return listing.start > times_.now; }));
    return before >= kFallRowsMin && after * 100 < before * (100 - site_.fall_max_percent);
}

bool SnapshotReach::tells_by_absence() const {
    return reading_.complete && site_.missing == MissingMeans::Unlisted &&
           times_.file_time > newest();
}

bool SnapshotReach::leaves_out(const KnownListing& known) const {
    const Listing& listing = known.listing;
    const auto& doubtful = reading_.doubtful_cases;
    return !lists(listing.key) && is_ahead(known) && listing.local_day >= first_ &&
           (listing.local_day <= last_ || tells_all_of(listing.group)) &&
           !doubtful.contains(listing.case_number) && !doubtful.contains(listing.participant);
}

}  // namespace carehub::adapters::court
