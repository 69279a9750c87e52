#include "hub/follower/people.hpp"

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "tests/support/catch.hpp"

namespace carehub::follower {
namespace {

const ClientId kAda{{1}};
constexpr PartnerId kClinic{7};
constexpr PartnerId kCourt{8};
const Identifier kRecord{"CLINIC", "MR", "100"};
const Identifier kCase{"COURT", "CASE", "CV-1"};

/// Knows clinic and court by name.
core::State county() {
    core::State state;
    for (const auto& [id, name] : {std::pair{kClinic, "clinic"}, std::pair{kCourt, "court"}}) {
        state.symbol_texts.emplace_back(name);
        const Symbol symbol{static_cast<std::uint32_t>(state.symbol_texts.size())};
        state.symbol_ids.emplace(name, symbol);
        Partner partner;
        partner.id = id;
        partner.name = symbol;
        state.partners[id] = partner;
    }
    return state;
}
const core::State kCounty = county();

Entry row(std::uint64_t sequence, const Identifier& identifier, const std::string& partner = "") {
    RosterCommand command;
    command.client = "ada";
    command.identifier = identifier;
    command.partner = partner;
    Entry entry;
    entry.sequence = {sequence};
    entry.input_kind = InputKind::Command;
    entry.input = *codec::encode_command(command);
    entry.decisions.client = kAda;
    entry.decisions.links.emplace_back();
    return entry;
}

Entry event(std::uint64_t sequence, PartnerId partner, const std::vector<Identifier>& identifiers) {
    Submission submission;
    submission.kind = EventKind::AppointmentBooked;
    submission.feed = "feed";
    submission.source_msg_id = "m";
    submission.business_key = "k";
    submission.identifiers = identifiers;
    submission.occurred_at = UtcTime{std::chrono::days{20'000}};
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.status = ObligationStatus::Scheduled;
    claim.owner_org = "clinic";
    claim.start = submission.occurred_at;
    claim.end = submission.occurred_at + std::chrono::hours{1};
    submission.payload = claim;
    REQUIRE_FALSE(codec::check_submission(submission));
    Entry entry;
    entry.sequence = {sequence};
    entry.input_kind = InputKind::Submission;
    entry.principal = partner;
    entry.input = *codec::encode_submission(submission);
    entry.decisions.client = kAda;
    return entry;
}

/// Of people nobody sealed: whatever is known is in the clear.
const Person& clear(const People& people) {
    const People::Found found = people.find(kAda);
    REQUIRE(found.sealed == nullptr);
    return found.clear ? *found.clear : *nobody();
}

TEST_CASE("The roster gives name, identifiers and rows", "[follower]") {
    People people;
    REQUIRE(clear(people).name.empty());
    people.apply(row(1, kRecord), kCounty);
    people.apply(row(2, kCase), kCounty);
    people.apply(row(3, kCase), kCounty);
    REQUIRE(clear(people).name == "ada");
    REQUIRE(clear(people).roster == std::vector{kRecord, kCase});
    REQUIRE(clear(people).rows == std::vector<Sequence>{{1}, {2}, {3}});
}

TEST_CASE("A partner reads the identifiers of the authorities it uses itself", "[follower]") {
    People people;
    people.apply(row(1, kRecord), kCounty);
    people.apply(row(2, kCase), kCounty);
    REQUIRE(people.identifiers(clear(people), kCourt).empty());
    people.apply(event(3, kCourt, {kCase}), kCounty);
    REQUIRE(people.identifiers(clear(people), kCourt) == std::vector{kCase});
    REQUIRE(people.identifiers(clear(people), kClinic).empty());
}

TEST_CASE("A partner that only receives reads what the roster calls its own", "[follower]") {
    People people;
    people.apply(row(1, kRecord, "clinic"), kCounty);
    people.apply(row(2, kCase, "court"), kCounty);
    people.apply(row(3, {"JAIL", "BOOKING", "9"}, "a jail that is no partner"), kCounty);
    REQUIRE(people.identifiers(clear(people), kClinic) == std::vector{kRecord});
    REQUIRE(people.identifiers(clear(people), kCourt) == std::vector{kCase});
}

TEST_CASE("What the roster does not know, the partner's own first event tells", "[follower]") {
    const Identifier other{"CLINIC-2", "MR", "200"};
    People people;
    people.apply(row(1, kCase), kCounty);
    people.apply(event(2, kClinic, {other}), kCounty);
    REQUIRE(people.identifiers(clear(people), kClinic) == std::vector{other});
    REQUIRE(clear(people).roster == std::vector{kCase});
}

TEST_CASE("An identifier that was split is another's, and no longer the first one's",
          "[follower]") {
    const ClientId ben{{2}};
    People people;
    people.apply(row(1, kRecord), kCounty);
    people.apply(row(2, kCase), kCounty);
    people.apply(event(3, kClinic, {kRecord}), kCounty);
    Entry split;
    split.sequence = {4};
    split.input_kind = InputKind::Command;
    split.input =
        *codec::encode_command(LinkCommand{LinkAct::Split, "ada", kRecord, "ben", "a slip"});
    split.decisions.client = kAda;
    split.decisions.links.emplace_back();
    split.decisions.links.back().client = ben;
    REQUIRE(people.wants(split));
    people.apply(split, kCounty);
    REQUIRE(clear(people).roster == std::vector{kCase});
    REQUIRE(people.identifiers(clear(people), kClinic).empty());
    REQUIRE(people.find(ben).clear->roster == std::vector{kRecord});

    Entry unlink = split;
    unlink.sequence = {5};
    unlink.input = *codec::encode_command(LinkCommand{LinkAct::Unlink, "ben", kRecord, "", "no"});
    unlink.decisions.client = ben;
    unlink.decisions.links.back().valid_until = UtcTime{std::chrono::days{20'000}};
    people.apply(unlink, kCounty);
    REQUIRE(people.find(ben).clear->roster.empty());
}

TEST_CASE("Who is forgotten is nobody, until told of again", "[follower]") {
    People people;
    people.apply(row(1, kRecord), kCounty);
    people.forget(kAda);
    REQUIRE(clear(people) == Person{});
    people.apply(row(2, kCase), kCounty);
    REQUIRE(clear(people).roster == std::vector{kCase});
}

TEST_CASE("Replay unseals the inputs that tell something new, and no others", "[follower]") {
    People people;
    const Entry first = event(1, kClinic, {kRecord});
    REQUIRE(people.wants(first));
    people.apply(first, kCounty);
    REQUIRE_FALSE(people.wants(event(2, kClinic, {kRecord})));
    REQUIRE(people.wants(event(3, kCourt, {kCase})));
    Entry refused = event(4, kCourt, {kCase});
    refused.decisions.refused = RefusalReason::MissingField;
    REQUIRE_FALSE(people.wants(refused));
    Entry of_nobody = event(5, kCourt, {kCase});
    of_nobody.decisions.client = {};
    REQUIRE_FALSE(people.wants(of_nobody));
    Entry act_on_alert = row(6, kRecord);
    act_on_alert.decisions.links.clear();
    REQUIRE_FALSE(people.wants(act_on_alert));
}

}  // namespace
}  // namespace carehub::follower
