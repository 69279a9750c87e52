// The question `explain`, asked of a folder that was fed.
#include "tests/unit/daemon/rights_office.hpp"

namespace carehub::daemon {
namespace {

std::vector<std::string> texts_of(const json::object& told, const char* list, const char* key) {
    std::vector<std::string> texts;
    for (const json::value& item : told.at(list).as_array()) {
        texts.emplace_back(item.as_object().at(key).as_string());
    }
    return texts;
}

}  // namespace

TEST_CASE("explain names the agreement, until when it holds, and what was decided then",
          "[daemon][explain]") {
    Office office;
    const json::object told = office.explain(office.hearing(), "clinic");
    CHECK(told.at("may") == true);
    CHECK(told.at("form") == "full");
    CHECK(told.at("rule") == "Agreement");
    CHECK(told.at("agreement").as_object().at("basis") == "basis of clinic");
    CHECK(told.at("until") == "2028-01-01T00:00:00-05:00");
    CHECK(texts_of(told, "changes", "text") == std::vector<std::string>{"the end of agreement 1"});
    CHECK(told.at("then").as_object().at("rule") == "Agreement");
}

TEST_CASE("explain says what would have to be agreed or signed", "[daemon][explain]") {
    Office office;
    const json::object told = office.explain(office.hearing(), "owner");
    CHECK(told.at("may") == false);
    CHECK(told.at("rule") == "NothingCovers");
    CHECK(texts_of(told, "changes", "what") == std::vector<std::string>{"agreement", "consent"});
    CHECK(told.at("until").is_null());
    CHECK(told.at("then").as_object().at("withheld") == "NoAgreement");
}

TEST_CASE("explain names the kind of consent that part 2 wants, and why others do not help",
          "[daemon][explain]") {
    Office office;
    office.agree("clinic", "court");
    office.agree("clinic", "owner");
    office.sign("c-1", ConsentKind::HipaaAuthorization, "court");
    office.sign("c-2", ConsentKind::Part2Specific, "owner", parse_iso_date("2026-02-01"));
    const std::string session = office.session();

    const json::object court = office.explain(session, "court");
    CHECK(court.at("rule") == "NoReferral");
    REQUIRE(court.at("changes").as_array().size() == 1);
    const json::object& needed = court.at("changes").as_array()[0].as_object();
    CHECK(needed.at("kinds") == json::array{"CriminalJusticeReferral"});
    CHECK(needed.at("purpose") == "CareCoordination");
    CHECK(
        texts_of(court, "considered", "why_not") ==
        std::vector<std::string>{"another kind of consent is needed", "it names other recipients"});

    CHECK(office.explain(session, "ana").at("rule") == "Part2ConsentExpired");
    CHECK(texts_of(office.explain(session, "ana"), "considered", "why_not") ==
          std::vector<std::string>{"it names other recipients", "it ended on 2026-02-01"});

    office.sign("c-3", ConsentKind::Part2Specific, "owner", parse_iso_date("2026-08-01"));
    const json::object owner = office.explain(session, "ana");
    CHECK(owner.at("may") == true);
    CHECK(owner.at("rule") == "Part2Consent");
    CHECK(owner.at("consent").as_object().at("consent") == "c-3");
    CHECK(owner.at("until") == "2026-08-01T00:00:00-04:00");
    CHECK(owner.at("then").as_object().at("rule") == "Part2ConsentExpired");
}

TEST_CASE("what staff read of a part 2 record carries the statement", "[daemon][explain]") {
    Office office;
    office.agree("clinic", "owner");
    office.sign("c-1", ConsentKind::Part2Specific, "owner");
    office.hearing();
    office.session();
    const follower::Answer told = office.answer("client", {{"client", "ada"}});
    REQUIRE(told.lines.size() == 1);
    std::size_t with_statement = 0;
    const json::value client = json::parse(told.lines.front());
    for (const json::value& item : client.at("obligations").as_array()) {
        const auto* statement = item.as_object().if_contains("required_statement");
        CHECK((statement != nullptr) == (item.at("partner") == "clinic"));
        with_statement +=
            statement != nullptr && statement->as_string() == kPart2Statement ? 1U : 0U;
    }
    CHECK(with_statement == 1);
    // The two collide: the alert tells of both.
    const follower::Answer alerts = office.answer("alerts", {{"state", "all"}});
    REQUIRE(alerts.lines.size() == 1);
    const json::value alert = json::parse(alerts.lines.front());
    const std::string text(alert.at("text").as_string());
    CHECK(text.ends_with(kPart2Statement));
    CHECK(text.find("The client's consent of 2026-01-01 allows clinic to tell ana of every kind of "
                    "event for the purpose CareCoordination; it ends upon an event that the form "
                    "names and may be revoked.") != std::string::npos);
}

TEST_CASE("explain asks for an agreement where the only one is for legal use",
          "[daemon][explain]") {
    Office office;
    office.agree("clinic", "court", PurposeOfUse::Legal);
    office.sign("c-1", ConsentKind::CriminalJusticeReferral, "court");
    const json::object told = office.explain(office.session(), "court");
    CHECK(told.at("rule") == "LegalPurpose");
    CHECK(told.at("agreement").is_null());
    CHECK(texts_of(told, "considered", "why_not") ==
          std::vector<std::string>{
              "it is for CareCoordination, the agreement is for something else"});
    CHECK(texts_of(told, "changes", "what") == std::vector<std::string>{"agreement"});
}

TEST_CASE("explain tells where neither consent nor agreement is asked about", "[daemon][explain]") {
    Office office;
    const auto rule = [&](const std::string& event, const std::string& recipient) {
        return std::string(office.explain(event, recipient).at("rule").as_string());
    };
    const std::string hearing = office.hearing();
    CHECK(rule(hearing, "court") == "OwnEvent");
    CHECK(rule(hearing, "sue") == "Role");
    CHECK(rule(hearing, "admin") == "NotTheirClient");  // an operator is told of no client
    CHECK(rule(hearing, "ben") == "NotTheirClient");
    const Submission wrong = SealedFolder::obligation("ada", EventKind::HearingScheduled, "h2");
    CHECK(rule(office.told("clinic", wrong), "court") == "Refused");
    const Submission stranger = SealedFolder::obligation("eve", EventKind::HearingScheduled, "h3");
    CHECK(rule(office.told("court", stranger), "clinic") == "NotLinked");
}

TEST_CASE("who may not read about the client is told nothing", "[daemon][explain]") {
    Office office;
    const std::string hearing = office.hearing();
    CHECK(office.asked(hearing, "clinic", "ben").refusal.reason == RefusalReason::NotAllowed);
    CHECK(office.asked(hearing, "clinic", "clinic").refusal.reason == RefusalReason::NotAllowed);
    // What is withheld from the client's own case manager is not explained to her either.
    CHECK(office.asked(hearing, "clinic", "ana").refusal.reason == RefusalReason::NotAllowed);
    CHECK(office.asked(hearing, "nobody").refusal.reason == RefusalReason::UnknownPartner);
    CHECK(office.asked("a-12-0", "clinic").refusal.reason == RefusalReason::NotFound);
}

TEST_CASE("a supervisor reads metadata, and what was said for a reason alone", "[daemon][roles]") {
    Office office;
    office.agree("clinic", "owner");
    office.agree("court", "owner");
    office.sign("c-1", ConsentKind::HipaaAuthorization, "owner");
    const std::string hearing = office.hearing();
    office.told("clinic", SealedFolder::obligation("ada", EventKind::AppointmentBooked, "v1"));
    const auto text_of = [&](const std::string& question, follower::Arguments arguments,
                             const std::string& reason) {
        arguments[follower::kReason] = reason;
        const follower::Answer told = office.answer(question, arguments);
        std::string text(told.refusal.field);
        for (const std::string& line : told.lines) {
            text += line;
        }
        return text;
    };
    const follower::Arguments ada{{"client", "ada"}};
    const auto tells = [&](const std::string& question, const follower::Arguments& arguments,
                           const std::string& word) {
        INFO(question << " " << word);
        CHECK(text_of(question, arguments, "").find(word) == std::string::npos);
        CHECK(text_of(question, arguments, "she asked why").find(word) != std::string::npos);
    };
    for (const std::string word : {"MRN-ada", "CASE-ada", "key-v1", "Place-of-ada", "HipaaAuth"}) {
        tells("client", ada, word);
    }
    tells("alerts", {}, "overlaps");
    tells("alerts", {}, "key-v1");
    tells("consents", ada, "HipaaAuth");
    tells("roster", {}, "Family-of-ada");
    for (const std::string word : {"ScheduleConflict", "Raised", "ada", "metadata"}) {
        CHECK(text_of("alerts", {}, "").find(word) != std::string::npos);
    }
    for (const std::string word : {"CourtAppearance", "Scheduled", "court", "metadata"}) {
        CHECK(text_of("client", ada, "").find(word) != std::string::npos);
    }
    CHECK(text_of("explain", {{"event", hearing}, {"recipient", "owner"}}, "") == "reason");
    CHECK(text_of("disclosures", ada, "") == "reason");
    CHECK(text_of("consent_whatif", ada, "") == "reason");
    CHECK(text_of("trail_export", ada, "") == "reason");
    CHECK(text_of("client", ada, "because") == "reason");
    CHECK(text_of("client", ada, std::string(501, 'x')) == "reason");
}

}  // namespace carehub::daemon
