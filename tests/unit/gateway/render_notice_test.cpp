#include "hub/gateway/reduce_event.hpp"
#include "tests/unit/gateway/door.hpp"

namespace carehub::gateway {
namespace {

Notice render(Door& door, const Principal& reader, Form form) {
    const Released released = door.release_of(10, reader.id, 1, form);
    const auto notice = render_notice(*released.entries[0], nullptr, released.deliveries[0], reader,
                                      {door.names, door.alerts});
    REQUIRE(notice);
    return *notice;
}

TEST_CASE("In full a partner reads the event without the sender's own numbers", "[gateway]") {
    Door door;
    const Notice notice = render(door, Door::court(), Form::Full);
    REQUIRE(notice.kind == EventKind::AppointmentBooked);
    REQUIRE(notice.discloser == "partner-1");
    REQUIRE(notice.event_id.empty());
    REQUIRE(notice.client.empty());
    REQUIRE(notice.event.identifiers == door.names.identifiers({}, Door::kCourt));
    REQUIRE(notice.event.source_msg_id.empty());
    REQUIRE(notice.event.business_key == "k-ab" + std::string(30, '0'));
    const auto& claim = std::get<ObligationClaim>(notice.event.payload);
    REQUIRE(claim.filler_id.empty());
    REQUIRE(claim.provider.name == "Dr. Ames");
}

TEST_CASE("The discloser reads its own event as it sent it", "[gateway]") {
    Door door;
    const Notice notice = render(door, Door::clinic(), Form::Full);
    REQUIRE(notice.event == make_submission("e10"));
    REQUIRE(notice.event_id == "h-10");
    REQUIRE(notice.client.empty());
}

TEST_CASE("Staff read the roster name and the event's id", "[gateway]") {
    Door door;
    const Notice notice = render(door, Door::manager(), Form::Full);
    REQUIRE(notice.client == "C-0001");
    REQUIRE(notice.event_id == "h-10");
    REQUIRE(notice.event.source_msg_id == "e10");
}

TEST_CASE("Reduced leaves class, status, times, zone and place code", "[gateway]") {
    Door door;
    const Notice notice = render(door, Door::court(), Form::Reduced);
    const auto sent = make_submission("e10");
    const auto& claim = std::get<ObligationClaim>(notice.event.payload);
    ObligationClaim expected;
    expected.obligation_class = ObligationClass::ClinicVisit;
    expected.status = ObligationStatus::Scheduled;
    expected.start = std::get<ObligationClaim>(sent.payload).start;
    expected.end = std::get<ObligationClaim>(sent.payload).end;
    expected.location.id = "ROOM-4";
    REQUIRE(claim == expected);
    REQUIRE(notice.event.zone == sent.zone);
    REQUIRE(notice.event.feed.empty());
    REQUIRE(notice.event.labels.empty());
}

TEST_CASE("A protected location is not told in reduced form", "[gateway]") {
    Labels labels;
    labels.add(SecurityLabel::LocationProtected);
    const Submission reduced = reduce_event(make_submission("a"), labels, Reader::ReducedForm);
    REQUIRE(std::get<ObligationClaim>(reduced.payload).location == Place{});
}

TEST_CASE("Busy only tells a period rounded outward and nothing else", "[gateway]") {
    Door door;
    const Notice notice = render(door, Door::court(), Form::BusyOnly);
    const Submission event = make_submission("e10");
    const auto& sent = std::get<ObligationClaim>(event.payload);
    REQUIRE(notice.kind == EventKind::ScheduleBlocked);
    REQUIRE(notice.discloser.empty());
    ResourceClaim expected;
    expected.from = sent.start - std::chrono::minutes{5};
    expected.to = sent.end + std::chrono::minutes{5};
    REQUIRE(std::get<ResourceClaim>(notice.event.payload) == expected);
    REQUIRE(notice.event.zone.empty());
    REQUIRE(notice.event.occurred_at == kUnknownTime);
}

TEST_CASE("A cancelled appointment frees its period", "[gateway]") {
    Submission event = make_submission("a");
    std::get<ObligationClaim>(event.payload).status = ObligationStatus::Cancelled;
    REQUIRE(busy_event(event).kind == EventKind::ScheduleUnblocked);
}

TEST_CASE("A hearing off the court's list still blocks its time: nobody cancelled it",
          "[gateway]") {
    Submission event = make_submission("a");
    std::get<ObligationClaim>(event.payload).status = ObligationStatus::Unlisted;
    REQUIRE(busy_event(event).kind == EventKind::ScheduleBlocked);
}

TEST_CASE("A stay under way blocks its period, one that never began frees it", "[gateway]") {
    Submission event = make_submission("a");
    event.kind = EventKind::EncounterStarted;
    event.payload = EncounterClaim{};
    CHECK(busy_event(event).kind == EventKind::ScheduleBlocked);
    event.kind = EventKind::EncounterStartCancelled;
    CHECK(busy_event(event).kind == EventKind::ScheduleUnblocked);
}

TEST_CASE("A part 2 record carries its statement, also when the hub added the label", "[gateway]") {
    Door door;
    Released released = door.release_of(10, Door::kCourt, 1);
    Entry entry = *released.entries[0];
    entry.decisions.obligations[0].record.labels.add(SecurityLabel::Part2);
    const auto notice = render_notice(entry, nullptr, released.deliveries[0], Door::court(),
                                      {door.names, door.alerts});
    REQUIRE(notice);
    REQUIRE(notice->required_statement.starts_with("42 CFR part 2"));
}

TEST_CASE("An event older than what is known is told by the labels it was routed with",
          "[gateway]") {
    Door door;
    Released released = door.release_of(10, Door::kCourt, 1, Form::Reduced);
    Entry entry = *released.entries[0];
    entry.decisions.obligations.clear();  // it changed no record
    released.deliveries[0].labels.add(SecurityLabel::LocationProtected);
    released.deliveries[0].labels.add(SecurityLabel::Part2);
    const auto notice = render_notice(entry, nullptr, released.deliveries[0], Door::court(),
                                      {door.names, door.alerts});
    REQUIRE(notice);
    CHECK(std::get<ObligationClaim>(notice->event.payload).location == Place{});
    CHECK(notice->required_statement ==
          std::string(kPart2Statement) + " " + door.names.consent_scope({}));
}

TEST_CASE("Of one occurrence others read what the key of its series begins with", "[gateway]") {
    Door door;
    const auto told_to = [&](const Principal& reader, Form form) {
        Released released = door.release_of(10, reader.id, 1, form);
        Entry entry = *released.entries[0];
        const Hash128 series{0xa1, 0xb2, 0xc3, 0xd4, 0xe5};
        std::memcpy(&entry.decisions.obligations[0].record.series, series.data(),
                    sizeof(SeriesMark));
        const auto notice = render_notice(entry, nullptr, released.deliveries[0], reader,
                                          {door.names, door.alerts});
        REQUIRE(notice);
        return notice->series;
    };
    CHECK(told_to(Door::court(), Form::Full) == "k-a1b2c3d4");
    CHECK(told_to(Door::court(), Form::BusyOnly) == "k-a1b2c3d4");
    CHECK(told_to(Door::clinic(), Form::Full).empty());
    CHECK(render(door, Door::court(), Form::Full).series.empty());
}

TEST_CASE("An alert is rendered when it is read", "[gateway]") {
    Door door;
    Released released = door.release_of(10, Door::kManager, 1);
    released.deliveries[0].is_alert = true;
    released.deliveries[0].alert = {{10}, 2};
    const auto notice = render_notice(*released.entries[0], nullptr, released.deliveries[0],
                                      Door::manager(), {door.names, door.alerts});
    REQUIRE(notice);
    REQUIRE(notice->kind == EventKind::AlertRaised);
    REQUIRE(notice->alert->alert_id == "a-10-2");
    REQUIRE(notice->event == Submission{});
}

}  // namespace
}  // namespace carehub::gateway
