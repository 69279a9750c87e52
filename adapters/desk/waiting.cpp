#include "adapters/desk/waiting.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace carehub::adapters::desk {
namespace {

namespace json = boost::json;

constexpr int kVersion = 1;

json::object to_json(const WaitingNotice& notice) {
    return {{"number", notice.number},
            {"alert", notice.alert_id},
            {"client", notice.client},
            {"severity", name_of(notice.severity)},
            {"since", notice.since.time_since_epoch().count()},
            {"due", notice.due.time_since_epoch().count()},
            {"message", notice.message},
            {"mail", notice.leg(Channel::Mail).is_open},
            {"webhook", notice.leg(Channel::Webhook).is_open}};
}

/// Throws what Boost.JSON throws where something else stands there.
WaitingNotice notice_from(const json::object& object) {
    const auto text = [&](std::string_view key) { return std::string(object.at(key).as_string()); };
    const auto time = [&](std::string_view key) {
        return UtcTime{Micros{object.at(key).to_number<std::int64_t>()}};
    };
    WaitingNotice notice;
    notice.number = object.at("number").to_number<std::uint64_t>();
    notice.alert_id = text("alert");
    notice.client = text("client");
    notice.severity = parse_name<Severity>(text("severity")).value_or(Severity::Unset);
    notice.since = time("since");
    notice.due = time("due");
    notice.message = text("message");
    notice.leg(Channel::Mail).is_open = object.at("mail").as_bool();
    notice.leg(Channel::Webhook).is_open = object.at("webhook").as_bool();
    return notice;
}

bool has_open_leg(const WaitingNotice& notice) {
    return std::ranges::any_of(notice.legs, &Leg::is_open);
}

}  // namespace

Status Waiting::load() {
    CAREHUB_TRY(const std::string text, state_.load());
    if (text.empty()) {
        return {};
    }
    try {
        const json::value value = json::parse(text);
        const json::object& root = value.as_object();
        if (root.at("version").to_number<int>() == kVersion) {
            for (const json::value& id : root.at("told").as_array()) {
                told_.add(std::string(id.as_string()));
            }
            for (const json::value& one : root.at("notices").as_array()) {
                notices_.push_back(notice_from(one.as_object()));
            }
            return {};
        }
    } catch (const std::exception&) {
        notices_.clear();
    }
    return fail(ErrorCode::Damaged, "what waits for a person is not what was written");
}

Status Waiting::save() {
    json::array told;
    for (const std::string& id : told_.ids()) {
        told.emplace_back(id);
    }
    json::array notices;
    for (const WaitingNotice& notice : notices_) {
        notices.push_back(to_json(notice));
    }
    return state_.save(json::serialize(json::object{
        {"version", kVersion}, {"told", std::move(told)}, {"notices", std::move(notices)}}));
}

void Waiting::put(WaitingNotice notice) {
    WaitingNotice* const known = find(notice.alert_id);
    if (known == nullptr) {
        notices_.push_back(std::move(notice));
        return;
    }
    notice.due = std::min(notice.due, known->due);
    notice.since = std::min(notice.since, known->since);
    *known = std::move(notice);
}

void Waiting::drop(const std::string& alert_id) {
    std::erase_if(notices_, [&](const WaitingNotice& one) { return one.alert_id == alert_id; });
}

void Waiting::close(const std::string& alert_id, Channel channel) {
    if (WaitingNotice* const notice = find(alert_id)) {
        notice->leg(channel).is_open = false;
    }
    std::erase_if(notices_, [](const WaitingNotice& one) { return !has_open_leg(one); });
}

WaitingNotice* Waiting::find(const std::string& alert_id) {
    const auto found = std::ranges::find(notices_, alert_id, &WaitingNotice::alert_id);
    return found == notices_.end() ? nullptr : &*found;
}

}  // namespace carehub::adapters::desk
