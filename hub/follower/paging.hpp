// Pages of a long trail.
//
// Contract: pages are counted from 1 and hold kTrailPageEntries entries; without the argument `page`
// the whole. Entries are in order of time, so a stretch of time is found without reading the rest.
// Errors: InvalidField.
#pragma once

#include <algorithm>

#include "hub/follower/span.hpp"

namespace carehub::follower {

/// What a person reads at a time.
inline constexpr std::size_t kTrailPageEntries = 500;

/// `when_not_asked`: the page without the argument; 0 for all of it.
[[nodiscard]] tl::expected<std::size_t, Answer> page_of(const Answering& question,
                                                        std::size_t when_not_asked);

/// The argument `only` wants the readings in an emergency alone: all of them, without pages.
[[nodiscard]] bool wants_broken_glass(const Answering& question);

/// When the entry came in; the beginning of time when it cannot be read.
[[nodiscard]] UtcTime time_of(const EntryReader& entries, Sequence sequence);

/// Half open: places in a list of entries.
struct Places {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Of a list of `count` entries whose times `at(place)` never go back, those in the span that the page
/// holds; `page` 0: all.
template <class At>
[[nodiscard]] Places places_of(std::size_t count, const At& at, const Span& span,
                               std::size_t page) {
    const auto first_not_before = [&](UtcTime time) {
        std::size_t low = 0;
        std::size_t high = count;
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (at(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    };
    Places places{first_not_before(span.from), first_not_before(span.to)};
    if (page > 0) {
        const std::size_t all = places.end - std::min(places.begin, places.end);
        const std::size_t skipped = std::min(all, (page - 1) * kTrailPageEntries);
        places.begin += skipped;
        places.end = std::min(places.end, places.begin + kTrailPageEntries);
    }
    return places;
}

}  // namespace carehub::follower
