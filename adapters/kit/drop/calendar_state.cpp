// The calendar as it is kept (calendar.hpp), read and written.
#include <boost/json.hpp>

#include "adapters/kit/drop/calendar.hpp"

namespace carehub::adapters {
namespace {

namespace json = boost::json;

json::value time_or_null(UtcTime time) {
    return time == kUnknownTime ? json::value(nullptr)
                                : json::value(time.time_since_epoch().count());
}

json::object to_json(const CalendarEntry& entry) {
    const EntryContent& content = entry.content;
    return {
        {"key", entry.key},
        {"sequence", entry.sequence},
        {"stamp", entry.stamp.time_since_epoch().count()},
        {"number", entry.number},
        {"series", entry.series},
        {"start", time_or_null(content.period.start)},
        {"end", time_or_null(content.period.end)},
        {"date", content.period.date ? json::value(content.period.date->time_since_epoch().count())
                                     : json::value(nullptr)},
        {"open", content.is_open},
        {"status", static_cast<int>(content.status)},
        {"takes_time", content.takes_time},
        {"summary", content.summary},
        {"location", content.location},
        {"description", content.description},
        {"clients", json::value_from(content.clients)}};
}

/// Whoever sealed the text wrote it: what does not fit is another version's.
class Reading {
public:
    explicit Reading(const json::value& value) {
        is_well_ = value.is_object();
        object_ = is_well_ ? &value.get_object() : nullptr;
    }

    std::int64_t number(std::string_view key) {
        const json::value* const value = find(key);
        json::error_code error;
        const std::int64_t number = value != nullptr ? value->to_number<std::int64_t>(error) : 0;
        is_well_ = is_well_ && !error;
        return number;
    }
    UtcTime time(std::string_view key) { return UtcTime{Micros{may_be(key).value_or(0)}}; }
    std::optional<std::int64_t> may_be(std::string_view key) {
        const json::value* const value = find(key);
        return value == nullptr || value->is_null() ? std::nullopt : std::optional(number(key));
    }
    std::string text(std::string_view key) {
        const json::value* const value = find(key);
        is_well_ = is_well_ && value->is_string();
        return is_well_ ? std::string(value->get_string()) : std::string();
    }
    /// Empty where an earlier version kept none.
    std::string text_or_none(std::string_view key) {
        return is_well_ && !object_->contains(key) ? std::string() : text(key);
    }
    bool flag(std::string_view key) {
        const json::value* const value = find(key);
        is_well_ = is_well_ && value->is_bool();
        return is_well_ && value->get_bool();
    }
    std::vector<std::string> texts(std::string_view key) {
        const json::value* const value = find(key);
        is_well_ = is_well_ && value->is_array();
        std::vector<std::string> texts;
        for (const json::value& one : is_well_ ? value->get_array() : json::array()) {
            is_well_ = is_well_ && one.is_string();
            texts.emplace_back(is_well_ ? std::string(one.get_string()) : std::string());
        }
        return texts;
    }
    const json::array* array(std::string_view key) {
        const json::value* const value = find(key);
        is_well_ = is_well_ && value->is_array();
        return is_well_ ? &value->get_array() : nullptr;
    }
    [[nodiscard]] bool is_well() const { return is_well_; }

private:
    const json::value* find(std::string_view key) {
        const json::value* const value = is_well_ ? object_->if_contains(key) : nullptr;
        is_well_ = value != nullptr;
        return value;
    }

    const json::object* object_ = nullptr;
    bool is_well_ = false;
};

std::optional<CalendarEntry> entry_from(const json::value& value) {
    Reading of(value);
    CalendarEntry entry;
    entry.key = of.text("key");
    entry.sequence = static_cast<std::uint32_t>(of.number("sequence"));
    entry.stamp = of.time("stamp");
    entry.number = static_cast<std::uint64_t>(of.number("number"));
    entry.series = of.text_or_none("series");
    EntryContent& content = entry.content;
    content.period.start = of.time("start");
    content.period.end = of.time("end");
    if (const auto days = of.may_be("date")) {
        content.period.date = Date{std::chrono::days{*days}};
    }
    content.is_open = of.flag("open");
    const std::int64_t status = of.number("status");
    content.status = static_cast<EntryStatus>(status);
    content.takes_time = of.flag("takes_time");
    content.summary = of.text("summary");
    content.location = of.text("location");
    content.description = of.text("description");
    content.clients = of.texts("clients");
    const bool is_status =
        status >= 0 && status <= static_cast<std::int64_t>(EntryStatus::Cancelled);
    return of.is_well() && is_status ? std::optional(std::move(entry)) : std::nullopt;
}

}  // namespace

std::string to_text(const Calendar& calendar, const RecentDeliveries& told) {
    json::array entries;
    for (const auto& [key, entry] : calendar.entries()) {
        entries.push_back(to_json(entry));
    }
    return json::serialize(json::object{
        {"version", 1}, {"told", json::value_from(told.ids())}, {"entries", std::move(entries)}});
}

Status read_calendar(std::string_view text, Calendar& calendar, RecentDeliveries& told) {
    const auto damaged = [] {
        return fail(ErrorCode::Damaged, "what is kept of the calendar is not what was written");
    };
    if (text.empty()) {
        return {};
    }
    json::error_code error;
    const json::value value = json::parse({text.data(), text.size()}, error);
    if (error) {
        return damaged();
    }
    Reading of(value);
    const std::int64_t version = of.number("version");
    for (std::string& id : of.texts("told")) {
        told.add(std::move(id));
    }
    const json::array* const entries = of.array("entries");
    if (version != 1 || !of.is_well()) {
        return damaged();
    }
    for (const json::value& one : *entries) {
        auto entry = entry_from(one);
        if (!entry) {
            return damaged();
        }
        calendar.put(std::move(*entry));
    }
    return {};
}

}  // namespace carehub::adapters
