#include "tools/county/truth.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "hub/base/check.hpp"
#include "tools/county/limits.hpp"

namespace carehub::county {
namespace {

std::string_view name_of(TruthType type) {
    switch (type) {
        case TruthType::Alert: return "alert";
        case TruthType::Trap: return "trap";
        case TruthType::Withheld: return "withheld";
        case TruthType::Delivered: return "delivered";
        case TruthType::Event: return "event";
    }
    return "";
}

std::string line_of(const Person& person, const TruthLine& line) {
    JsonLine json;
    json.text("type", name_of(line.type));
    switch (line.type) {
        case TruthType::Alert:
            json.text("rule", line.rule).text("client", person.name).list("ids", line.ids);
            json.number("day", static_cast<std::uint64_t>(line.day)).text("expect", line.expect);
            json.text("by", line.told ? "story" : "plan");
            break;
        case TruthType::Trap:
            json.text("client", person.name).text("rule", line.rule);
            json.number("day", static_cast<std::uint64_t>(line.day));
            break;
        case TruthType::Withheld:
        case TruthType::Delivered:
            json.text("client", person.name)
                .text("partner", "clinic")
                .text("recipient", line.recipient);
            json.list("ids", line.ids);
            break;
        case TruthType::Event:
            json.text("kind", line.rule).text("client", person.name);
            json.text("partner", line.recipient).list("ids", line.ids).number("count", line.count);
            break;
    }
    return json.text("why", line.why).str() + "\n";
}

bool is_judged(std::string_view rule) {
    return std::ranges::find(judged_rules(), rule) != judged_rules().end();
}

}  // namespace

std::span<const std::string_view> judged_rules() {
    static constexpr auto kRules =
        std::to_array<std::string_view>({"BreakGlass",          "CaseloadExceeded",
                                         "CheckInMissed",       "CheckInUpcoming",
                                         "ClientDeceased",      "ClientUnavailable",
                                         "ConsentExpiring",     "ConsentRevoked",
                                         "ContactGap",          "CourtAppearanceUpcoming",
                                         "CustodyReleased",     "CustodyStarted",
                                         "DischargeContactDue", "DischargePlanned",
                                         "DischargeVisitDue14", "DischargeVisitDue30",
                                         "DischargeVisitDue7",  "Disengagement",
                                         "EdFollowUpMh",        "EdFollowUpSud",
                                         "FailureToAppear",     "HearingChanged",
                                         "HearingUnlisted",     "HousingAtRisk",
                                         "HousingInterrupted",  "HousingLost",
                                         "HousingMeetingDue",   "HousingUnknown",
                                         "IdentityConflict",    "InitialReportDue",
                                         "LeftAgainstAdvice",   "LinkBreach",
                                         "LostContact",         "MissedVisit",
                                         "MoveNoticeDue",       "NoFollowUpBooked",
                                         "OutcomeUnknown",      "PossibleDuplicate",
                                         "ReferralNoResult",    "ScheduleConflict",
                                         "TightTravel",         "UnassignedClient",
                                         "VictimFeedReceived",  "WarrantIssued"});
    return kRules;
}

TruthFile::TruthFile(const World& world, const std::filesystem::path& out)
    : world_(world), file_(out / "truth.jsonl") {}

void TruthFile::count(Counts& counts, std::string_view name) { ++counts[std::string(name)]; }

void TruthFile::add(const ClientPlan& plan) {
    for (const TruthLine& line : plan.truth) {
        count(by_type_, name_of(line.type));
        const bool names_rule = line.type == TruthType::Alert || line.type == TruthType::Trap;
        CAREHUB_CHECK(!names_rule || is_judged(line.rule),
                      "a rule that is planted or tempted is judged");
        if (line.type == TruthType::Alert) {
            count(by_rule_, line.rule);
            count(by_expect_, line.expect);
        }
        file_.write(line_of(plan.person, line));
    }
}

std::string TruthFile::object_of(const Counts& counts) {
    JsonLine json;
    for (const auto& [name, count] : counts) {
        json.number(name, count);
    }
    return json.str();
}

/// Three in four of what a case manager may have is told to the supervisor (domain/12: 15 of 20).
void TruthFile::add_caseloads() {
    constexpr std::uint64_t kLimit = 30;  // of directory/staff.csv
    const std::uint64_t managers = case_managers_for(world_.clients());
    for (std::uint64_t manager = 1; manager <= managers; ++manager) {
        const std::uint64_t before = (manager - 1) * kClientsPerCaseManager;
        const std::uint64_t clients = std::min(kClientsPerCaseManager, world_.clients() - before);
        if (clients * 4 <= kLimit * 3) {
            continue;
        }
        const TruthLine line{TruthType::Alert,
                             "CaseloadExceeded",
                             "owner",
                             {},
                             1,
                             "open",
                             "a case manager has more than three in four of the limit",
                             0,
                             false};
        count(by_type_, name_of(line.type));
        count(by_rule_, line.rule);
        count(by_expect_, line.expect);
        file_.write(line_of({}, line));
    }
}

Status TruthFile::close() {
    add_caseloads();
    const std::vector<std::string> judges(judged_rules().begin(), judged_rules().end());
    file_.write(JsonLine()
                    .text("type", "summary")
                    .number("clients", world_.clients())
                    .number("days", static_cast<std::uint64_t>(world_.days()))
                    .number("alerts", by_type_["alert"])
                    .number("traps", by_type_["trap"])
                    .number("withheld", by_type_["withheld"])
                    .number("delivered", by_type_["delivered"])
                    .number("events", by_type_["event"])
                    .list("judges", judges)
                    .raw("by_rule", object_of(by_rule_))
                    .raw("by_expect", object_of(by_expect_))
                    .str() +
                "\n");
    return file_.close();
}

}  // namespace carehub::county
