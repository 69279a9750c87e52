#include "adapters/court/hearing_numbers.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

#include "adapters/court/limits.hpp"
#include "adapters/kit/fingerprint.hpp"

namespace carehub::adapters::court {
namespace {

std::string key_of(const std::string& shared, std::size_t number) {
    std::string key = number == 1 ? shared : shared + "|" + std::to_string(number);
    if (key.size() > kListingKeyBytesMax) {
        key = key.substr(0, kListingKeyBytesMax - 17) + "~" + short_digest(key);
    }
    return key;
}

bool tells_it_happened(const Listing& listing) {
    return listing.result == HearingResult::Held ||
           listing.result == HearingResult::FailureToAppear;
}

/// What counts first of rows that speak of one hearing.
int rank_of(const Listing& row) {
    if (tells_it_happened(row)) {
        return 0;
    }
    if (row.result == HearingResult::Cancelled || row.state == ListingState::Cancelled) {
        return 3;
    }
    return row.state == ListingState::Listed ? 1 : row.state == ListingState::Tentative ? 2 : 4;
}

/// `one` becomes what both say together, whichever comes first.
void merge(Listing& one, const Listing& other) {
    if (rank_of(other) < rank_of(one)) {
        one.state = other.state;
        one.result = other.result;
    }
    one.room = std::min(one.room, other.room);
    one.end = std::max(one.end, other.end);
    one.time_flags.bits |= other.time_flags.bits;
    one.labels.add(other.labels);
}

/// The rows of one key and start; they are sorted by these.
void merge_rows(Reading& reading, Report& report) {
    std::vector<Listing> kept;
    bool contradicted = false;
    for (Listing& row : reading.listings) {
        if (kept.empty() || kept.back().key != row.key || kept.back().start != row.start) {
            kept.push_back(std::move(row));
            contradicted = false;
            continue;
        }
        Listing& first = kept.back();
        if (tells_it_happened(row) && tells_it_happened(first) && row.result != first.result) {
            report.refuse(row.line, {RefusalReason::InvalidField, "result",
                                     "two rows of one hearing tell results that contradict",
                                     "Leave the row that holds."});
            first.result = HearingResult::None;
            contradicted = true;
            continue;
        }
        report.note(row.line, "row",
                    meaning_of(first) == meaning_of(row)
                        ? "repeats another row: left out"
                        : "another row of one hearing: read as one");
        const HearingResult settled = first.result;
        merge(first, row);
        first.result = contradicted ? settled : first.result;
    }
    reading.listings = std::move(kept);
}

/// The hearings of one case, type and day.
class Numbering {
public:
    Numbering(std::span<Listing> rows, const SnapshotStore& store) {
        for (Listing& row : rows) {
            rows_.push_back(&row);
        }
        const std::string shared = rows.front().key;
        for (std::size_t number = 1; number <= rows.size() + kKeyNumbersBeyond; ++number) {
            const std::string key = key_of(shared, number);
            const auto known = store.listings.find(key);
            if (known == store.listings.end()) {
                free_.push_back(key);
            } else {
                known_.push_back({key, &known->second});
            }
        }
        std::stable_partition(known_.begin(), known_.end(), [](const Known& known) {
            return known.listing->state == KnownState::Listed;
        });
    }

    void number() {
        match([](const Listing& listing) { return std::tuple(listing.start, listing.room); });
        match([](const Listing& listing) { return listing.start; });
        match([](const Listing& listing) { return listing.room; });
        match([](const Listing&) { return true; });
        std::size_t next = 0;
        for (Listing* const row : rows_) {
            set_key(*row, free_[next++]);
        }
    }

private:
    struct Known {
        std::string key;
        const KnownListing* listing;
    };

    /// Pairs rows and known hearings that are alike, each once and in their order.
    template <class Likeness>
    void match(Likeness likeness) {
        using Alike = decltype(likeness(*rows_.front()));
        std::map<Alike, std::vector<Listing*>> alike;
        for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
            alike[likeness(**row)].push_back(*row);
        }
        std::erase_if(known_, [&](const Known& known) {
            const auto found = alike.find(likeness(known.listing->listing));
            if (found == alike.end() || found->second.empty()) {
                return false;
            }
            set_key(*found->second.back(), known.key);
            found->second.pop_back();
            return true;
        });
        std::erase_if(rows_, [](const Listing* row) { return !row->group.empty(); });
    }

    static void set_key(Listing& row, const std::string& key) {
        row.key = key;
        row.group = key;
        row.message_id = key;
    }

    std::vector<Listing*> rows_;  ///< without a key of their own yet, in order of time
    std::vector<Known> known_;    ///< without a row yet
    std::vector<std::string> free_;
};

}  // namespace

void number_hearings(Reading& reading, const SnapshotStore& store, Report& report) {
    auto& all = reading.listings;
    std::ranges::stable_sort(all, [](const Listing& a, const Listing& b) {
        return std::tie(a.key, a.start) < std::tie(b.key, b.start);
    });
    merge_rows(reading, report);
    for (auto begin = all.begin(); begin != all.end();) {
        const auto end = std::find_if(
            begin, all.end(), [&begin](const Listing& row) { return row.key != begin->key; });
        Numbering({begin, end}, store).number();
        begin = end;
    }
}

}  // namespace carehub::adapters::court
