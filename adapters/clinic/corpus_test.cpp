// The whole corpus of HL7 v2 through the reader: no crash, one ending each, nothing good refused.
#include <cstdlib>
#include <iostream>

#include "adapters/clinic/corpus_walk.hpp"
#include "adapters/clinic/hl7/acknowledgment.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

void check_ending(const Reading& reading) {
    const bool has_events = !reading.parsed.events.empty();
    CHECK(has_events == (reading.disposal == Disposal::Events));
    CHECK(reading.problem.has_value() == (reading.disposal == Disposal::Refused));
    CHECK(reading.parsed.refusals.size() == (reading.problem ? 1U : 0U));
}

void check_event(const Submission& event) {
    CHECK(event.kind != EventKind::Unset);
    CHECK_FALSE(event.identifiers.empty());
    CHECK_FALSE(event.business_key.empty());
    CHECK(event.occurred_at != kUnknownTime);
    CHECK(event.payload.index() == static_cast<std::size_t>(payload_of(event.kind)));
}

}  // namespace

TEST_CASE("every message of the corpus ends as events, as not acted on, or as a refusal",
          "[clinic][corpus]") {
    const auto corpus = find_corpus(CAREHUB_SOURCE_DIR);
    if (!corpus) {
        std::cout << "corpus: NOT RUN\n";
        const char* ci = std::getenv("CI");
        CHECK_FALSE((ci != nullptr && std::string(ci) == "true"));
        return;
    }
    std::size_t well_formed = 0;
    for (const CorpusMessage& message : corpus_messages(*corpus)) {
        INFO(message.path);
        const Reading reading = read_message(as_bytes(message.text), corpus_site());
        check_ending(reading);
        for (const Submission& event : reading.parsed.events) {
            check_event(event);
        }
        if (is_well_formed(message.text)) {
            ++well_formed;
            CHECK(reading.disposal != Disposal::Refused);
        }
        (void)hl7::make_answer(reading.header, {hl7::Verdict::Error, reading.problem}, {});
    }
    CHECK(well_formed > 500);
}

TEST_CASE("a message of the corpus cut anywhere is read without harm", "[clinic][corpus]") {
    const auto corpus = find_corpus(CAREHUB_SOURCE_DIR);
    if (!corpus) {
        return;
    }
    const Site site = corpus_site();
    std::size_t count = 0;
    for (const CorpusMessage& message : corpus_messages(*corpus)) {
        // Every seventh message and every thirteenth place keep this within a second or two.
        if (++count % 7 != 0) {
            continue;
        }
        for (std::size_t size = 0; size < message.text.size(); size += 13) {
            const Reading reading =
                read_message(as_bytes(std::string_view(message.text).substr(0, size)), site);
            REQUIRE(reading.problem.has_value() == (reading.disposal == Disposal::Refused));
        }
    }
}
