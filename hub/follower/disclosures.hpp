// What of one client left the hub, to whom and when: collected from the entries that tell of it.
//
// A notice left when its recipient acknowledged, confirmed or refused it, when it was shown to a
// connection that only looked, or when it was sent and the connection ended without an answer. What was withheld, withdrawn,
// held back or could not be worded did not leave. What is owed and not answered yet may have: the
// journal does not know. Attempts and replays of one notice are one disclosure.
// Contract: of deliveries that name the client, at its time of the first sign that it left.
// Threads: the follower's.
#pragma once

#include "hub/follower/answering.hpp"

namespace carehub::follower {

enum class Left : std::uint8_t {
    Unset,
    Owed,        ///< queued, and no sign of it yet
    Shown,       ///< to a connection that only looked
    Unanswered,  ///< sent, and the connection ended without an answer
    Refused,     ///< by the recipient, which has seen it
    Acknowledged,
    Confirmed,  ///< the recipient's own system has it
};
/// "acknowledged"; "" for Unset.
[[nodiscard]] std::string_view left_word(Left left);

struct Disclosure {
    Delivery delivery;           ///< its first attempt
    UtcTime at = kUnknownTime;   ///< it left by then; when it was queued, where it is Owed
    Left left = Left::Unset;     ///< the strongest sign
    std::uint32_t attempts = 0;  ///< that left
};

/// In the order of `at`; Owed ones among them.
[[nodiscard]] std::vector<Disclosure> disclosures_of(const Answering& question, ClientId client);

}  // namespace carehub::follower
