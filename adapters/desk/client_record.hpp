// What a person may know of a client, as entries of their calendar: commitments, and when a
// follow-up is due.
//
// Contract: pure. Read from the answers to `client` and `roster` (schemas/PROTOCOL.md, section 11).
// An entry's title says what the commitment is and whose; visits, sessions, dosing, groups and drug
// tests are all an "Appointment": a calendar is shown on phones and kept by others. A follow-up says
// that one is due, not which. The place is left out unless the style shows places. What was
// cancelled, moved away or entered in error is no entry.
// Threads: any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/kit/drop/calendar_entry.hpp"

namespace carehub::adapters::desk {

struct EntryStyle {
    bool shows_places = false;
    std::function<std::string(const std::string& client)> client_shown;
};

struct ClientEntry {
    std::string key;  ///< the partner's own: not to be shown
    EntryContent content;
};

struct ClientRecord {
    std::string client;
    std::string owner;
    std::vector<ClientEntry> entries;
};

/// Nothing when the line is no such answer.
[[nodiscard]] std::optional<ClientRecord> read_client_record(std::string_view line,
                                                             const EntryStyle& style);

struct RosterLine {
    std::string client;
    std::string owner;
    std::string name;  ///< given and family name; empty: not told
};
[[nodiscard]] std::optional<RosterLine> read_roster_line(std::string_view line);

}  // namespace carehub::adapters::desk
