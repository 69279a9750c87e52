#include "tests/fuzz/told.hpp"

#include <set>

#include "hub/base/check.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::fuzz {

void check_told(const adapters::Parsed& parsed) {
    std::set<std::string> ids;
    for (const Submission& event : parsed.events) {
        CAREHUB_CHECK(ids.insert(event.source_msg_id).second, "two events of one id");
        const auto written = codec::encode_submission(event);
        CAREHUB_CHECK(written, "an event is larger than the hub takes");
        const auto again = codec::decode_submission(*written);
        CAREHUB_CHECK(again && *again == event, "an event that the hub would refuse");
    }
    for (const adapters::RecordRefusal& refusal : parsed.refusals) {
        CAREHUB_CHECK(!refusal.why.empty() && !refusal.refusal.fix.empty(),
                      "a refusal that explains nothing");
    }
}

}  // namespace carehub::fuzz
