#include "adapters/clinic/admission.hpp"

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

ListenAt at(std::string address, std::vector<std::string> allow = {}) {
    return {std::move(address), 0, std::move(allow), {}};
}

bool allows(const Admission& admission, const char* peer) {
    return admission.allows(boost::asio::ip::make_address(peer));
}

}  // namespace

TEST_CASE("without certificates a door is on loopback, or for a list alone", "[clinic][door]") {
    CHECK(Admission::of(at("127.0.0.1")));
    CHECK(Admission::of(at("::1")));
    CHECK_FALSE(Admission::of(at("0.0.0.0")));
    CHECK_FALSE(Admission::of(at("10.1.2.3")));
    CHECK(Admission::of(at("0.0.0.0", {"10.1.2.0/24"})));
    ListenAt proven = at("0.0.0.0");
    proven.tls.emplace();
    CHECK(Admission::of(proven));
    CHECK_FALSE(Admission::of(at("localhost")));
    CHECK_FALSE(Admission::of(at("127.0.0.1", {"10.1.2"})));
    CHECK_FALSE(Admission::of(at("127.0.0.1", {"10.1.2.0/33"})));
}

TEST_CASE("where a door listens is told as people write it", "[clinic][door]") {
    CHECK(host_and_port("127.0.0.1", 2575) == "127.0.0.1:2575");
    CHECK(host_and_port("::1", 2575) == "[::1]:2575");
}

TEST_CASE("a list lets in whom it names", "[clinic][door]") {
    const auto admission =
        Admission::of(at("0.0.0.0", {"10.1.2.3/24", "192.0.2.7", "2001:db8::/32", "::1"}));
    REQUIRE(admission);
    CHECK(allows(*admission, "10.1.2.200"));
    CHECK_FALSE(allows(*admission, "10.1.3.1"));
    CHECK(allows(*admission, "192.0.2.7"));
    CHECK_FALSE(allows(*admission, "192.0.2.8"));
    CHECK(allows(*admission, "2001:db8:1::9"));
    CHECK_FALSE(allows(*admission, "2001:db9::9"));
    CHECK(allows(*admission, "::ffff:10.1.2.4"));
    CHECK_FALSE(allows(*admission, "::ffff:10.1.3.4"));
    CHECK_FALSE(allows(*admission, "127.0.0.1"));
}
