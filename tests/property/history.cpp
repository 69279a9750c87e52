#include "tests/property/history.hpp"

#include <algorithm>

namespace carehub::test {
namespace {

constexpr int kClients = 6;
constexpr int kKeys = 12;

class Life {
public:
    Life(World& world, std::uint64_t seed) : world_(world), prng_(seed) {
        world_.add_staff("sue", StaffRole::Supervisor);
    }

    void step() {
        switch (prng_.below(16)) {
            case 0:
                world_.advance(world_.now + std::chrono::minutes{prng_.between(1, 3'000)});
                break;
            case 1: enrol(); break;
            case 2: encounter(); break;
            case 3: contact(); break;
            case 4: act_on_alert(); break;
            case 5: consent(); break;
            case 6: acknowledge(); break;
            case 7: resume(); break;
            case 8:
            case 9: verdict(); break;
            case 10: operate(); break;
            case 11: moment(); break;
            case 12: identify(); break;
            case 15: keep(); break;
            default: obligation(); break;
        }
    }

private:
    std::string client() { return "client-" + std::to_string(prng_.below(kClients)); }
    /// Who has that identifier in the roster: somebody new after an erasure.
    std::string person(const std::string& identifier) const {
        std::string name = identifier;
        for (const core::Case* known = known_as(name);
             known != nullptr && known->client.erased.value != 0; known = known_as(name)) {
            name += "'";
        }
        return name;
    }
    const core::Case* known_as(const std::string& name) const {
        return world_.machine.state().find_case(World::client_id(name));
    }
    std::string key() { return "key-" + std::to_string(prng_.below(kKeys)); }
    UtcTime soon() { return world_.now + std::chrono::minutes{prng_.between(-4'000, 12'000)}; }

    void enrol() {
        RosterCommand row;
        row.identifier = {"county", "ID", client()};
        row.client = person(row.identifier.value);
        row.owner = prng_.chance(80) ? "ana" : "";
        row.transport = Transport::Public;
        row.zone = "America/New_York";
        world_.command(row);
    }

    void obligation() {
        static constexpr EventKind kKinds[] = {
            EventKind::AppointmentBooked,    EventKind::AppointmentRescheduled,
            EventKind::AppointmentCancelled, EventKind::AppointmentNoShow,
            EventKind::AppointmentCompleted, EventKind::AppointmentDeleted,
            EventKind::HearingScheduled,     EventKind::FailureToAppear,
            EventKind::CheckInScheduled,     EventKind::CheckInMissed,
            EventKind::CheckInCompleted,     EventKind::HearingContinued};
        Submission claim;
        claim.kind = kKinds[prng_.below(std::size(kKinds))];
        const auto number = static_cast<int>(claim.kind);
        const std::string partner = number < 80 ? "clinic" : number < 90 ? "court" : "supervision";
        ObligationClaim told;
        told.obligation_class = number < 80   ? ObligationClass::ClinicVisit
                                : number < 90 ? ObligationClass::CourtAppearance
                                              : ObligationClass::SupervisionCheckIn;
        told.start = soon();
        told.end = told.start + std::chrono::minutes{prng_.between(0, 180)};
        told.location.id = prng_.chance(30) ? "north" : "south";
        claim.payload = told;
        claim.business_key = key();
        claim.occurred_at = world_.now - std::chrono::minutes{prng_.between(0, 500)};
        if (prng_.chance(10)) {
            claim.labels.add(SecurityLabel::Part2);
        }
        claim.source_msg_id = prng_.chance(10) ? last_id_ : "";
        last_id_ = claim.source_msg_id;
        world_.submit(partner, client(), claim);
    }

    void encounter() {
        static constexpr EventKind kKinds[] = {
            EventKind::EncounterStarted, EventKind::EncounterEnded,
            EventKind::EncounterEndCancelled, EventKind::EncounterStartCancelled};
        Submission claim;
        claim.kind = kKinds[prng_.below(std::size(kKinds))];
        EncounterClaim told;
        told.encounter_class =
            prng_.chance(60) ? EncounterClass::Inpatient : EncounterClass::Outpatient;
        told.start = soon();
        told.end = claim.kind == EventKind::EncounterEnded ? world_.now : kUnknownTime;
        told.disposition = prng_.chance(70) ? Disposition::Home : Disposition::OtherFacility;
        claim.payload = told;
        claim.business_key = key();
        world_.submit("hospital", client(), claim);
    }

    void contact() {
        Submission claim;
        claim.kind = EventKind::ContactMade;
        CaseworkClaim told;
        told.contact_kind = ContactKind::Telephone;
        told.two_way = prng_.chance(70);
        claim.payload = told;
        world_.submit("ana", client(), claim);
    }

    void consent() {
        Submission claim;
        claim.kind = prng_.chance(70) ? EventKind::ConsentGranted : EventKind::ConsentRevoked;
        ConsentClaim told;
        told.consent = prng_.chance(50) ? "c-1" : "c-2";
        told.kind = ConsentKind::Part2Specific;
        told.discloser = "clinic";
        told.recipients = {"owner"};
        told.purpose = PurposeOfUse::CareCoordination;
        told.signed_on = *make_date(2026, 1, 1);
        if (prng_.chance(50)) {
            told.expires = std::chrono::floor<std::chrono::days>(world_.now) +
                           std::chrono::days{prng_.between(-3, 20)};
        } else {
            told.expiry_event = "the end of treatment";
        }
        claim.payload = told;
        world_.submit("ana", client(), claim);
    }

    /// A person says whose an identifier is; not all that is said can be so.
    void identify() {
        LinkCommand command;
        command.act = static_cast<LinkAct>(prng_.between(1, 6));
        command.identifier = {"county", "ID", client()};
        command.client = person(prng_.chance(50) ? command.identifier.value : client());
        command.to = person(client());
        world_.command(command);
    }

    /// A supervisor holds and releases, and now and then erases somebody for ever.
    void keep() {
        RetentionCommand command;
        command.act = prng_.chance(20)   ? RetentionAct::Erase
                      : prng_.chance(50) ? RetentionAct::Hold
                                         : RetentionAct::Release;
        command.client = person(client());
        command.reason = "an order";
        world_.command(command, "sue");
    }

    void act_on_alert() {
        const auto& alerts = world_.machine.state().alert_clients;
        if (alerts.empty()) {
            return;
        }
        AlertCommand command;
        command.alert =
            std::next(alerts.begin(), static_cast<long>(prng_.below(alerts.size())))->first;
        command.act = static_cast<AlertAct>(prng_.between(1, 3));
        command.until = world_.now + std::chrono::hours{prng_.between(1, 200)};
        command.outcome = AlertOutcome::NotAProblem;
        world_.command(command, "ana");
    }

    void acknowledge() {
        Input input;
        input.principal = world_.partner("ana");
        const auto outbox = world_.machine.state().outboxes.find(input.principal);
        if (outbox == world_.machine.state().outboxes.end()) {
            return;
        }
        const auto owed = static_cast<std::int64_t>(outbox->second.last_number);
        input.body = AcknowledgeInput{static_cast<std::uint64_t>(prng_.between(0, owed)), {}};
        world_.step(std::move(input));
    }

    /// What ana was told and may still speak about, at random; nothing when she was told nothing.
    const Delivery* any_delivery() {
        const PartnerId ana = world_.partner("ana");
        const std::size_t entries = world_.entries.size();
        for (int i = 0; i < 50; ++i) {
            // Late ones: attempts that are out are among them.
            const std::size_t back = prng_.below(std::min<std::size_t>(entries, 40));
            for (const Delivery& told : world_.entries[entries - 1 - back].decisions.deliveries) {
                if (told.recipient == ana && told.state == DeliveryState::Queued) {
                    return &told;
                }
            }
        }
        return nullptr;
    }

    void verdict() {
        const Delivery* told = any_delivery();
        if (told == nullptr) {
            return;
        }
        VerdictInput verdict;
        verdict.delivery = *told;
        verdict.unrenderable = prng_.chance(5);
        verdict.outcome = prng_.chance(80) ? VerdictOutcome::Refused : VerdictOutcome::Confirmed;
        verdict.reason = RefusalReason::InvalidField;
        Input input;
        input.principal = world_.partner("ana");
        input.body = verdict;
        world_.step(std::move(input));
    }

    void resume() {
        const auto outbox = world_.machine.state().outboxes.find(world_.partner("ana"));
        if (outbox == world_.machine.state().outboxes.end()) {
            return;
        }
        ResumeInput ask;
        ask.count_max = static_cast<std::uint32_t>(prng_.between(1, 10));
        ask.sent = prng_.chance(60) ? outbox->second.last_number : 0;
        ask.looks_only = prng_.chance(10);
        Input input;
        input.principal = outbox->first;
        input.body = ask;
        world_.step(std::move(input));
    }

    /// An operator pauses and resumes, replays and discards.
    void operate() {
        if (prng_.chance(30)) {
            PauseCommand pause;
            pause.name = prng_.chance(50) ? "ana" : "court";
            pause.paused = prng_.chance(40);
            world_.command(pause);
            return;
        }
        const auto outbox = world_.machine.state().outboxes.find(world_.partner("ana"));
        if (outbox == world_.machine.state().outboxes.end() ||
            outbox->second.dead_letters.empty()) {
            return;
        }
        DeadLetterCommand command;
        command.recipient = "ana";
        command.number = outbox->second.dead_letters.begin()->first;
        command.act = prng_.chance(70) ? DeadLetterAct::Replay : DeadLetterAct::Discard;
        command.reason = "seen";
        world_.command(command);
    }

    /// A little time, so that retries fall due one by one.
    void moment() {
        world_.advance(world_.now + std::chrono::milliseconds{prng_.between(100, 9'000)});
    }

    World& world_;
    Prng prng_;
    std::string last_id_;
};

}  // namespace

void live(World& world, std::uint64_t seed, int steps) {
    Life life(world, seed);
    for (int i = 0; i < steps; ++i) {
        life.step();
    }
}

}  // namespace carehub::test
