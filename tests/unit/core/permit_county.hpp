// A small county whose clinic may tell things about Maria, for tests of who may see them.
#pragma once

#include "hub/core/permit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {

/// A county in which the clinic may tell supervision how busy a client is, if the client agrees.
struct County {
    World world{*parse_iso_time("2026-07-06T12:00:00Z")};

    County() {
        world.add_client("Maria");
        agree("clinic", "supervision", Form::BusyOnly);
    }

    void agree(const std::string& discloser, const std::string& recipient, Form form,
               PurposeOfUse purpose = PurposeOfUse::CareCoordination) {
        AgreementCommand agreement;
        agreement.discloser = discloser;
        agreement.recipient = recipient;
        agreement.purpose = purpose;
        agreement.form = form;
        agreement.valid_from = *make_date(2026, 1, 1);
        agreement.valid_until = *make_date(2026, 12, 31);
        world.command(agreement);
    }

    /// Signed by Maria at the clinic on New Year's Day, for coordination of her care.
    static ConsentClaim document(ConsentKind kind, const std::string& recipient) {
        ConsentClaim told;
        told.kind = kind;
        told.discloser = "clinic";
        told.recipients = {recipient};
        told.purpose = PurposeOfUse::CareCoordination;
        told.signed_on = *make_date(2026, 1, 1);
        told.expiry_event = "the end of treatment";
        return told;
    }

    void consent(ConsentKind kind, const std::string& recipient,
                 std::optional<Date> expires = std::nullopt) {
        ConsentClaim told = document(kind, recipient);
        told.expires = expires;
        sign(told);
    }

    void sign(ConsentClaim told) {
        told.consent = "c-" + std::to_string(++consents);
        Submission event;
        event.kind = EventKind::ConsentGranted;
        event.payload = std::move(told);
        REQUIRE(world.submit("ana", "Maria", event).status == ReceiptStatus::Accepted);
    }

    void revoke(int consent) {
        Submission event;
        event.kind = EventKind::ConsentRevoked;
        ConsentClaim told;
        told.consent = "c-" + std::to_string(consent);
        told.revoked_at = world.now;
        event.payload = told;
        REQUIRE(world.submit("ana", "Maria", event).status == ReceiptStatus::Accepted);
    }

    Route ask(const std::string& recipient, PartnerKind kind, Labels labels = {}) {
        const core::State& state = world.machine.state();
        return core::permit(
            state, world.subject("Maria"),
            {world.partner("clinic"), EventKind::AppointmentBooked, labels, world.now},
            {state.symbol(recipient), kind}, world.now);
    }

    Withheld answer_at(const char* time) {
        const core::State& state = world.machine.state();
        return core::permit(state, world.subject("Maria"),
                            {world.partner("clinic"), EventKind::AppointmentBooked, {}, world.now},
                            {state.symbol("supervision"), PartnerKind::SupervisionAgency},
                            *parse_iso_time(time))
            .withheld;
    }

    int consents = 0;
};

inline Labels only(SecurityLabel label) {
    Labels labels;
    labels.add(label);
    return labels;
}

}  // namespace carehub::test
