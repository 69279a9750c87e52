// What `explain` asks, and the answers that need neither consent nor agreement.
//
// Contract: internal to the follower's answers. Threads: the follower's.
#pragma once

#include "hub/follower/answering.hpp"

namespace carehub::follower {

/// The event, its client, and who would be told.
struct Asking {
    const Answering& question;
    const Entry& entry;
    const Submission& event;
    const core::Case& subject;
    core::Recipient recipient;
    const Partner* principal;  ///< the recipient's link; null: staff without one
};

/// An answer that `permit` is not asked for.
struct Plain {
    bool may;
    std::string_view rule;
    std::string_view why;
};

[[nodiscard]] Plain refused_event();
[[nodiscard]] Plain unlinked_event();
/// The id of the signed document, as its grantor wrote it; "" when it cannot be read.
[[nodiscard]] std::string document_id(const EntryReader& entries, const Consent& consent);
/// The event or condition that ends it, as its grant words it; "" when it names none, or was revoked.
[[nodiscard]] std::string expiry_event(const EntryReader& entries, const Consent& consent);
/// Nothing when `permit` decides.
[[nodiscard]] std::optional<Plain> plain_of(const Asking& asking, const Partner& discloser);

}  // namespace carehub::follower
