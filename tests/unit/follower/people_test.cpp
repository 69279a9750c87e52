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

/// As the clinic or the court tells it.
Entry named(std::uint64_t sequence, PartnerId partner, const std::string& family, Sex sex,
            Labels labels = {}) {
    Submission submission;
    submission.kind = EventKind::PersonUpserted;
    submission.feed = "feed";
    submission.source_msg_id = "m";
    submission.identifiers = {kRecord};
    submission.occurred_at = UtcTime{std::chrono::days{20'000}};
    submission.labels = labels;
    PersonClaim claim;
    claim.names = {{family, "Ada", ""}};
    claim.birth = *make_date(1980, 5, 17);
    claim.sex = sex;
    submission.payload = claim;
    Entry entry = event(sequence, partner, {kRecord});
    entry.event_kind = submission.kind;
    entry.input = *codec::encode_submission(submission);
    return entry;
}

Entry named_row(std::uint64_t sequence, const std::string& family, std::optional<Date> birth) {
    RosterCommand command;
    command.client = "ada";
    command.family_name = family;
    command.birth_date = birth;
    Entry entry = row(sequence, {});
    entry.input = *codec::encode_command(command);
    return entry;
}

TEST_CASE("What can be compared is what the newest rows and the newest event tell", "[follower]") {
    People people;
    people.apply(named_row(1, "Quixada", *make_date(1980, 5, 17)), kCounty);
    people.apply(named_row(2, "", std::nullopt), kCounty);
    REQUIRE(clear(people).known.family == "Quixada");
    REQUIRE(clear(people).known.birth == *make_date(1980, 5, 17));
    people.apply(named(3, kClinic, "Quijada", Sex::Female), kCounty);
    const Entry again = named(4, kClinic, "Quixada", Sex::Male);
    REQUIRE(people.wants(again));
    people.apply(again, kCounty);
    REQUIRE(clear(people).known.family == "Quixada");
    REQUIRE(clear(people).told.family == "Quixada");
    REQUIRE(clear(people).told.sex == Sex::Male);
    REQUIRE(decode_person(encode_person(clear(people))) == clear(people));
}

TEST_CASE("Partners' words leave with the identifier or the merger they came under", "[follower]") {
    People people;
    people.apply(row(1, kRecord), kCounty);
    people.apply(named(2, kClinic, "Quixada", Sex::Female), kCounty);
    Entry unlink = row(3, kRecord);
    unlink.input = *codec::encode_command(LinkCommand{LinkAct::Unlink, "ada", kRecord, "", "no"});
    unlink.decisions.links.back().client = kAda;
    unlink.decisions.links.back().valid_until = UtcTime{std::chrono::days{20'000}};
    people.apply(unlink, kCounty);
    REQUIRE(clear(people).told == match::Profile{});

    people.apply(named(4, kClinic, "Quixada", Sex::Female), kCounty);
    Entry unmerge = unlink;
    unmerge.sequence = {5};
    unmerge.input = *codec::encode_command(LinkCommand{LinkAct::Unmerge, "ada", {}, "ben", "two"});
    unmerge.decisions.links.clear();
    unmerge.decisions.merges.push_back({ClientId{{2}}, kAda, {}, {3}, true});
    REQUIRE(people.wants(unmerge));
    people.apply(unmerge, kCounty);
    REQUIRE(clear(people).told == match::Profile{});
}

TEST_CASE("Of a client who is protected partners' words are not kept", "[follower]") {
    People people;
    Labels labels;
    labels.add(SecurityLabel::DvProtected);
    people.apply(named(1, kClinic, "Quixada", Sex::Female, labels), kCounty);
    people.apply(named(2, kCourt, "Quixada", Sex::Female), kCounty);
    REQUIRE(clear(people).is_protected);
    REQUIRE(clear(people).told == match::Profile{});
}

TEST_CASE("A feed in rehearsal names nobody", "[follower]") {
    core::State state = kCounty;
    state.partners.at(kClinic).rehearsal = true;
    state.rehearsing.insert(kClinic);
    People people;
    people.apply(named(1, kClinic, "Quixada", Sex::Female), state);
    REQUIRE(clear(people).told == match::Profile{});
}

}  // namespace
}  // namespace carehub::follower
