// What an agency's case management tells beside check-ins: supervision and its conditions, drug
// tests, violations.
#include <array>

#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr std::string_view kAgency = "supervision";
/// Its case management is a partner for each list.
constexpr std::string_view kTerms = "terms";
constexpr std::string_view kConditions = "conditions";
constexpr std::string_view kViolations = "violations";
constexpr int kEndsAfterDays = 2;

SupervisionTerm& supervise(PlanBuilder& builder, int day, Date start) {
    ClientPlan& plan = builder.plan();
    plan.supervised = true;
    return plan.terms.emplace_back(SupervisionTerm{
        numbered("TRM", builder.client(), plan.terms.size() + 1), day, start, {}, {}});
}

std::string set_condition(PlanBuilder& builder, int day, std::string_view type,
                          std::string_view text) {
    ClientPlan& plan = builder.plan();
    plan.conditions.push_back({numbered("CND", builder.client(), plan.conditions.size() + 1), day,
                               builder.world().date_of(day) - days{1}, type, text});
    return plan.conditions.back().id;
}

bool under_supervision(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    SupervisionTerm& term = supervise(builder, day, world.date_of(day) - days{1});
    const bool ends = day + kEndsAfterDays <= world.days() && builder.prng().chance(50);
    if (ends) {
        term.ended_day = day + kEndsAfterDays;
        term.ended = world.date_of(*term.ended_day) - days{1};
    }
    const std::string id = term.id;
    const std::string report =
        set_condition(builder, day, "REPORTING", "Report to the officer as instructed.");
    const std::string tests =
        set_condition(builder, day, "TESTING", "Submit to drug tests as directed.");
    builder.expect_events(kTerms, "SupervisionStarted", 1, {id}, "supervision begins");
    builder.expect_events(kTerms, "SupervisionEnded", ends ? 1 : 0, {id}, "and ends");
    builder.expect_events(kConditions, "SupervisionConditionSet", 2, {report, tests},
                          "two conditions");
    return true;
}

bool tested(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const auto date = builder.free_date(world.date_of(day) + days{1}, world.date_of(day) + days{8});
    if (!date) {
        return false;
    }
    const Planned test =
        builder.announce(Door::CheckIns, day, PlaceName::ProbationOffice, {*date, 8 * 60 + 30, 15});
    builder.plan().check_ins[test.index].drug_test = true;
    builder.settle(test);
    const bool over = world.day_of(*date) + 1 <= world.days();
    builder.expect_events(kAgency, "CheckInScheduled", 1, {test.key}, "a drug test is set");
    builder.expect_events(kAgency, "CheckInCompleted", over ? 1 : 0, {test.key}, "and taken");
    return true;
}

bool test_missed(PlanBuilder& builder) {
    const auto test = past_obligation(builder, Door::CheckIns, 1);
    if (!test) {
        return false;
    }
    const int day = builder.world().day_of(test->slot.date) + 1;
    builder.plan().check_ins[test->index].drug_test = true;
    builder.report(*test, day, "MISSED");
    builder.expect_alert("CheckInMissed", {test->key}, day, "open",
                         "the agency reports a missed drug test");
    builder.expect_events(kAgency, "CheckInMissed", 1, {test->key}, "the agency's own word");
    return true;
}

bool violated(PlanBuilder& builder) {
    const World& world = builder.world();
    const std::string term = supervise(builder, 1, world.start() - days{60}).id;
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const std::string id = numbered("VLN", builder.client(), 1);
    builder.plan().violations.push_back({id, day, world.date_of(day) - days{1}, "TECHNICAL",
                                         "Did not report a change of address."});
    builder.expect_events(kTerms, "SupervisionStarted", 1, {term}, "under supervision for long");
    builder.expect_events(kViolations, "ViolationReported", 1, {id},
                          "the agency reports a violation");
    return true;
}

}  // namespace

std::span<const Story> supervision_stories() {
    constexpr Allowance kNoCheckIns{true, true, false, true};
    static constexpr std::array<Story, 4> kStories = {{{under_supervision, kAnything, 1},
                                                       {tested, kNoCheckIns, 1},
                                                       {test_missed, kNoCheckIns, 1},
                                                       {violated, kAnything, 1}}};
    return kStories;
}

}  // namespace carehub::county
