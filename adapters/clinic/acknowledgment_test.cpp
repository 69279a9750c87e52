#include "adapters/clinic/hl7/acknowledgment.hpp"

#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;
using hl7::Answer;
using hl7::Verdict;

namespace {

const hl7::AnswerStamp kStamp{utc("2026-07-09T14:00:01Z"), "42"};

hl7::Header header_of(const std::string& tail) {
    return hl7::salvage_header(as_bytes(
        "MSH|^~\\&|EHR|NORTH^1.2^ISO|HUB|COUNTY|20260709||ADT^A01^ADT_A01|M\\T\\1|P|2.5.1" + tail));
}

std::string answer(const hl7::Header& header, Verdict verdict) {
    return hl7::make_answer(header, {verdict, std::nullopt}, kStamp).value_or("none");
}

hl7::Problem missing_id() {
    return {hl7::Condition::RequiredFieldMissing,
            {"PID", 3, 1},
            RefusalReason::MissingField,
            "tell it | here"};
}

}  // namespace

TEST_CASE("an answer has its own head and echoes the sender's", "[clinic][ack]") {
    CHECK(answer(header_of(""), Verdict::Accept) ==
          "MSH|^~\\&|HUB|COUNTY|EHR|NORTH^1.2^ISO|20260709140001+0000||ACK^A01^ACK|42|P|2.5.1\rMSA|"
          "AA|M\\T\\1\r");
}

TEST_CASE("an error names its place, its code of table 0357 and how to fix it", "[clinic][ack]") {
    const auto text = hl7::make_answer(header_of(""), {Verdict::Error, missing_id()}, kStamp);
    REQUIRE(text);
    CHECK(text->find("MSA|AE|M\\T\\1\r") != std::string::npos);
    CHECK(text->find(
              "ERR||PID^1^3^1^1|101^Required field missing^HL70357|E||||tell it \\F\\ here\r") !=
          std::string::npos);
}

TEST_CASE("a problem without a place leaves ERR-2 empty", "[clinic][ack]") {
    const hl7::Problem problem{
        hl7::Condition::ApplicationError, {}, RefusalReason::Overloaded, "try again"};
    const auto text = hl7::make_answer(header_of(""), {Verdict::Reject, problem}, kStamp);
    CHECK(text->find("MSA|AR|") != std::string::npos);
    CHECK(text->find("ERR|||207^Application error^HL70357|E||||try again\r") != std::string::npos);
}

TEST_CASE("the enhanced mode answers CA, CE and CR, when MSH-15 wants them", "[clinic][ack]") {
    CHECK(answer(header_of("|||AL|NE"), Verdict::Accept).find("MSA|CA|") != std::string::npos);
    CHECK(answer(header_of("|||AL|NE"), Verdict::Error).find("MSA|CE|") != std::string::npos);
    CHECK(answer(header_of("|||AL"), Verdict::Reject).find("MSA|CR|") != std::string::npos);
    CHECK(answer(header_of("|||NE|NE"), Verdict::Error) == "none");
    CHECK(answer(header_of("|||NE"), Verdict::Error) == "none");
    CHECK(answer(header_of("|||ER|AL"), Verdict::Accept) == "none");
    CHECK(answer(header_of("|||ER|AL"), Verdict::Error) != "none");
    CHECK(answer(header_of("|||SU|AL"), Verdict::Accept) != "none");
    CHECK(answer(header_of("|||SU|AL"), Verdict::Reject) == "none");
}

TEST_CASE("who wants no accept answer has the application answer of MSH-16", "[clinic][ack]") {
    CHECK(answer(header_of("|||NE|AL"), Verdict::Accept).find("MSA|AA|") != std::string::npos);
    CHECK(answer(header_of("|||NE|AL"), Verdict::Error).find("MSA|AE|") != std::string::npos);
    CHECK(answer(header_of("|||NE|ER"), Verdict::Reject).find("MSA|AR|") != std::string::npos);
    CHECK(answer(header_of("|||NE|ER"), Verdict::Accept) == "none");
    CHECK(answer(header_of("|||NE|SU"), Verdict::Error) == "none");
}

TEST_CASE("an answer speaks with the separators of the message", "[clinic][ack]") {
    const auto header =
        hl7::salvage_header(as_bytes("MSH#!@%*#EHR#NORTH#HUB#COUNTY#20260709##ADT!A01#7#P#2.5"));
    const auto text = hl7::make_answer(header, {Verdict::Error, missing_id()}, kStamp);
    CHECK(text->find("MSH#!@%*#HUB#COUNTY#EHR#NORTH#20260709140001+0000##ACK!A01!ACK#42#P#2.5\r") ==
          0);
    CHECK(text->find("ERR##PID!1!3!1!1#101!Required field missing!HL70357#E####") !=
          std::string::npos);
}

TEST_CASE("a message without MSH is rejected with an answer of our own", "[clinic][ack]") {
    const Reading reading = read("PID|1||7\r");
    REQUIRE(reading.problem);
    CHECK(hl7::verdict_of(*reading.problem) == Verdict::Reject);
    CHECK(answer(reading.header, Verdict::Reject).find("MSA|AR|\r") != std::string::npos);
}

TEST_CASE("an acknowledgment is never acknowledged", "[clinic][ack]") {
    CHECK(answer(hl7::salvage_header(as_bytes("MSH|^~\\&|A|B|C|D|1||ACK^A01|7|P|2.5")),
                 Verdict::Accept) == "none");
}
