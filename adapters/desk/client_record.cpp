#include "adapters/desk/client_record.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "adapters/desk/limits.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::desk {
namespace {

namespace json = boost::json;

constexpr std::size_t kDateLetters = 10;

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* const value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

const json::array& array_at(const json::object& object, std::string_view key) {
    static const json::array kNone;
    const json::value* const value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

bool has_flag(const json::object& obligation, std::string_view flag) {
    return std::ranges::any_of(array_at(obligation, "flags"), [&](const json::value& one) {
        return one.is_string() && one.get_string() == flag;
    });
}

std::string title_of(std::string_view name) {
    using enum ObligationClass;
    switch (parse_name<ObligationClass>(name).value_or(Other)) {
        case CourtAppearance: return "Court appearance";
        case SupervisionCheckIn: return "Supervision check-in";
        case HousingMeeting: return "Housing meeting";
        case HousingInspection: return "Housing inspection";
        case BenefitsInterview: return "Benefits interview";
        case CaseManagerMeeting: return "Case manager meeting";
        case ClinicVisit:
        case TreatmentSession:
        case MedicationDosing:
        case DrugTest:
        case Group:
        case Other:
        case Unset: break;
    }
    return "Appointment";
}

bool is_shown(ObligationStatus status) {
    return status != ObligationStatus::Cancelled && status != ObligationStatus::Discontinued &&
           status != ObligationStatus::EnteredInError;
}

bool is_doubtful(ObligationStatus status) {
    return status == ObligationStatus::Proposed || status == ObligationStatus::Waitlisted ||
           status == ObligationStatus::Unconfirmed || status == ObligationStatus::Unlisted;
}

ToldPeriod period_of(const json::object& obligation) {
    const std::string start = text_at(obligation, "start");
    if (has_flag(obligation, "DateOnly")) {
        return {kUnknownTime, kUnknownTime,
                parse_iso_date(std::string_view{start}.substr(0, kDateLetters))};
    }
    ToldPeriod period;
    period.start = parse_iso_time(start).value_or(kUnknownTime);
    period.end = parse_iso_time(text_at(obligation, "end")).value_or(kUnknownTime);
    if (period.end <= period.start) {
        period.end = period.start + kUnknownEndLength;
    }
    return period;
}

/// Reads one record; knows whose it is.
class Reading {
public:
    Reading(const json::object& object, const EntryStyle& style) : style_(style) {
        record_.client = text_at(object, "client");
        record_.owner = text_at(object, "owner");
        shown_ = single_line(style.client_shown(record_.client));
        for (const json::value& one : array_at(object, "obligations")) {
            if (one.is_object()) {
                add_obligation(one.get_object());
            }
        }
        for (const json::value& one : array_at(object, "follow_ups")) {
            if (one.is_object()) {
                add_follow_up(one.get_object());
            }
        }
    }
    [[nodiscard]] ClientRecord take() { return std::move(record_); }

private:
    void add_obligation(const json::object& obligation) {
        const auto status = parse_name<ObligationStatus>(text_at(obligation, "status"))
                                .value_or(ObligationStatus::Unset);
        EntryContent content;
        content.period = period_of(obligation);
        if (!content.period.has_start() || !is_shown(status)) {
            return;
        }
        const bool is_open =
            content.period.date || is_doubtful(status) || has_flag(obligation, "TimeUncertain");
        content.status = is_open ? EntryStatus::Tentative : EntryStatus::Confirmed;
        content.summary = title_of(text_at(obligation, "class")) + " (" + shown_ + ")";
        content.location = style_.shows_places ? single_line(text_at(obligation, "place")) : "";
        content.description = content.period.date ? "Its time is not known." : "";
        add(text_at(obligation, "partner") + "\n" + text_at(obligation, "key"), std::move(content));
    }

    void add_follow_up(const json::object& duty) {
        const auto due = parse_iso_time(text_at(duty, "due"));
        const auto state = parse_name<DutyState>(text_at(duty, "state")).value_or(DutyState::Unset);
        if (!due || (state != DutyState::Open && state != DutyState::Late)) {
            return;
        }
        EntryContent content;
        content.period = {*due - kDutyLength, *due, std::nullopt};
        content.takes_time = false;
        content.summary = "Follow-up due (" + shown_ + ")";
        add("due\n" + text_at(duty, "program") + "\n" + text_at(duty, "open"), std::move(content));
    }

    void add(std::string key, EntryContent content) {
        content.clients = {record_.client};
        record_.entries.push_back({std::move(key), std::move(content)});
    }

    const EntryStyle& style_;
    std::string shown_;
    ClientRecord record_;
};

std::optional<json::object> object_of(std::string_view line) {
    json::error_code error;
    json::value value = json::parse({line.data(), line.size()}, error);
    const bool is_answer = !error && value.is_object() && value.get_object().contains("client");
    return is_answer ? std::optional(std::move(value.get_object())) : std::nullopt;
}

}  // namespace

std::optional<ClientRecord> read_client_record(std::string_view line, const EntryStyle& style) {
    const auto object = object_of(line);
    return object ? std::optional(Reading(*object, style).take()) : std::nullopt;
}

std::optional<RosterLine> read_roster_line(std::string_view line) {
    const auto object = object_of(line);
    if (!object) {
        return std::nullopt;
    }
    return RosterLine{
        text_at(*object, "client"), text_at(*object, "owner"),
        single_line(text_at(*object, "given_name") + " " + text_at(*object, "family_name"))};
}

}  // namespace carehub::adapters::desk
