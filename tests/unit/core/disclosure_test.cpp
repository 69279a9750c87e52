#include "hub/core/keyed.hpp"
#include "hub/core/machine.hpp"
#include "hub/core/permit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

/// Ana's client Maria, a place for people in treatment, and Ben, who may take over.
struct County {
    World world{*parse_iso_time("2026-07-06T12:00:00Z"), few_rules()};

    County() {
        PlaceCommand detox;
        detox.partner = "clinic";
        detox.code = "DETOX";
        detox.site = "oak";
        detox.city = "Springfield";
        detox.labels.add(SecurityLabel::Part2);
        world.command(detox);
        add_manager("ben");
        world.add_client("Maria");
    }

    void add_manager(const std::string& name) {
        StaffCommand staff;
        staff.staff = name;
        staff.role = StaffRole::CaseManager;
        world.command(staff);
        PartnerCommand link;
        link.name = name;
        link.kind = PartnerKind::Staff;
        link.role = StaffRole::CaseManager;
        link.public_key[0] = 9;
        world.command(link);
    }

    /// A place of the clinic as the directory has it.
    void place(const std::string& code, Program program, Labels labels) {
        PlaceCommand told;
        told.partner = "clinic";
        told.code = code;
        told.site = "oak";
        told.city = "Springfield";
        told.program = program;
        told.labels = labels;
        REQUIRE(world.command(told).status == ReceiptStatus::Accepted);
    }

    Receipt book(const std::string& partner, const std::string& key, const std::string& place,
                 EventKind kind, std::chrono::hours later = {}, Labels labels = {}) {
        Submission event;
        event.kind = kind;
        event.business_key = key;
        event.labels = labels;
        ObligationClaim claim;
        claim.obligation_class = partner == "clinic" ? ObligationClass::TreatmentSession
                                                     : ObligationClass::SupervisionCheckIn;
        claim.status = ObligationStatus::Scheduled;
        claim.start = *parse_iso_time("2026-07-09T10:00:00-04:00") + later;
        claim.end = claim.start + std::chrono::hours{1};
        claim.location.id = place;
        event.payload = claim;
        return world.submit(partner, "Maria", event);
    }

    void consent(ConsentKind kind, EventKind event_kind = EventKind::ConsentGranted) {
        Submission event;
        event.kind = event_kind;
        ConsentClaim told;
        told.consent = "c-" + std::to_string(static_cast<int>(kind));
        told.kind = kind;
        told.discloser = "clinic";
        told.recipients = {"owner"};
        told.purpose = PurposeOfUse::CareCoordination;
        told.signed_on = *make_date(2026, 7, 1);
        told.expires = make_date(2027, 7, 1);
        event.payload = told;
        REQUIRE(world.submit("ana", "Maria", event).status == ReceiptStatus::Accepted);
    }

    Receipt assign(const std::string& owner, const std::string& by) {
        Submission event;
        event.kind = EventKind::CaseReassigned;
        CaseworkClaim told;
        told.owner = owner;
        event.payload = told;
        return world.submit(by, "Maria", event);
    }

    [[nodiscard]] std::vector<Delivery> waiting_for(const std::string& name) const {
        const auto& outboxes = world.machine.state().outboxes;
        const auto outbox = outboxes.find(world.partner(name));
        std::vector<Delivery> queued;
        if (outbox != outboxes.end()) {
            for (const Delivery& delivery : outbox->second.pending) {
                if (delivery.state == DeliveryState::Queued) {
                    queued.push_back(delivery);
                }
            }
        }
        return queued;
    }
};

}  // namespace

TEST_CASE("a message without a place is as protected as the session it speaks of",
          "[core][consent]") {
    County county;
    county.book("clinic", "s-1", "DETOX", EventKind::AppointmentBooked);
    CHECK(county.waiting_for("ana").empty());
    county.book("clinic", "s-1", "", EventKind::AppointmentCancelled);
    CHECK(county.waiting_for("ana").empty());
}

TEST_CASE("a session the owner may not see does not hide the check-in that a stay also covers",
          "[core][consent]") {
    County county;
    county.book("clinic", "s-1", "DETOX", EventKind::AppointmentBooked);
    county.book("supervision", "ci-1", "", EventKind::CheckInScheduled, std::chrono::hours{24});
    Submission admitted;
    admitted.kind = EventKind::EncounterStarted;
    admitted.business_key = "stay-1";
    EncounterClaim stay;
    stay.encounter_class = EncounterClass::Inpatient;
    stay.facility = "hospital";
    stay.start = county.world.now;
    admitted.payload = stay;
    county.world.submit("hospital", "Maria", admitted);
    const auto& alerts = county.world.subject("Maria").alerts;
    REQUIRE(alerts.size() == 1);
    CHECK(alerts.at(0).state == AlertState::Raised);
    CHECK(alerts.at(0).finding.obligations.size() == 1);
    CHECK(alerts.at(0).finding.suggestions.size() == 1);
}

TEST_CASE("a discharge that tells no class ends the stay as what it was", "[core][stays]") {
    County county;
    const auto tell = [&](EventKind kind, EncounterClass told) {
        Submission event;
        event.kind = kind;
        event.business_key = "stay-1";
        event.occurred_at = county.world.now;
        EncounterClaim stay;
        stay.encounter_class = told;
        stay.facility = "hospital";
        stay.disposition = Disposition::Home;
        event.payload = stay;
        county.world.submit("hospital", "Maria", event);
        return county.world.subject("Maria").stays.at(0).encounter_class;
    };
    CHECK(tell(EventKind::EncounterTransferred, EncounterClass::Unknown) ==
          EncounterClass::Unknown);
    CHECK(tell(EventKind::EncounterStarted, EncounterClass::Inpatient) ==
          EncounterClass::Inpatient);
    CHECK(tell(EventKind::EncounterEnded, EncounterClass::Unknown) == EncounterClass::Inpatient);
    CHECK_FALSE(county.world.subject("Maria").duties.empty());
}

TEST_CASE("an update of a visit neither ends it nor brings a cancelled one back", "[core][stays]") {
    County county;
    const auto tell = [&](EventKind kind, bool correction) {
        Submission event;
        event.kind = kind;
        event.business_key = "stay-1";
        event.correction = correction;
        event.occurred_at = county.world.now;
        EncounterClaim stay;
        stay.encounter_class = EncounterClass::Inpatient;
        stay.facility = "hospital";
        stay.visit_number = "1";
        stay.end = kind == EventKind::EncounterEnded ? county.world.now : kUnknownTime;
        event.payload = stay;
        county.world.submit("hospital", "Maria", event);
        return county.world.subject("Maria").stays.at(0);
    };
    tell(EventKind::EncounterStarted, false);
    CHECK(tell(EventKind::EncounterEnded, true).end == kNever);
    CHECK(tell(EventKind::EncounterEnded, false).end == county.world.now);
    CHECK(tell(EventKind::EncounterEndCancelled, true).end == kNever);
    CHECK(tell(EventKind::EncounterEnded, true).end == kNever);
    CHECK(tell(EventKind::EncounterStartCancelled, true).cancelled);
    CHECK(tell(EventKind::EncounterStarted, true).cancelled);
}

TEST_CASE("a revocation withdraws what waits, at once", "[core][consent]") {
    County county;
    county.consent(ConsentKind::Part2Specific);
    county.book("clinic", "s-1", "DETOX", EventKind::AppointmentBooked);
    REQUIRE(county.waiting_for("ana").size() == 1);
    county.consent(ConsentKind::Part2Specific, EventKind::ConsentRevoked);
    CHECK(county.waiting_for("ana").empty());
}

TEST_CASE("what waits is asked about again when the record turns out to be protected",
          "[core][consent]") {
    Labels part2;
    part2.add(SecurityLabel::Part2);
    County county;
    county.book("clinic", "s-1", "MAIN", EventKind::AppointmentBooked);
    county.book("clinic", "s-1", "MAIN", EventKind::AppointmentModified);
    county.book("clinic", "s-2", "MAIN", EventKind::AppointmentBooked, std::chrono::hours{24});
    REQUIRE(county.waiting_for("ana").size() == 3);
    county.book("clinic", "s-1", "MAIN", EventKind::AppointmentModified, {}, part2);
    const auto waiting = county.waiting_for("ana");
    REQUIRE(waiting.size() == 1);  // the other appointment
    CHECK(waiting[0].kind == EventKind::AppointmentBooked);
}

TEST_CASE("what waits is asked about again when its place turns out to be protected",
          "[core][consent]") {
    Labels part2;
    part2.add(SecurityLabel::Part2);
    for (const auto& [program, labels] :
         {std::pair{Program::General, part2}, std::pair{Program::Detox, Labels{}}}) {
        County county;
        county.book("clinic", "s-1", "MAIN", EventKind::AppointmentBooked);
        REQUIRE(county.waiting_for("ana").size() == 1);
        county.place("MAIN", program, labels);
        Input ask;
        ask.principal = county.world.partner("ana");
        ask.session = 1;
        ResumeInput resume;
        resume.count_max = 10;
        ask.body = resume;
        const core::Outcome outcome = county.world.step(std::move(ask));
        CHECK(outcome.resumed.deliveries.empty());
        CHECK(county.waiting_for("ana").empty());
    }
}

TEST_CASE("a form that is signed anew and names less takes back what waits", "[core][consent]") {
    County county;
    county.consent(ConsentKind::Part2Specific);
    county.book("clinic", "s-1", "DETOX", EventKind::AppointmentBooked);
    REQUIRE(county.waiting_for("ana").size() == 1);
    Submission event;
    event.kind = EventKind::ConsentGranted;
    ConsentClaim told;
    told.consent = "c-" + std::to_string(static_cast<int>(ConsentKind::Part2Specific));
    told.kind = ConsentKind::Part2Specific;
    told.discloser = "clinic";
    told.recipients = {"owner"};
    told.purpose = PurposeOfUse::CareCoordination;
    told.signed_on = *make_date(2026, 7, 1);
    told.expires = make_date(2027, 7, 1);
    told.scope_kinds = {EventKind::AppointmentNoShow};
    event.payload = told;
    REQUIRE(county.world.submit("ana", "Maria", event).status == ReceiptStatus::Accepted);
    CHECK(county.waiting_for("ana").empty());
}

TEST_CASE("what waits under an agreement that is narrowed leaves in the lesser form",
          "[core][consent]") {
    County county;
    county.book("clinic", "s-1", "MAIN", EventKind::AppointmentBooked);
    REQUIRE(county.waiting_for("ana").size() == 1);
    const auto told_in = [&] {
        Input ask;
        ask.principal = county.world.partner("ana");
        ask.session = 1;
        ResumeInput resume;
        resume.count_max = 10;
        ask.body = resume;
        const core::Outcome outcome = county.world.step(std::move(ask));
        REQUIRE(outcome.resumed.deliveries.size() == 1);
        return outcome.resumed.deliveries.front().form;
    };
    CHECK(told_in() == Form::Full);
    const core::State& state = county.world.machine.state();
    AgreementCommand lesser;
    for (const auto& [number, agreement] : state.agreements) {
        if (state.text(agreement.discloser) == "clinic" &&
            state.text(agreement.recipient) == "owner") {
            lesser = {"clinic",
                      "owner",
                      agreement.purpose,
                      agreement.kinds,
                      Form::BusyOnly,
                      std::string(state.text(agreement.basis)),
                      agreement.valid_from,
                      agreement.valid_until};
        }
    }
    REQUIRE(county.world.command(lesser).status == ReceiptStatus::Accepted);
    CHECK(told_in() == Form::BusyOnly);
}

TEST_CASE("an occurrence, a correction and a transfer are as protected as what they speak of",
          "[core][consent]") {
    County county;
    const auto tell = [&](const std::string& key, const auto& change) {
        Submission event;
        event.kind = EventKind::AppointmentBooked;
        event.business_key = key;
        event.source_msg_id = "id-" + key;
        ObligationClaim claim;
        claim.obligation_class = ObligationClass::TreatmentSession;
        claim.status = ObligationStatus::Scheduled;
        claim.start = *parse_iso_time("2026-07-09T10:00:00-04:00");
        claim.end = claim.start + std::chrono::hours{1};
        change(event, claim);
        event.payload = claim;
        REQUIRE(county.world.submit("clinic", "Maria", event).status == ReceiptStatus::Accepted);
    };
    tell("s-1", [](Submission&, ObligationClaim& claim) { claim.location.id = "DETOX"; });
    tell("o-1", [](Submission&, ObligationClaim& claim) { claim.parent_id = "s-1"; });
    tell("c-1", [](Submission& event, ObligationClaim&) {
        event.correction = true;
        event.supersedes_key = "id-s-1";
    });
    Submission moved;
    moved.kind = EventKind::EncounterTransferred;
    moved.business_key = "e-1";
    EncounterClaim told;
    told.encounter_class = EncounterClass::Inpatient;
    told.facility = "clinic";
    told.prior_location.id = "DETOX";
    moved.payload = told;
    county.world.submit("clinic", "Maria", moved);
    CHECK(county.waiting_for("ana").empty());
    CHECK(std::ranges::all_of(county.world.subject("Maria").obligations, [](const auto& one) {
        return one.labels.has(SecurityLabel::Part2);
    }));
}

TEST_CASE("the programme of a place protects what is told of it", "[core][consent]") {
    County county;
    county.place("SUDX", Program::Sud, {});
    county.book("clinic", "s-1", "SUDX", EventKind::AppointmentBooked);
    CHECK(county.waiting_for("ana").empty());
    const auto& route = county.world.entries.back().decisions.routes.at(0);
    CHECK(route.rule == PermitRule::NoPart2Consent);
}

TEST_CASE(
    "the visit of a protected appointment, and what is told of a protected matter, are as it is",
    "[core][consent]") {
    County county;
    county.book("clinic", "s-1", "DETOX", EventKind::AppointmentBooked);
    Submission visit;
    visit.kind = EventKind::EncounterStarted;
    visit.business_key = "e-1";
    EncounterClaim told;
    told.encounter_class = EncounterClass::Outpatient;
    told.facility = "clinic";
    told.appointment_key = "s-1";
    visit.payload = told;
    county.world.submit("clinic", "Maria", visit);
    CHECK(county.waiting_for("ana").empty());
    REQUIRE(county.world.subject("Maria").stays.size() == 1);
    CHECK(county.world.subject("Maria").stays.front().labels.has(SecurityLabel::Part2));

    AgreementCommand agreement;
    agreement.discloser = "housing";
    agreement.recipient = "owner";
    agreement.purpose = PurposeOfUse::CareCoordination;
    agreement.form = Form::Full;
    agreement.valid_from = *make_date(2026, 1, 1);
    agreement.valid_until = *make_date(2026, 12, 31);
    county.world.command(agreement);
    Submission housed;
    housed.kind = EventKind::HousingEnrollmentStarted;
    housed.business_key = "h-1";
    housed.labels.add(SecurityLabel::DvProtected);
    housed.payload = HousingClaim{};
    county.world.submit("housing", "Maria", housed);
    housed.kind = EventKind::HousingExit;
    housed.labels = {};
    county.world.submit("housing", "Maria", housed);
    CHECK(county.waiting_for("ana").empty());
}

TEST_CASE("a client who changes hands: the former owner gets no more, the new one is told",
          "[core][consent]") {
    County county;
    county.book("clinic", "s-1", "MAIN", EventKind::AppointmentBooked);
    county.book("supervision", "ci-1", "", EventKind::CheckInScheduled);
    REQUIRE(county.waiting_for("ana").size() == 3);
    REQUIRE(county.assign("ben", "ana").status == ReceiptStatus::Accepted);
    CHECK(county.waiting_for("ana").empty());
    const auto for_ben = county.waiting_for("ben");
    REQUIRE(for_ben.size() == 1);
    CHECK(for_ben[0].is_alert);
}

TEST_CASE("a case manager acts on her own clients only, and assigns to staff that exist",
          "[core][rights]") {
    County county;
    CHECK(county.assign("ben", "ben").refusal.reason == RefusalReason::NotYourClient);
    CHECK(county.assign("nobody", "ana").refusal.reason == RefusalReason::UnknownReference);
    county.book("clinic", "s-1", "MAIN", EventKind::AppointmentBooked);
    county.book("supervision", "ci-1", "", EventKind::CheckInScheduled);
    AlertCommand acknowledge;
    acknowledge.alert = county.world.subject("Maria").alerts.at(0).id;
    acknowledge.act = AlertAct::Acknowledge;
    CHECK(county.world.command(acknowledge, "ben").refusal.reason == RefusalReason::NotYourClient);
    CHECK(county.world.command(acknowledge, "ana").status == ReceiptStatus::Accepted);

    Input read;
    read.principal = county.world.partner("ben");
    read.session = 1;
    read.body = ReadInput{"client", World::client_id("Maria")};
    const core::Outcome outcome = county.world.step(std::move(read));
    CHECK(outcome.entry.decisions.refused == RefusalReason::NotAllowed);
    CHECK(outcome.entry.decisions.client == World::client_id("Maria"));
}

TEST_CASE("each protection wants its own consent", "[core][consent]") {
    County county;
    Labels both;
    both.add(SecurityLabel::Part2);
    both.add(SecurityLabel::DvProtected);
    const auto ask = [&] {
        const core::State& state = county.world.machine.state();
        return core::permit(state, county.world.subject("Maria"),
                            {county.world.partner("clinic"), EventKind::AppointmentBooked, both,
                             county.world.now},
                            {state.symbol("ana"), PartnerKind::Staff}, county.world.now)
            .withheld;
    };
    CHECK(ask() == Withheld::VictimProtected);
    county.consent(ConsentKind::VawaRelease);
    CHECK(ask() == Withheld::NoConsent);
    county.consent(ConsentKind::Part2Specific);
    CHECK(ask() == Withheld::Unset);
}

TEST_CASE("a death closes the alerts, and its correction brings them back", "[core][alerts]") {
    County county;
    county.book("clinic", "s-1", "MAIN", EventKind::AppointmentBooked);
    county.book("supervision", "ci-1", "", EventKind::CheckInScheduled);
    const auto state = [&] { return county.world.subject("Maria").alerts.at(0).state; };
    REQUIRE(state() == AlertState::Raised);
    Submission death;
    death.kind = EventKind::ClientDeceased;
    death.payload = PersonClaim{};
    county.world.submit("housing", "Maria", death);
    CHECK(state() == AlertState::ClearedUnseen);
    death.correction = true;
    county.world.submit("housing", "Maria", death);
    CHECK(county.world.subject("Maria").client.deceased_at == kUnknownTime);
    CHECK(state() == AlertState::Raised);
}

TEST_CASE("what a backfill tells of the past stays past", "[core][alerts]") {
    County county;
    PartnerCommand clinic;
    clinic.name = "old-clinic";
    clinic.kind = PartnerKind::Clinic;
    clinic.public_key[0] = 7;
    clinic.backfill_until = county.world.now + std::chrono::hours{1};
    county.world.command(clinic);
    Submission missed;
    missed.kind = EventKind::AppointmentNoShow;
    missed.business_key = "old-1";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.status = ObligationStatus::Missed;
    claim.start = county.world.now - std::chrono::days{90};
    claim.end = claim.start + std::chrono::hours{1};
    missed.payload = claim;
    missed.occurred_at = claim.end;
    county.world.submit("old-clinic", "Maria", missed);
    REQUIRE(county.world.subject("Maria").alerts.size() == 1);
    CHECK(county.world.subject("Maria").alerts.at(0).state == AlertState::Suppressed);
    county.world.advance(county.world.now + std::chrono::hours{2});
    county.book("supervision", "ci-1", "", EventKind::CheckInScheduled);
    CHECK(county.world.subject("Maria").alerts.at(0).state == AlertState::Suppressed);
}

TEST_CASE("a check-in whose hour is not told stands on its day", "[core][calendar]") {
    County county;
    Submission event;
    event.kind = EventKind::CheckInScheduled;
    event.business_key = "ci-9";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::SupervisionCheckIn;
    claim.status = ObligationStatus::Scheduled;
    claim.date = make_date(2026, 7, 9);
    event.payload = claim;
    county.world.submit("supervision", "Maria", event);
    const Obligation& told = county.world.subject("Maria").obligations.at(0);
    CHECK(told.start == *parse_iso_time("2026-07-09T00:00:00-04:00"));
    CHECK(told.end == *parse_iso_time("2026-07-10T00:00:00-04:00"));
    CHECK(told.time_flags.has(TimeFlag::DateOnly));
}

TEST_CASE("a contact that lies ahead is a slip of the pen", "[core]") {
    County county;
    Submission contact;
    CaseworkClaim told;
    told.contact_kind = ContactKind::Telephone;
    told.two_way = true;
    contact.payload = told;
    for (const EventKind kind :
         {EventKind::ContactMade, EventKind::ContactAttempted, EventKind::ClientInformed}) {
        contact.kind = kind;
        contact.occurred_at = county.world.now + std::chrono::minutes{15};
        CHECK(county.world.submit("ana", "Maria", contact).status == ReceiptStatus::Accepted);
        contact.occurred_at += std::chrono::seconds{1};
        const Receipt refused = county.world.submit("ana", "Maria", contact);
        CHECK(refused.refusal.reason == RefusalReason::ClockRunsAhead);
        CHECK(refused.refusal.field == "occurred_at");
    }
}

TEST_CASE("the oldest contacts make room for new ones", "[core]") {
    County county;
    Submission contact;
    contact.kind = EventKind::ContactMade;
    CaseworkClaim told;
    told.contact_kind = ContactKind::Telephone;
    told.two_way = true;
    contact.payload = told;
    for (int i = 0; i < 205; ++i) {
        REQUIRE(county.world.submit("ana", "Maria", contact).status == ReceiptStatus::Accepted);
    }
    CHECK(county.world.subject("Maria").contacts.size() == 200);
}

TEST_CASE("a client at high risk is to be seen within seven days of any discharge",
          "[core][duties]") {
    for (const auto& [tier, program] :
         {std::pair{RiskTier::High, DutyProgram::TcmVisit7},
          std::pair{RiskTier::Low, DutyProgram::GeneralDischargeVisit}}) {
        County county;
        Submission risk;
        risk.kind = EventKind::RiskTierAssigned;
        CaseworkClaim assessed;
        assessed.tier = tier;
        risk.payload = assessed;
        REQUIRE(county.world.submit("ana", "Maria", risk).status == ReceiptStatus::Accepted);
        for (const EventKind kind : {EventKind::EncounterStarted, EventKind::EncounterEnded}) {
            Submission event;
            event.kind = kind;
            event.business_key = "stay-1";
            EncounterClaim stay;
            stay.encounter_class = EncounterClass::Inpatient;
            stay.facility = "hospital";
            stay.disposition = Disposition::Home;
            event.payload = stay;
            county.world.submit("hospital", "Maria", event);
        }
        const auto& duties = county.world.subject("Maria").duties;
        REQUIRE(duties.size() == 2);
        CHECK(std::ranges::count(duties, program, &Duty::program) == 1);
        const auto due = std::ranges::find(duties, program, &Duty::program)->due;
        CHECK(due == *make_date(2026, 7, tier == RiskTier::High ? 13 : 20));
    }
}
