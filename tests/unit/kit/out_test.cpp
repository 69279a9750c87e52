// The pieces notices go out with: addresses, signatures, answers, words, the table [out].
#include <filesystem>

#include <boost/json.hpp>

#include "adapters/kit/out/endpoint.hpp"
#include "adapters/kit/out/hmac.hpp"
#include "adapters/kit/out/http_answer.hpp"
#include "adapters/kit/out/out_config.hpp"
#include "adapters/kit/out/webhook.hpp"
#include "adapters/kit/out/words.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/memory_outbox.hpp"

namespace carehub::adapters {
namespace {

TEST_CASE("an address is host, port and path", "[kit][out]") {
    const auto whole = parse_endpoint("https://ehr.example:8443/fhir/$process-message?a=1", 443);
    REQUIRE(whole);
    CHECK(whole->host == "ehr.example");
    CHECK(whole->port == 8443);
    CHECK(whole->target == "/fhir/$process-message?a=1");
    CHECK(whole->text() == "https://ehr.example:8443/fhir/$process-message?a=1");
    CHECK(parse_endpoint("https://ehr.example", 443)->authority() == "ehr.example:443");
    CHECK(parse_endpoint("http://[::1]:80/x", 0)->authority() == "[::1]:80");
    CHECK(parse_endpoint("http://[::1]/x", 80)->is_loopback());
    CHECK(parse_endpoint("http://localhost", 80)->is_loopback());
    CHECK(parse_endpoint("http://127.0.0.9", 80)->is_loopback());
    CHECK_FALSE(parse_endpoint("http://10.0.0.1", 80)->is_loopback());
}

TEST_CASE("what is no address is refused", "[kit][out]") {
    for (const char* text :
         {"ehr.example", "https://", "https://a b", "https://user@host/", "https://host:0/",
          "https://host:70000/", "https://host:x/", "https://host/a b", "https://host/#part",
          "https://[::1/", "https://host:80x", "https://h\nost/"}) {
        INFO(text);
        CHECK_FALSE(parse_endpoint(text, 443));
    }
    CHECK_FALSE(parse_endpoint("mllp://host", 0));
    CHECK_FALSE(parse_endpoint("https://host/" + std::string(kEndpointBytesMax, 'x'), 443));
}

TEST_CASE("the signature is that of RFC 4231", "[kit][out]") {
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'),
                             "Test Using Larger Than Block-Size Key - Hash Key First")) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("a status says whether the notice is at fault, or the way", "[kit][out]") {
    const auto taking = [](unsigned status) { return judge_status({status, {}, {}}).taking; };
    for (const unsigned status : {200U, 201U, 202U, 204U}) {
        CHECK(taking(status) == Taking::Taken);
    }
    for (const unsigned status : {301U, 308U, 401U, 403U, 408U, 425U, 429U, 502U, 503U, 504U}) {
        CHECK(taking(status) == Taking::Away);
    }
    for (const unsigned status : {400U, 404U, 409U, 410U, 413U, 422U}) {
        CHECK(taking(status) == Taking::Refused);
    }
    for (const unsigned status : {500U, 501U, 507U}) {
        CHECK(taking(status) == Taking::Undecided);
    }
    CHECK(judge_status({422, "text/plain", "no room"}).refusal.fix == "HTTP 422: no room");
    CHECK(judge_status({422, "text/html", "<p>no room"}).refusal.fix == "HTTP 422");
    CHECK(judge_status({503, "text/plain", "no room"}).refusal == Refusal{});
}

TEST_CASE("a recipient's words are bounded, printable and UTF-8", "[kit][out]") {
    CHECK(words_of(" a\r\nb\x7f ") == "a  b");
    CHECK(words_of("\xff").empty());
    const std::string long_words = std::string(kWordsBytesMax - 1, 'x') + "\xc3\xa9 and more";
    CHECK(words_of(long_words) == std::string(kWordsBytesMax - 1, 'x'));
}

TEST_CASE("a webhook's notice has the glossary's names and no more than its form", "[kit][out]") {
    EventPrinter printer;
    Notice notice = notice_of(7, "12345");
    notice.event.zone = "America/New_York";
    notice.required_statement = "42 CFR part 2 ...";
    const auto rendered = render_webhook(notice, printer);
    REQUIRE(rendered);
    REQUIRE(*rendered);
    CHECK((*rendered)->content_type == "application/json");
    const auto body = boost::json::parse((*rendered)->body);
    CHECK(body.at("delivery").as_string() == (*rendered)->delivery);
    CHECK(body.at("kind") == "HearingScheduled");
    CHECK(body.at("form") == "reduced");
    CHECK(body.at("discloser") == "court");
    CHECK(body.at("required_statement") == "42 CFR part 2 ...");
    CHECK_FALSE(body.as_object().contains("again"));
    CHECK(body.at("event").at("identifiers").at(0).at("value") == "12345");
    CHECK(body.at("event").at("payload").at("status") == "Scheduled");
    notice.alert.emplace();
    CHECK_FALSE(*render_webhook(notice, printer));
}

// --- [out] --------------------------------------------------------------------------------------

const std::vector<OutFormat> kFormats = {
    {"webhook", "http", 80, 443, {EventKind::HearingScheduled, EventKind::HearingHeld}, true, true},
    {"hl7v2", "mllp", 0, 0, {EventKind::HearingScheduled}, false, false}};

Result<std::optional<OutConfig>> config_of(const std::string& text) {
    const auto root = parse_toml("[out]\n" + text);
    REQUIRE(root);
    return read_out_config(*root, "/srv/site", kFormats);
}

std::string error_of(const std::string& text) {
    const auto config = config_of(text);
    return config ? "none" : config.error().context;
}

TEST_CASE("without [out] nothing goes out", "[kit][out]") {
    const auto config = read_out_config(toml::table{}, {}, kFormats);
    REQUIRE(config);
    CHECK_FALSE(*config);
}

TEST_CASE("[out] is read with its files beside the configuration", "[kit][out]") {
    const auto config = config_of(
        "format = \"webhook\"\nendpoint = \"https://hook.example/x\"\nkinds = [\"HearingHeld\"]\n"
        "token_file = \"token\"\nsecret_file = \"/etc/secret\"\nanswer_s = 5\n"
        "[out.tls]\nca = \"ca.pem\"\ncertificate = \"us.pem\"\nkey = \"us.key\"\nname = "
        "\"hook\"\n");
    REQUIRE(config);
    REQUIRE(*config);
    const OutConfig& out = **config;
    CHECK(out.endpoint.port == 443);
    CHECK(out.is_tls);
    CHECK(out.kinds == std::vector<EventKind>{EventKind::HearingHeld});
    CHECK(out.token_file == "/srv/site/token");
    CHECK(out.secret_file == "/etc/secret");
    CHECK(out.answer_max == std::chrono::seconds{5});
    CHECK(out.tls.ca == "/srv/site/ca.pem");
    CHECK(out.tls.key == "/srv/site/us.key");
    CHECK(out.tls.name == "hook");
    const auto short_one = config_of("format = \"hl7v2\"\nendpoint = \"mllp://127.0.0.1:2575\"");
    REQUIRE(short_one);
    CHECK((*short_one)->kinds == kFormats[1].carries);
}

TEST_CASE("[out] is refused by its key", "[kit][out]") {
    using Catch::Matchers::Contains;
    const std::string hook = "format = \"webhook\"\n";
    const std::string hl7 = "format = \"hl7v2\"\n";
    const std::string good = hook + "secret_file = \"s\"\nendpoint = \"https://h\"\n";
    CHECK_THAT(error_of("endpoint = \"https://h\""), Contains("format"));
    CHECK_THAT(error_of("format = \"fax\""), Contains("one of webhook, hl7v2"));
    CHECK_THAT(error_of(hook), Contains("endpoint"));
    CHECK_THAT(error_of(hook + "endpoint = \"mllp://h:1\""), Contains("https:// or http://"));
    CHECK_THAT(error_of(hl7 + "endpoint = \"mllps://h\""), Contains("needs a port"));
    CHECK_THAT(error_of(hl7 + "endpoint = \"mllp://h:1\""), Contains("in clear"));
    CHECK(error_of(hl7 + "endpoint = \"mllp://h:1\"\nclear = true") == "none");
    CHECK_THAT(error_of(hl7 + "endpoint = \"mllp://h:1\"\nclear = 1"), Contains("true nor false"));
    CHECK_THAT(error_of(hook + "endpoint = \"https://h\""), Contains("secret_file is missing"));
    CHECK_THAT(error_of(hl7 + "endpoint = \"mllps://h:1\"\ntoken_file = \"t\""),
               Contains("mean nothing"));
    CHECK_THAT(error_of(hook + "endpoint = \"http://h\"\nclear = true\nsecret_file = \"s\"\n"
                               "token_file = \"t\""),
               Contains("never sent in clear"));
    CHECK_THAT(error_of(good + "kinds = [\"CheckInMissed\"]"),
               Contains("does not carry CheckInMissed"));
    CHECK_THAT(error_of(good + "kinds = [\"Lunch\"]"), Contains("no kind of event"));
    CHECK_THAT(error_of(good + "retries = 3"), Contains("retries is not known"));
    CHECK_THAT(error_of(good + "answer_s = 0"), Contains("answer_s"));
    CHECK_THAT(error_of(good + "[out.tls]\nkey = \"k\""), Contains("go together"));
    CHECK_THAT(error_of(hl7 + "endpoint = \"mllp://localhost:1\"\n[out.tls]\nca = \"c\""),
               Contains("speaks no TLS"));
}

TEST_CASE("a secret is one line of a file that nobody else can read", "[kit][out]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "secret";
    write_text(file, "0123456789abcdef\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    CHECK(read_secret_file(file) == std::string("0123456789abcdef"));
    CHECK(read_secret_file({}) == std::string{});
    std::filesystem::permissions(file, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    CHECK_FALSE(read_secret_file(file));
    write_text(file, "0123456789abcde\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    CHECK_FALSE(read_secret_file(file));
    write_text(file, "0123456789abcdef\nfedcba9876543210\n");
    CHECK_FALSE(read_secret_file(file));
    CHECK_FALSE(read_secret_file(folder.path() / "none"));
}

}  // namespace
}  // namespace carehub::adapters
