// What one file says, before it is compared with what was known. Plain data.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "adapters/court/listing.hpp"

namespace carehub::adapters::court {

struct Reading {
    Source source = Source::Calendar;
    std::vector<Listing> listings;
    std::vector<std::string> cancelled_groups;  ///< METHOD:CANCEL of everything under one UID
    std::set<std::string> doubtful_cases;  ///< a record of theirs was refused: it may be listed
    bool complete = true;     ///< lists everything ahead, so that absence tells something
    bool unreadable = false;  ///< refused as a whole
};

}  // namespace carehub::adapters::court
