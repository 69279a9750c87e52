// What may not be told, or only under a consent: substance use treatment (42 CFR Part 2), and the
// clinic's appointments towards a supervision agency.
#include <algorithm>
#include <array>

#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr std::string_view kOwner = "owner";
constexpr std::string_view kAgency = "supervision";
constexpr std::string_view kPart2 = "Part2Specific";
constexpr std::string_view kReferral = "CriminalJusticeReferral";
constexpr int kRevokedDay = 3;
constexpr int kBookedAfterRevocation = 5;

/// A treatment session at the recovery clinic that overlaps a check-in.
std::optional<Pair> session_and_check_in(PlanBuilder& builder, int known_day) {
    const PairShape shape{Door::Clinic,
                          Door::CheckIns,
                          PlaceName::RecoveryClinic,
                          PlaceName::ProbationOffice,
                          60,
                          30,
                          15};
    return announce_pair(builder, shape, known_day);
}

/// The conflict exists, but its telling would disclose the session.
void keep_secret(PlanBuilder& builder, const Pair& pair, std::string_view why) {
    builder.settle(pair.first);
    builder.settle(pair.second);
    builder.expect_withheld(kOwner, {pair.first.key}, why);
    builder.expect_withheld(kAgency, {pair.first.key}, "no referral consent names the agency");
}

bool without_consent(PlanBuilder& builder) {
    const auto pair = session_and_check_in(builder, 0);
    if (!pair) {
        return false;
    }
    keep_secret(builder, *pair, "no consent covers the treatment programme");
    return true;
}

bool with_consent(PlanBuilder& builder) {
    auto pair = session_and_check_in(builder, builder.world().days() > 2 ? 2 : 0);
    if (!pair) {
        return false;
    }
    ConsentRow consent = builder.consent(kPart2, kOwner);
    if (pair->known_day > 2 || builder.world().days() <= 2 || builder.prng().chance(50)) {
        builder.plan().consents.push_back(std::move(consent));
    } else {
        builder.consent_event(1, "ConsentGranted", consent);
    }
    const std::string_view expect = play_out(builder, *pair);
    builder.expect_alert(
        "ScheduleConflict", {pair->first.key, pair->second.key}, pair->known_day, expect,
        "a treatment session overlaps a check-in, and the client consents to its telling");
    builder.expect_withheld(kAgency, {pair->first.key}, "no referral consent names the agency");
    return true;
}

bool consent_expired(PlanBuilder& builder) {
    const auto pair = session_and_check_in(builder, 0);
    if (!pair) {
        return false;
    }
    ConsentRow consent = builder.consent(kPart2, kOwner);
    consent.signed_on = builder.world().start() - days{200};
    consent.expires = builder.world().start() - days{10};
    builder.plan().consents.push_back(std::move(consent));
    keep_secret(builder, *pair, "the consent had expired");
    return true;
}

bool consent_revoked(PlanBuilder& builder) {
    if (builder.world().days() < kBookedAfterRevocation) {
        return consent_expired(builder);
    }
    const auto pair = session_and_check_in(builder, kBookedAfterRevocation);
    if (!pair) {
        return false;
    }
    const ConsentRow consent = builder.consent(kPart2, kOwner);
    builder.plan().consents.push_back(consent);
    builder.consent_event(kRevokedDay, "ConsentRevoked", consent);
    keep_secret(builder, *pair, "the consent was revoked before the session was booked");
    return true;
}

std::optional<Planned> one_appointment(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const auto date =
        builder.free_date(world.date_of(day) + days{2}, world.date_of(day) + days{kAheadDaysMax});
    if (!date) {
        return std::nullopt;
    }
    builder.plan().supervised = true;
    Planned visit =
        builder.announce(Door::Clinic, day, PlaceName::GeneralClinic, {*date, 14 * 60, 45});
    builder.settle(visit);
    return visit;
}

bool agency_without_consent(PlanBuilder& builder) {
    const auto visit = one_appointment(builder);
    if (!visit) {
        return false;
    }
    builder.expect_withheld(kAgency, {visit->key},
                            "the agreement alone is not enough: no referral consent");
    return true;
}

bool agency_with_consent(PlanBuilder& builder) {
    const auto visit = one_appointment(builder);
    if (!visit) {
        return false;
    }
    builder.plan().consents.push_back(builder.consent(kReferral, kAgency));
    builder.expect_delivered(kAgency, {visit->key},
                             "busy only, under the client's referral consent");
    return true;
}

}  // namespace

std::span<const Story> withheld_stories() {
    static constexpr std::array<Story, 6> kStories = {{{without_consent, kAnything, 1},
                                                       {with_consent, kAnything, 1},
                                                       {consent_expired, kAnything, 1},
                                                       {consent_revoked, kAnything, 1},
                                                       {agency_without_consent, kAnything, 1},
                                                       {agency_with_consent, kAnything, 1}}};
    return kStories;
}

}  // namespace carehub::county
