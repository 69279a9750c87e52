// Signed notes: text with signature lines beneath it (C2SP signed-note), and the keys that check
// them.
//
//   any text, ended by a line feed
//                                      an empty line: the last one of the note
//   — NAME base64(id, signature)       one line for each signature; id: 4 bytes, big-endian
//
// A verifier key is written NAME+id+base64(0x01, public key), the id as 8 hexadecimal digits:
// the first four bytes of SHA-256(NAME, line feed, 0x01, public key). 0x01 is Ed25519 over the text.
//
// Contract: open_note() hands out the text only when the key signed it; signatures of other keys
// are passed over, a wrong one under this key's name and id refuses the note. How a signature is
// checked is the caller's to give: this room knows no keys.
// Errors: Invalid for what is no note or no key; Damaged when the key did not sign it.
// Threads: immutable data, pure functions.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::audit {

using NoteSignatureBytes = std::array<std::uint8_t, 64>;
using CheckSignature = bool (*)(ByteView text, const NoteSignatureBytes& signature,
                                const Hash256& public_key);

inline constexpr std::size_t kNoteBytesMax = 16'384;
inline constexpr std::size_t kNoteSignaturesMax = 64;  ///< the standard asks for 16 at least

struct NoteKey {
    std::string name;      ///< no blank, no plus
    Hash256 public_key{};  ///< Ed25519

    [[nodiscard]] std::uint32_t id() const;
    friend bool operator==(const NoteKey&, const NoteKey&) = default;
};
[[nodiscard]] std::string to_text(const NoteKey& key);
[[nodiscard]] Result<NoteKey> note_key_from_text(std::string_view text);

struct NoteSignature {
    std::string name;
    std::uint32_t key_id = 0;
    Bytes bytes;
};

struct Note {
    std::string text;  ///< what is signed, with its last line feed
    std::vector<NoteSignature> signatures;
};
[[nodiscard]] Result<Note> note_from_text(std::string_view text);

/// The note with one signature, that of `key` over `text`.
[[nodiscard]] std::string signed_note(std::string_view text, const NoteKey& key,
                                      const NoteSignatureBytes& signature);
/// The text that `key` signed.
[[nodiscard]] Result<std::string> open_note(std::string_view note, const NoteKey& key,
                                            CheckSignature check);

}  // namespace carehub::audit
