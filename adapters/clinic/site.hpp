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

/// The sender's own code, upper case, and what it means.
template <class Meaning>
using CodeTable = std::map<std::string, Meaning, std::less<>>;

struct Site {
    std::string feed;
    TimeZone zone;                       ///< of times printed without offset
    std::string authority;               ///< of identifiers that name none
    std::string identifier_type = "MR";  ///< of identifiers that name none, table 0203
    std::string character_set;           ///< of messages that declare none; empty: guessed
    bool allow_test = false;             ///< read processing ids T and D too
    bool may_link = true;                ///< trusted with merges, links and unlinks
    bool midnight_is_date = false;       ///< an appointment at 00:00 tells the day alone
    UnknownTrigger unknown = UnknownTrigger::Accept;
    std::chrono::minutes default_duration = kDefaultDuration;
    /// Upper case; in SCH-6, SCH-25 or AIS-10 of a cancel they say that the client did not come.
    std::vector<std::string> no_show_reasons = {"NOSHOW", "NO SHOW",        "NO-SHOW",
                                                "DNA",    "DID NOT ATTEND", "FTKA"};
    /// By code of SCH-8, AIS-3 or the location, in this order.
    CodeTable<ObligationClass> obligation_classes;
    CodeTable<std::chrono::minutes> durations;    ///< by the same codes
    CodeTable<ObligationStatus> statuses;         ///< SCH-25, AIS-10, before table 0278
    CodeTable<EncounterClass> encounter_classes;  ///< PV1-2, before table 0004
    CodeTable<Disposition> dispositions;          ///< PV1-36, before UB-04
    /// By point of care or facility (AIL-3, PV1-3), or MSH-4: where clocks differ from `zone`.
    CodeTable<TimeZone> zones;
    /// By point of care, facility, building, service, schedule or security marking; "*" stands for
    /// every message of the feed.
    CodeTable<Labels> labels;
};

}  // namespace carehub::adapters::clinic
