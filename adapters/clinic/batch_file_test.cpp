#include "adapters/clinic/batch_file.hpp"

#include <algorithm>

#include "adapters/clinic/message_file.hpp"
#include "adapters/clinic/test_site.hpp"
#include "adapters/kit/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::clinic;

namespace {

std::string admission(const std::string& control_id) {
    return "MSH|^~\\&|ADT|NORTH|||20260701120000||ADT^A01|" + control_id +
           "|P|2.5\rEVN||20260701120000\rPID|||4711^^^CLINIC^MR||CANARYNAME^JANE\r"
           "PV1||I|WARD^1^2||||||||||||||||V" +
           control_id + "|||||||||||||||||||||||||20260701120000\r";
}

const std::string kUnreadable = "MSH|^~\\&|ADT|NORTH|||20260701||ADT^A01|9|P|2.5\rPID|||\r";

BatchFile split(std::string_view text) {
    auto batch = split_batch(text);
    REQUIRE(batch);
    return std::move(*batch);
}

Parsed read_text_as_file(const std::string& text, const Site& site = test_site()) {
    const TemporaryFolder folder;
    const auto parsed = read_batch_file(folder.write("day.hl7", text), site);
    INFO((parsed ? std::string() : to_string(parsed.error())));
    REQUIRE(parsed);
    return *parsed;
}

std::vector<std::string> found(const std::vector<Finding>& findings) {
    std::vector<std::string> texts;
    for (const Finding& finding : findings) {
        texts.push_back(std::to_string(finding.line) + " " + finding.field + " " + finding.what);
    }
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a file with and without an envelope gives the same messages", "[clinic][batch]") {
    const std::string plain = admission("1") + admission("2");
    const std::string wrapped = "FHS|^~\\&|x\rBHS|^~\\&|x\r" + plain + "BTS|2\rFTS|1\r";
    const BatchFile bare = split(plain);
    const BatchFile batch = split(wrapped);
    REQUIRE(bare.messages.size() == 2);
    REQUIRE(batch.messages.size() == 2);
    CHECK(batch.findings.empty());
    CHECK(bare.findings.empty());
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(batch.messages[i].text == bare.messages[i].text);
        CHECK(batch.messages[i].line == bare.messages[i].line + 2);
    }
    CHECK(bare.messages[1].line == 5);
}

TEST_CASE("lines are counted whatever ends them", "[clinic][batch]") {
    for (const std::string end : {"\r", "\n", "\r\n"}) {
        const BatchFile batch =
            split("\xEF\xBB\xBF" + ("BHS|^~\\&" + end) + "MSH|1" + end + "PID|1" + end + end +
                  "\x0BMSH|2" + end + "\x1C" + end + "BTS|2" + end);
        REQUIRE(batch.messages.size() == 2);
        CHECK(batch.messages[0].line == 2);
        CHECK(batch.messages[0].text == "MSH|1\rPID|1\r");
        CHECK(batch.messages[1].line == 5);
        CHECK(batch.messages[1].text == "MSH|2\r");
        CHECK(batch.findings.empty());
    }
}

TEST_CASE("a batch without messages is nothing wrong", "[clinic][batch]") {
    const Parsed parsed =
        read_text_as_file("FHS|^~\\&\rBHS|^~\\&\rBTS|0\rBHS|^~\\&\rBTS|0\rFTS|2\r");
    CHECK(parsed.events.empty());
    CHECK(parsed.refusals.empty());
    CHECK(parsed.findings.empty());
    CHECK(read_text_as_file("").refusals.empty());
}

TEST_CASE("counts that differ are found and refuse nothing", "[clinic][batch]") {
    const Parsed parsed = read_text_as_file("FHS|^~\\&\rBHS|^~\\&\r" + admission("1") +
                                            "BTS|2\rBHS|^~\\&\rBTS|none\rFTS|3\r");
    CHECK(parsed.events.size() == 1);
    CHECK(found(parsed.findings) == Texts{"7 BTS-1 tells 2 messages, but 1 are there",
                                          "9 BTS-1 is no number",
                                          "10 FTS-1 tells 3 batches, but 2 are there"});
}

TEST_CASE("an envelope declares separators of its own", "[clinic][batch]") {
    const BatchFile batch =
        split("FHS#*~\\&#a#b#c#d#1#SEALED\rBHS#*~\\&##\r" + admission("1") + "BTS#1\rFTS#1\r");
    REQUIRE(batch.messages.size() == 1);
    CHECK(batch.findings.empty());
    CHECK(batch.messages[0].file_marking == "SEALED");
    CHECK(batch.messages[0].batch_marking.empty());
    const BatchFile wrong = split("BHS#*~\\&\r" + admission("1") + "BTS#7\r");
    CHECK(found(wrong.findings) == Texts{"6 BTS-1 tells 7 messages, but 1 are there"});
}

TEST_CASE("an envelope that is not closed, or not opened, is found", "[clinic][batch]") {
    CHECK(found(split("FHS|^~\\&\rBHS|^~\\&\rMSH|1\r").findings) ==
          Texts{"3 BTS is missing: the file may have been cut short",
                "3 FTS is missing: the file may have been cut short"});
    CHECK(found(split("BHS|^~\\&\rMSH|1\rBHS|^~\\&\rBTS|0\r").findings) ==
          Texts{"3 BTS is missing before the next BHS"});
    CHECK(found(split("FHS|^~\\&\rBHS|^~\\&\rFTS|1\r").findings) ==
          Texts{"3 BTS is missing before FTS"});
    CHECK(found(split("MSH|1\rBTS|1\r").findings) == Texts{"2 BTS closes what no BHS opened"});
    CHECK(found(split("BHS|^~\\&\rMSH|1\rBTS|1\rZZZ|1\r").findings) ==
          Texts{"4 MSH 1 lines stand outside of any message"});
}

TEST_CASE("a bad message is refused by its line, and the others go in, in order",
          "[clinic][batch]") {
    const Parsed parsed = read_text_as_file("BHS|^~\\&\r" + admission("1") + kUnreadable +
                                            admission("2") + "BTS|3\r");
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].file == "day.hl7");
    CHECK(parsed.refusals[0].line == 6);
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events[0].source_msg_id.starts_with("ADT|NORTH|1|"));
    CHECK(parsed.events[1].source_msg_id.starts_with("ADT|NORTH|2|"));
    CHECK(parsed.events[0].raw_sha256 == sha256(as_bytes(admission("1"))));
}

TEST_CASE("a text that is no message is one refusal", "[clinic][batch]") {
    const Parsed parsed = read_text_as_file("name,birth date\rCANARYNAME,1980\r");
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].line == 1);
    CHECK(parsed.refusals[0].why.find("CANARY") == std::string::npos);
    CHECK(parsed.events.empty());
}

TEST_CASE("messages that say nothing the hub acts on are counted", "[clinic][batch]") {
    const std::string other = "MSH|^~\\&|ADT|NORTH|||20260701||ORU^R01|7|P|2.5\r";
    const Parsed parsed = read_text_as_file(other + admission("1") + other);
    CHECK(parsed.events.size() == 1);
    CHECK(found(parsed.findings) == Texts{"0 MSH-9 2 messages say nothing the hub acts on"});
}

TEST_CASE("a marked batch labels every event in it, and no other", "[clinic][batch]") {
    Site site = test_site();
    site.labels["SUD"].add(SecurityLabel::Part2);
    site.labels["MH"].add(SecurityLabel::MentalHealth);
    const Parsed parsed = read_text_as_file("FHS|^~\\&|a|b|c|d|1|MH\rBHS|^~\\&|a|b|c|d|1|SUD\r" +
                                                admission("1") + "BTS|1\rBHS|^~\\&|a|b|c|d|1|\r" +
                                                admission("2") + "BTS|1\rFTS|2\r" + admission("3"),
                                            site);
    REQUIRE(parsed.events.size() == 3);
    CHECK(parsed.findings.empty());
    CHECK(parsed.events[0].labels.has(SecurityLabel::Part2));
    CHECK(parsed.events[0].labels.has(SecurityLabel::MentalHealth));
    CHECK_FALSE(parsed.events[1].labels.has(SecurityLabel::Part2));
    CHECK(parsed.events[1].labels.has(SecurityLabel::MentalHealth));
    CHECK_FALSE(parsed.events[2].labels.has(SecurityLabel::MentalHealth));
    const Parsed unknown =
        read_text_as_file("BHS|^~\\&|a|b|c|d|1|CANARY\r" + admission("1") + "BTS|1\r", site);
    REQUIRE(unknown.findings.size() == 1);
    CHECK(unknown.findings[0].what.find("neither") != std::string::npos);
    CHECK(unknown.findings[0].what.find("CANARY") == std::string::npos);
}

TEST_CASE("more messages than the bound refuse the file as a whole", "[clinic][batch]") {
    const auto batch = split_batch("MSH|1\rMSH|2\rMSH|3\r", 2);
    REQUIRE_FALSE(batch);
    CHECK(batch.error().code == ErrorCode::Invalid);
    CHECK(split_batch("MSH|1\rMSH|2\r", 2));
    CHECK(split_messages("MSH|1\rMSH|2\rMSH|3\r").size() == 3);
}

TEST_CASE("every message is handed over to be kept before it is read", "[clinic][batch]") {
    const TemporaryFolder folder;
    const auto file = folder.write("day.hl7", admission("1") + kUnreadable);
    std::vector<Hash256> kept;
    const auto parsed = read_batch_file(file, test_site(), [&](ByteView raw) {
        kept.push_back(sha256(raw));
        return Status{};
    });
    REQUIRE(parsed);
    CHECK(kept ==
          std::vector<Hash256>{sha256(as_bytes(admission("1"))), sha256(as_bytes(kUnreadable))});
    CHECK(parsed->events.at(0).raw_sha256 == kept.at(0));
    const auto full = read_batch_file(
        file, test_site(), [](ByteView) -> Status { return fail(ErrorCode::Io, "no room"); });
    REQUIRE_FALSE(full);
    CHECK(full.error().code == ErrorCode::Io);
    CHECK_FALSE(read_batch_file(folder.path() / "gone.hl7", test_site()));
}
