// How one sender of HL7 v2 messages is to be read: its profile.
// Threads: immutable once built.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "adapters/clinic/limits.hpp"
#include "hub/base/time_zone.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::clinic {

/// What becomes of a message type or trigger that is not read.
enum class UnknownTrigger : std::uint8_t {
    Accept,  ///< AA, counted as not acted on
    Reject,  ///< AR, table 0357 codes 200 and 201
};

struct Site {
    std::string feed;
    TimeZone zone;                       ///< of times printed without offset
    std::string authority;               ///< of identifiers that name none
    std::string identifier_type = "MR";  ///< of identifiers that name none, table 0203
    std::string character_set;           ///< of messages that declare none; empty: guessed
    bool allow_test = false;             ///< read processing ids T and D too
    UnknownTrigger unknown = UnknownTrigger::Accept;
    std::chrono::minutes default_duration = kDefaultDuration;
    /// Upper case; in SCH-6 or SCH-25 of a cancel they say that the client did not come.
    std::vector<std::string> no_show_reasons = {"NOSHOW", "NO SHOW",        "NO-SHOW",
                                                "DNA",    "DID NOT ATTEND", "FTKA"};
    /// By code of SCH-8, AIS-3 or the location, in this order.
    std::map<std::string, ObligationClass, std::less<>> obligation_classes;
    /// By point of care; "*" stands for every message of the feed.
    std::map<std::string, Labels, std::less<>> labels;
};

}  // namespace carehub::adapters::clinic
