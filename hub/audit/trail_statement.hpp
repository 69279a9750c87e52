// What the hub signs about the readable words of an exported trail (BUNDLE.md).
//
//   carehub trail statement 1
//   journal carehub/5d41402abc4b2a76b9719d911017c592     the key's name
//   client "C-0001"                                      as a JSON string
//   size 123456                                          of the checkpoint in the bundle
//   root 47DEQpj8...                                     its root, base 64
//   time 2026-11-23T09:00:00.000000Z                     its time
//   entries 12
//   sha256 47DEQpj8...                                   base 64, over what follows, for each entry:
//     entry 17 QmFzZTY0...                                 its number and its leaf hash, base 64
//     {"sequence":17,...}                                  each of its steps, byte for byte
//
// Lines end with one line feed, in what is hashed too. The first line keeps it from ever passing for a
// checkpoint, whose second line is a number.
// Threads: confined to its owner.
#pragma once

#include <span>
#include <string>

#include "hub/audit/checkpoint.hpp"
#include "hub/audit/hash.hpp"

namespace carehub::audit {

class TrailStatement {
public:
    /// `client` as a JSON string, with its quotation marks.
    TrailStatement(const Checkpoint& checkpoint, std::string client)
        : checkpoint_(checkpoint), client_(std::move(client)) {}

    /// In ascending order of the entries.
    void add(std::uint64_t entry, const Hash256& leaf, std::span<const std::string> steps);
    /// Ends it.
    [[nodiscard]] std::string text();

private:
    Checkpoint checkpoint_;
    std::string client_;
    std::uint64_t entries_ = 0;
    Sha256 hash_;
};

}  // namespace carehub::audit
