// Each of permit's rules, and what domain/08 says of the documents behind them.
#include "hub/core/rights.hpp"

#include "tests/unit/core/permit_county.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

constexpr auto kStaff = PartnerKind::Staff;
constexpr auto kAgency = PartnerKind::SupervisionAgency;
constexpr auto kHousing = PartnerKind::HousingProvider;

/// An agreement for another purpose than what the client signs for.
County with_agreement_to(const std::string& recipient, PurposeOfUse purpose) {
    County county;
    county.agree("clinic", recipient, Form::Reduced, purpose);
    return county;
}

}  // namespace

TEST_CASE("each answer has its rule: what is not protected", "[core][consent]") {
    County county;
    CHECK(county.ask("ana", kStaff).rule == PermitRule::Agreement);
    CHECK(county.ask("housing", kHousing).rule == PermitRule::NothingCovers);
    county.consent(ConsentKind::HipaaAuthorization, "housing", make_date(2026, 7, 1));
    CHECK(county.ask("housing", kHousing).rule == PermitRule::AuthorizationExpired);
    CHECK(county.ask("housing", kHousing).withheld == Withheld::NoAgreement);
    county.consent(ConsentKind::HmisRoi, "housing");
    CHECK(county.ask("housing", kHousing).rule == PermitRule::Authorization);
    county.revoke(2);
    CHECK(county.ask("housing", kHousing).rule == PermitRule::AuthorizationExpired);
}

TEST_CASE("each answer has its rule: courts, supervision agencies and jails", "[core][consent]") {
    County county;
    CHECK(county.ask("supervision", kAgency).rule == PermitRule::NoJusticeConsent);
    county.consent(ConsentKind::HipaaAuthorization, "court");
    CHECK(county.ask("court", PartnerKind::Court).rule == PermitRule::NoJusticeAgreement);
    county.consent(ConsentKind::HipaaAuthorization, "supervision");
    CHECK(county.ask("supervision", kAgency).rule == PermitRule::AgreementAndConsent);
    county.revoke(2);
    CHECK(county.ask("supervision", kAgency).rule == PermitRule::JusticeConsentRevoked);
}

TEST_CASE("each answer has its rule: part 2 records", "[core][consent]") {
    const Labels part2 = only(SecurityLabel::Part2);
    County county;
    CHECK(county.ask("ana", kStaff, part2).rule == PermitRule::NoPart2Consent);
    county.consent(ConsentKind::Part2Specific, "owner", make_date(2026, 7, 6));
    CHECK(county.ask("ana", kStaff, part2).rule == PermitRule::Part2ConsentExpired);
    county.consent(ConsentKind::Part2Tpo, "owner");
    CHECK(county.ask("ana", kStaff, part2).rule == PermitRule::Part2Tpo);
    county.revoke(2);
    county.consent(ConsentKind::Part2Specific, "owner");
    CHECK(county.ask("ana", kStaff, part2).rule == PermitRule::Part2Consent);
    CHECK(county.ask("supervision", kAgency, part2).rule == PermitRule::NoReferral);
    county.consent(ConsentKind::CriminalJusticeReferral, "supervision");
    CHECK(county.ask("supervision", kAgency, part2).rule == PermitRule::JusticeReferral);
    county.revoke(4);
    CHECK(county.ask("supervision", kAgency, part2).rule == PermitRule::ReferralRevoked);
}

TEST_CASE("each answer has its rule: victims", "[core][consent]") {
    Labels both = only(SecurityLabel::DvProtected);
    County county;
    CHECK(county.ask("ana", kStaff, both).rule == PermitRule::NoVictimRelease);
    county.consent(ConsentKind::VawaRelease, "owner", make_date(2026, 7, 10));
    CHECK(county.ask("ana", kStaff, both).rule == PermitRule::VictimRelease);
    both.add(SecurityLabel::Part2);
    CHECK(county.ask("ana", kStaff, both).rule == PermitRule::NoPart2Consent);
    county.consent(ConsentKind::Part2Specific, "owner");
    CHECK(county.ask("ana", kStaff, both).rule == PermitRule::VictimReleaseAndPart2Consent);
    county.revoke(1);
    CHECK(county.ask("ana", kStaff, both).rule == PermitRule::VictimReleaseRevoked);
}

TEST_CASE(
    "a part 2 consent says until when it holds, unless it is for treatment, payment and "
    "operations",
    "[core][consent]") {
    County county;
    const auto granted = [&](ConsentClaim told) {
        told.consent = "c-1";
        Submission event;
        event.kind = EventKind::ConsentGranted;
        event.payload = std::move(told);
        return county.world.submit("ana", "Maria", event).refusal;
    };
    for (int kind = 1; kind <= static_cast<int>(ConsentKind::HmisRoi); ++kind) {
        ConsentClaim told = County::document(static_cast<ConsentKind>(kind), "owner");
        INFO(name_of(told.kind));
        CHECK(granted(told).reason == RefusalReason::None);  // upon an event
        told.expiry_event.clear();
        const Refusal refusal = granted(told);
        const bool must_end = told.kind == ConsentKind::Part2Specific ||
                              told.kind == ConsentKind::CriminalJusticeReferral;
        CHECK((refusal.reason == RefusalReason::MissingField) == must_end);
        CHECK((refusal.fix.find("42 CFR 2.31(a)(7)") != std::string::npos) == must_end);
        told.expires = make_date(2027, 1, 1);
        CHECK(granted(told).reason == RefusalReason::None);
    }
    county.revoke(1);
    ConsentClaim endless = County::document(ConsentKind::Part2Specific, "owner");
    endless.expiry_event.clear();
    CHECK(granted(endless).field == "payload.expires");
    CHECK(county.ask("ana", kStaff, only(SecurityLabel::Part2)).rule != PermitRule::Part2Consent);
}

TEST_CASE("a form that nobody can have meant is refused, by the field that is wrong",
          "[core][consent]") {
    County county;
    const Date today = std::chrono::floor<std::chrono::days>(county.world.now);
    const auto refused = [&](const auto& spoil, ConsentKind kind = ConsentKind::Part2Specific) {
        Submission event;
        event.kind = EventKind::ConsentGranted;
        ConsentClaim told = County::document(kind, "owner");
        told.consent = "c-1";
        spoil(told);
        event.payload = std::move(told);
        const Refusal refusal = county.world.submit("ana", "Maria", event).refusal;
        CHECK((refusal.reason == RefusalReason::InvalidField) == !refusal.field.empty());
        CHECK(refusal.fix.empty() == refusal.field.empty());
        return refusal.field;
    };
    using std::chrono::days;
    CHECK(refused([](ConsentClaim& c) { c.expires = c.signed_on; }) == "payload.expires");
    CHECK(refused([](ConsentClaim& c) { c.expires = c.signed_on - days{1}; }) == "payload.expires");
    CHECK(refused([](ConsentClaim& c) { c.expires = c.signed_on + days{1}; }).empty());
    CHECK(refused([](ConsentClaim& c) {
              c.scope_from = make_date(2026, 7, 2);
              c.scope_to = make_date(2026, 7, 1);
          }) == "payload.scope_to");
    CHECK(refused([](ConsentClaim& c) {
              c.scope_from = make_date(2026, 7, 1);
              c.scope_to = make_date(2026, 7, 1);
          }).empty());
    const auto put_off = [](ConsentClaim& c) { c.revocable_from = c.signed_on + days{90}; };
    CHECK(refused(put_off) == "payload.revocable_from");
    CHECK(refused(put_off, ConsentKind::HipaaAuthorization) == "payload.revocable_from");
    CHECK(refused(put_off, ConsentKind::CriminalJusticeReferral).empty());
    CHECK(refused([&](ConsentClaim& c) { c.signed_on = today + days{2}; }) == "payload.signed_on");
    CHECK(refused([&](ConsentClaim& c) { c.signed_on = today; }).empty());
}

TEST_CASE("a part 2 consent that an earlier version took without any end opens nothing",
          "[core][consent]") {
    County county;
    for (const auto& [kind, recipient] :
         {std::pair{ConsentKind::Part2Specific, "owner"},
          std::pair{ConsentKind::CriminalJusticeReferral, "supervision"},
          std::pair{ConsentKind::Part2Tpo, "owner"}}) {
        county.consent(kind, recipient);
    }
    core::State old = county.world.machine.state();
    core::Case maria = county.world.subject("Maria");
    for (Consent& consent : maria.consents.edit()) {
        CHECK(consent.ends_upon_event);
        consent.ends_upon_event = false;
    }
    const auto ask = [&](const char* recipient, PartnerKind kind) {
        return core::permit(old, maria,
                            {county.world.partner("clinic"), EventKind::AppointmentBooked,
                             only(SecurityLabel::Part2), county.world.now},
                            {old.symbol(recipient), kind}, county.world.now)
            .rule;
    };
    CHECK(ask("supervision", kAgency) == PermitRule::ReferralEndless);
    CHECK(ask("ana", kStaff) == PermitRule::Part2Tpo);
    std::erase_if(maria.consents.edit(),
                  [](const Consent& consent) { return consent.kind == ConsentKind::Part2Tpo; });
    CHECK(ask("ana", kStaff) == PermitRule::Part2ConsentEndless);
}

TEST_CASE("a consent that names an office nobody has heard of is kept, alerts open or not",
          "[core][consent]") {
    County county;
    county.agree("clinic", "owner", Form::Full);
    const auto book = [&](const char* key, int minutes) {
        Submission event;
        event.kind = EventKind::AppointmentBooked;
        event.business_key = key;
        ObligationClaim claim;
        claim.obligation_class = ObligationClass::ClinicVisit;
        claim.status = ObligationStatus::Scheduled;
        claim.start = county.world.now + std::chrono::hours{72} + std::chrono::minutes{minutes};
        claim.end = claim.start + std::chrono::hours{1};
        event.payload = claim;
        REQUIRE(county.world.submit("clinic", "Maria", event).status == ReceiptStatus::Accepted);
    };
    book("v-1", 0);
    book("v-2", 20);
    REQUIRE_FALSE(county.world.subject("Maria").alerts.empty());
    ConsentClaim told = County::document(ConsentKind::HipaaAuthorization, "harbor mission");
    told.discloser = "Hudson Methadone Clinic";
    county.sign(told);
    CHECK(county.world.subject("Maria").consents.size() == 1);
}

TEST_CASE("a revocation holds at once, and a later one takes nothing of it back",
          "[core][consent]") {
    County county;
    county.consent(ConsentKind::Part2Specific, "owner");
    const Labels part2 = only(SecurityLabel::Part2);
    const auto revoke_at = [&](UtcTime time) {
        Submission event;
        event.kind = EventKind::ConsentRevoked;
        ConsentClaim told;
        told.consent = "c-1";
        told.revoked_at = time;
        event.payload = told;
        REQUIRE(county.world.submit("ana", "Maria", event).status == ReceiptStatus::Accepted);
    };
    revoke_at(county.world.now + std::chrono::hours{5000});
    CHECK(county.ask("ana", kStaff, part2).rule == PermitRule::Part2ConsentRevoked);
    const UtcTime first = county.world.subject("Maria").consents.front().revoked_at;
    county.world.advance(county.world.now + std::chrono::hours{24});
    revoke_at(county.world.now);
    CHECK(county.world.subject("Maria").consents.front().revoked_at == first);
}

TEST_CASE("a partner is not called as agreements and consents call others", "[core][consent]") {
    County county;
    const auto add = [&](const std::string& name, PartnerKind kind, std::uint8_t key) {
        PartnerCommand told;
        told.name = name;
        told.kind = kind;
        told.public_key[0] = key;
        return county.world.command(told).refusal.reason;
    };
    CHECK(add("owner", PartnerKind::Court, 211) == RefusalReason::InvalidField);
    CHECK(add("staff", PartnerKind::HousingProvider, 212) == RefusalReason::InvalidField);
    CHECK(add("mercy", PartnerKind::Hospital, 214) == RefusalReason::None);
    PartnerCommand gone;
    gone.name = "mercy";
    gone.kind = PartnerKind::Hospital;
    gone.removed = true;
    REQUIRE(county.world.command(gone).status == ReceiptStatus::Accepted);
    CHECK(add("mercy", PartnerKind::HousingProvider, 215) == RefusalReason::AlreadyExists);
    CHECK(add("mercy", PartnerKind::Hospital, 216) == RefusalReason::None);
}

TEST_CASE("a revoked consent stands again only when it was signed after the revocation",
          "[core][consent]") {
    County county;
    ConsentClaim told = County::document(ConsentKind::Part2Specific, "owner");
    told.expires = make_date(2026, 12, 31);
    county.sign(told);
    county.revoke(1);
    const auto grant = [&](Date signed_on) {
        told.consent = "c-1";
        told.signed_on = signed_on;
        Submission event;
        event.kind = EventKind::ConsentGranted;
        event.payload = told;
        return county.world.submit("ana", "Maria", event).refusal;
    };
    told.expires = make_date(2027, 1, 31);
    CHECK(grant(*make_date(2026, 1, 1)).reason == RefusalReason::WrongState);
    CHECK(grant(*make_date(2026, 7, 6)).field == "payload.consent");
    const Labels part2 = only(SecurityLabel::Part2);
    CHECK(county.ask("ana", kStaff, part2).rule == PermitRule::Part2ConsentRevoked);
    county.world.advance(*parse_iso_time("2026-07-08T12:00:00Z"));
    CHECK(grant(*make_date(2026, 7, 7)).reason == RefusalReason::None);
    CHECK(county.ask("ana", kStaff, part2).rule == PermitRule::Part2Consent);
}

TEST_CASE("a victim's release that names no end holds thirty days", "[core][consent]") {
    County county;
    ConsentClaim release = County::document(ConsentKind::VawaRelease, "owner");
    release.signed_on = *make_date(2026, 6, 7);
    county.sign(release);
    const Labels victim = only(SecurityLabel::DvProtected);
    CHECK(county.ask("ana", kStaff, victim).rule == PermitRule::VictimRelease);
    county.world.advance(*parse_iso_time("2026-07-07T04:00:00Z"));
    CHECK(county.ask("ana", kStaff, victim).rule == PermitRule::VictimReleaseExpired);
}

TEST_CASE("the place of a victim is told to nobody, release or not", "[core][consent]") {
    County county;
    county.consent(ConsentKind::VawaRelease, "owner", make_date(2026, 8, 1));
    CHECK(county.ask("ana", kStaff, only(SecurityLabel::DvProtected)).form == Form::Reduced);
}

TEST_CASE("a consent opens the purpose it was signed for", "[core][consent]") {
    County county = with_agreement_to("housing", PurposeOfUse::Payment);
    county.consent(ConsentKind::Part2Specific, "housing");
    const Labels part2 = only(SecurityLabel::Part2);
    CHECK(county.ask("housing", kHousing, part2).rule == PermitRule::Part2ConsentPurpose);
    ConsentClaim asked_for = County::document(ConsentKind::Part2Specific, "housing");
    asked_for.purpose = PurposeOfUse::ClientRequest;
    county.sign(asked_for);
    CHECK(county.ask("housing", kHousing, part2).rule == PermitRule::Part2Consent);
}

TEST_CASE("of several agreements the one whose purpose the client signed for permits",
          "[core][consent]") {
    County county = with_agreement_to("housing", PurposeOfUse::Legal);
    county.consent(ConsentKind::Part2Specific, "housing");
    const Labels part2 = only(SecurityLabel::Part2);
    CHECK(county.ask("housing", kHousing, part2).rule == PermitRule::LegalPurpose);
    county.agree("clinic", "housing", Form::BusyOnly);
    CHECK(county.ask("housing", kHousing, part2).form == Form::BusyOnly);
}

TEST_CASE("part 2 records are not for proceedings, whatever kind of consent says so",
          "[core][consent]") {
    County county;
    ConsentClaim referral = County::document(ConsentKind::CriminalJusticeReferral, "supervision");
    referral.purpose = PurposeOfUse::Legal;
    county.sign(referral);
    CHECK(county.ask("supervision", kAgency, only(SecurityLabel::Part2)).rule ==
          PermitRule::NoReferral);
}

TEST_CASE("a referral is for the criminal justice system alone", "[core][consent]") {
    County county;
    county.consent(ConsentKind::CriminalJusticeReferral, "housing");
    CHECK(county.ask("housing", kHousing).rule == PermitRule::NothingCovers);
}

TEST_CASE("a consent to treatment, payment and operations is not one to a landlord",
          "[core][consent]") {
    County county = with_agreement_to("housing", PurposeOfUse::Treatment);
    county.consent(ConsentKind::Part2Tpo, "housing");
    CHECK(county.ask("housing", kHousing, only(SecurityLabel::Part2)).rule ==
          PermitRule::NoPart2Consent);
    county.agree("clinic", "hospital", Form::Full, PurposeOfUse::Treatment);
    county.consent(ConsentKind::Part2Tpo, "hospital");
    CHECK(county.ask("hospital", PartnerKind::Hospital, only(SecurityLabel::Part2)).rule ==
          PermitRule::Part2Tpo);
}

TEST_CASE("a general designation reaches providers who treat the client", "[core][consent]") {
    County county = with_agreement_to("hospital", PurposeOfUse::CareCoordination);
    ConsentClaim general = County::document(ConsentKind::Part2Specific, "hospital");
    const Labels part2 = only(SecurityLabel::Part2);
    const auto ask = [&] { return county.ask("north", PartnerKind::Hospital, part2).rule; };
    PartnerCommand north;
    north.name = "north";
    north.kind = PartnerKind::Hospital;
    north.public_key[0] = 201;
    REQUIRE(county.world.command(north).status == ReceiptStatus::Accepted);
    general.general_designation = true;
    county.sign(general);
    CHECK(ask() == PermitRule::NoPart2Consent);
    Submission stay;
    stay.kind = EventKind::EncounterStarted;
    stay.business_key = "stay-1";
    EncounterClaim told;
    told.encounter_class = EncounterClass::Outpatient;
    told.facility = "north";
    stay.payload = told;
    REQUIRE(county.world.submit("north", "Maria", stay).status == ReceiptStatus::Accepted);
    CHECK(ask() == PermitRule::Part2Consent);
}

TEST_CASE("a referral can be revoked from the first day told, where the client lives",
          "[core][consent]") {
    County county;
    ConsentClaim referral = County::document(ConsentKind::CriminalJusticeReferral, "supervision");
    referral.revocable_from = make_date(2026, 7, 7);
    county.sign(referral);
    const auto revoke_at = [&](const char* time) {
        Submission event;
        event.kind = EventKind::ConsentRevoked;
        ConsentClaim told;
        told.consent = "c-1";
        told.revoked_at = *parse_iso_time(time);
        event.payload = told;
        return county.world.submit("ana", "Maria", event).refusal.reason;
    };
    CHECK(revoke_at("2026-07-06T23:59:59-04:00") == RefusalReason::NotRevocableYet);
    CHECK(revoke_at("2026-07-08T00:00:00-04:00") == RefusalReason::NotRevocableYet);  // not yet
    county.world.advance(*parse_iso_time("2026-07-07T04:00:00Z"));
    CHECK(revoke_at("2026-07-07T00:00:00-04:00") == RefusalReason::None);
}

TEST_CASE("the reason that is told follows from the rule", "[core][consent]") {
    for (std::size_t i = 1; i < enum_count<PermitRule>(); ++i) {
        const auto rule = static_cast<PermitRule>(i);
        const bool permits = rule < PermitRule::UnknownDiscloser;  // what was added later withholds
        INFO(name_of(rule));
        CHECK((withheld_by(rule) == Withheld::Unset) == permits);
    }
}
