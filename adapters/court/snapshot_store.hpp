// What the court's files said last: the adapter's memory between two files, kept by the kit as
// text.
//
// Contract: to_json and from_json are inverse; the text is the same for the same content. Holds
// case numbers and times, no names; it lives beside the spool and is as private as that. Errors:
// Damaged when the text is not what to_json wrote. An empty text is an empty store; version 1, which knew no
// warrants, participants and stamps, is read as well, version 2, which did not know when a warrant
// was stated last, and version 3, which did not know it of a listing. Threads: plain data.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "adapters/court/listing.hpp"
#include "adapters/court/warrant.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::court {

enum class KnownState : std::uint8_t { Listed, Cancelled, Unlisted, Over };

struct KnownListing {
    Listing listing;  ///< as last read; its line is not kept
    Source source = Source::Calendar;
    KnownState state = KnownState::Listed;
    std::string lineage;        ///< business key: the key of the first listing of this hearing
    std::string digest;         ///< of meaning_of(listing)
    std::string last_id;        ///< source_msg_id of the last event
    std::uint32_t version = 0;  ///< events so far
    std::uint32_t misses = 0;   ///< consecutive snapshots without it
    UtcTime stated_at = kUnknownTime;  ///< by the newest file that stated it
    bool moved = false;                ///< the court said so, and not yet where to
    friend bool operator==(const KnownListing&, const KnownListing&) = default;
};

struct SnapshotStore {
    std::map<std::string, KnownListing> listings;  ///< by key
    KnownWarrants warrants;
    std::map<Source, UtcTime> newest;  ///< when the newest whole list of each kind was written

    [[nodiscard]] std::string to_json() const;
    [[nodiscard]] static Result<SnapshotStore> from_json(std::string_view text);
    friend bool operator==(const SnapshotStore&, const SnapshotStore&) = default;
};

}  // namespace carehub::adapters::court
