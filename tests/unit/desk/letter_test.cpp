// What messages say, and what they do not.
#include "adapters/desk/letter.hpp"

#include "adapters/desk/mail_message.hpp"
#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

Situation situation() {
    MemoryStaffLink hub;
    hub.set("a-12-0", "High", "C-1", "Raised");
    const auto read = read_situation(hub.lines.at("alert a-12-0"));
    REQUIRE(read);
    return *read;
}

LetterStyle style_of(TextAmount text) {
    return {text, "ana", [](const std::string& client) { return client; }};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("Subject and first line say how grave, whose and until when, and nothing else",
          "[desk]") {
    const Letter letter = letter_of(situation(), style_of(TextAmount::Full));
    CHECK(letter.subject == "carehub: High alert a-12-0, act by Wed 2026-07-08 17:00 -04:00");
    CHECK(letter.body.substr(0, letter.body.find('\n')) ==
          "Client C-1. High. Act by Wed 2026-07-08 17:00 -04:00.");
}

TEST_CASE("A letter says what, what to do, why and where to answer", "[desk]") {
    const std::string body = letter_of(situation(), style_of(TextAmount::Full)).body;
    CHECK(has(body, "Missed visit reported: Elm Avenue."));
    CHECK(has(body, "1. ask officer (case manager, until Wed 2026-07-08 17:00 -04:00): it"));
    CHECK(has(body, "consent first."));
    CHECK(has(body, "because the client is yours (ana)"));
    CHECK(has(body, "h-12 h-14"));
    CHECK(has(body, "carehub alerts ack a-12-0"));
}

TEST_CASE("No letter has a rule's name or a partner's key", "[desk]") {
    const Situation one = situation();
    for (const std::string& body :
         {letter_of(one, style_of(TextAmount::Full)).body,
          digest_of(std::span(&one, 1), style_of(TextAmount::Full)).body}) {
        CHECK_FALSE(has(body, "MissedVisit"));
        CHECK_FALSE(has(body, "north|A-1"));
    }
}

TEST_CASE("A brief letter says that there is something, and not what", "[desk]") {
    const Situation one = situation();
    for (const std::string& body :
         {letter_of(one, style_of(TextAmount::Brief)).body,
          digest_of(std::span(&one, 1), style_of(TextAmount::Brief)).body}) {
        CHECK(has(body, "Client C-1. High. Act by"));
        CHECK_FALSE(has(body, "Elm"));
        CHECK_FALSE(has(body, "officer"));
    }
}

TEST_CASE("Whoever is told beside the owner reads so", "[desk]") {
    LetterStyle style = style_of(TextAmount::Full);
    style.reader = "sue";
    CHECK(has(letter_of(situation(), style).body, "You are told beside ana, whose client it is."));
}

TEST_CASE("Lines are short", "[desk]") {
    Situation long_one = situation();
    long_one.text = std::string(40, 'a') + " " + std::string(31, 'b') + " c";
    const std::string body = letter_of(long_one, style_of(TextAmount::Full)).body;
    CHECK(has(body, std::string(31, 'b') + "\nc\n"));
}

TEST_CASE("An answer that is none is no situation", "[desk]") {
    CHECK_FALSE(read_situation("{}"));
    CHECK_FALSE(read_situation("nonsense"));
    CHECK_FALSE(read_situation(R"({"alert_id":"a-1-0","state":"Later"})"));
}

TEST_CASE("A mail message is MIME with lines that any server takes", "[desk]") {
    const MailHead head{utc("2026-07-09T14:00:00Z"), "desk@agency.example",
                        "ana@agency.example",        "Subject",
                        "abc@desk.carehub",          true};
    const std::string body = "Café = " + std::string(100, 'x') + " \n.\n";
    const std::string text = mail_message(head, body);
    CHECK(has(text, "Date: Thu, 09 Jul 2026 14:00:00 +0000\r\n"));
    CHECK(has(text, "Message-ID: <abc@desk.carehub>\r\n"));
    CHECK(has(text, "Auto-Submitted: auto-generated\r\nImportance: high\r\n"));
    CHECK(has(text, "\r\n\r\nCaf=C3=A9 =3D xxx"));
    CHECK(has(text, "x=20\r\n.\r\n"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        CHECK(line.size() <= 77);
        CHECK(line.back() == '\r');
    }
}

TEST_CASE("Nothing that is told can add a line to the head", "[desk]") {
    const MailHead head{utc("2026-07-09T14:00:00Z"), "a@b", "c@d", "x\r\nBcc: e@f", "m", false};
    const std::string text = mail_message(head, "");
    CHECK(has(text, "Subject: xBcc: e@f\r\n"));
    CHECK_FALSE(has(text, "\nBcc"));
}

}  // namespace
}  // namespace carehub::adapters::desk
