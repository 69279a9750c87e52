#include "tests/support/identity_world.hpp"

#include <algorithm>

namespace carehub::test {

IdentityWorld::IdentityWorld() {
    world.add_client("Maria");
    world.add_client("Ben");
    link("B-7", "Maria");
}

Receipt IdentityWorld::say(LinkAct act, const std::string& id, const std::string& client,
                           const std::string& to, const std::string& by) {
    LinkCommand command;
    command.act = act;
    command.client = client;
    if (!id.empty()) {
        command.identifier = {"county", "ID", id};
    }
    command.to = to;
    command.reason = "a clerk's slip";
    return world.command(command, by);
}

Receipt IdentityWorld::roster(const std::string& id, const std::string& client,
                              const std::string& partner) {
    RosterCommand row;
    row.client = client;
    row.identifier = {"county", "ID", id};
    row.owner = "ana";
    row.partner = partner;
    return world.command(row);
}

Receipt IdentityWorld::book(const std::string& key, const std::string& id) {
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.start = *parse_iso_time("2026-07-09T14:00:00Z");
    claim.end = claim.start + std::chrono::hours{1};
    return tell("clinic", EventKind::AppointmentBooked, id, claim, key);
}

Receipt IdentityWorld::cancel(const std::string& key, const std::string& id) {
    return tell("clinic", EventKind::AppointmentCancelled, id, ObligationClaim{}, key);
}

Receipt IdentityWorld::tell(const std::string& partner, EventKind kind, const std::string& id,
                            Payload payload, const std::string& key) {
    Submission event;
    event.kind = kind;
    event.business_key = key;
    event.payload = std::move(payload);
    return world.submit(partner, id, event);
}

void IdentityWorld::tell_everything(const std::string& id) {
    book("v-everything", id);
    EncounterClaim stay;
    stay.encounter_class = EncounterClass::Inpatient;
    stay.start = world.now - std::chrono::hours{48};
    tell("hospital", EventKind::EncounterStarted, id, stay, "e-1");
    stay.end = world.now;
    stay.disposition = Disposition::Home;
    tell("hospital", EventKind::EncounterEnded, id, stay, "e-1");
    CaseworkClaim contact;
    contact.two_way = true;
    tell("ana", EventKind::ContactMade, id, contact);
    tell("court", EventKind::WarrantIssued, id, JusticeClaim{}, "w-1");
    ConsentClaim consent;
    consent.consent = "c-1";
    consent.kind = ConsentKind::HipaaAuthorization;
    consent.discloser = "clinic";
    consent.recipients = {"owner"};
    consent.signed_on = *make_date(2026, 1, 1);
    tell("ana", EventKind::ConsentGranted, id, consent);
    tell("clinic", EventKind::ClientDeceased, id, PersonClaim{});
}

void IdentityWorld::assign(const std::string& owner, RiskTier tier, const std::string& id) {
    CaseworkClaim told;
    told.tier = tier;
    tell("ana", EventKind::RiskTierAssigned, id, told);
    told.owner = owner;
    tell("ana", EventKind::CaseAssigned, id, told);
}

std::size_t IdentityWorld::breaches(const std::string& client) const {
    const auto& matters = subject(client).matters;
    return static_cast<std::size_t>(
        std::ranges::count(matters, MatterKind::LinkBreach, &Matter::kind));
}

std::size_t IdentityWorld::waiting(const std::string& name) const {
    const auto& outboxes = world.machine.state().outboxes;
    const auto outbox = outboxes.find(world.partner(name));
    return outbox == outboxes.end()
               ? 0
               : static_cast<std::size_t>(std::ranges::count_if(
                     outbox->second.pending, [](const Delivery& one) { return !one.is_alert; }));
}

Decisions IdentityWorld::records(const std::string& client) const {
    const core::Case& subject = this->subject(client);
    Decisions told;
    told.clients = {subject.client};
    told.clients.front().wake_at = kNever;
    told.consents.assign(subject.consents.begin(), subject.consents.end());
    const auto put = [&](auto& table, const auto& records) {
        for (const auto& record : records) {
            table.push_back({subject.client.id, record});
        }
    };
    put(told.assignments, subject.assignments);
    put(told.obligations, subject.obligations);
    put(told.stays, subject.stays);
    put(told.contacts, subject.contacts);
    put(told.matters, subject.matters);
    put(told.duties, subject.duties);
    std::erase_if(told.matters,
                  [](const auto& owned) { return owned.record.kind == MatterKind::LinkBreach; });
    std::erase_if(told.duties,
                  [](const auto& owned) { return owned.record.state == DutyState::Withdrawn; });
    return told;
}

Receipt IdentityWorld::keep(RetentionAct act, const std::string& client, const std::string& by) {
    RetentionCommand command;
    command.act = act;
    command.client = client;
    command.reason = "a court's order";
    command.years = 7;
    command.housing_years = 7;
    return world.command(command, by);
}

}  // namespace carehub::test
