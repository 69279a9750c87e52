// What the hub delivers to a principal (schemas/notice.fbs), reduced to what it may see.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/model/case_records.hpp"
#include "hub/model/submission.hpp"

namespace carehub {

/// 42 CFR 2.32(a), the short statement, verbatim as the law words it.
inline constexpr std::string_view kPart2Statement =
    "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

struct SuggestionText {
    std::string action;
    std::string obligation;  ///< readable key
    UtcTime by = kUnknownTime;
    std::string who;
    bool needs_consent = false;
    std::string why;
    friend bool operator==(const SuggestionText&, const SuggestionText&) = default;
};

/// An alert as a person reads it: rendered when it is read, never stored.
struct AlertNotice {
    std::string alert_id;
    std::string rule;
    Severity severity = Severity::Unset;
    AlertState state = AlertState::Unset;
    std::string owner;
    UtcTime raised_at = kUnknownTime;
    UtcTime act_by = kUnknownTime;
    std::uint32_t count = 0;
    std::string text;
    std::vector<std::string> obligations;  ///< readable keys
    std::vector<SuggestionText> suggestions;
    std::vector<std::uint64_t> evidence;  ///< journal sequences
    friend bool operator==(const AlertNotice&, const AlertNotice&) = default;
};

struct Notice {
    std::uint64_t number = 0;  ///< in the recipient's own subscription
    EventKind kind = EventKind::Unset;
    std::string event_id;   ///< "h-SEQUENCE"; empty for partners other than the event's sender
    std::string client;     ///< roster name; staff only
    std::string discloser;  ///< the partner whose event it is
    Form form = Form::Unset;
    Submission event;  ///< what is left of it in that form; unset for alerts
    std::optional<AlertNotice> alert;
    std::string required_statement;  ///< 42 CFR 2.32 where it applies
    std::uint8_t attempt = 1;
    std::uint64_t first_number = 0;  ///< of the first attempt; 0: this is it
    bool history = false;            ///< told again: no news, nothing to be raised anew
    std::string series = {};         ///< what the key of the series begins with that this is one of
    friend bool operator==(const Notice&, const Notice&) = default;
};

}  // namespace carehub
