// What an HMIS export can say of a stay beside its beginning and end, and how rows change: services,
// referrals, assessments, living situations; corrected, deleted, gone, another person's.
#include <array>

#include "tools/county/hmis_sheet.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr std::string_view kHousing = "housing";
constexpr int kShelter = 0;
constexpr int kRapidRehousing = 1;
constexpr int kOutreach = 3;
constexpr int kStreet = 116;
constexpr int kBedNight = 200;
constexpr int kReferralToRehousing = 13;
constexpr int kAccepted = 1;
constexpr int kLevelCrisis = 1;
constexpr int kOnList = 1;

HousingStay& stay_in(PlanBuilder& builder, int project) {
    HousingStay stay;
    stay.day = 1;
    stay.project = project;
    stay.entry = builder.world().start() - days{builder.prng().between(40, 300)};
    stay.prior_situation = kStreet;
    return builder.plan().housing.emplace(std::move(stay));
}

/// The day of an export in [from, to], when there is one.
std::optional<int> some_export(PlanBuilder& builder, int from, int to) {
    const int first = export_from(from);
    if (first > to) {
        return std::nullopt;
    }
    return first + kDaysBetweenExports * static_cast<int>(builder.prng().below(
                                             static_cast<std::uint64_t>((to - first) / 2 + 1)));
}

/// Two exports, one after the other.
struct Exports {
    int first = 0;
    int second = 0;
};

std::optional<Exports> two_exports(PlanBuilder& builder) {
    const auto first = some_export(builder, 1, builder.world().days() - kDaysBetweenExports);
    if (!first) {
        return std::nullopt;
    }
    const auto second = some_export(builder, *first + kDaysBetweenExports, builder.world().days());
    return second ? std::optional<Exports>({*first, *second}) : std::nullopt;
}

std::string row_id(const PlanBuilder& builder, HousingTable table, std::size_t nth) {
    constexpr std::array<std::string_view, 4> kPrefixes = {"SV", "EV", "AS", "LS"};
    return numbered(kPrefixes[static_cast<std::size_t>(table)], builder.client(), nth);
}

/// A row about the day before the export of `day`.
HousingRowVersion told_on(const PlanBuilder& builder, int day, int code, int outcome = 0) {
    HousingRowVersion version;
    version.day = day;
    version.date = builder.world().date_of(day) - days{1};
    version.code = code;
    version.outcome = outcome;
    return version;
}

bool helped(PlanBuilder& builder) {
    HousingStay& stay = stay_in(builder, kShelter);
    const int last = builder.world().days();
    const int first = *some_export(builder, 1, last);
    const int second = *some_export(builder, first, last);
    HousingRowVersion other_night = told_on(builder, second, kBedNight);
    other_night.date -= days{1};
    const std::string night = row_id(builder, HousingTable::Services, 1);
    const std::string next = row_id(builder, HousingTable::Services, 2);
    const std::string assessed = row_id(builder, HousingTable::Assessment, 1);
    const std::string seen = row_id(builder, HousingTable::CurrentLivingSituation, 1);
    stay.rows = {
        {HousingTable::Services, night, {told_on(builder, first, kBedNight)}},
        {HousingTable::Services, next, {other_night}},
        {HousingTable::Assessment, assessed, {told_on(builder, second, kLevelCrisis, kOnList)}},
        {HousingTable::CurrentLivingSituation, seen, {told_on(builder, first, kStreet)}}};
    builder.expect_events(kHousing, "HousingServiceProvided", 2, {night, next},
                          "two nights in the shelter");
    builder.expect_events(kHousing, "HousingAssessmentRecorded", 1, {assessed},
                          "assessed for coordinated entry");
    builder.expect_events(kHousing, "LivingSituationRecorded", 1, {seen},
                          "still on the street when seen");
    return true;
}

bool referred(PlanBuilder& builder) {
    const auto exports = two_exports(builder);
    if (!exports) {
        return false;
    }
    const std::string id = row_id(builder, HousingTable::Event, 1);
    const HousingRowVersion asked = told_on(builder, exports->first, kReferralToRehousing);
    HousingRowVersion answered = asked;
    answered.day = exports->second;
    answered.outcome = kAccepted;
    answered.outcome_on = builder.world().date_of(exports->second) - days{1};
    stay_in(builder, kShelter).rows = {{HousingTable::Event, id, {asked, answered}}};
    builder.expect_events(kHousing, "HousingReferral", 2, {id},
                          "a referral, told again with its result");
    return true;
}

/// A bed night that is told, and is not so after all. Its id.
std::string withdrawn_row(PlanBuilder& builder, const Exports& exports, RowState state) {
    const std::string id = row_id(builder, HousingTable::Services, 1);
    const HousingRowVersion told = told_on(builder, exports.first, kBedNight);
    HousingRowVersion after = told;
    after.day = exports.second;
    after.state = state;
    stay_in(builder, kShelter).rows = {{HousingTable::Services, id, {told, after}}};
    return id;
}

bool row_deleted(PlanBuilder& builder) {
    const auto exports = two_exports(builder);
    if (!exports) {
        return false;
    }
    const std::string id = withdrawn_row(builder, *exports, RowState::Deleted);
    builder.expect_events(kHousing, "HousingServiceProvided", 2, {id},
                          "a bed night, withdrawn by a row with DateDeleted");
    return true;
}

bool row_vanished(PlanBuilder& builder) {
    // Only a full refresh says anything by leaving a row out.
    const int last = builder.world().days();
    const auto gone = some_export(builder, 1 + kDaysBetweenExports, last);
    if (!gone) {
        return false;
    }
    const int full = is_delta(*gone) ? *gone + kDaysBetweenExports : *gone;
    const auto told = some_export(builder, 1, full - kDaysBetweenExports);
    if (full > last || !told) {
        return false;
    }
    const std::string id = withdrawn_row(builder, {*told, full}, RowState::Vanished);
    // A table that is left without a row would be believed only the second time.
    const std::string kept = row_id(builder, HousingTable::Services, 2);
    HousingRowVersion night = told_on(builder, *told, kBedNight);
    night.date -= days{1};
    builder.plan().housing->rows.push_back({HousingTable::Services, kept, {night}});
    builder.expect_events(kHousing, "HousingServiceProvided", 3, {id, kept},
                          "two bed nights, one withdrawn by a full refresh without it");
    return true;
}

bool back_dated(PlanBuilder& builder) {
    const auto exports = two_exports(builder);
    if (!exports) {
        return false;
    }
    HousingStay& stay = stay_in(builder, kShelter);
    stay.corrected_day = exports->second;
    stay.corrected_entry = stay.entry - days{10};
    builder.expect_events(kHousing, "HousingEnrollmentStarted", 2,
                          {numbered("EN", builder.client())},
                          "an entry date corrected into the past");
    return true;
}

bool merged(PlanBuilder& builder) {
    const auto exports = two_exports(builder);
    if (!exports) {
        return false;
    }
    stay_in(builder, kShelter).merged_day = exports->second;
    builder.expect_events(kHousing, "HousingEnrollmentStarted", 3,
                          {numbered("EN", builder.client())},
                          "two PersonalIDs made one: withdrawn from the one, told of the other");
    builder.expect_events(kHousing, "PersonUpserted", 2,
                          {numbered("HM", builder.client()), numbered("HM", builder.client(), 2)},
                          "both PersonalIDs are the client's, as the roster says");
    return true;
}

bool home_lost(PlanBuilder& builder) {
    HousingStay& stay = stay_in(builder, kRapidRehousing);
    stay.move_in = stay.entry + days{12};
    stay.exit_day = some_export(builder, 1, builder.world().days());
    stay.exit = builder.world().date_of(*stay.exit_day) - days{1};
    stay.destination = kStreet;
    const std::string enrollment = numbered("EN", builder.client());
    builder.expect_events(kHousing, "HousingMoveIn", 1, {enrollment}, "moved into a home");
    builder.expect_events(kHousing, "HousingExit", 1, {enrollment}, "left it");
    builder.expect_events(kHousing, "HousingLossReported", 1, {enrollment},
                          "from a home to the street (L1)");
    return true;
}

bool must_leave(PlanBuilder& builder) {
    HousingStay& stay = stay_in(builder, kOutreach);
    HousingRowVersion seen =
        told_on(builder, *some_export(builder, 1, builder.world().days()), kStreet);
    seen.must_leave = true;
    const std::string id = row_id(builder, HousingTable::CurrentLivingSituation, 1);
    stay.rows = {{HousingTable::CurrentLivingSituation, id, {seen}}};
    builder.expect_events(kHousing, "LivingSituationRecorded", 1, {id}, "seen by outreach");
    builder.expect_events(kHousing, "HousingLossReported", 1, {id},
                          "must leave within 14 days, with nowhere to go (L7)");
    return true;
}

}  // namespace

std::span<const Story> housing_stories() {
    static constexpr std::array<Story, 8> kStories = {{{helped, kAnything, 1},
                                                       {referred, kAnything, 1},
                                                       {row_deleted, kAnything, 1},
                                                       {row_vanished, kAnything, 1},
                                                       {back_dated, kAnything, 1},
                                                       {merged, kAnything, 1},
                                                       {home_lost, kAnything, 1},
                                                       {must_leave, kAnything, 1}}};
    return kStories;
}

}  // namespace carehub::county
