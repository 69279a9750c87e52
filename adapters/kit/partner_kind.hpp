// The interface of a partner kind: a partner's bytes become canonical events; the adapter around it
// (kit/runner) spools, sends, waits for receipts and tells refusals.
//
// Contract: `parse` is pure: same bytes, same site, same events; it never reads half a record: each
// record ends as an event or as a RecordRefusal. Only the document as a whole can be an Error
// (unreadable at all). Errors and refusals never hold personal data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/model/refusal.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters {

/// One record of a document that could not become an event; a line of refusals.jsonl.
struct RecordRefusal {
    std::string file;
    std::uint64_t line = 0;  ///< 1-based line or row; 0 when the format has none
    Refusal refusal;
    std::string why;  ///< one sentence for the integration team
};

/// Something odd that refuses nothing: counted, reported, never dropped in silence.
struct Finding {
    std::string file;
    std::uint64_t line = 0;
    std::string field;
    std::string what;
};

struct Parsed {
    std::vector<Submission> events;
    std::vector<RecordRefusal> refusals;
    std::vector<Finding> findings;
    std::uint64_t records = 0;  ///< of the document, good and bad; 0 where the kind does not count
    std::uint64_t refused_untold = 0;  ///< records refused without a line of their own
};

}  // namespace carehub::adapters
