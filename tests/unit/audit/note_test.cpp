#include "hub/audit/note.hpp"

#include "hub/audit/base64.hpp"
#include "hub/vault/signature.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::audit;

namespace {

// Key and note of the Go reference implementation (golang.org/x/mod/sumdb/note).
constexpr std::string_view kKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view kSignature =
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    "\n";

std::string note() { return std::string(kText) + "\n" + std::string(kSignature); }

NoteKey key() {
    const auto read = note_key_from_text(kKey);
    REQUIRE(read);
    return *read;
}

ErrorCode refusal_of(const std::string& text) {
    const auto opened = open_note(text, key(), vault::is_signed);
    REQUIRE_FALSE(opened);
    return opened.error().code;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("the published note opens with the published key", "[audit]") {
    CHECK(key().name == "PeterNeumann");
    CHECK(key().id() == 0xC74F20A3);
    CHECK(to_text(key()) == kKey);
    const auto opened = open_note(note(), key(), vault::is_signed);
    REQUIRE(opened);
    CHECK(*opened == kText);
}

TEST_CASE("a note is written as it is read", "[audit]") {
    const auto read = note_from_text(note());
    REQUIRE(read);
    REQUIRE(read->signatures.size() == 1);
    NoteSignatureBytes bytes{};
    REQUIRE(read->signatures.front().bytes.size() == bytes.size());
    std::copy(read->signatures.front().bytes.begin(), read->signatures.front().bytes.end(),
              bytes.begin());
    CHECK(signed_note(kText, key(), bytes) == note());
}

TEST_CASE("signatures of others are passed over, a wrong one of the key is not", "[audit]") {
    const std::string other = with(std::string(kSignature), "PeterNeumann", "another.example/log");
    CHECK(open_note(note() + other, key(), vault::is_signed));
    CHECK(refusal_of(std::string(kText) + "\n" + other) == ErrorCode::Damaged);
    CHECK(refusal_of(with(note(), "think", "thinx")) == ErrorCode::Damaged);
    CHECK(refusal_of(note() + with(std::string(kSignature), "AM=", "AQ=")) == ErrorCode::Damaged);
}

TEST_CASE("what is no note is refused", "[audit]") {
    for (const std::string& text :
         {std::string(), std::string(kText), note().substr(0, note().size() - 1), note() + "\n",
          note() + "more\n", with(note(), "\xE2\x80\x94 ", "- "), with(note(), "think", "th\tnk"),
          with(note(), "\n\n", "\n"), with(note(), "x08g", "x08"), with(note(), "x08g", "x08*"),
          with(note(), "Neumann ", "Neumann+ "), std::string(kNoteBytesMax, 'a') + note()}) {
        INFO(text.substr(0, 300));
        CHECK(refusal_of(text) == ErrorCode::Invalid);
    }
    std::string crowded = note();
    for (std::size_t i = 0; i < kNoteSignaturesMax; ++i) {
        crowded += with(std::string(kSignature), "PeterNeumann", "a");
    }
    CHECK(refusal_of(crowded) == ErrorCode::Invalid);
}

TEST_CASE("a key that is spelled otherwise is refused", "[audit]") {
    const std::string good(kKey);
    for (const std::string& text :
         {std::string(), with(good, "c74f", "c74e"), with(good, "c74f", "C74F"),
          with(good, "+ARpc", "+AhRpc"), with(good, "PeterNeumann", ""),
          with(good, "PeterNeumann", "Peter Neumann"), good + "=", good.substr(0, good.size() - 4),
          std::string("PeterNeumann+c74f20a3"), std::string("PeterNeumann")}) {
        INFO(text);
        CHECK_FALSE(note_key_from_text(text));
    }
}

TEST_CASE("base 64 has one spelling for each content", "[audit]") {
    // RFC 4648, section 10.
    const std::array<std::pair<std::string_view, std::string_view>, 7> vectors{
        {{"", ""},
         {"f", "Zg=="},
         {"fo", "Zm8="},
         {"foo", "Zm9v"},
         {"foob", "Zm9vYg=="},
         {"fooba", "Zm9vYmE="},
         {"foobar", "Zm9vYmFy"}}};
    for (const auto& [clear, text] : vectors) {
        CHECK(to_base64(as_bytes(clear)) == text);
        const auto bytes = from_base64(text);
        REQUIRE(bytes);
        CHECK(as_text(*bytes) == clear);
    }
    for (const std::string_view other :
         {"Zg", "Zg=", "Zh==", "Z===", "====", "Zm8=\n", " Zm9v", "Zm9v ", "Zm-v", "Zg==Zg=="}) {
        INFO(other);
        CHECK_FALSE(from_base64(other));
    }
}
