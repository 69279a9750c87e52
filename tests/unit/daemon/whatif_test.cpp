// The question `consent_whatif`, asked of a folder that was fed.
#include "tests/unit/daemon/rights_office.hpp"

namespace carehub::daemon {
namespace {

/// "recipient discloser protected: before -> after", one for each line.
std::vector<std::string> rows_of(const follower::Answer& answer) {
    INFO(answer.refusal.field << " " << answer.refusal.fix);
    REQUIRE(answer.refusal.reason == RefusalReason::None);
    std::vector<std::string> rows;
    for (const std::string& line : answer.lines) {
        const json::object row = json::parse(line).as_object();
        const auto text = [&](const char* key) { return std::string(row.at(key).as_string()); };
        rows.push_back(text("recipient") + " " + text("discloser") + " " + text("protected") +
                       ": " + text("before") + " -> " + text("after") +
                       (row.at("every_kind").as_bool() ? "" : " of some"));
    }
    return rows;
}

follower::Arguments form(const std::string& kind, const std::string& recipients) {
    return {{"client", "ada"},
            {"kind", kind},
            {"purpose", "CareCoordination"},
            {"discloser", "clinic"},
            {"recipients", recipients},
            {"expiry_event", "the end of treatment"},
            {"signed", "2026-01-01"}};
}

}  // namespace

TEST_CASE("whatif tells who would be told more if a form were signed, and changes nothing",
          "[daemon][explain]") {
    Office office;
    office.agree("clinic", "owner");
    const auto last = office.desk.hub->machine.state().last;
    CHECK(rows_of(office.answer("consent_whatif", form("Part2Specific", "owner"))) ==
          std::vector<std::string>{"ana clinic part2: withheld -> full"});
    CHECK(rows_of(office.answer("consent_whatif", form("Part2Specific", "owner;court"))) ==
          std::vector<std::string>{"ana clinic part2: withheld -> full"});
    follower::Arguments one = form("HipaaAuthorization", "court");
    one["event_kinds"] = "AppointmentBooked";
    CHECK(rows_of(office.answer("consent_whatif", one)).empty());  // no agreement with the court
    office.agree("clinic", "court");
    CHECK(rows_of(office.answer("consent_whatif", one)) ==
          std::vector<std::string>{"court clinic : withheld -> full of some"});
    CHECK(office.desk.hub->machine.state().last.value == last.value + 1);  // the agreement
}

TEST_CASE("whatif says the same as signing and revoking then do", "[daemon][explain]") {
    Office office;
    office.agree("clinic", "court");
    const auto told =
        rows_of(office.answer("consent_whatif", form("CriminalJusticeReferral", "court")));
    CHECK(told == std::vector<std::string>{"court clinic : withheld -> full",
                                           "court clinic part2: withheld -> full"});
    office.sign("c-1", ConsentKind::CriminalJusticeReferral, "court");
    CHECK(office.explain(office.session(), "court").at("rule") == "JusticeReferral");
    CHECK(rows_of(office.answer("consent_whatif", {{"client", "ada"}, {"revoke", "c-1"}})) ==
          std::vector<std::string>{"court clinic : full -> withheld",
                                   "court clinic part2: full -> withheld"});
    CHECK(rows_of(
              office.answer("consent_whatif", {{"client", "ada"}, {"revoke", "c-1"}, {"all", "1"}}))
              .size() == 3);
}

TEST_CASE("whatif refuses what is no form, no consent, no client of the asker",
          "[daemon][explain]") {
    Office office;
    const auto refused = [&](const follower::Arguments& arguments,
                             const std::string& reader = "sue") {
        return office.answer("consent_whatif", arguments, reader).refusal;
    };
    CHECK(refused(form("Nothing", "owner")).field == "kind");
    CHECK(refused(form("HmisRoi", "nobody")).reason == RefusalReason::UnknownPartner);
    CHECK(refused({{"client", "ada"}, {"revoke", "c-9"}}).reason == RefusalReason::NotFound);
    CHECK(refused({{"client", "eve"}, {"revoke", "c-9"}}).reason == RefusalReason::UnknownClient);
    CHECK(refused(form("HmisRoi", "owner"), "ben").reason == RefusalReason::NotAllowed);
    follower::Arguments wrong = form("HmisRoi", "owner");
    wrong["expires"] = "tomorrow";
    CHECK(refused(wrong).field == "expires");
    follower::Arguments endless = form("Part2Specific", "owner");
    endless.erase("expiry_event");
    CHECK(refused(endless).reason == RefusalReason::MissingField);
    CHECK(refused(endless).fix.find("42 CFR 2.31(a)(7)") != std::string::npos);
}

}  // namespace carehub::daemon
