// The lines that prove: signed checkpoints, paths of hashes, stored bytes. Told by the daemon, which
// has the key and the journal; worded here.
//
//   {"note","key"}                                 of `checkpoint`, and first of an export
//   {"old_size","new_size","path":[...]}           of `consistency`, and of an export `since`
//   {"entry","path":[...]}                         of an export, for each entry: its inclusion,
//   {"entry","stored"}                             its stored bytes, in pieces of so many lines,
//   {"sequence",...}                               and its steps, as `trail_client` tells them
//   {"statement"}                                  last of an export: a note about all the steps
//
// Hashes and bytes are base 64. Paths run from leaf to root (hub/audit/proof.hpp).
// Threads: pure functions.
#pragma once

#include "hub/audit/proof.hpp"
#include "hub/follower/answers.hpp"

namespace carehub::follower {

/// Stored bytes of one line, so that it is within the wire's bound of a line.
inline constexpr std::size_t kStoredPieceBytesMax = 9'000;
/// All lines of an export: what a connection holds that does not read as fast (gateway/limits.hpp).
inline constexpr std::size_t kExportBytesMax = std::size_t{32} << 20U;

[[nodiscard]] std::string checkpoint_line(const std::string& note, const std::string& key);
[[nodiscard]] std::string statement_line(const std::string& note);
[[nodiscard]] std::string consistency_line(const audit::ConsistencyProof& proof);
/// A text between quotation marks, with nothing in it that ends a line.
[[nodiscard]] std::string quoted(const std::string& text);
void add_entry_lines(const audit::InclusionProof& proof, ByteView stored,
                     std::vector<std::string>& lines);

}  // namespace carehub::follower
