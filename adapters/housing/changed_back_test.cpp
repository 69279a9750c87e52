// A row that says again what it said before: a change like any other, with an id of its own.
#include <set>

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

struct Facts {
    std::string moved_in = "2026-02-01";
    std::string destination = "116";
    std::string fleeing = "0";
    std::string project_type = "3";
};

TestExport ann(const Facts& facts) {
    return TestExport()
        .period("3", "2", "2026-01-01", "2026-06-30")
        .replace("Project.csv", "P3,O1,Homes,3", "P3,O1,Homes," + facts.project_type)
        .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
        .enrollment("e1,c1,P3,2026-01-05,h1,116," + facts.moved_in + ",,2026-02-02 09:00:00,")
        .exit("x1,e1,c1,2026-06-01," + facts.destination + ",,2026-06-02 08:00:00,")
        .file("HealthAndDV.csv",
              "HealthAndDVID,EnrollmentID,PersonalID,CurrentlyFleeing\n1,e1,c1," + facts.fleeing +
                  "\n");
}

/// A feed that is started anew for every export.
class Feed {
public:
    Parsed take(const Facts& facts) {
        before_ = state_;
        const TemporaryFolder folder;
        ann(facts).write_to(folder);
        Parsed parsed = read_export(folder.path(), test_site(), state_).value();
        for (const Submission& event : parsed.events) {
            CAPTURE(event.source_msg_id);
            CHECK(ids_.insert(event.source_msg_id).second);
            CHECK((event.supersedes_key.empty() || ids_.contains(event.supersedes_key)));
        }
        return parsed;
    }
    /// As after a kill before the last export counted.
    Parsed take_again(const Facts& facts) {
        std::string state = before_;
        const TemporaryFolder folder;
        ann(facts).write_to(folder);
        return read_export(folder.path(), test_site(), state).value();
    }

private:
    std::string state_;
    std::string before_;
    std::set<std::string> ids_;
};

}  // namespace

TEST_CASE("a row that changes back is told with ids of its own, each time", "[housing]") {
    const Facts first;
    Facts other;
    SECTION("a move-in taken back and told again") { other.moved_in = ""; }
    SECTION("a destination, with the same date of update") { other.destination = "410"; }
    SECTION("protection that begins and ends") { other.fleeing = "1"; }
    SECTION("a project of another type") { other.project_type = "1"; }
    Feed feed;
    const Parsed told = feed.take(first);
    const std::size_t changed = feed.take(other).events.size();
    CHECK(changed > 0);
    for (const Facts& facts : {first, other, first}) {
        const Parsed again = feed.take(facts);
        CHECK(again.events.size() == changed);
        CHECK(feed.take_again(facts).events == again.events);
        CHECK(feed.take(facts).events.empty());
    }
}
