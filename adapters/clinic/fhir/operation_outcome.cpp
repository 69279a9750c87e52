#include "adapters/clinic/fhir/operation_outcome.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/clinic/fhir/outcome_json.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

namespace json = boost::json;

struct Row {
    RefusalReason reason;
    std::string_view code;
    unsigned http_status;
};

constexpr unsigned kUnprocessable = 422;
constexpr Row kUnlisted{RefusalReason::None, "processing", kUnprocessable};
constexpr Row kRows[] = {
    {RefusalReason::TooLarge, "too-long", 413},
    {RefusalReason::Malformed, "structure", 400},
    {RefusalReason::WrongVersion, "not-supported", kUnprocessable},
    {RefusalReason::NotAllowed, "forbidden", 403},
    {RefusalReason::KindNotInCapability, "not-supported", kUnprocessable},
    {RefusalReason::IdReused, "conflict", 409},
    {RefusalReason::LaneParked, "transient", 503},
    {RefusalReason::Overloaded, "throttled", 429},
    {RefusalReason::Paused, "transient", 503},
    {RefusalReason::DiskLow, "transient", 503},
    {RefusalReason::MissingField, "required", kUnprocessable},
    {RefusalReason::InvalidField, "value", kUnprocessable},
    {RefusalReason::PayloadMismatch, "invalid", 400},
    {RefusalReason::FieldTooLong, "too-long", kUnprocessable},
    {RefusalReason::TooManyItems, "too-costly", kUnprocessable},
    {RefusalReason::UnknownZone, "value", kUnprocessable},
    {RefusalReason::ClockRunsAhead, "value", kUnprocessable},
    {RefusalReason::UnknownPartner, "forbidden", 403},
    {RefusalReason::UnknownClient, "not-found", kUnprocessable},
    {RefusalReason::AlreadyExists, "duplicate", 409},
    {RefusalReason::NotFound, "not-found", kUnprocessable},
    {RefusalReason::FormatUnreadable, "structure", 400},
    {RefusalReason::FormatVersion, "not-supported", kUnprocessable},
    {RefusalReason::UnknownReference, "not-found", kUnprocessable},
    {RefusalReason::TimeUnresolvable, "required", kUnprocessable},
    {RefusalReason::ProcessingIdNotAllowed, "forbidden", 403},
    {RefusalReason::CharacterSet, "structure", 400},
};

const Row& row_of(RefusalReason reason) {
    const auto* found = std::find_if(std::begin(kRows), std::end(kRows),
                                     [&](const Row& row) { return row.reason == reason; });
    return found == std::end(kRows) ? kUnlisted : *found;
}

std::string_view severity_code(IssueSeverity severity) {
    switch (severity) {
        case IssueSeverity::Fatal: return "fatal";
        case IssueSeverity::Error: return "error";
        case IssueSeverity::Warning: return "warning";
        case IssueSeverity::Information: return "information";
    }
    return "error";
}

/// Our paths begin with a type; the fields of a submission do not.
bool is_expression(std::string_view field) {
    return !field.empty() && field.front() >= 'A' && field.front() <= 'Z';
}

}  // namespace

Issue issue_of(const Refusal& refusal) {
    const Row& row = row_of(refusal.reason);
    const bool fatal = row.code == "structure" || refusal.reason == RefusalReason::TooLarge;
    std::string text = std::string(name_of(refusal.reason)) + ": " + refusal.fix;
    const bool placed = is_expression(refusal.field);
    if (!placed && !refusal.field.empty()) {
        text += " (" + refusal.field + ")";
    }
    return {fatal ? IssueSeverity::Fatal : IssueSeverity::Error, row.code, std::move(text),
            placed ? refusal.field : std::string{}};
}

Issue no_answer_issue() {
    return {IssueSeverity::Error,
            "timeout",
            "the hub did not answer in time: send the same document again",
            {}};
}

std::vector<Issue> issues_of(const Reading& reading) {
    std::vector<Issue> issues;
    for (const RecordRefusal& refused : reading.parsed.refusals) {
        issues.push_back(issue_of(refused.refusal));
    }
    for (const Finding& finding : reading.parsed.findings) {
        issues.push_back({IssueSeverity::Warning, "informational", finding.what,
                          is_expression(finding.field) ? finding.field : std::string{}});
    }
    if (reading.disposal == Disposal::NotActedOn) {
        issues.push_back({IssueSeverity::Information,
                          "informational",
                          "accepted; it says nothing that the hub acts on",
                          {}});
    } else if (issues.empty()) {
        issues.push_back({IssueSeverity::Information, "informational", "stored", {}});
    }
    return issues;
}

json::object outcome_json(std::span<const Issue> issues) {
    json::array list;
    for (const Issue& issue : issues) {
        json::object one{{"severity", severity_code(issue.severity)},
                         {"code", issue.code},
                         {"diagnostics", issue.diagnostics}};
        if (!issue.expression.empty()) {
            one["expression"] = json::array{issue.expression};
        }
        list.push_back(std::move(one));
    }
    return {{"resourceType", "OperationOutcome"}, {"issue", std::move(list)}};
}

std::string operation_outcome(std::span<const Issue> issues) {
    return json::serialize(outcome_json(issues));
}

unsigned http_status_of(RefusalReason reason) { return row_of(reason).http_status; }

}  // namespace carehub::adapters::clinic::fhir
