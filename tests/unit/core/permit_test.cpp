#include "hub/core/permit.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

/// A county in which the clinic may tell supervision how busy a client is, if the client agrees.
struct County {
    World world{*parse_iso_time("2026-07-06T12:00:00Z")};

    County() {
        world.add_client("Maria");
        agree("clinic", "supervision", Form::BusyOnly);
    }

    void agree(const std::string& discloser, const std::string& recipient, Form form) {
        AgreementCommand agreement;
        agreement.discloser = discloser;
        agreement.recipient = recipient;
        agreement.purpose = PurposeOfUse::CareCoordination;
        agreement.form = form;
        agreement.valid_from = *make_date(2026, 1, 1);
        agreement.valid_until = *make_date(2026, 12, 31);
        world.command(agreement);
    }

    void consent(ConsentKind kind, const std::string& recipient) {
        Submission event;
        event.kind = EventKind::ConsentGranted;
        ConsentClaim told;
        told.consent = "c-" + std::to_string(++consents);
        told.kind = kind;
        told.discloser = "clinic";
        told.recipients = {recipient};
        told.signed_on = *make_date(2026, 1, 1);
        event.payload = told;
        world.submit("ana", "Maria", event);
    }

    Route ask(const std::string& recipient, PartnerKind kind, Labels labels = {}) {
        const core::State& state = world.machine.state();
        return core::permit(
            state, world.subject("Maria"),
            {world.partner("clinic"), EventKind::AppointmentBooked, labels, world.now},
            {state.symbol(recipient), kind}, world.now);
    }

    int consents = 0;
};

Labels part2() {
    Labels labels;
    labels.add(SecurityLabel::Part2);
    return labels;
}

}  // namespace

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
    CHECK(county.ask("ana", PartnerKind::Staff, part2()).withheld == Withheld::NoConsent);
    county.consent(ConsentKind::Part2Specific, "owner");
    CHECK(county.ask("ana", PartnerKind::Staff, part2()).form == Form::Full);
    county.consent(ConsentKind::Part2Specific, "supervision");
    CHECK(county.ask("supervision", PartnerKind::SupervisionAgency, part2()).withheld ==
          Withheld::NoConsent);
    county.consent(ConsentKind::CriminalJusticeReferral, "supervision");
    CHECK(county.ask("supervision", PartnerKind::SupervisionAgency, part2()).form ==
          Form::BusyOnly);
}

TEST_CASE("a victim's protection opens to nothing but the client's release", "[core][consent]") {
    County county;
    Labels labels;
    labels.add(SecurityLabel::DvProtected);
    county.consent(ConsentKind::HipaaAuthorization, "owner");
    CHECK(county.ask("ana", PartnerKind::Staff, labels).withheld == Withheld::VictimProtected);
    county.consent(ConsentKind::VawaRelease, "owner");
    CHECK(county.ask("ana", PartnerKind::Staff, labels).form == Form::Full);
}

TEST_CASE("the place of a protected location is never told in full", "[core][consent]") {
    County county;
    Labels labels;
    labels.add(SecurityLabel::LocationProtected);
    CHECK(county.ask("ana", PartnerKind::Staff, labels).form == Form::Reduced);
}
