// One sample of each message, with every member told: what the golden files hold (schemas/golden).
//
// Texts repeat their member's name and numbers rise from member to member, so that a field in a
// wrong place shows in the JSON.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hub/base/bytes.hpp"

namespace carehub::compat {

struct Sample {
    std::string name;    ///< file name in schemas/golden, without extension
    std::string schema;  ///< file name in schemas, without extension
    std::string root;    ///< the root table's full name
    Bytes encoded;       ///< as today's encoder writes it
    /// Does today's decoder read the sample's value out of these bytes?
    std::function<bool(ByteView)> decodes_to_it;
};

[[nodiscard]] std::vector<Sample> samples();

}  // namespace carehub::compat
