// A hub's folder that was fed: a court whose hearings a clinic is told of, and what the clinic says.
#pragma once

#include <boost/json.hpp>

#include "hub/codec/control.hpp"
#include "tests/unit/daemon/sealed_folder.hpp"

namespace carehub::daemon {

namespace json = boost::json;

/// The clinic may know of the court's hearings, and refuses or takes what it is told.
struct County {
    SealedFolder folder;
    std::unique_ptr<Desk> desk = std::make_unique<Desk>(folder.data());
    int days = 0;

    County() {
        AgreementCommand agreement;
        agreement.discloser = "court";
        agreement.recipient = "clinic";
        agreement.purpose = PurposeOfUse::CareCoordination;
        agreement.kinds = {EventKind::HearingScheduled};
        agreement.form = Form::Full;
        agreement.basis = "test";
        agreement.valid_from = *parse_iso_date("2020-01-01");
        agreement.valid_until = *parse_iso_date("2099-12-31");
        REQUIRE(desk->command(agreement).status == ReceiptStatus::Accepted);
    }

    void restart() {
        desk.reset();
        desk = std::make_unique<Desk>(folder.data());
    }
    [[nodiscard]] PartnerId id(const std::string& name) const {
        const core::State& state = desk->hub->machine.state();
        return state.partner_named(state.symbol(name))->id;
    }
    /// Each on a day of its own, so that nothing collides.
    Receipt hearing(const std::string& event, const std::string& client = "ada") {
        Submission told = SealedFolder::obligation(client, EventKind::HearingScheduled, event);
        auto& claim = std::get<ObligationClaim>(told.payload);
        claim.start += std::chrono::days{++days};
        claim.end += std::chrono::days{days};
        return desk->submit("court", told);
    }
    void give(Input input, const std::string& from) {
        input.received_at = desk->hub->clock->now();
        input.principal = id(from);
        std::vector<CoreBatch> batches;
        batches.push_back(desk->core->step({std::move(input)}));
        REQUIRE(desk->journal->commit(std::move(batches)));
    }
    void acknowledge(std::uint64_t number, const std::string& who = "clinic") {
        Input input;
        input.body = AcknowledgeInput{number, {}};
        give(std::move(input), who);
    }
    /// What it is owed under that number.
    [[nodiscard]] Delivery delivery(std::uint64_t number, const std::string& who = "clinic") const {
        const auto& pending = desk->hub->machine.state().outboxes.at(id(who)).pending;
        const auto found = std::ranges::find(pending, number, &Delivery::number);
        REQUIRE(found != pending.end());
        return *found;
    }
    void judge(const Delivery& judged, VerdictOutcome outcome, const std::string& who = "clinic") {
        codec::Verdict verdict{judged.number, outcome, {}};
        if (outcome == VerdictOutcome::Refused) {
            verdict.refusal = {RefusalReason::InvalidField, "payload.end", "Our room is closed."};
        }
        Input input;
        input.body = VerdictInput{judged, outcome, verdict.refusal.reason, false};
        input.wire = *codec::encode_verdict(verdict);
        give(std::move(input), who);
    }
    void wait(std::chrono::seconds time) {
        REQUIRE(desk->command(ClockCommand{desk->hub->clock->now() + time}).status ==
                ReceiptStatus::Accepted);
    }

    follower::Answer answer(const follower::Asked& asked) const {
        return desk->hub->follower.read([&](const follower::Follower& follower) {
            return follower::Answers(follower, *desk->entries, hashes_of(*desk->hub->fingerprints))
                .answer(asked);
        });
    }
    /// By a supervisor, or by that partner.
    json::object ask(const std::string& question, const follower::Arguments& arguments,
                     const std::string& partner = "") const {
        follower::Asked asked{question, arguments, {StaffRole::Supervisor, "sue", {}}};
        if (!partner.empty()) {
            asked.reader = {StaffRole::Unset, partner, id(partner)};
        }
        const follower::Answer told = answer(asked);
        INFO(told.refusal.fix);
        REQUIRE(told.refusal.reason == RefusalReason::None);
        REQUIRE(told.lines.size() == 1);
        return json::parse(told.lines.front()).as_object();
    }
    /// The answer's one line as somebody of that role reads it.
    [[nodiscard]] json::object ask_as(StaffRole role, const std::string& question,
                                      const follower::Arguments& arguments) const {
        const follower::Answer told = answer({question, arguments, {role, "somebody", {}}});
        INFO(told.refusal.fix);
        REQUIRE(told.lines.size() == 1);
        return json::parse(told.lines.front()).as_object();
    }
    [[nodiscard]] json::object fate(const Receipt& receipt) const {
        return ask("fate", {{"event", "h-" + std::to_string(receipt.sequence.value)}});
    }
};

}  // namespace carehub::daemon
