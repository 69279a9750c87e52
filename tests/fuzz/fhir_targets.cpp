#include "adapters/clinic/fhir/message_response.hpp"
#include "adapters/kit/text.hpp"
#include "hub/base/check.hpp"
#include "hub/codec/submission.hpp"
#include "tests/fuzz/targets.hpp"

namespace carehub::fuzz {
namespace {

using namespace adapters::clinic;

/// A feed whose settings are met by the seeds.
const Site& site() {
    static const Site kSite = [] {
        Site made;
        made.feed = "fuzz";
        made.authority = "FUZZ";
        made.zone = {"Etc/UTC", {{UtcTime{}, std::chrono::seconds{0}}}};
        made.labels["DETOX"].add(SecurityLabel::Part2);
        return made;
    }();
    return kSite;
}

}  // namespace

bool run_fhir(ByteView bytes) {
    const fhir::Reading reading = fhir::read_fhir(bytes, site());
    const bool has_events = !reading.parsed.events.empty();
    CAREHUB_CHECK(has_events == (reading.disposal == Disposal::Events),
                  "events and disposal contradict each other");
    CAREHUB_CHECK(reading.refusal.has_value() == (reading.disposal == Disposal::Refused),
                  "refusal and disposal contradict each other");
    for (const Submission& event : reading.parsed.events) {
        const auto written = codec::encode_submission(event);
        CAREHUB_CHECK(written, "an event is larger than the hub takes");
        const auto read = codec::decode_submission(*written);
        CAREHUB_CHECK(read && *read == event, "an event that the hub would refuse");
    }
    const auto issues = fhir::issues_of(reading);
    CAREHUB_CHECK(!issues.empty(), "an outcome without issue");
    const std::string answer =
        fhir::message_response(reading, fhir::ResponseCode::Ok, issues, {"urn:fuzz", {}});
    CAREHUB_CHECK(adapters::is_utf8(answer), "an answer that is not UTF-8");
    return has_events;
}

}  // namespace carehub::fuzz
