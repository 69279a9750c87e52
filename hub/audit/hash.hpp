// SHA-256, and the two hashes a Merkle tree is made of (RFC 9162, 2.1.1).
//
// Contract: leaf = SHA-256(0x00 || stored bytes), node = SHA-256(0x01 || left || right). The
// prefixes keep a node from ever passing for a leaf.
// Errors: none; a libcrypto without SHA-256 stops the process.
// Threads: functions from any thread; one Sha256 object is confined to one thread.
#pragma once

#include <memory>

#include "hub/base/bytes.hpp"

struct evp_md_ctx_st;

namespace carehub::audit {

/// A hash over bytes that arrive in pieces; reusable after finish().
class Sha256 {
public:
    Sha256();

    void update(ByteView bytes);
    /// The hash of everything since construction or the last finish(); begins anew.
    [[nodiscard]] Hash256 finish();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

[[nodiscard]] Hash256 sha256(ByteView bytes);
[[nodiscard]] Hash256 hash_leaf(ByteView stored);
[[nodiscard]] Hash256 hash_node(const Hash256& left, const Hash256& right);
/// Root of the tree without leaves: SHA-256 of nothing.
[[nodiscard]] Hash256 empty_root();

}  // namespace carehub::audit
