#include "hub/codec/utf8.hpp"

#include "tests/support/catch.hpp"

namespace carehub::codec {
namespace {

TEST_CASE("well-formed UTF-8 of one to four bytes is accepted", "[codec][utf8]") {
    for (const std::string_view text :
         {"", "plain", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
          "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "a\xC3\xA9z"}) {
        CHECK(is_plain_utf8(text));
    }
}

TEST_CASE("overlong forms, surrogates, what lies beyond Unicode and cut characters are refused",
          "[codec][utf8]") {
    for (const std::string_view text :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80",
          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "a\xE2\x82",
          "\xF0\x90\x80", "\xC3z", "\xE2\x82z", "\xF0\x90\x80z"}) {
        CHECK_FALSE(is_plain_utf8(text));
    }
}

TEST_CASE("the character NUL is refused", "[codec][utf8]") {
    CHECK_FALSE(is_plain_utf8(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace carehub::codec
