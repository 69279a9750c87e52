// The samples are what the README promises: both versions give the events in expected.jsonl.
#include <array>
#include <fstream>
#include <sstream>

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

namespace fs = std::filesystem;

/// One JSON object, written member by member; texts of the samples need no escapes but quotes.
class JsonLine {
public:
    void text(std::string_view name, std::string_view value) { raw(name, quoted(value)); }
    void number(std::string_view name, std::uint64_t value) {
        if (value != 0) {
            raw(name, std::to_string(value));
        }
    }
    void raw(std::string_view name, const std::string& value) {
        text_ += (text_.empty() ? "" : ",") + quoted(name) + ":" + value;
    }
    template <class E>
    void word(std::string_view name, E value) {
        if (value != E::Unset) {
            text(name, name_of(value));
        }
    }
    void day(std::string_view name, std::optional<Date> value) {
        if (value) {
            text(name, to_iso(*value));
        }
    }
    [[nodiscard]] std::string close() const { return "{" + text_ + "}"; }

private:
    static std::string quoted(std::string_view value) {
        std::string result = "\"";
        for (const char c : value) {
            result += c == '"' ? "\\\"" : std::string(1, c);
        }
        return result + '"';
    }
    std::string text_;
};

std::string to_json(const HousingClaim& claim) {
    JsonLine json;
    json.text("project", claim.project);
    json.number("project_type", claim.project_type);
    json.text("enrollment", claim.enrollment);
    json.text("household", claim.household);
    json.day("date", claim.date);
    json.number("situation", claim.situation);
    json.word("situation_class", claim.situation_class);
    json.number("subsidy", claim.subsidy);
    json.day("move_in", claim.move_in);
    json.number("destination", claim.destination);
    json.number("event_code", claim.event_code);
    json.number("result", claim.result);
    json.day("result_date", claim.result_date);
    json.word("leave_14d", claim.leave_14d);
    json.word("grade", claim.grade);
    json.day("deadline", claim.deadline);
    json.raw("subsequent_residence", std::to_string(claim.subsequent_residence));
    json.raw("time_to_loss", std::to_string(claim.time_to_loss));
    json.number("exit_reason", claim.exit_reason);
    return json.close();
}

std::string to_json(const PersonClaim& claim) {
    JsonLine json;
    for (const PersonName& name : claim.names) {
        JsonLine one;
        one.text("family", name.family);
        one.text("given", name.given);
        json.raw("names", "[" + one.close() + "]");
    }
    json.day("birth", claim.birth);
    json.word("sex", claim.sex);
    return json.close();
}

std::string to_json(const Submission& event) {
    const TimeZone& zone = test_site().zone;
    JsonLine identifier;
    identifier.text("authority", event.identifiers.at(0).authority);
    identifier.text("type", event.identifiers.at(0).type);
    identifier.text("value", event.identifiers.at(0).value);
    JsonLine json;
    json.text("kind", name_of(event.kind));
    json.text("occurred_at", to_iso(zone, event.occurred_at));
    json.text("recorded_at", to_iso(zone, event.recorded_at));
    json.text("zone", event.zone);
    json.raw("time_flags", event.time_flags.has(TimeFlag::DateOnly) ? "[\"DateOnly\"]" : "[]");
    json.raw("identifiers", "[" + identifier.close() + "]");
    json.text("business_key", event.business_key);
    const auto* housing = std::get_if<HousingClaim>(&event.payload);
    json.raw("payload", housing != nullptr ? to_json(*housing)
                                           : to_json(std::get<PersonClaim>(event.payload)));
    return json.close();
}

std::string expected_lines(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the samples of both versions give the expected events", "[housing]") {
    const fs::path samples = fs::path(CAREHUB_SOURCE_DIR) / "adapters" / "housing" / "samples";
    const std::string expected = expected_lines(samples / "expected.jsonl");
    REQUIRE_FALSE(expected.empty());
    for (const char* year : {"fy2024", "fy2026"}) {
        CAPTURE(year);
        KnownRows known;
        const auto parsed = read_export(samples / year, test_site(), known);
        REQUIRE(parsed);
        std::string lines;
        for (const Submission& event : parsed->events) {
            lines += to_json(event) + "\n";
        }
        CHECK(lines == expected);
        REQUIRE(parsed->refusals.size() == 1);
        CHECK(parsed->refusals[0].file == "CurrentLivingSituation.csv");
        CHECK(parsed->refusals[0].refusal.field == "InformationDate");
    }
}
