// What capability.json says a clinic may receive is what its formats carry.
#include <algorithm>
#include <fstream>
#include <set>

#include <boost/json.hpp>

#include "adapters/clinic/out/told.hpp"
#include "adapters/kit/out/told_kinds.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters::clinic::out {
namespace {

TEST_CASE("capability.json names what a clinic may receive", "[clinic][out]") {
    std::ifstream in(CAREHUB_SOURCE_DIR "/adapters/clinic/capability.json");
    const auto capability = boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    std::set<std::string> told;
    for (const auto& kind : capability.at("may_receive").as_array()) {
        told.emplace(kind.as_string());
    }
    std::set<std::string> carried;
    for (const EventKind kind : kinds_for_care()) {
        carried.emplace(name_of(kind));
    }
    CHECK(told == carried);
    const auto of_hl7 = hl7_kinds();
    CHECK(std::ranges::all_of(
        of_hl7, [&](EventKind kind) { return carried.contains(std::string(name_of(kind))); }));
}

}  // namespace
}  // namespace carehub::adapters::clinic::out
