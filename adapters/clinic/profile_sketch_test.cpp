#include "adapters/clinic/profile_sketch.hpp"

#include "adapters/clinic/site_config.hpp"
#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

const std::string kSample =
    "MSH|^~\\&|EPIC|NORTH \"SIDE\"|||20260701||ADT^A01|1|T|2.5\r"
    "PID|||4711^^^NORTH&1.2.3&ISO^MR~9^^^^SS||CANARYNAME^JANE\rPV1||I|RECOVERY^1^2\r"
    "MSH|^~\\&|EPIC|NORTH \"SIDE\"|||20260701||SIU^S12|2|P|2.5||||||8859/1\r"
    "SCH|1|||||||UDS^Drug test\rPID|||4711^^^NORTH&1.2.3&ISO^MR||CANARYNAME^JANE\r";

std::string filled_in(std::string text) {
    const std::string open = "zone = \"\"";
    const std::size_t at = text.find(open);
    REQUIRE(at != std::string::npos);
    return text.replace(at, open.size(), "zone = \"America/New_York\"");
}

}  // namespace

TEST_CASE("a sketched profile is a configuration once its zone is filled in", "[clinic][sketch]") {
    const auto text = sketch_profile(kSample);
    REQUIRE(text);
    INFO(*text);
    CHECK_FALSE(parse_config(*text));
    const auto config = parse_config(filled_in(*text));
    INFO((config ? std::string() : to_string(config.error())));
    REQUIRE(config);
    CHECK(config->site.feed == "north--side-");
    CHECK(config->site.authority == "1.2.3");
    CHECK(config->site.identifier_type == "MR");
    CHECK(config->site.allow_test);
}

TEST_CASE("a sketch tells codes and how often they came, and nobody's name", "[clinic][sketch]") {
    const auto text = sketch_profile(kSample);
    REQUIRE(text);
    for (const char* told : {"ADT^A01 (1), SIU^S12 (1)", "EPIC (2)", "1.2.3 (2)", "MR (2), SS (1)",
                             "8859/1 (1)", "P (1), T (1)", "\"RECOVERY\"", "\"UDS\""}) {
        INFO(told);
        CHECK(text->find(told) != std::string::npos);
    }
    for (const char* secret : {"CANARY", "JANE", "4711"}) {
        CHECK(text->find(secret) == std::string::npos);
    }
}

TEST_CASE("without an authority in the sample the sketch asks for one", "[clinic][sketch]") {
    const auto text = sketch_profile("MSH|^~\\&|A|B|||1||ADT^A01|1|P|2.5\rPID|||1\r");
    REQUIRE(text);
    CHECK(text->find("authority = \"\"   # FILL IN") != std::string::npos);
    CHECK(text->find("\n# allow_test") != std::string::npos);
}

TEST_CASE("a sample without any message is refused", "[clinic][sketch]") {
    for (const char* sample : {"", "no message", "FHS|^~\\&\rFTS|0\r"}) {
        INFO(sample);
        CHECK_FALSE(sketch_profile(sample));
    }
}
