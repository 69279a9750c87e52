// Days that lie after the export that tells them.
#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

TEST_CASE("a day after that of the export is told with a finding", "[housing]") {
    const auto of_days = [](const std::string& day, const std::string& moved_in) {
        return read(
            TestExport()
                .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
                .enrollment("e1,c1,P3," + day + ",h1,116," + moved_in + ",,2026-02-02 09:00:00,")
                .exit("x1,e1,c1," + day + ",116,,2026-06-02 08:00:00,")
                .situation("s1,e1,c1," + day + ",410,,,2026-06-02 08:00:00,")
                .service("n1,e1,c1," + day + ",200,2026-06-02 08:00:00,")
                .referral("r1,e1,c1," + day + ",13,,,2026-06-02 08:00:00,")
                .assessment("a1,e1,c1," + day + ",2,1,2026-06-02 08:00:00,"));
    };
    const Parsed ahead = of_days("2027-06-30", "2027-07-01");
    const Parsed today = of_days("2026-06-30", "2026-06-30");
    for (const auto& [file, column] :
         {std::pair{"Enrollment.csv", "EntryDate"}, std::pair{"Enrollment.csv", "MoveInDate"},
          std::pair{"Exit.csv", "ExitDate"},
          std::pair{"CurrentLivingSituation.csv", "InformationDate"},
          std::pair{"Services.csv", "DateProvided"}, std::pair{"Event.csv", "EventDate"},
          std::pair{"Assessment.csv", "AssessmentDate"}}) {
        CAPTURE(file, column);
        CHECK(has_finding(ahead, file, column));
        CHECK_FALSE(has_finding(today, file, column));
    }
    CHECK(of_kind(ahead, EventKind::HousingExit).size() == 1);
}
