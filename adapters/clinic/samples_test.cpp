// Every sample of samples/ against the events written beside it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/clinic/message_file.hpp"
#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

namespace fs = std::filesystem;

std::string quoted(std::string_view key, std::string_view value) {
    return "\"" + std::string(key) + "\":\"" + std::string(value) + "\"";
}

std::string describe(const ObligationClaim& claim) {
    return "{" + quoted("class", name_of(claim.obligation_class)) + "," +
           quoted("status", name_of(claim.status)) + "," + quoted("start", to_iso(claim.start)) +
           "," + quoted("end", to_iso(claim.end)) + "," + quoted("place", claim.location.id) + "}";
}

std::string describe(const EncounterClaim& claim) {
    return "{" + quoted("visit_number", claim.visit_number) + "," +
           quoted("class", name_of(claim.encounter_class)) + "," +
           quoted("disposition", name_of(claim.disposition)) + "," +
           quoted("place", claim.location.id) + "," + quoted("facility", claim.facility) + "}";
}

/// The part of an event that a sample's expectation tells, in a fixed order.
std::string describe(const Submission& event) {
    std::string payload = "{}";
    if (const auto* obligation = std::get_if<ObligationClaim>(&event.payload)) {
        payload = describe(*obligation);
    } else if (const auto* encounter = std::get_if<EncounterClaim>(&event.payload)) {
        payload = describe(*encounter);
    }
    return "{" + quoted("kind", name_of(event.kind)) + "," +
           quoted("business_key", event.business_key) + "," +
           quoted("occurred_at", to_iso(event.occurred_at)) + "," +
           quoted("identifier", event.identifiers.at(0).value) +
           ",\"correction\":" + (event.correction ? "true" : "false") + ",\"payload\":" + payload +
           "}\n";
}

std::string events_of(const fs::path& sample) {
    std::string text;
    const auto messages = read_message_file(sample);
    REQUIRE(messages);
    for (const std::string& message : *messages) {
        const Reading reading = read(message);
        for (const Submission& event : reading.parsed.events) {
            text += describe(event);
        }
    }
    return text;
}

}  // namespace

TEST_CASE("each sample gives the events written beside it", "[clinic][samples]") {
    std::size_t count = 0;
    for (const auto& entry :
         fs::directory_iterator(fs::path(CAREHUB_SOURCE_DIR) / "adapters/clinic/samples")) {
        if (entry.path().extension() != ".hl7") {
            continue;
        }
        ++count;
        INFO(entry.path().filename().string());
        std::ifstream file(fs::path(entry.path()).replace_extension(".jsonl"));
        const std::string expected{std::istreambuf_iterator<char>(file),
                                   std::istreambuf_iterator<char>()};
        CHECK(events_of(entry.path()) == expected);
    }
    CHECK(count >= 4);
}
