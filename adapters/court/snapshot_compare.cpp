#include "adapters/court/snapshot_compare.hpp"

#include <algorithm>
#include <set>

#include "adapters/court/hearing_event.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/court/listing_change.hpp"
#include "adapters/court/moved_hearings.hpp"
#include "adapters/court/warrant_compare.hpp"
#include "adapters/kit/fingerprint.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {
namespace {

bool is_on(const Listing& listing) {
    return listing.state == ListingState::Listed || listing.state == ListingState::Tentative;
}

class Comparison {
public:
    Comparison(const Reading& reading, const Site& site, CompareTimes times, SnapshotStore& store,
               Report& report)
        : reading_(reading),
          site_(site),
          times_(times),
          store_(store),
          report_(report),
          reach_(reading, site, times, store) {
        for (const auto& [key, known] : store.listings) {
            if (is_stated_since(known)) {
                moved_since_.insert(known.lineage);
            }
        }
    }

    std::vector<Submission> run() {
        if (reach_.has_fallen()) {
            report_.refuse(
                0, {RefusalReason::SnapshotSuspicious, "file",
                    "far fewer hearings are listed than before",
                    "Ask the court; if it is right, raise [snapshot] fall_max_percent and send "
                    "the file again."});
            return {};
        }
        if (reach_.is_late()) {
            report_.note(0, "file",
                         "written before a list that was read already: its results alone count");
        }
        match_listings();
        tell_moved();
        cancel_groups();
        if (reach_.tells_by_absence()) {
            count_misses();
        }
        remember_file();
        forget();
        std::stable_sort(events_.begin(), events_.end(),
                         [](const Submission& a, const Submission& b) {
                             return std::get<ObligationClaim>(a.payload).start <
                                    std::get<ObligationClaim>(b.payload).start;
                         });
        for (Submission& event : compare_warrants(reading_.warrants, site_, times_.file_time,
                                                  store_.warrants, report_)) {
            events_.push_back(std::move(event));
        }
        return std::move(events_);
    }

private:
    using Known = std::map<std::string, KnownListing>::iterator;

    // --- Listing by listing -----------------------------------------------------------------

    void match_listings() {
        std::vector<const Listing*> unmatched;
        for (const Listing& listing : reading_.listings) {
            const Known known = store_.listings.find(listing.key);
            if (listing.state == ListingState::Moved ||  // where to is told by another row
                (reach_.is_late() && listing.result == HearingResult::None)) {
                continue;
            }
            if (known != store_.listings.end()) {
                update(known, listing);
            } else {
                unmatched.push_back(&listing);
            }
        }
        MovedHearings moved(reading_, reach_, times_, store_);
        // The same day first: a new key for an old hearing must not take another one's place.
        for (const Listing*& listing : unmatched) {
            if (rekey(moved, *listing, SameDay::Yes)) {
                listing = nullptr;
            }
        }
        for (const Listing* const listing : unmatched) {
            if (listing != nullptr && !rekey(moved, *listing, SameDay::No) &&
                !(moved.knows_group(listing->group) && cancels_group(*listing)) &&
                !moved_since_.contains(listing->key)) {
                add(*listing);
            }
        }
    }

    /// Stated by a newer file than this one.
    [[nodiscard]] bool is_stated_since(const KnownListing& known) const {
        return known.stated_at > times_.file_time;
    }

    bool rekey(MovedHearings& moved, const Listing& listing, SameDay same_day) {
        const auto key = is_on(listing) ? moved.take(listing, same_day) : std::nullopt;
        if (!key) {
            return false;
        }
        auto node = store_.listings.extract(*key);
        node.key() = listing.key;
        update(store_.listings.insert(std::move(node)).position, listing);
        return true;
    }

    /// A message that cancels a whole series: of a known one it is no hearing of its own.
    [[nodiscard]] bool cancels_group(const Listing& listing) const {
        const auto& groups = reading_.cancelled_groups;
        return std::ranges::find(groups, listing.group, &CancelledGroup::group) != groups.end();
    }

    void update(Known at, const Listing& listing) {
        KnownListing& known = at->second;
        if (is_older(listing, known.listing)) {
            report_.note(listing.line, "SEQUENCE",
                         "older than the version known from an earlier file: ignored");
            return;
        }
        if (is_stated_since(known) && !is_older(known.listing, listing)) {
            return note_old(listing, known);
        }
        if (is_of_another(known.listing, listing)) {
            return replace(known, listing);
        }
        known.misses = 0;
        known.stated_at = std::max(known.stated_at, times_.file_time);
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
        known.moved = known.moved && !kind;
        if (kind) {
            known.state = state_after(listing);
            emit(known, *kind, moved && before != listing.start ? before : kUnknownTime);
        }
    }

    void note_old(const Listing& listing, const KnownListing& known) {
        if (short_digest(meaning_of(listing)) != known.digest) {
            report_.note(listing.line, "file",
                         "a file written later told otherwise of this hearing: ignored");
        }
    }

    void add(const Listing& listing) {
        start(store_.listings[listing.key], listing, free_lineage(listing.key));
    }

    /// The court's id of the hearing now names another case or person: nobody may inherit it.
    void replace(KnownListing& known, const Listing& listing) {
        report_.note(listing.line, "UID", "stands for another case or person than before");
        if (reach_.is_ahead(known)) {
            known.state = KnownState::Unlisted;
            emit(known, EventKind::HearingUnlisted, kUnknownTime);
        }
        start(known, listing,
              listing.key + "~" + short_digest(listing.case_number + "\n" + listing.participant));
    }

    void start(KnownListing& known, const Listing& listing, std::string lineage) {
        known = KnownListing{};
        known.listing = listing;
        known.source = reading_.source;
        known.stated_at = times_.file_time;
        known.state = state_after(listing);
        known.lineage = std::move(lineage);
        known.digest = short_digest(meaning_of(listing));
        emit(known, first_kind(listing), kUnknownTime);
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

    /// Moved, by the court's own word, and no row says where to: it no longer stands on that day.
    void tell_moved() {
        for (const Listing& listing : reading_.listings) {
            if (listing.state != ListingState::Moved) {
                continue;
            }
            const Known at = store_.listings.find(listing.key);
            if (at == store_.listings.end() || at->second.state != KnownState::Listed ||
                reach_.lists(listing.key) || is_stated_since(at->second)) {
                continue;
            }
            report_.note(listing.line, "status", "moved, and no row says where to");
            at->second.moved = true;
            at->second.stated_at = times_.file_time;
            at->second.state = KnownState::Unlisted;
            emit(at->second, EventKind::HearingUnlisted, kUnknownTime);
        }
    }

    void cancel_groups() {
        for (const CancelledGroup& cancelled : reading_.cancelled_groups) {
            for (Known at = store_.listings.lower_bound(cancelled.group);
                 at != store_.listings.end() && at->first.starts_with(cancelled.group); ++at) {
                if (reach_.is_ahead(at->second) && !reach_.lists(at->first)) {
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
            if (reach_.leaves_out(known) && ++known.misses >= kMissesUntilUnlisted) {
                known.state = KnownState::Unlisted;
                emit(known, EventKind::HearingUnlisted, kUnknownTime);
            }
        }
    }

    void remember_file() {
        if (reading_.complete) {
            UtcTime& newest = store_.newest[reading_.source];
            newest = std::max(newest, times_.file_time);
        }
    }

    void forget() {
        const UtcTime until = times_.now - kStoreMemory;
        std::erase_if(store_.listings, [&](const auto& entry) {
            return entry.second.listing.end < until && !reach_.lists(entry.first);
        });
    }

    const Reading& reading_;
    const Site& site_;
    CompareTimes times_;
    SnapshotStore& store_;
    Report& report_;
    SnapshotReach reach_;
    std::set<std::string> moved_since_;  ///< first keys of hearings that newer files state
    std::set<std::string> lineages_;
    std::vector<Submission> events_;
};

}  // namespace

std::vector<Submission> compare(const Reading& reading, const Site& site, CompareTimes times,
                                SnapshotStore& store, Report& report) {
    return Comparison(reading, site, times, store, report).run();
}

}  // namespace carehub::adapters::court
