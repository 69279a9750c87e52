#include "adapters/kit/text.hpp"

#include "tests/support/catch.hpp"

using namespace carehub::adapters;

TEST_CASE("blanks at the ends of a text are trimmed, inside they stay", "[kit]") {
    CHECK(trim(" \ta b\t ") == "a b");
    CHECK(trim("  ").empty());
    CHECK(trim("").empty());
}

TEST_CASE("case is ignored for ASCII letters only", "[kit]") {
    CHECK(equal_ignoring_case("Client_No", "CLIENT_NO"));
    CHECK_FALSE(equal_ignoring_case("a", "ab"));
    CHECK_FALSE(equal_ignoring_case("[", "{"));
}

TEST_CASE("only well-formed UTF-8 is UTF-8", "[kit]") {
    for (const char* good : {"", "abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
        INFO(good);
        CHECK(is_utf8(good));
    }
    for (const char* bad : {"\xE9", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                            "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\x80", "\xFF"}) {
        INFO(bad);
        CHECK_FALSE(is_utf8(bad));
    }
}

TEST_CASE("control characters are found", "[kit]") {
    CHECK(has_control("a\nb"));
    CHECK(has_control("\x7F"));
    CHECK_FALSE(has_control("caf\xC3\xA9 1"));
}
