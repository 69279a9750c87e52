#include "adapters/housing/loss_rules.hpp"

#include "adapters/housing/codes.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::housing;

namespace {

Date day(const char* text) { return *parse_iso_date(text); }

ExitFacts exit_from(std::uint8_t project_type, std::uint16_t destination) {
    ExitFacts facts;
    facts.project_type = project_type;
    facts.move_in = day("2026-01-10");
    facts.exit_date = day("2026-06-01");
    facts.destination = destination;
    return facts;
}

struct ExitCase {
    const char* line;
    std::uint8_t project_type;
    std::uint16_t destination;
    std::uint8_t reason;
    HousingLossGrade grade;  ///< Unset: no loss
};

}  // namespace

TEST_CASE("exits are graded as the decision table says", "[housing]") {
    using enum HousingLossGrade;
    const ExitCase row =
        GENERATE(ExitCase{"L1 from permanent supportive housing", 3, 116, 0, Lost},
                 ExitCase{"L1 from rapid rehousing", 13, 101, 0, Lost},
                 ExitCase{"L1 from housing only", 9, 118, 0, Lost},
                 ExitCase{"L1 from housing with services", 10, 101, 0, Lost},
                 ExitCase{"L1 needs permanent housing, not transitional", 2, 101, 0, Unset},
                 ExitCase{"L1 needs permanent housing, not a shelter", 1, 116, 0, Unset},
                 ExitCase{"L3 eviction to a flat", 6, 410, 5, Lost},
                 ExitCase{"L3 eviction with no destination", 12, 0, 5, Lost},
                 ExitCase{"L4 temporary with family", 3, 312, 0, Unstable},
                 ExitCase{"L4 needs permanent housing", 1, 312, 0, Unset},
                 ExitCase{"L5 jail", 3, 207, 0, Interrupted},
                 ExitCase{"L5 hospital, from a shelter", 1, 206, 0, Interrupted},
                 ExitCase{"L5 long-term care", 13, 225, 0, Interrupted},
                 ExitCase{"foster care is no interruption", 3, 215, 0, Unset},
                 ExitCase{"L6 not collected", 3, 99, 0, Unknown},
                 ExitCase{"L6 no exit interview", 13, 30, 0, Unknown},
                 ExitCase{"L6 destination not told", 3, 0, 0, Unknown},
                 ExitCase{"L6 needs permanent housing", 1, 99, 0, Unset},
                 ExitCase{"L9 rental with subsidy", 13, 435, 0, Unset},
                 ExitCase{"L10 deceased", 3, 24, 0, Unset},
                 ExitCase{"L10 deceased wins over eviction", 3, 24, 5, Unset});
    CAPTURE(row.line);
    ExitFacts facts = exit_from(row.project_type, row.destination);
    facts.exit_reason = row.reason;
    const auto loss = judge_exit(facts);
    CHECK((loss ? loss->grade : Unset) == row.grade);
    if (loss) {
        CHECK(static_cast<char>('0' + static_cast<int>(loss->rule)) == row.line[1]);
    }
}

TEST_CASE("an exit before or without move-in is no loss of a home", "[housing]") {
    ExitFacts facts = exit_from(13, 116);
    facts.move_in = day("2026-06-02");
    CHECK_FALSE(judge_exit(facts));
    facts.move_in = std::nullopt;
    CHECK_FALSE(judge_exit(facts));
    facts.move_in = facts.exit_date;
    CHECK(judge_exit(facts));
}

TEST_CASE("an exit into another home on the same day is a transfer", "[housing]") {
    ExitFacts facts = exit_from(3, 116);
    facts.is_transfer = true;
    CHECK_FALSE(judge_exit(facts));
}

TEST_CASE("a homeless situation after a permanent one is a loss (L2)", "[housing]") {
    SituationFacts facts;
    facts.situation = 116;
    facts.last_known = SituationClass::Permanent;
    CHECK(judge_situation(facts)->rule == LossRule::L2);
    facts.last_known = SituationClass::Homeless;
    CHECK_FALSE(judge_situation(facts));
    facts.last_known = SituationClass::Unset;
    CHECK_FALSE(judge_situation(facts));

    EnrollmentFacts entry;
    entry.last_known = SituationClass::Permanent;
    for (const int type : {0, 1, 4, 8}) {
        entry.project_type = static_cast<std::uint8_t>(type);
        CHECK(judge_enrollment(entry)->rule == LossRule::L2);
    }
    entry.project_type = 6;
    CHECK_FALSE(judge_enrollment(entry));
}

TEST_CASE("having to leave within 14 days with nowhere to go puts a home at risk (L7)",
          "[housing]") {
    SituationFacts facts;
    facts.situation = 410;
    facts.date = day("2026-02-20");
    facts.leave_14d = Answer::Yes;
    facts.subsequent_residence = 0;
    const auto loss = judge_situation(facts);
    REQUIRE(loss);
    CHECK(loss->rule == LossRule::L7);
    CHECK(loss->grade == HousingLossGrade::AtRisk);
    CHECK(loss->deadline == day("2026-03-06"));

    facts.subsequent_residence = 1;
    CHECK_FALSE(judge_situation(facts));
    facts.subsequent_residence = 99;
    CHECK_FALSE(judge_situation(facts));
    facts.subsequent_residence = std::nullopt;
    CHECK_FALSE(judge_situation(facts));
    facts.subsequent_residence = 0;
    facts.leave_14d = Answer::Unknown;
    CHECK_FALSE(judge_situation(facts));
}

TEST_CASE("a situation in jail or hospital interrupts a tenancy (L5)", "[housing]") {
    SituationFacts facts;
    for (const int code : {204, 205, 206, 207, 225}) {
        facts.situation = static_cast<std::uint16_t>(code);
        CHECK(judge_situation(facts)->grade == HousingLossGrade::Interrupted);
    }
}

TEST_CASE("time to housing loss counts in prevention projects only (L8)", "[housing]") {
    EnrollmentFacts facts;
    facts.project_type = 12;
    facts.entry = day("2026-05-01");
    facts.time_to_loss = 0;
    CHECK(judge_enrollment(facts) ==
          Loss{LossRule::L8, HousingLossGrade::AtRisk, day("2026-05-02")});
    facts.time_to_loss = 1;
    CHECK(judge_enrollment(facts)->deadline == day("2026-05-08"));
    facts.time_to_loss = 2;
    CHECK_FALSE(judge_enrollment(facts));
    facts.time_to_loss = 99;
    CHECK_FALSE(judge_enrollment(facts));
    facts.time_to_loss = 0;
    facts.project_type = 13;
    CHECK_FALSE(judge_enrollment(facts));
}

TEST_CASE("subsidy types and the numbers of FY2022 are no situations", "[housing]") {
    for (const unsigned code : {1U, 3U, 16U, 18U, 419U, 428U, 431U, 439U, 999U}) {
        CHECK_FALSE(is_situation(code));
    }
    CHECK(belongs_to(335, SituationList::Current));
    CHECK_FALSE(belongs_to(335, SituationList::Destination));
    CHECK_FALSE(belongs_to(24, SituationList::Current));
    CHECK(situation_class(99) == SituationClass::Other);
}
