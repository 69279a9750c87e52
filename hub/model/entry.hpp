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
    /// The wire bytes, clear in memory. Never part of what the entry is stored as: beside it, sealed,
    /// until their key is destroyed.
    Bytes input;
    Decisions decisions;
    /// Of an erasure: the number of the newest key when it was stored. Keys that its subjects are
    /// given later live on.
    std::uint32_t keys_to = 0;
    Hash256 sealed_hash{};  ///< SHA-256 of the input as sealed; zero: there was none
    friend bool operator==(const Entry&, const Entry&) = default;
};

}  // namespace carehub
