// What staff.csv says of persons.
#include "adapters/desk/directory.hpp"

#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

constexpr std::string_view kHead =
    "staff,role,team,supervisor,calendar,zone,email,caseload_limit,quiet_from,quiet_until\n";

Result<StaffDirectory> read(const std::string& rows) {
    TemporaryFolder home;
    write_text(home.path() / "staff.csv", std::string(kHead) + rows);
    return StaffDirectory::read(home.path(), "America/New_York");
}

TEST_CASE("A person has a zone, an address and quiet hours", "[desk]") {
    const auto directory = read(
        "ana,case_manager,east,,,America/Chicago,ana@agency.example,,21:30,06:15\n"
        "ben,case_manager,east,,,,,,,\n");
    REQUIRE(directory);
    const StaffEntry* const ana = directory->find("ana");
    REQUIRE(ana != nullptr);
    CHECK((ana->zone.name == "America/Chicago" && ana->email == "ana@agency.example"));
    CHECK(ana->quiet_from == std::chrono::minutes{21 * 60 + 30});
    CHECK(ana->quiet_until == std::chrono::minutes{6 * 60 + 15});
    const StaffEntry* const ben = directory->find("ben");
    REQUIRE(ben != nullptr);
    CHECK((ben->zone.name == "America/New_York" && ben->email.empty()));
    CHECK((ben->quiet_from == kQuietFrom && ben->quiet_until == kQuietUntil));
    CHECK(directory->find("carl") == nullptr);
}

TEST_CASE("What cannot be read is told by line and column, without what stands there", "[desk]") {
    const auto [row, column] =
        GENERATE(table<std::string, std::string>({{"ana,,,,,Mars/Base,,,,\n", "zone"},
                                                  {"ana,,,,,,not-an-address,,,\n", "email"},
                                                  {"ana,,,,,,a@b>\\,c,,,\n", "email"},
                                                  {"ana,,,,,,,,25:00,07:00\n", "quiet_from"},
                                                  {"ana,,,,,,,,20:00,\n", "quiet_until"}}));
    const auto directory = read(row);
    REQUIRE_FALSE(directory);
    CHECK(directory.error().context.find("staff.csv line 2: " + column) != std::string::npos);
    CHECK(directory.error().context.find("not-an") == std::string::npos);
}

}  // namespace
}  // namespace carehub::adapters::desk
