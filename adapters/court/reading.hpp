// What one file says, before it is compared with what was known. Plain data.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "adapters/court/listing.hpp"
#include "adapters/court/warrant.hpp"

namespace carehub::adapters::court {

/// METHOD:CANCEL of everything under one UID.
struct CancelledGroup {
    std::uint64_t line = 0;
    std::string group;
    std::uint32_t sequence = 0;
};

struct Reading {
    Source source = Source::Calendar;
    std::vector<Listing> listings;
    std::vector<Warrant> warrants;
    std::vector<CancelledGroup> cancelled_groups;
    std::uint64_t records = 0;             ///< rows or events of the file, good and bad
    std::set<std::string> doubtful_cases;  ///< a record of theirs was refused: it may be listed
    bool complete = true;     ///< lists everything ahead, so that absence tells something
    bool unreadable = false;  ///< refused as a whole
};

}  // namespace carehub::adapters::court
