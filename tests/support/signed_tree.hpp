// A tree of made-up leaves with the notes a hub would sign about it: what partners' tests need of a hub.
#pragma once

#include "hub/audit/base64.hpp"
#include "hub/audit/checkpoint.hpp"
#include "hub/audit/hash.hpp"
#include "hub/audit/merkle_tree.hpp"
#include "hub/audit/proof_set.hpp"
#include "hub/base/random.hpp"
#include "hub/vault/signature.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub {

class SignedTree {
public:
    /// Leaves from `forked_at` on differ between trees of different `branch`.
    explicit SignedTree(std::uint64_t forked_at = 0, std::uint64_t branch = 0)
        : forked_at_(forked_at), branch_(branch), signer_(make_signer()) {}

    [[nodiscard]] Hash256 leaf(std::uint64_t index) const {
        const std::uint64_t branch = index < forked_at_ ? 0 : branch_;
        return audit::hash_leaf(as_bytes(std::to_string(index) + "/" + std::to_string(branch)));
    }
    [[nodiscard]] audit::Checkpoint checkpoint(std::uint64_t size) const {
        audit::MerkleTree tree;
        for (std::uint64_t i = 0; i < size; ++i) {
            tree.append(leaf(i));
        }
        return {journal_, {size, tree.root()}, *parse_iso_time("2026-07-09T14:00:00Z")};
    }
    [[nodiscard]] audit::NoteKey note_key() const {
        return {audit::origin_of(journal_), signer_.public_key()};
    }
    [[nodiscard]] std::string key() const { return audit::to_text(note_key()); }
    [[nodiscard]] std::string note(std::uint64_t size) const {
        const std::string text = audit::to_note_text(checkpoint(size));
        return audit::signed_note(text, note_key(), signer_.sign(as_bytes(text)));
    }
    /// The answer to `consistency`.
    [[nodiscard]] std::string growth(std::uint64_t old_size, std::uint64_t new_size) const {
        audit::ProofSet proofs(new_size);
        proofs.want_consistency(old_size);
        for (std::uint64_t i = 0; i < new_size; ++i) {
            proofs.add(leaf(i));
        }
        const auto proof = proofs.consistency(old_size);
        REQUIRE(proof);
        std::string path;
        for (const Hash256& hash : proof->path) {
            path += (path.empty() ? "\"" : ",\"") + audit::to_base64(hash) + "\"";
        }
        return "{\"path\":[" + path + "]}";
    }
    /// Signs with the same key: what a thief of the hub's folder can do.
    void use_key_of(const SignedTree& other) { signer_ = other.signer_; }

private:
    static vault::Signer make_signer() {
        const TemporaryFolder folder;
        SystemRandom random;
        const vault::KeyFile file{(folder.path() / "vault.key").string()};
        REQUIRE(vault::create_key_file(file.path, random));
        return *vault::Signer::of(file);
    }

    std::uint64_t forked_at_;
    std::uint64_t branch_;
    Hash128 journal_{0xAB};
    vault::Signer signer_;
};

}  // namespace carehub
