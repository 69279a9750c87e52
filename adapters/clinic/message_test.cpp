#include "adapters/clinic/hl7/message.hpp"

#include "adapters/clinic/hl7/charset.hpp"
#include "adapters/clinic/hl7/escape.hpp"
#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/message_file.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;
using hl7::Message;

namespace {

tl::expected<Message, hl7::Problem> read_text(const std::string& text) {
    return Message::read(as_bytes(text), {});
}

}  // namespace

TEST_CASE("fields are numbered as in the standard, MSH included", "[clinic][hl7]") {
    const auto message =
        read_text("MSH|^~\\&|LAB^1.2^ISO|NORTH\rPID|1||7^^^N&1.2&ISO~8||DOE^JANE\r");
    REQUIRE(message);
    const hl7::Segment msh = message->first("MSH");
    CHECK(msh.field(1).raw() == "|");
    CHECK(msh.field(2).raw() == "^~\\&");
    CHECK(msh.field(3).component(2).value() == "1.2");
    CHECK(msh.field(4).value() == "NORTH");
    const hl7::Element ids = message->first("PID").field(3);
    REQUIRE(ids.repetitions().size() == 2);
    CHECK(ids.repetitions()[1].component(1).value() == "8");
    CHECK(ids.component(4).subcomponent(2).value() == "1.2");
    CHECK(message->first("PID").field(99).value().empty());
    CHECK_FALSE(message->first("PV1").exists());
}

TEST_CASE("separators are those the message declares", "[clinic][hl7]") {
    const auto message = read_text("MSH#!@%*#S#F\rPID#1##7!!!N*1@8##A%S%B\r");
    REQUIRE(message);
    CHECK(message->first("PID").field(3).component(4).subcomponent(2).value() == "1");
    CHECK(message->first("PID").field(3).repetitions().size() == 2);
    CHECK(message->first("PID").field(5).value() == "A!B");
}

TEST_CASE("five separators and a doubled backslash are understood", "[clinic][hl7]") {
    CHECK(read_text("MSH|^~\\&#|A\r")->delimiters().truncation == '#');
    const auto doubled = read_text("MSH|^~\\\\&|A\r");
    CHECK(doubled->delimiters().subcomponent == '&');
    CHECK(doubled->delimiters().truncation == 0);
}

TEST_CASE("unusable separators are refused", "[clinic][hl7]") {
    for (const char* text :
         {"MSH|^^\\&|A\r", "MSH||A\r", "MSHA^~\\&A", "MSH", "MSH|^~\\&#!|A\r", "MSH|^~\\|&|\r\n"}) {
        INFO(text);
        const auto message = read_text(text);
        if (std::string(text) == "MSH|^~\\|&|\r\n") {
            CHECK(message);  // three of them are old, but usable
        } else {
            REQUIRE_FALSE(message);
            CHECK(message.error().reason == RefusalReason::FormatUnreadable);
        }
    }
}

TEST_CASE("CR, LF, CRLF, blank lines and a byte order mark all separate alike", "[clinic][hl7]") {
    for (const char* text : {"MSH|^~\\&|A\rPID|1\r", "MSH|^~\\&|A\nPID|1",
                             "\xEF\xBB\xBFMSH|^~\\&|A\r\n\r\n\nPID|1\r\n"}) {
        INFO(text);
        const auto message = read_text(text);
        REQUIRE(message);
        CHECK(message->segments().size() == 2);
        CHECK(message->stray_lines() == 0);
    }
}

TEST_CASE("segments nobody knows are kept, lines that are no segments are counted",
          "[clinic][hl7]") {
    const auto message = read_text("MSH|^~\\&|A\rZPD|x\rwrapped text\rPIDX|1\rPV|1\r");
    REQUIRE(message);
    CHECK(message->first("ZPD").field(1).value() == "x");
    CHECK_FALSE(message->first("PID").exists());
    CHECK(message->stray_lines() == 3);
}

TEST_CASE("a second MSH in a frame is refused, never half read", "[clinic][hl7]") {
    const auto message = read_text("MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\r");
    REQUIRE_FALSE(message);
    CHECK(message.error().condition == hl7::Condition::SegmentSequence);
}

TEST_CASE("named bounds are refused by name", "[clinic][hl7]") {
    const auto fields = read_text("MSH|^~\\&|A\rPID" + std::string(kFieldsMax + 1, '|') + "\r");
    REQUIRE_FALSE(fields);
    CHECK(fields.error().reason == RefusalReason::TooManyItems);
    std::string many = "MSH|^~\\&|A\r";
    for (std::size_t i = 0; i < kSegmentsMax; ++i) {
        many += "ZZZ\r";
    }
    CHECK_FALSE(read_text(many));
    CHECK(read_text("MSH|^~\\&|" + std::string(kMessageBytesMax, 'x')).error().reason ==
          RefusalReason::TooLarge);
    const auto repeated = read_text("MSH|^~\\&|A\rPID|" + std::string(100'000, '~') + "\r");
    CHECK(repeated->first("PID").field(1).repetitions().size() == kRepetitionsMax);
}

TEST_CASE("escapes are decoded once, after splitting", "[clinic][hl7]") {
    const hl7::Delimiters d;
    CHECK(hl7::decode_escapes("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", d) == "a|b^c&d~e\\f");
    CHECK(hl7::decode_escapes("\\E\\F\\E\\", d) == "\\F\\");
    CHECK(hl7::decode_escapes("\\H\\bold\\N\\", d) == "bold");
    CHECK(hl7::decode_escapes("one\\.br\\two", d) == "one two");
    CHECK(hl7::decode_escapes("\\X4A616E65\\", d) == "Jane");
}

TEST_CASE("escapes that are not known stay as they came", "[clinic][hl7]") {
    const hl7::Delimiters d;
    CHECK(hl7::decode_escapes("a\\Z12\\b", d) == "a\\Z12\\b");
    CHECK(hl7::decode_escapes("c:\\temp\\T\\x", d) == "c:\\temp&x");
    CHECK(hl7::decode_escapes("open\\", d) == "open\\");
    CHECK(hl7::decode_escapes("\\X4\\", d) == "\\X4\\");
}

TEST_CASE("what we write can be read again", "[clinic][hl7]") {
    const hl7::Delimiters d;
    CHECK(hl7::encode_escapes("a|b^c\\d\r", d) == "a\\F\\b\\S\\c\\E\\d ");
    CHECK(hl7::decode_escapes(hl7::encode_escapes("a|b^c&d~e\\f", d), d) == "a|b^c&d~e\\f");
}

TEST_CASE("the delete indicator is no value", "[clinic][hl7]") {
    const auto message = read_text("MSH|^~\\&|A\rPV1|\"\"|\"\"^x|\"\r");
    CHECK(message->first("PV1").field(1).is_delete());
    CHECK(message->first("PV1").field(1).value().empty());
    CHECK(message->first("PV1").field(2).value().empty());
    CHECK(message->first("PV1").field(3).value() == "\"");
}

TEST_CASE("declared character sets become UTF-8", "[clinic][hl7]") {
    const std::string tail = "||||||||||||||";
    const auto latin = read_text("MSH|^~\\&|A" + tail + "|8859/1\rPID|M\xFCller\r");
    REQUIRE(latin);
    CHECK(latin->first("PID").field(1).value() == "M\xC3\xBCller");
    const auto utf8 = read_text("MSH|^~\\&|A" + tail + "|UNICODE UTF-8\rPID|M\xC3\xBCller\r");
    CHECK(utf8->first("PID").field(1).value() == "M\xC3\xBCller");
    CHECK_FALSE(utf8->character_set_guessed());
}

TEST_CASE("an undeclared character set is guessed and told", "[clinic][hl7]") {
    const auto guessed = read_text("MSH|^~\\&|A\rPID|M\xFCller\r");
    CHECK(guessed->first("PID").field(1).value() == "M\xC3\xBCller");
    CHECK(guessed->character_set_guessed());
    CHECK_FALSE(read_text("MSH|^~\\&|A\rPID|plain\r")->character_set_guessed());
}

TEST_CASE("a character set that is not read is refused by name", "[clinic][hl7]") {
    const auto message = read_text("MSH|^~\\&|A|||||||||||||||ISO IR87\r");
    REQUIRE_FALSE(message);
    CHECK(message.error().reason == RefusalReason::CharacterSet);
    CHECK(hl7::path_of(message.error().where) == "MSH-18");
    CHECK(message.error().fix.find("ISO IR87") != std::string::npos);
    const auto stranger = read_text("MSH|^~\\&|A|||||||||||||||DOE JANE\r");
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error().fix.find("DOE") == std::string::npos);
}

TEST_CASE("a character set is known in any case", "[clinic][hl7]") {
    for (const char* name : {"utf-8", "Unicode UTF-8", "ascii", "us-ascii", "iso-8859-1"}) {
        INFO(name);
        CHECK(read_text("MSH|^~\\&|A|||||||||||||||" + std::string(name) + "\rPID|x\r"));
    }
}

TEST_CASE("only shortest forms are UTF-8", "[clinic][hl7]") {
    CHECK(hl7::is_utf8("z\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80"));
    for (const char* bad :
         {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\x80"}) {
        CHECK_FALSE(hl7::is_utf8(bad));
    }
}

TEST_CASE("values carry no control characters and no surrounding blanks", "[clinic][hl7]") {
    const auto message = read_text("MSH|^~\\&|A\rPID|  a\\X0A\\b\tc \r");
    CHECK(message->first("PID").field(1).value() == "abc");
}

TEST_CASE("a file is cut where messages begin, envelopes belong to none", "[clinic]") {
    const auto messages = split_messages(
        "FHS|^~\\&|x\nBHS|^~\\&\nMSH|^~\\&|1\nPID|1\n\n\nMSH|^~\\&|2\r\nPID|2\r\nBTS|2\nFTS|1\n");
    REQUIRE(messages.size() == 2);
    CHECK(messages[0] == "MSH|^~\\&|1\rPID|1\r");
    CHECK(messages[1] == "MSH|^~\\&|2\rPID|2\r");
    CHECK(split_messages("no message").size() == 1);
    CHECK(split_messages("\n\n").empty());
}
