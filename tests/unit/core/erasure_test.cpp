// Legal hold, erasure, and whose years are over.
#include "hub/core/limits.hpp"
#include "hub/core/links.hpp"
#include "hub/core/retention.hpp"
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/identity_world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

ReceiptStatus status(const Receipt& receipt) { return receipt.status; }
RefusalReason reason(const Receipt& receipt) { return receipt.refusal.reason; }

struct Office {
    IdentityWorld county;

    Office() { county.world.add_staff("sue", StaffRole::Supervisor); }

    Receipt keep(RetentionAct act, const std::string& client, const std::string& by = "sue") {
        return county.keep(act, client, by);
    }
    Receipt release(const std::string& client, Sequence hold, bool all = false) {
        RetentionCommand command;
        command.act = RetentionAct::Release;
        command.client = client;
        command.reason = "the case is over";
        command.hold = hold;
        command.all = all;
        return county.world.command(command, "sue");
    }
    [[nodiscard]] std::vector<Sequence> holds(const std::string& client) const {
        return core::holds_of(state(), World::client_id(client));
    }
    Receipt erase(const std::string& client, const std::string& by = "sue") {
        return keep(RetentionAct::Erase, client, by);
    }
    [[nodiscard]] const core::State& state() const { return county.world.machine.state(); }
    [[nodiscard]] const Entry& last() const { return county.world.entries.back(); }
    void pass(int days) { county.world.advance(county.world.now + std::chrono::days{days}); }
};

core::State replayed(const std::vector<Entry>& entries) {
    core::State state;
    for (const Entry& entry : entries) {
        core::evolve(state, entry.sequence, entry.decisions);
    }
    return state;
}

bool has_subject(const Entry& entry, const Hash128& subject) {
    return std::ranges::any_of(entry.decisions.erasures, [&](const Erasure& erasure) {
        return std::ranges::find(erasure.subjects, subject) != erasure.subjects.end();
    });
}

}  // namespace

TEST_CASE("supervisors alone hold, release and erase", "[core][erasure]") {
    Office office;
    for (const std::string name : {"ana", "admin", "clinic"}) {
        CHECK(reason(office.erase("Maria", name)) == RefusalReason::NotAllowed);
        CHECK(reason(office.keep(RetentionAct::Hold, "Maria", name)) == RefusalReason::NotAllowed);
    }
    CHECK(reason(office.erase("Nobody")) == RefusalReason::UnknownClient);
    CHECK(status(office.erase("Maria")) == ReceiptStatus::Accepted);
}

TEST_CASE("under legal hold nothing is erased, whichever of two that are one is held",
          "[core][erasure]") {
    Office office;
    REQUIRE(status(office.keep(RetentionAct::Hold, "Ben")) == ReceiptStatus::Accepted);
    CHECK(office.county.subject("Ben").client.hold == office.last().sequence);
    CHECK(reason(office.erase("Ben")) == RefusalReason::LegalHold);
    office.county.merge("Maria", "Ben");
    CHECK(reason(office.erase("Maria")) == RefusalReason::LegalHold);
    CHECK(reason(office.erase("Ben")) == RefusalReason::WrongState);
    CHECK(status(office.keep(RetentionAct::Release, "Maria")) == ReceiptStatus::Accepted);
    CHECK(status(office.keep(RetentionAct::Release, "Maria")) == ReceiptStatus::Duplicate);
    CHECK(status(office.erase("Maria")) == ReceiptStatus::Accepted);
}

TEST_CASE("each legal hold stands by itself until it is released", "[core][erasure]") {
    Office office;
    std::vector<Sequence> placed;
    for (int i = 0; i < 3; ++i) {
        REQUIRE(status(office.keep(RetentionAct::Hold, "Maria")) == ReceiptStatus::Accepted);
        placed.push_back(office.last().sequence);
    }
    CHECK(office.holds("Maria") == placed);
    CHECK(same_state(core::restore(office.state().last, core::snapshot(office.state())),
                     office.state()));

    CHECK(reason(office.release("Maria", {})) == RefusalReason::WrongState);
    CHECK(reason(office.release("Maria", Sequence{1})) == RefusalReason::NotFound);
    CHECK(reason(office.release("Maria", placed[0], true)) == RefusalReason::InvalidField);
    CHECK(status(office.release("Maria", placed[0])) == ReceiptStatus::Accepted);
    CHECK(office.holds("Maria") == std::vector{placed[1], placed[2]});
    CHECK(reason(office.release("Maria", placed[0])) == RefusalReason::NotFound);
    CHECK(reason(office.erase("Maria")) == RefusalReason::LegalHold);
    CHECK(status(office.release("Maria", placed[2])) == ReceiptStatus::Accepted);
    CHECK(reason(office.erase("Maria")) == RefusalReason::LegalHold);
    CHECK(status(office.release("Maria", {})) == ReceiptStatus::Accepted);
    CHECK(office.holds("Maria").empty());
    CHECK(same_state(replayed(office.county.world.entries), office.state()));
}

TEST_CASE("all legal holds of two that are one end together when that is said", "[core][erasure]") {
    Office office;
    for (const std::string client : {"Maria", "Ben", "Ben"}) {
        REQUIRE(status(office.keep(RetentionAct::Hold, client)) == ReceiptStatus::Accepted);
    }
    office.county.merge("Maria", "Ben");
    REQUIRE(office.holds("Maria").size() == 3);
    CHECK(status(office.release("Maria", office.holds("Maria")[1])) == ReceiptStatus::Accepted);
    CHECK(office.holds("Maria").size() == 2);
    CHECK(status(office.release("Maria", {}, true)) == ReceiptStatus::Accepted);
    CHECK(office.holds("Maria").empty());
    CHECK(status(office.release("Maria", {}, true)) == ReceiptStatus::Duplicate);
}

TEST_CASE("legal holds of one client are bounded", "[core][erasure]") {
    Office office;
    for (std::size_t i = 0; i < core::kLegalHoldsPerClientMax; ++i) {
        REQUIRE(status(office.keep(RetentionAct::Hold, "Maria")) == ReceiptStatus::Accepted);
    }
    CHECK(reason(office.keep(RetentionAct::Hold, "Maria")) == RefusalReason::TooManyItems);
    CHECK(office.holds("Maria").size() == core::kLegalHoldsPerClientMax);
}

TEST_CASE("State forgets an erased client but for its id and the entry", "[core][erasure]") {
    Office office;
    IdentityWorld& county = office.county;
    county.tell_everything("B-7");
    county.book("v-1", "Ben");
    county.book("v-2", "Ben");
    REQUIRE(county.waiting("ana") > 2);
    REQUIRE(status(office.erase("Maria")) == ReceiptStatus::Accepted);

    const core::Case& maria = county.subject("Maria");
    Client left;
    left.id = World::client_id("Maria");
    left.erased = office.last().sequence;
    CHECK(maria.client == left);
    CHECK((maria.consents.empty() && maria.obligations.empty() && maria.stays.empty()));
    CHECK((maria.contacts.empty() && maria.matters.empty() && maria.duties.empty()));
    CHECK((maria.alerts.empty() && maria.assignments.empty()));
    for (const auto& [id, client] : office.state().alert_clients) {
        CHECK(client != left.id);
    }
    for (const auto& [recipient, outbox] : office.state().outboxes) {
        for (const Delivery& delivery : outbox.pending) {
            CHECK(delivery.client != left.id);
        }
        CHECK_FALSE(outbox.lanes.contains(left.id));
    }
    CHECK(county.waiting("ana") == 2);  // Ben's
    CHECK(county.subject("Ben").obligations.size() == 2);
    for (const std::string number : {"Maria", "B-7"}) {
        CHECK(core::client_of(office.state(), {World::hash("subject", number)}).is_none());
    }
    CHECK(same_state(replayed(county.world.entries), office.state()));
    CHECK(same_state(core::restore(office.state().last, core::snapshot(office.state())),
                     office.state()));
}

TEST_CASE("the entry names the keys of the client's own identifiers, and nobody else's",
          "[core][erasure]") {
    Office office;
    IdentityWorld& county = office.county;
    county.world.add_client("Cem");
    county.link("N-1", "Maria");
    county.split("N-1", "Maria", "Cem");
    county.link("N-2", "Maria");
    county.unlink("N-2", "Maria");
    county.merge("Maria", "Ben");
    REQUIRE(status(office.erase("Maria")) == ReceiptStatus::Accepted);
    const Entry& entry = office.last();
    CHECK(entry.subject.is_none());  // under the hub's own key
    CHECK(entry.decisions.erasures.size() == 2);
    CHECK(has_subject(entry, World::client_id("Maria").value));
    CHECK(has_subject(entry, World::client_id("Ben").value));
    for (const std::string number : {"Maria", "Ben", "B-7"}) {
        CHECK(has_subject(entry, World::hash("subject", number)));
    }
    for (const std::string number : {"N-1", "N-2", "Cem"}) {
        CHECK_FALSE(has_subject(entry, World::hash("subject", number)));
    }
    CHECK(office.state().merges.empty());
    CHECK(same_state(replayed(county.world.entries), office.state()));
}

TEST_CASE("an erased client's name is not used again, its identifiers are", "[core][erasure]") {
    Office office;
    IdentityWorld& county = office.county;
    office.erase("Maria");
    CHECK(reason(office.erase("Maria")) == RefusalReason::ClientErased);
    CHECK(reason(county.roster("B-7", "Maria")) == RefusalReason::ClientErased);
    CHECK(office.last().input.empty());  // nothing new is kept about an erased person
    CHECK(office.last().subject.is_none());
    CHECK(reason(county.link("B-7", "Maria")) == RefusalReason::ClientErased);
    CHECK(reason(county.merge("Ben", "Maria")) == RefusalReason::ClientErased);

    CHECK(county.book("v-1", "B-7").routed_to == RoutedTo::Nobody);
    CHECK(status(county.roster("B-7", "Mia")) == ReceiptStatus::Accepted);
    CHECK(county.book("v-2", "B-7").routed_to == RoutedTo::Recipients);
    CHECK(county.subject("Mia").obligations.size() == 1);
    CHECK(county.subject("Maria").obligations.empty());
}

TEST_CASE("what was refused, parked or is told again about an erased client is told no more",
          "[core][erasure]") {
    Office office;
    IdentityWorld& county = office.county;
    county.book("v-1", "B-7");
    Delivery told;
    for (const Delivery& delivery : office.last().decisions.deliveries) {
        told = delivery.recipient == county.world.partner("ana") ? delivery : told;
    }
    REQUIRE(told.number != 0);
    VerdictInput verdict;
    verdict.delivery = told;
    verdict.outcome = VerdictOutcome::Refused;
    verdict.reason = RefusalReason::InvalidField;
    Input input;
    input.principal = county.world.partner("ana");
    input.body = verdict;
    county.world.step(input);
    county.book("v-2", "B-7");  // held behind it
    REQUIRE(office.state().outboxes.at(input.principal).lanes.size() == 1);
    office.erase("Maria");
    CHECK(office.state().outboxes.at(input.principal).lanes.empty());
    const std::size_t before = county.world.entries.size();
    office.pass(2);
    for (std::size_t i = before; i < county.world.entries.size(); ++i) {
        for (const Delivery& delivery : county.world.entries[i].decisions.deliveries) {
            CHECK(delivery.client != World::client_id("Maria"));
        }
    }
    CHECK(same_state(replayed(county.world.entries), office.state()));
}

TEST_CASE("dead letters and replays of an erased client go", "[core][erasure]") {
    Office office;
    IdentityWorld& county = office.county;
    for (const std::string key : {"v-1", "v-2"}) {
        county.book(key, "B-7");
        VerdictInput verdict;
        verdict.delivery = office.last().decisions.deliveries.front();
        verdict.unrenderable = true;
        Input input;
        input.principal = verdict.delivery.recipient;
        input.body = verdict;
        county.world.step(input);
    }
    const auto outbox = [&]() -> const core::Outbox& {
        return office.state().outboxes.at(county.world.partner("ana"));
    };
    REQUIRE(outbox().dead_letters.size() == 2);
    DeadLetterCommand again;
    again.recipient = "ana";
    again.number = outbox().dead_letters.begin()->first;
    again.act = DeadLetterAct::Replay;
    again.reason = "mended";
    county.world.command(again);
    REQUIRE((outbox().dead_letters.size() == 1 && outbox().replays.size() == 1));
    office.erase("Maria");
    CHECK((outbox().dead_letters.empty() && outbox().replays.empty()));
    CHECK(same_state(replayed(county.world.entries), office.state()));
    CHECK(same_state(core::restore(office.state().last, core::snapshot(office.state())),
                     office.state()));
}

TEST_CASE("a rule that is set wakes no erased client", "[core][erasure]") {
    Office office;
    office.erase("Maria");
    RuleCommand rule;
    rule.rule = "ScheduleConflict";
    rule.setting = "enabled";
    rule.value = 0;
    rule.reason = "a test";
    REQUIRE(status(office.county.world.command(rule)) == ReceiptStatus::Accepted);
    office.pass(30);
    CHECK(office.county.subject("Maria").alerts.empty());
    CHECK(office.county.subject("Maria").client.wake_at == kNever);
}

TEST_CASE("a purge is of clients whose years are over", "[core][erasure][retention]") {
    Office office;
    IdentityWorld& county = office.county;
    county.book("v-1", "B-7");  // on 9 July 2026
    office.pass(30);
    CHECK(reason(office.keep(RetentionAct::Purge, "Maria")) == RefusalReason::RetentionRuns);
    RetentionCommand soon;
    soon.act = RetentionAct::Purge;
    soon.client = "Maria";
    soon.reason = "now";
    soon.years = 5;
    soon.housing_years = 7;
    CHECK(reason(county.world.command(soon, "sue")) == RefusalReason::InvalidField);

    county.world.now = *parse_iso_time("2033-07-09T12:00:00Z");
    CHECK(reason(office.keep(RetentionAct::Purge, "Maria")) == RefusalReason::RetentionRuns);
    county.world.now = *parse_iso_time("2033-08-20T12:00:00Z");
    const core::Case& maria = county.subject("Maria");
    CHECK(status(office.keep(RetentionAct::Purge, "Maria")) == ReceiptStatus::Accepted);
    CHECK(maria.client.erased == office.last().sequence);
}

TEST_CASE("years do not run while anything lasts, and begin with its end", "[core][retention]") {
    const UtcTime now = *parse_iso_time("2034-01-01T00:00:00Z");
    core::Case subject;
    subject.client.known_since = *parse_iso_time("2020-01-01T00:00:00Z");
    CHECK(core::kept_since(subject, now) == subject.client.known_since);
    subject.heard_at = *parse_iso_time("2021-02-03T10:00:00Z");
    CHECK(core::kept_since(subject, now) == subject.heard_at);

    Stay stay;
    stay.id = {World::hash("stay", "1")};
    stay.start = subject.heard_at;
    subject.stays.put(stay);
    CHECK(core::kept_since(subject, now) == kNever);
    stay.end = *parse_iso_time("2022-02-03T10:00:00Z");
    subject.stays.put(stay);
    CHECK(core::kept_since(subject, now) == stay.end);

    Matter term;
    term.id = {World::hash("matter", "1")};
    term.kind = MatterKind::Supervision;
    subject.matters.put(term);
    CHECK(core::kept_since(subject, now) == kNever);
    term.until = *parse_iso_time("2023-02-03T10:00:00Z");
    subject.matters.put(term);
    CHECK(core::kept_since(subject, now) == term.until);

    Obligation ahead;
    ahead.id = {World::hash("obligation", "1")};
    ahead.start = *parse_iso_time("2034-02-03T10:00:00Z");
    subject.obligations.put(ahead);
    CHECK(core::kept_since(subject, now) == kNever);
}

TEST_CASE("years are whole years after the day, leap days included", "[core][retention]") {
    CHECK(core::kept_until(*parse_iso_time("2026-07-06T23:59:00Z"), 7) ==
          *parse_iso_time("2033-07-07T00:00:00Z"));
    CHECK(core::kept_until(*parse_iso_time("2028-02-29T10:00:00Z"), 7) ==
          *parse_iso_time("2035-03-02T00:00:00Z"));
    CHECK(core::kept_until(kNever, 7) == kNever);
    CHECK(core::kept_until(kUnknownTime, 7) == kNever);
}

TEST_CASE("what a housing provider told is kept for the years of housing", "[core][retention]") {
    Office office;
    const core::State& state = office.state();
    const PartnerId housing = office.county.world.partner("housing");
    core::Case subject;
    Matter enrolled;
    enrolled.id = {World::hash("matter", "1")};
    enrolled.partner = office.county.world.partner("clinic");
    subject.matters.put(enrolled);
    CHECK_FALSE(core::has_housing_records(state, subject));
    enrolled.partner = housing;
    subject.matters.put(enrolled);
    CHECK(core::has_housing_records(state, subject));
    Link link;
    link.partner = state.symbol("housing");
    CHECK(core::is_of_housing(state, link));
    link.partner = state.symbol("clinic");
    CHECK_FALSE(core::is_of_housing(state, link));
}
