#include "adapters/desk/situation.hpp"

#include <boost/json.hpp>

namespace carehub::adapters::desk {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* const value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

const json::array& array_at(const json::object& object, std::string_view key) {
    static const json::array kNone;
    const json::value* const value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

SuggestedStep step_from(const json::object& object) {
    const json::value* const consent = object.if_contains("needs_consent");
    return {text_at(object, "action"), text_at(object, "by"), text_at(object, "who"),
            text_at(object, "why"),
            consent != nullptr && consent->is_bool() && consent->get_bool()};
}

}  // namespace

std::optional<Situation> read_situation(std::string_view line) {
    json::error_code error;
    const json::value value = json::parse({line.data(), line.size()}, error);
    if (error || !value.is_object()) {
        return std::nullopt;
    }
    const json::object& object = value.get_object();
    Situation read;
    read.alert_id = text_at(object, "alert_id");
    read.severity = parse_name<Severity>(text_at(object, "severity")).value_or(Severity::Unset);
    read.state = parse_name<AlertState>(text_at(object, "state")).value_or(AlertState::Unset);
    read.client = text_at(object, "client");
    read.owner = text_at(object, "owner");
    read.raised_at = text_at(object, "raised_at");
    read.act_by = text_at(object, "act_by");
    read.text = text_at(object, "text");
    for (const json::value& one : array_at(object, "suggestions")) {
        if (one.is_object()) {
            read.suggestions.push_back(step_from(one.get_object()));
        }
    }
    for (const json::value& one : array_at(object, "evidence")) {
        const std::uint64_t sequence = one.to_number<std::uint64_t>(error);
        if (!error) {
            read.evidence.push_back(sequence);
        }
    }
    return read.alert_id.empty() || read.state == AlertState::Unset ? std::nullopt
                                                                    : std::optional(read);
}

}  // namespace carehub::adapters::desk
