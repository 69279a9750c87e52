#include "tests/unit/core/permit_county.hpp"

using namespace carehub;
using namespace carehub::test;

TEST_CASE("without agreement and consent nothing moves", "[core][consent]") {
    County county;
    CHECK(county.ask("housing", PartnerKind::HousingProvider).withheld == Withheld::NoAgreement);
    CHECK(county.ask("ana", PartnerKind::Staff).form == Form::Full);
}

TEST_CASE("supervision receives only under an agreement and a consent that name it",
          "[core][consent]") {
    County county;
    CHECK(county.ask("supervision", PartnerKind::SupervisionAgency).withheld ==
          Withheld::NoConsent);
    county.consent(ConsentKind::CriminalJusticeReferral, "supervision");
    const Route route = county.ask("supervision", PartnerKind::SupervisionAgency);
    CHECK(route.form == Form::BusyOnly);
    CHECK_FALSE(route.consent.is_none());
    county.consent(ConsentKind::CriminalJusticeReferral, "court");
    CHECK(county.ask("court", PartnerKind::Court).withheld == Withheld::NoAgreement);
}

TEST_CASE("a part 2 record needs its own kind of consent, and justice the referral",
          "[core][consent]") {
    County county;
    county.consent(ConsentKind::HipaaAuthorization, "owner");
    CHECK(county.ask("ana", PartnerKind::Staff, only(SecurityLabel::Part2)).withheld ==
          Withheld::NoConsent);
    county.consent(ConsentKind::Part2Specific, "owner");
    CHECK(county.ask("ana", PartnerKind::Staff, only(SecurityLabel::Part2)).form == Form::Full);
    county.consent(ConsentKind::Part2Specific, "supervision");
    CHECK(county.ask("supervision", PartnerKind::SupervisionAgency, only(SecurityLabel::Part2))
              .withheld == Withheld::NoConsent);
    county.consent(ConsentKind::CriminalJusticeReferral, "supervision");
    CHECK(county.ask("supervision", PartnerKind::SupervisionAgency, only(SecurityLabel::Part2))
              .form == Form::BusyOnly);
}

TEST_CASE("a victim's protection opens to nothing but the client's release", "[core][consent]") {
    County county;
    const Labels labels = only(SecurityLabel::DvProtected);
    county.consent(ConsentKind::HipaaAuthorization, "owner");
    CHECK(county.ask("ana", PartnerKind::Staff, labels).withheld == Withheld::VictimProtected);
    county.consent(ConsentKind::VawaRelease, "owner", *make_date(2026, 8, 1));
    CHECK(county.ask("ana", PartnerKind::Staff, labels).form == Form::Reduced);
}

TEST_CASE("who told it knows it: a person, not a partner of that name", "[core][consent]") {
    County county;
    PartnerCommand namesake;
    namesake.name = "ben";
    namesake.kind = PartnerKind::HousingProvider;
    namesake.public_key[0] = 200;
    REQUIRE(county.world.command(namesake).status == ReceiptStatus::Accepted);
    const core::State& state = county.world.machine.state();
    const auto sees = [&](const std::string& name) {
        return core::staff_may_see(state, county.world.subject("Maria"),
                                   {county.world.partner(name), EventKind::AppointmentBooked,
                                    only(SecurityLabel::Part2), county.world.now},
                                   state.symbol(name), county.world.now);
    };
    CHECK(sees("ana"));
    CHECK_FALSE(sees("ben"));
}

TEST_CASE("the place of a protected location is never told in full", "[core][consent]") {
    County county;
    CHECK(county.ask("ana", PartnerKind::Staff, only(SecurityLabel::LocationProtected)).form ==
          Form::Reduced);
}

TEST_CASE("a document's days are the client's own, not Greenwich's", "[core][consent]") {
    County county;
    county.consent(ConsentKind::CriminalJusticeReferral, "supervision", make_date(2026, 8, 1));
    CHECK(county.answer_at("2026-07-31T23:59:59-04:00") == Withheld::Unset);
    CHECK(county.answer_at("2026-08-01T00:00:00-04:00") == Withheld::ConsentExpired);

    County agreed;
    agreed.consent(ConsentKind::CriminalJusticeReferral, "supervision");
    CHECK(agreed.answer_at("2026-12-31T23:59:59-05:00") == Withheld::Unset);
    CHECK(agreed.answer_at("2027-01-01T00:00:00-05:00") == Withheld::NoAgreement);
}

TEST_CASE("an agreement told again is narrowed or ended, and a renewal stands beside it",
          "[core][consent]") {
    World world{*parse_iso_time("2026-07-06T12:00:00Z")};
    AgreementCommand agreement;
    agreement.discloser = "clinic";
    agreement.recipient = "housing";
    agreement.purpose = PurposeOfUse::CareCoordination;
    agreement.form = Form::Full;
    agreement.basis = "a letter";
    agreement.valid_from = *make_date(2026, 1, 1);
    agreement.valid_until = *make_date(2026, 12, 31);
    const auto tell = [&world, &agreement] {
        const auto before = world.machine.state().agreements;
        REQUIRE(world.command(agreement).status == ReceiptStatus::Accepted);
        const auto& after = world.machine.state().agreements;
        return std::pair(after.size() - before.size(), after.rbegin()->second);
    };
    CHECK(tell().first == 1);
    agreement.form = Form::BusyOnly;
    const auto narrowed = tell();
    CHECK(narrowed.first == 0);
    CHECK(narrowed.second.form == Form::BusyOnly);
    agreement.valid_until = *make_date(2026, 7, 5);
    CHECK(tell().second.valid_until == agreement.valid_until);
    agreement.valid_from = *make_date(2027, 1, 1);
    agreement.valid_until = *make_date(2027, 12, 31);
    CHECK(tell().first == 1);
}

TEST_CASE("an alert withheld for want of an agreement appears on the day it begins",
          "[core][consent]") {
    World world{*parse_iso_time("2019-12-30T12:00:00-05:00")};  // the county's agreements: 2020 on
    world.add_client("Maria");
    const auto book = [&world](const std::string& partner, ObligationClass obligation_class) {
        Submission event;
        event.kind =
            partner == "clinic" ? EventKind::AppointmentBooked : EventKind::CheckInScheduled;
        ObligationClaim claim;
        claim.obligation_class = obligation_class;
        claim.status = ObligationStatus::Scheduled;
        claim.start = *parse_iso_time("2020-01-06T10:00:00-05:00");
        claim.end = *parse_iso_time("2020-01-06T11:00:00-05:00");
        claim.owner_org = partner;
        event.business_key = partner + "-1";
        event.payload = claim;
        REQUIRE(world.submit(partner, "Maria", event).status == ReceiptStatus::Accepted);
    };
    book("clinic", ObligationClass::ClinicVisit);
    book("supervision", ObligationClass::SupervisionCheckIn);
    const auto state = [&world] {
        const auto& alerts = world.subject("Maria").alerts;
        REQUIRE(alerts.size() == 1);
        return alerts.at(0).state;
    };
    CHECK(state() == AlertState::Suppressed);
    world.advance(*parse_iso_time("2019-12-31T23:59:00-05:00"));
    CHECK(state() == AlertState::Suppressed);
    world.advance(*parse_iso_time("2020-01-01T00:00:00-05:00"));
    CHECK(state() == AlertState::Raised);
}
