#include "adapters/court/snapshot_compare.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "adapters/court/hearing_event.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/court/warrant_compare.hpp"
#include "adapters/kit/fingerprint.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {
namespace {

bool is_on(const Listing& listing) {
    return listing.state == ListingState::Listed || listing.state == ListingState::Tentative;
}

KnownState state_after(const Listing& listing) {
    if (listing.result == HearingResult::Cancelled || listing.state == ListingState::Cancelled) {
        return KnownState::Cancelled;
    }
    return listing.result == HearingResult::None ? KnownState::Listed : KnownState::Over;
}

std::optional<EventKind> result_kind(HearingResult result) {
    switch (result) {
        case HearingResult::Held: return EventKind::HearingHeld;
        case HearingResult::FailureToAppear: return EventKind::FailureToAppear;
        case HearingResult::Cancelled: return EventKind::HearingCancelled;
        case HearingResult::None: break;
    }
    return std::nullopt;
}

class Comparison {
public:
    Comparison(const Reading& reading, const Site& site, CompareTimes times, SnapshotStore& store,
               Report& report)
        : reading_(reading), site_(site), times_(times), store_(store), report_(report) {}

    std::vector<Submission> run() {
        note_what_is_there();
        if (reading_.complete && has_fallen()) {
            report_.refuse(
                0, {RefusalReason::SnapshotSuspicious, "file",
                    "far fewer hearings are listed than before",
                    "Ask the court; if it is right, raise [snapshot] fall_max_percent and send "
                    "the file again."});
            return {};
        }
        match_listings();
        cancel_groups();
        if (reading_.complete && site_.missing == MissingMeans::Unlisted) {
            count_misses();
        }
        forget();
        std::stable_sort(events_.begin(), events_.end(),
                         [](const Submission& a, const Submission& b) {
                             return std::get<ObligationClaim>(a.payload).start <
                                    std::get<ObligationClaim>(b.payload).start;
                         });
        for (Submission& event :
             compare_warrants(reading_.warrants, site_, times_.file_time, store_.warrants)) {
            events_.push_back(std::move(event));
        }
        return std::move(events_);
    }

private:
    using Known = std::map<std::string, KnownListing>::iterator;

    // --- The file at large ------------------------------------------------------------------

    void note_what_is_there() {
        first_ =
            local_date(site_.zone, times_.file_time);  // a whole list begins when it is written
        for (const Listing& listing : reading_.listings) {
            if (listing.state == ListingState::Moved) {
                moved_.insert(listing.key);
                continue;
            }
            seen_.insert(listing.key);
            seen_groups_.insert(listing.group);
            first_ = std::min(first_, listing.local_day);
            last_ = std::max(last_, listing.local_day);
        }
        for (const auto& [key, known] : store_.listings) {
            known_groups_.insert(known.listing.group);
        }
    }

    [[nodiscard]] bool is_ahead(const KnownListing& known) const {
        return known.source == reading_.source && known.state == KnownState::Listed &&
               known.listing.start > times_.now;
    }

    [[nodiscard]] bool has_fallen() const {
        const auto before = static_cast<std::size_t>(
            std::count_if(store_.listings.begin(), store_.listings.end(),
                          [this](const auto& entry) { return is_ahead(entry.second); }));
        // A cancelled hearing is still accounted for; only silence is suspicious.
        const auto after = static_cast<std::size_t>(
            std::count_if(reading_.listings.begin(), reading_.listings.end(),
                          [this](const Listing& listing) { return listing.start > times_.now; }));
        return before >= kFallRowsMin && after * 100 < before * (100 - site_.fall_max_percent);
    }

    // --- Listing by listing -----------------------------------------------------------------

    void match_listings() {
        std::vector<const Listing*> unmatched;
        for (const Listing& listing : reading_.listings) {
            const Known known = store_.listings.find(listing.key);
            if (listing.state == ListingState::Moved) {
                continue;  // where it moved to is told by another row
            }
            if (known != store_.listings.end()) {
                update(known, listing);
            } else {
                unmatched.push_back(&listing);
            }
        }
        index_candidates();
        // The same day first: a new key for an old hearing must not take another one's place.
        for (const Listing*& listing : unmatched) {
            if (rekey(*listing, SameDay::Yes)) {
                listing = nullptr;
            }
        }
        for (const Listing* const listing : unmatched) {
            if (listing != nullptr && !rekey(*listing, SameDay::No) && !cancels_group(*listing)) {
                add(*listing);
            }
        }
    }

    enum class SameDay : std::uint8_t { Yes, No };
    /// Case and participant number, type.
    using PersonAndType = std::array<std::string, 3>;
    static PersonAndType person_and_type(const Listing& listing) {
        return {listing.case_number, listing.participant, listing.type};
    }

    /// Hearings ahead that this file no longer lists under their key: each may have moved.
    void index_candidates() {
        for (const auto& [key, known] : store_.listings) {
            const bool gone = reading_.complete ? !seen_.contains(key) : moved_.contains(key);
            if (gone && is_ahead(known) && !seen_groups_.contains(known.listing.group)) {
                candidates_[person_and_type(known.listing)].push_back(key);
            }
        }
        for (auto& [pair, keys] : candidates_) {
            std::stable_sort(keys.begin(), keys.end(), [this](const auto& a, const auto& b) {
                return store_.listings.at(a).listing.start < store_.listings.at(b).listing.start;
            });
        }
    }

    bool rekey(const Listing& listing, SameDay same_day) {
        const auto found = candidates_.find(person_and_type(listing));
        if (found == candidates_.end() || known_groups_.contains(listing.group) ||
            !is_on(listing)) {
            return false;
        }
        auto& keys = found->second;
        const auto at = std::find_if(keys.begin(), keys.end(), [&](const std::string& key) {
            return same_day == SameDay::No ||
                   store_.listings.at(key).listing.local_day == listing.local_day;
        });
        if (at == keys.end()) {
            return false;
        }
        auto node = store_.listings.extract(*at);
        keys.erase(at);
        node.key() = listing.key;
        update(store_.listings.insert(std::move(node)).position, listing);
        return true;
    }

    /// A message that cancels a known series, and stands for no hearing of its own.
    [[nodiscard]] bool cancels_group(const Listing& listing) const {
        const auto& groups = reading_.cancelled_groups;
        return known_groups_.contains(listing.group) &&
               std::any_of(groups.begin(), groups.end(), [&](const CancelledGroup& cancelled) {
                   return cancelled.group == listing.group;
               });
    }

    void update(Known at, const Listing& listing) {
        KnownListing& known = at->second;
        if (is_older(listing, known.listing)) {
            report_.note(listing.line, "SEQUENCE",
                         "older than the version known from an earlier file: ignored");
            return;
        }
        known.misses = 0;
        const auto kind = kind_of_change(known, listing);
        const UtcTime before = known.listing.start;
        const bool moved =
            kind == EventKind::HearingContinued || kind == EventKind::HearingModified;
        // What is over stays over: a result that later files leave out is not taken back.
        const bool keeps_result = !kind && known.state == KnownState::Over;
        const HearingResult result = keeps_result ? known.listing.result : listing.result;
        known.listing = listing;
        known.listing.result = result;
        known.digest = short_digest(meaning_of(listing));
        if (kind) {
            known.state = state_after(listing);
            emit(known, *kind, moved && before != listing.start ? before : kUnknownTime);
        }
    }

    [[nodiscard]] std::optional<EventKind> kind_of_change(const KnownListing& known,
                                                          const Listing& listing) const {
        if (listing.result != HearingResult::None) {
            return listing.result == known.listing.result ? std::nullopt
                                                          : result_kind(listing.result);
        }
        if (listing.state == ListingState::Cancelled) {
            return known.state == KnownState::Cancelled
                       ? std::nullopt
                       : std::optional(EventKind::HearingCancelled);
        }
        const bool same_day = listing.local_day == known.listing.local_day;
        if (known.state == KnownState::Over) {
            return same_day ? std::nullopt : std::optional(EventKind::HearingContinued);
        }
        if (known.state != KnownState::Listed) {
            return EventKind::HearingScheduled;  // listed again
        }
        if (short_digest(meaning_of(listing)) == known.digest) {
            return std::nullopt;
        }
        return same_day ? EventKind::HearingModified : EventKind::HearingContinued;
    }

    void add(const Listing& listing) {
        KnownListing known;
        known.listing = listing;
        known.source = reading_.source;
        known.state = state_after(listing);
        known.lineage = free_lineage(listing.key);
        known.digest = short_digest(meaning_of(listing));
        const auto result = result_kind(listing.result);
        const EventKind kind = result ? *result
                               : listing.state == ListingState::Cancelled
                                   ? EventKind::HearingCancelled
                                   : EventKind::HearingScheduled;
        emit(store_.listings.insert_or_assign(listing.key, std::move(known)).first->second, kind,
             kUnknownTime);
    }

    /// A hearing that moved away keeps its first key as lineage: a new hearing at that key needs
    /// another.
    [[nodiscard]] std::string free_lineage(const std::string& key) {
        if (lineages_.empty()) {
            for (const auto& [other, known] : store_.listings) {
                lineages_.insert(known.lineage);
            }
        }
        std::string lineage = key;
        for (int number = 2; !lineages_.insert(lineage).second; ++number) {
            lineage = key + "#" + std::to_string(number);
        }
        return lineage;
    }

    void emit(KnownListing& known, EventKind kind, UtcTime prev_start) {
        ++known.version;
        events_.push_back(hearing_event(site_, known, {kind, prev_start, times_.file_time}));
        known.last_id = events_.back().source_msg_id;
    }

    // --- What the file leaves out -----------------------------------------------------------

    void cancel_groups() {
        for (const CancelledGroup& cancelled : reading_.cancelled_groups) {
            for (Known at = store_.listings.lower_bound(cancelled.group);
                 at != store_.listings.end() && at->first.starts_with(cancelled.group); ++at) {
                if (is_ahead(at->second) && !seen_.contains(at->first)) {
                    cancel(at->second, cancelled);
                }
            }
        }
    }

    void cancel(KnownListing& known, const CancelledGroup& cancelled) {
        // An override counts by itself: the series' number says nothing of it.
        if (!known.listing.own && cancelled.sequence < known.listing.sequence) {
            report_.note(cancelled.line, "SEQUENCE",
                         "older than the version known from an earlier file: ignored");
            return;
        }
        known.listing.state = ListingState::Cancelled;
        known.state = KnownState::Cancelled;
        emit(known, EventKind::HearingCancelled, kUnknownTime);
    }

    void count_misses() {
        for (auto& [key, known] : store_.listings) {
            const Listing& listing = known.listing;
            if (seen_.contains(key) || !is_ahead(known) || listing.local_day < first_ ||
                listing.local_day > last_ ||
                reading_.doubtful_cases.contains(listing.case_number) ||
                reading_.doubtful_cases.contains(listing.participant)) {
                continue;
            }
            if (++known.misses >= kMissesUntilUnlisted) {
                known.state = KnownState::Unlisted;
                emit(known, EventKind::HearingUnlisted, kUnknownTime);
            }
        }
    }

    void forget() {
        const UtcTime until = times_.now - kStoreMemory;
        std::erase_if(store_.listings, [&](const auto& entry) {
            return entry.second.listing.end < until && !seen_.contains(entry.first);
        });
    }

    const Reading& reading_;
    const Site& site_;
    CompareTimes times_;
    SnapshotStore& store_;
    Report& report_;
    std::set<std::string> seen_;
    std::set<std::string> moved_;
    std::set<std::string> seen_groups_;
    std::set<std::string> known_groups_;
    std::set<std::string> lineages_;
    std::map<PersonAndType, std::vector<std::string>> candidates_;
    Date first_{};  ///< of the days that the file speaks of
    Date last_ = Date::min();
    std::vector<Submission> events_;
};

}  // namespace

std::vector<Submission> compare(const Reading& reading, const Site& site, CompareTimes times,
                                SnapshotStore& store, Report& report) {
    return Comparison(reading, site, times, store, report).run();
}

}  // namespace carehub::adapters::court
