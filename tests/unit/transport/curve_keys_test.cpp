#include "hub/transport/curve_keys.hpp"

#include "tests/support/catch.hpp"

namespace carehub::transport {
namespace {

TEST_CASE("A made pair belongs together and is spelled in 40 characters", "[transport]") {
    const auto keys = make_curve_keys();
    REQUIRE(keys);
    REQUIRE(public_key_of(keys->secret_key) == keys->public_key);
    REQUIRE(to_z85(keys->public_key).size() == 40);
    REQUIRE(from_z85(to_z85(keys->secret_key)) == keys->secret_key);
}

TEST_CASE("Two made pairs differ", "[transport]") {
    const auto first = make_curve_keys();
    const auto second = make_curve_keys();
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE(first->secret_key != second->secret_key);
}

TEST_CASE("Text that is no canonical Z85 key is no key", "[transport]") {
    const auto keys = make_curve_keys();
    REQUIRE(keys);
    const std::string good = to_z85(keys->public_key);
    REQUIRE_FALSE(from_z85(""));
    REQUIRE_FALSE(from_z85(good.substr(1)));
    REQUIRE_FALSE(from_z85(good + "0"));
    REQUIRE_FALSE(from_z85("~" + good.substr(1)));
    // "#####" spells more than 32 bits.
    REQUIRE_FALSE(from_z85("#####" + good.substr(5)));
}

}  // namespace
}  // namespace carehub::transport
