// The law "State holds no sealed field": nothing that names a person stands in State or in
// decisions.
#include "hub/codec/entry.hpp"
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

const std::string kClient = "Quirrelwood";
/// One in each text of a submission or roster row that may name or describe a person.
const std::string kTexts[] = {kClient,       "Zanzibarsky",  "Ottokarina",
                              "MRN-7788991", "Harbourlight", "Dr Plumage",
                              "ACC-4455",    "+1-555-7421",  "because-of-x"};

bool holds(const Bytes& bytes, const std::string& text) {
    return as_text(bytes).find(text) != std::string_view::npos;
}

RosterCommand roster_row() {
    RosterCommand row;
    row.client = kTexts[0];
    row.identifier = {"CLINIC", "MR", kTexts[3]};
    row.owner = "ana";
    row.zone = "America/New_York";
    row.family_name = kTexts[1];
    row.given_name = kTexts[2];
    return row;
}

Submission visit() {
    Submission event;
    event.kind = EventKind::AppointmentBooked;
    event.business_key = kTexts[6];
    event.source_msg_id = kTexts[6] + "-1";
    event.identifiers = {{"CLINIC", "MR", kTexts[3]}};
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.status = ObligationStatus::Scheduled;
    claim.start = *parse_iso_time("2026-07-09T10:00:00-04:00");
    claim.end = claim.start + std::chrono::hours{1};
    claim.location.name = kTexts[4];
    claim.provider.name = kTexts[5];
    claim.placer_id = kTexts[6];
    claim.reason_code = kTexts[8];
    event.payload = claim;
    return event;
}

Submission person() {
    Submission event;
    event.kind = EventKind::PersonUpserted;
    event.identifiers = {{"CLINIC", "MR", kTexts[3]}};
    PersonClaim claim;
    claim.names = {{kTexts[1], kTexts[2], "legal"}};
    claim.phones = {kTexts[7]};
    event.payload = claim;
    return event;
}

}  // namespace

TEST_CASE("no name, identifier, key or text of a person stands in State or in decisions",
          "[property][core][sealed]") {
    World world(*parse_iso_time("2026-07-06T12:00:00Z"));
    world.command(roster_row());
    world.submit("clinic", kClient, visit());
    world.submit("clinic", kClient, person());
    REQUIRE(world.machine.state().cases.size() == 1);
    REQUIRE(world.subject(kClient).obligations.size() == 1);

    const Bytes state = *codec::encode_decisions(core::snapshot(world.machine.state()));
    REQUIRE(
        holds(state, "ana"));  // names of staff are no secret: the search does find what is there
    for (const std::string& text : kTexts) {
        INFO(text);
        CHECK_FALSE(holds(state, text));
        for (const Entry& entry : world.entries) {
            CHECK_FALSE(holds(*codec::encode_decisions(entry.decisions), text));
        }
    }
}
