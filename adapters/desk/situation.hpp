// The truth about an alert, as the hub answers it to the person who is to be told.
//
// Contract: pure. Read from a line of the answer to `alert` (schemas/PROTOCOL.md, section 11); what
// this program does not know is left out. Threads: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::desk {

struct SuggestedStep {
    std::string action;
    std::string by;  ///< ISO 8601 with the reader's offset
    std::string who;
    std::string why;
    bool needs_consent = false;
};

struct Situation {
    std::string alert_id;
    Severity severity = Severity::Unset;
    AlertState state = AlertState::Unset;
    std::string client;
    std::string owner;
    std::string raised_at;
    std::string act_by;
    std::string text;
    std::vector<SuggestedStep> suggestions;
    std::vector<std::uint64_t> evidence;
};

/// Nothing when the line is no such answer.
[[nodiscard]] std::optional<Situation> read_situation(std::string_view line);

}  // namespace carehub::adapters::desk
