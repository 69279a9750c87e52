// One journal entry: an input as received, and the decisions taken from it.
#pragma once

#include "hub/model/decision.hpp"
#include "hub/model/input.hpp"

namespace carehub {

struct Entry {
    Sequence sequence;
    UtcTime at = kUnknownTime;  ///< received_at of the input
    InputKind input_kind = InputKind::Unset;
    PartnerId principal;
    EventKind event_kind = EventKind::Unset;  ///< submissions only
    SubjectHash subject;  ///< whose key seals the input: the identifier it arrived with
    Bytes input;          ///< the wire bytes; sealed by the journal, clear in memory
    Decisions decisions;
    /// Of an erasure: the number of the newest key when it was stored. Keys that its subjects are
    /// given later live on.
    std::uint32_t keys_to = 0;
    friend bool operator==(const Entry&, const Entry&) = default;
};

}  // namespace carehub
