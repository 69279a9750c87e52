// A warrant as the court states it: issued or cleared, by its own explicit word and nothing else.
// Threads: plain data, any thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "adapters/court/listing.hpp"
#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

struct Site;

enum class WarrantState : std::uint8_t { None, Issued, Cleared };

struct Warrant {
    std::uint64_t line = 0;
    /// FEED|AUTHORITY|CASE|WARRANT|NUMBER by the warrant's own number; without one
    /// FEED|AUTHORITY|CASE|PARTICIPANT|WARRANT, with what the record tells of case and participant.
    std::string key;
    std::string number;  ///< the warrant's own; may be empty
    std::string case_number;
    std::string participant;
    std::string category;  ///< the court's word, such as BENCH; may be empty
    WarrantState state = WarrantState::None;
    std::optional<Date> date;  ///< of issue, or of clearing
    Hash256 raw_sha256{};
};

/// What of a warrant was told last.
struct KnownWarrant {
    std::string digest;
    std::uint32_t version = 0;
    UtcTime stated_at = kUnknownTime;  ///< by the newest file that stated it
    std::string number;
    std::string case_number;
    std::string participant;
    std::optional<Date> date;  ///< as told last
    bool stands = false;       ///< issued, and neither cleared nor withdrawn
    friend bool operator==(const KnownWarrant&, const KnownWarrant&) = default;
};
using KnownWarrants = std::map<std::string, KnownWarrant>;

/// The word of a record that may speak of a warrant.
struct WarrantWord {
    std::uint64_t line = 0;
    std::string field;
    std::string_view word;
    std::string_view id = {};  ///< the warrant's own number
};

/// Nothing when the word is empty or says nothing of a warrant; one that the profile does not map is
/// a finding.
[[nodiscard]] std::optional<Warrant> warrant_told(const Site& site, const WarrantWord& told,
                                                  const Listing& listing, Report& report);

}  // namespace carehub::adapters::court
