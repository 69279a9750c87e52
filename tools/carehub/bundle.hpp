// An exported trail with its proofs, as one JSON document (hub/audit/BUNDLE.md), made and checked.
//
// Contract: check_bundle() needs nothing but the document, and says what is wrong first: with the
// document as a whole, or with one entry. Errors: none; make_bundle() Damaged when a hub answered in
// another form. Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/audit/checkpoint.hpp"

namespace carehub::tool {

struct BundleVerdict {
    std::optional<Error> problem;            ///< none: everything holds
    std::optional<std::uint64_t> first_bad;  ///< the entry it is about
    audit::Checkpoint checkpoint;
    std::string key;  ///< that the bundle names
    std::string client;
    std::uint64_t entries = 0;           ///< that were proven
    std::optional<std::uint64_t> since;  ///< size of the older checkpoint
};

/// `key`: the verifier key that the reader has from elsewhere; empty: none.
[[nodiscard]] BundleVerdict check_bundle(const std::string& text, const std::string& key);

/// From the lines of the answer to `trail_export`; `since` is the older checkpoint's note, if any.
[[nodiscard]] Result<std::string> make_bundle(const std::string& client,
                                              const std::vector<std::string>& lines,
                                              const std::string& since);

}  // namespace carehub::tool
