// What an outside witness keeps: the head of the tree at one time, as text that fits on a page.
//
//   carehub checkpoint 1
//   journal 5d41402abc4b2a76b9719d911017c592        id of the journal, 32 hexadecimal digits
//   size 123456                                     entries in the tree, no leading zeros
//   root e3b0c442...                                64 hexadecimal digits
//   at 2026-07-09T14:00:00Z                         when the hub wrote it
//
// Contract: lines end with one line feed, nothing precedes or follows. What to_text() writes reads
// back equal, and any other spelling is refused: a signature over the text covers all it says.
// Errors: checkpoint_from_text() answers Invalid.
// Threads: immutable data, pure functions.
#pragma once

#include <string>
#include <string_view>

#include "hub/audit/proof.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::audit {

struct Checkpoint {
    Hash128 journal{};
    TreeHead head;
    UtcTime at = kUnknownTime;

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

[[nodiscard]] std::string to_text(const Checkpoint& checkpoint);
[[nodiscard]] Result<Checkpoint> checkpoint_from_text(std::string_view text);

}  // namespace carehub::audit
