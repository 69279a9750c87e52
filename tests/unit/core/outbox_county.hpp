// A small county in which case manager ana is told of what the clinic says about her clients.
#pragma once

#include "hub/core/limits.hpp"
#include "hub/core/outbox.hpp"
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {

struct OutboxCounty {
    World world{*parse_iso_time("2026-07-06T12:00:00Z")};
    PartnerId ana = world.partner("ana");
    UtcTime visit_at = world.now + std::chrono::hours{480};

    OutboxCounty() {
        world.add_client("Maria");
        world.add_client("Ben");
    }

    /// One more notice for ana; number of it.
    std::uint64_t tell(const std::string& client = "Maria") {
        Submission event;
        event.kind = EventKind::AppointmentModified;
        event.business_key = "v-" + client;
        ObligationClaim claim;
        claim.obligation_class = ObligationClass::ClinicVisit;
        claim.start = visit_at + std::chrono::hours{client == "Maria" ? 0 : 100};
        claim.end = claim.start + std::chrono::hours{1};
        event.payload = claim;
        const Receipt receipt = world.submit("clinic", client, event);
        REQUIRE(receipt.status == ReceiptStatus::Accepted);
        REQUIRE(receipt.routed_to == RoutedTo::Recipients);
        return outbox().last_number;
    }
    void assign(const std::string& client, const std::string& owner) {
        RosterCommand row;
        row.client = client;
        row.identifier = {"county", "ID", client};
        row.owner = owner;
        row.transport = Transport::Public;
        row.zone = "America/New_York";
        REQUIRE(world.command(row).status == ReceiptStatus::Accepted);
    }

    [[nodiscard]] const core::Outbox& outbox() const {
        return world.machine.state().outboxes.at(ana);
    }
    /// As the journal has it.
    [[nodiscard]] Delivery delivery(std::uint64_t number) const {
        for (const Entry& entry : world.entries) {
            for (const Delivery& found : entry.decisions.deliveries) {
                if (found.recipient == ana && found.number == number &&
                    found.state == DeliveryState::Queued) {
                    return found;
                }
            }
        }
        FAIL("no delivery " << number);
        return {};
    }
    /// All that the journal has above a number, as the gateway would read it.
    [[nodiscard]] std::vector<Delivery> backlog(std::uint64_t after, std::size_t most) const {
        std::vector<Delivery> read;
        for (const Entry& entry : world.entries) {
            for (const Delivery& found : entry.decisions.deliveries) {
                if (found.recipient == ana && found.number > after && read.size() < most &&
                    found.state == DeliveryState::Queued) {
                    read.push_back(found);
                }
            }
        }
        return read;
    }

    core::Outcome step(InputBody body) {
        Input input;
        input.principal = ana;
        input.body = std::move(body);
        return world.step(std::move(input));
    }
    core::ResumeAnswer resume(std::uint64_t after = 0, std::uint64_t sent = 0) {
        ResumeInput ask;
        ask.after = after;
        ask.count_max = 1'000;
        ask.sent = sent;
        return step(ask).resumed;
    }
    core::Outcome acknowledge(std::uint64_t number, Sequence entry = {}) {
        return step(AcknowledgeInput{number, entry});
    }
    core::Outcome refuse(std::uint64_t number) {
        VerdictInput verdict;
        verdict.delivery = delivery(number);
        verdict.outcome = VerdictOutcome::Refused;
        verdict.reason = RefusalReason::InvalidField;
        return step(verdict);
    }
    core::Outcome confirm(std::uint64_t number) {
        VerdictInput verdict;
        verdict.delivery = delivery(number);
        verdict.outcome = VerdictOutcome::Confirmed;
        return step(verdict);
    }
    void wait(Micros time) { world.advance(world.now + time); }
    [[nodiscard]] static ClientId client(const std::string& name) { return World::client_id(name); }

    DeadLetterCommand on_letter(std::uint64_t number, DeadLetterAct act) const {
        DeadLetterCommand command;
        command.recipient = "ana";
        command.number = number;
        command.act = act;
        command.reason = "looked at it";
        return command;
    }

    /// What the law of replay says, for whatever a test did.
    ~OutboxCounty() {
        core::State replayed;
        for (const Entry& entry : world.entries) {
            core::evolve(replayed, entry.sequence, entry.decisions);
        }
        const core::State& live = world.machine.state();
        CHECK(same_state(replayed, live));
        CHECK(same_state(core::restore(live.last, core::snapshot(live)), live));
    }
    OutboxCounty(const OutboxCounty&) = delete;
    OutboxCounty& operator=(const OutboxCounty&) = delete;
};

inline std::vector<std::uint64_t> numbers(const std::vector<Delivery>& deliveries) {
    std::vector<std::uint64_t> all;
    for (const Delivery& delivery : deliveries) {
        all.push_back(delivery.number);
    }
    return all;
}

using Numbers = std::vector<std::uint64_t>;

}  // namespace carehub::test
