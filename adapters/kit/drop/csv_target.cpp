#include "adapters/kit/drop/csv_target.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "adapters/kit/out/delivery_id.hpp"

namespace carehub::adapters {
namespace {

namespace json = boost::json;

constexpr std::size_t kNumberDigits = 9;

/// "20261122T140512Z"
std::string basic_form(UtcTime time) {
    std::string text = to_iso(time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

}  // namespace

CsvTarget::CsvTarget(Parts parts)
    : DropTarget(parts.loop),
      clock_(parts.clock),
      folder_(std::move(parts.folder)),
      state_(std::move(parts.state)) {}

Result<std::unique_ptr<CsvTarget>> CsvTarget::create(Parts parts) {
    std::unique_ptr<CsvTarget> target(new CsvTarget(std::move(parts)));
    CAREHUB_TRY_DONE(target->load());
    return target;
}

Status CsvTarget::load() {
    CAREHUB_TRY(const std::string text, state_.load());
    if (text.empty()) {
        return {};
    }
    json::error_code error;
    const json::value value = json::parse(text, error);
    const json::object* const of = value.if_object();
    const json::array* const told =
        of != nullptr && of->contains("told") ? of->at("told").if_array() : nullptr;
    if (error || told == nullptr || !of->contains("now") || !of->at("now").is_string() ||
        !of->contains("number") || !of->at("number").is_int64() || !of->contains("second") ||
        !of->at("second").is_int64()) {
        return fail(ErrorCode::Damaged, "what is kept of dropped files is not what was written");
    }
    for (const json::value& id : *told) {
        told_.add(id.is_string() ? std::string(id.get_string()) : std::string());
    }
    shown_now_ = of->at("now").get_string();
    number_ = static_cast<std::uint64_t>(of->at("number").get_int64());
    second_ = of->at("second").get_int64();
    return {};
}

std::string CsvTarget::state_text() const {
    return json::serialize(json::object{{"version", 1},
                                        {"told", json::value_from(told_.ids())},
                                        {"now", shown_now_},
                                        {"number", static_cast<std::int64_t>(number_)},
                                        {"second", second_}});
}

Status CsvTarget::prepare() {
    CAREHUB_TRY_DONE(folder_.open());
    return settle();
}

/// What still lies aside was not shown: it is forgotten, and the hub gives it again if it may.
Status CsvTarget::settle() {
    const bool was_shown = !folder_.has_aside();
    if (!shown_now_.empty() && was_shown) {
        told_.add(shown_now_);
    }
    shown_now_.clear();
    return was_shown ? Status{} : folder_.drop_aside();
}

TargetAnswer CsvTarget::take(const Notice& notice) {
    const std::string delivery = delivery_id(notice);
    if (told_.has(delivery)) {
        return {Taking::Taken, {}, {}};
    }
    const auto row = csv_row(notice, zones_);
    if (!row) {
        return {Taking::Refused, row.error(), {}};
    }
    if (!*row) {
        return {Taking::Nothing, {}, {}};
    }
    const Status done = drop(delivery, **row);
    return done ? TargetAnswer{Taking::Taken, {}, {}} : away(done.error());
}

Status CsvTarget::drop(const std::string& delivery, const std::string& row) {
    CAREHUB_TRY_DONE(folder_.put_aside(as_bytes(csv_header() + row)));
    const std::string name = next_name();
    shown_now_ = delivery;
    CAREHUB_TRY_DONE(state_.save(state_text()));
    const Status shown = folder_.show_as(name);
    if (!shown && shown.error().code == ErrorCode::NotFound) {
        CAREHUB_TRY_DONE(forget_shown());
    }
    return shown ? settle() : shown;
}

/// Also for the next start, which would take what is neither aside nor forgotten as shown.
Status CsvTarget::forget_shown() {
    shown_now_.clear();
    return state_.save(state_text());
}

std::string CsvTarget::next_name() {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
    second_ = std::max(second_, static_cast<std::int64_t>(now.time_since_epoch().count()));
    const std::string time = basic_form(UtcTime{std::chrono::seconds{second_}});
    std::string name;
    do {
        const std::string digits = std::to_string(++number_);
        name = "carehub-" + time + "-" +
               std::string(kNumberDigits - std::min(kNumberDigits, digits.size()), '0') + digits +
               ".csv";
    } while (folder_.has(name));
    return name;
}

}  // namespace carehub::adapters
