#include "hub/follower/strangers.hpp"

#include "hub/codec/submission.hpp"
#include "hub/follower/limits.hpp"
#include "tests/support/catch.hpp"

namespace carehub::follower {
namespace {

constexpr PartnerId kClinic{7};
const core::State kCounty;

SubjectHash subject(std::uint64_t number) {
    SubjectHash subject;
    for (std::size_t i = 0; i < 8; ++i) {
        subject.value[i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return subject;
}

Submission person_named(const std::string& family) {
    Submission event;
    event.kind = EventKind::PersonUpserted;
    event.feed = "feed";
    event.source_msg_id = "m";
    event.identifiers = {{"CLINIC", "MR", "100"}};
    event.occurred_at = UtcTime{std::chrono::days{20'000}};
    PersonClaim claim;
    claim.names = {{family, "Tora", ""}};
    claim.birth = *make_date(1991, 2, 3);
    event.payload = claim;
    return event;
}

Entry told(std::uint64_t sequence, SubjectHash who, const Submission& event) {
    REQUIRE_FALSE(codec::check_submission(event));
    Entry entry;
    entry.sequence = {sequence};
    entry.input_kind = InputKind::Submission;
    entry.principal = kClinic;
    entry.event_kind = event.kind;
    entry.subject = who;
    entry.input = *codec::encode_submission(event);
    return entry;
}

void tell(Strangers& strangers, std::uint64_t sequence, SubjectHash who, const Submission& event) {
    strangers.apply(told(sequence, who, event), kCounty);
}

}  // namespace

TEST_CASE("Of a person who is no client the newest telling is kept", "[follower]") {
    Strangers strangers;
    tell(strangers, 1, subject(7), person_named("Before"));
    tell(strangers, 2, subject(8), person_named("Other"));
    tell(strangers, 3, subject(7), person_named("After"));
    REQUIRE(strangers.all().size() == 2);
    REQUIRE(strangers.all().begin()->first == Sequence{2});
    const Stranger& newest = strangers.all().at(Sequence{3});
    REQUIRE(newest.clear->told.family == "After");
    REQUIRE(newest.clear->told.birth == *make_date(1991, 2, 3));
    REQUIRE(newest.clear->seen.front().identifiers.front().value == "100");

    Submission deleted = person_named("");
    deleted.kind = EventKind::PersonDeleted;
    tell(strangers, 4, subject(7), deleted);
    REQUIRE_FALSE(strangers.all().contains(Sequence{3}));
}

TEST_CASE("What is told of a client, or was refused, is of no stranger", "[follower]") {
    Entry of_a_client = told(1, subject(9), person_named("Ann"));
    of_a_client.decisions.client.value[0] = 1;
    REQUIRE_FALSE(Strangers::wants(of_a_client));
    Entry refused = told(2, subject(9), person_named("Ann"));
    refused.decisions.refused = RefusalReason::InvalidField;
    REQUIRE_FALSE(Strangers::wants(refused));
    Strangers strangers;
    strangers.apply(of_a_client, kCounty);
    strangers.apply(refused, kCounty);
    REQUIRE(strangers.all().empty());
}

TEST_CASE("Of a protected person nothing is kept, whatever event told so", "[follower]") {
    Strangers strangers;
    tell(strangers, 1, subject(7), person_named("Brandvold"));
    Submission sheltered = person_named("Brandvold");
    sheltered.kind = EventKind::HousingEnrollmentStarted;
    sheltered.business_key = "stay-1";
    HousingClaim enrolled;
    enrolled.project = "P-1";
    enrolled.enrollment = "E-1";
    enrolled.date = *make_date(2026, 7, 1);
    sheltered.payload = enrolled;
    sheltered.labels.add(SecurityLabel::DvProtected);
    tell(strangers, 2, subject(7), sheltered);
    tell(strangers, 3, subject(7), person_named("Brandvold"));
    REQUIRE(strangers.all().size() == 1);
    const Stranger& one = strangers.all().at(Sequence{3});
    REQUIRE(one.is_protected);
    REQUIRE(one.clear == nullptr);
    REQUIRE(one.sealed.sealed.empty());
}

TEST_CASE("Alias names and default birth dates are not compared", "[follower]") {
    Submission event = person_named("Brandvold");
    std::get<PersonClaim>(event.payload).reliability = 1 | 4;
    Strangers strangers;
    tell(strangers, 1, subject(7), event);
    REQUIRE(strangers.all().at(Sequence{1}).clear->told == match::Profile{});
}

TEST_CASE("So many people who are no clients are kept, the newest", "[follower]") {
    Strangers strangers;
    const Submission event = person_named("Brandvold");
    const Entry first = told(1, subject(1), event);
    for (std::uint64_t i = 1; i <= kStrangersMax + 3; ++i) {
        Entry entry = first;
        entry.sequence = {i};
        entry.subject = subject(i);
        strangers.apply(entry, kCounty, 0, &event);
    }
    REQUIRE(strangers.all().size() == kStrangersMax);
    REQUIRE(strangers.all().begin()->first == Sequence{4});
}

}  // namespace carehub::follower
