#include "adapters/court/moved_hearings.hpp"

#include <algorithm>

namespace carehub::adapters::court {

MovedHearings::MovedHearings(const Reading& reading, const SnapshotReach& reach, CompareTimes times,
                             const SnapshotStore& store)
    : reading_(reading), reach_(reach) {
    for (const auto& [key, known] : store.listings) {
        groups_.insert(known.listing.group);
    }
    for (const auto& [key, known] : store.listings) {
        if (may_have_moved(key, known, times.file_time)) {
            candidates_[likeness(known.listing)].push_back(
                {key, known.listing.start, known.listing.local_day});
        }
    }
    for (auto& [alike, candidates] : candidates_) {
        std::ranges::stable_sort(candidates, {}, &Candidate::start);
    }
}

MovedHearings::Likeness MovedHearings::likeness(const Listing& listing) const {
    if (knows_group(listing.group) && reach_.tells_all_of(listing.group)) {
        return {"", "", "", listing.group};
    }
    return {listing.case_number, listing.participant, listing.type, ""};
}

bool MovedHearings::may_have_moved(const std::string& key, const KnownListing& known,
                                   UtcTime file_time) const {
    if (known.source != reading_.source || reach_.lists(key) || known.stated_at > file_time) {
        return false;
    }
    if (reach_.lists_group(known.listing.group)) {
        return reach_.tells_all_of(known.listing.group) && reach_.is_ahead(known);
    }
    return known.moved || (known.state == KnownState::Listed && reach_.moves(key)) ||
           (reading_.complete && reach_.is_ahead(known));
}

bool MovedHearings::goes_on(const std::string& group, SameDay same_day) const {
    return knows_group(group) && (!reach_.tells_all_of(group) ||
                                  (same_day == SameDay::No && reach_.keeps_some_of(group)));
}

std::optional<std::string> MovedHearings::take(const Listing& listing, SameDay same_day) {
    const auto found = candidates_.find(likeness(listing));
    if (found == candidates_.end() || goes_on(listing.group, same_day)) {
        return std::nullopt;
    }
    auto& candidates = found->second;
    const auto at = std::ranges::find_if(candidates, [&](const Candidate& candidate) {
        return same_day == SameDay::No || candidate.day == listing.local_day;
    });
    if (at == candidates.end()) {
        return std::nullopt;
    }
    std::string key = std::move(at->key);
    candidates.erase(at);
    return key;
}

}  // namespace carehub::adapters::court
