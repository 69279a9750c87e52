// The bytes of a key file, version 1. Numbers are little-endian.
//
// Page 0, the head:
//   offset  size
//   0       8     "CHVKEYS\0"
//   8       4     version: 1
//   12      4     bytes of a record: 128
//   16      16    id: random, drawn with the file; prefix of its nonces
//   32      16    check: the tag of no bytes, bound to bytes 0 to 31; another hub's key fails here
//   48      4048  zeros
// From 4096 on, record N (from 1) at 4096 + 128 (N - 1):
//   offset  size
//   0       16    subject: keyed hash of an identifier, or a client's id
//   16      4     number: N
//   20      1     state: 0 free (all of the record is zero), 1 live, 2 erased
//   21      11    zeros
//   32      32    the subject's key, wrapped; of an erased record 32 zero bytes, wrapped
//   64      16    tag, over id, subject, number and state as well
//   80      48    zeros
// Wrapped: XChaCha20-Poly1305 under a key derived from the hub's; nonce = id, then the number with
// the state in its fifth byte: a key and its tombstone never share a nonce.
//
// Contract: read() gives back what write() was given. Errors: Damaged for anything else.
// Threads: immutable; any thread.
#pragma once

#include <optional>

#include "hub/vault/aead.hpp"
#include "hub/vault/limits.hpp"

namespace carehub::vault {

inline constexpr std::size_t kKeyPageBytes = 4'096;

enum class KeyState : std::uint8_t { Free, Live, Erased };

/// What a record says without being unwrapped.
struct KeyHead {
    Hash128 subject{};
    std::uint32_t number = 0;
    KeyState state = KeyState::Free;
};

struct KeyRecord {
    KeyHead head;
    Key key;  ///< of a live record
};

using RecordBytes = std::array<std::uint8_t, kKeyRecordBytes>;

/// Nothing when the bytes are no record's.
[[nodiscard]] std::optional<KeyHead> read_head(
    std::span<const std::uint8_t, kKeyRecordBytes> bytes);

/// Knows one file's id and wrapping key.
class KeyWrap {
public:
    KeyWrap(const Key& wrapping, const Hash128& file_id) : wrapping_(wrapping), id_(file_id) {}
    /// Of the file with this first page. Damaged, by name, when it is none of ours or another
    /// hub's.
    [[nodiscard]] static Result<KeyWrap> open(const Key& wrapping, ByteView page);

    [[nodiscard]] Bytes page() const;
    [[nodiscard]] RecordBytes write(const KeyRecord& record) const;
    [[nodiscard]] Result<KeyRecord> read(std::uint32_t number, const RecordBytes& bytes) const;

private:
    Key wrapping_;
    Hash128 id_;
};

}  // namespace carehub::vault
