// What an outside witness keeps: the head of the tree at one time, as text that fits on a page.
//
//   carehub checkpoint 1
//   journal 5d41402abc4b2a76b9719d911017c592        id of the journal, 32 hexadecimal digits
//   size 123456                                     entries in the tree, no leading zeros
//   root e3b0c442...                                64 hexadecimal digits
//   at 2026-07-09T14:00:00Z                         when the hub wrote it
//
// What leaves the hub by itself is the same as a signed note (note.hpp, C2SP tlog-checkpoint):
//   carehub/5d41402abc4b2a76b9719d911017c592        the origin, and the name of the key: the journal
//   123456                                          entries in the tree, no leading zeros
//   47DEQpj8...                                     root, base 64
//   time 2026-07-09T14:00:00Z                       an extension line: when the hub signed it
//
// Contract: lines end with one line feed, nothing precedes or follows. What to_text() and
// to_note_text() write reads back equal, and any other spelling is refused: a signature over the
// text covers all it says.
// Errors: Invalid for another text; open_checkpoint() as open_note(), and Damaged for a key that is
// not the journal's.
// Threads: immutable data, pure functions.
#pragma once

#include <string>
#include <string_view>

#include "hub/audit/note.hpp"
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

/// "carehub/5d41...": the origin of a journal's checkpoints, and the name of the key that signs them.
[[nodiscard]] std::string origin_of(const Hash128& journal);
[[nodiscard]] std::string to_note_text(const Checkpoint& checkpoint);
[[nodiscard]] Result<Checkpoint> checkpoint_from_note_text(std::string_view text);
/// What the signed note says, when `key` signed it.
[[nodiscard]] Result<Checkpoint> open_checkpoint(std::string_view note, const NoteKey& key,
                                                 CheckSignature check);

}  // namespace carehub::audit
