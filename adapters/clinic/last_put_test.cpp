// Bodies put to one address, one after the other.
#include "adapters/clinic/last_put.hpp"

#include "adapters/clinic/limits.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

UtcTime at(int second) { return UtcTime{std::chrono::seconds{second}}; }

}  // namespace

TEST_CASE("a body that returns after another is told again, its repeat is not", "[clinic]") {
    const Hash256 a{1};
    const Hash256 b{2};
    LastPut last;
    CHECK(last.again("Appointment/1", a, at(1)).empty());
    CHECK(last.again("Appointment/1", a, at(2)).empty());
    const std::string other = last.again("Appointment/1", b, at(3));
    CHECK(other == last.again("Appointment/1", b, at(4)));
    const std::string back = last.again("Appointment/1", a, at(5));
    CHECK_FALSE(back.empty());
    CHECK(back != other);
    CHECK(back == last.again("Appointment/1", a, at(6)));
    CHECK(last.again("Appointment/2", b, at(7)).empty());
}

TEST_CASE("no more addresses are remembered than the bound", "[clinic]") {
    const Hash256 a{1};
    const Hash256 b{2};
    LastPut last;
    bool all_first = true;
    for (std::size_t i = 0; i <= kPutAddressesMax; ++i) {
        all_first = last.again(std::to_string(i), a, at(1)).empty() && all_first;
    }
    CHECK(all_first);
    CHECK(last.again("0", b, at(2)).empty());
    CHECK_FALSE(last.again(std::to_string(kPutAddressesMax), b, at(2)).empty());
}
