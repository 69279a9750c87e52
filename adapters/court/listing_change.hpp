// What a listing says of a hearing, against what was known of it (domain: courts, vocabulary).
// Threads: any thread.
#pragma once

#include <optional>

#include "adapters/court/listing.hpp"
#include "adapters/court/snapshot_store.hpp"

namespace carehub::adapters::court {

/// The event of a listing that nothing was known of.
[[nodiscard]] EventKind first_kind(const Listing& listing);

/// The event of a listing whose hearing is known; nothing when it says nothing new.
[[nodiscard]] std::optional<EventKind> kind_of_change(const KnownListing& known,
                                                      const Listing& listing);

/// Two records of one id speak of different persons: another case, and not the same participant, or
/// another participant.
[[nodiscard]] bool is_of_another(const Listing& known, const Listing& listing);

[[nodiscard]] KnownState state_after(const Listing& listing);

}  // namespace carehub::adapters::court
