#include "adapters/supervision/known_bookings.hpp"

#include <boost/json.hpp>

namespace carehub::adapters::supervision {
namespace {

namespace json = boost::json;

constexpr std::int64_t kVersion = 1;

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Damaged, "the memory of earlier rosters is not what was written");
}

json::object write(const KnownBooking& known) {
    return {{"client", known.client},   {"hash", known.hash},
            {"last_id", known.last_id}, {"revision", known.revision},
            {"stay", known.stay},       {"misses", known.misses},
            {"ended", known.ended},     {"ended_us", known.ended_at.time_since_epoch().count()}};
}

bool read_text(const json::object& from, const char* key, std::string& out) {
    const json::value* const value = from.if_contains(key);
    const json::string* const text = value == nullptr ? nullptr : value->if_string();
    out = text == nullptr ? "" : std::string(text->data(), text->size());
    return text != nullptr;
}

bool read_count(const json::object& from, const char* key, std::uint32_t& out) {
    const json::value* const value = from.if_contains(key);
    const std::int64_t* const number = value == nullptr ? nullptr : value->if_int64();
    const bool sound = number != nullptr && *number >= 0 && *number <= UINT32_MAX;
    out = sound ? static_cast<std::uint32_t>(*number) : 0;
    return sound;
}

bool read(const json::value& value, KnownBooking& known) {
    const json::object* const from = value.if_object();
    if (from == nullptr) {
        return false;
    }
    const json::value* const ended = from->if_contains("ended");
    const json::value* const ended_at = from->if_contains("ended_us");
    if (ended == nullptr || !ended->is_bool() || ended_at == nullptr || !ended_at->is_int64()) {
        return false;
    }
    known.ended = ended->get_bool();
    known.ended_at = UtcTime{Micros{ended_at->get_int64()}};
    return read_text(*from, "client", known.client) && read_text(*from, "hash", known.hash) &&
           read_text(*from, "last_id", known.last_id) &&
           read_count(*from, "revision", known.revision) && read_count(*from, "stay", known.stay) &&
           read_count(*from, "misses", known.misses);
}

}  // namespace

std::string KnownBookings::to_text() const {
    json::object all;
    for (const auto& [number, known] : bookings) {
        all.emplace(number, write(known));
    }
    return json::serialize(json::object{{"version", kVersion},
                                        {"written_us", written_at.time_since_epoch().count()},
                                        {"bookings", std::move(all)}});
}

Result<KnownBookings> KnownBookings::from_text(std::string_view text) {
    KnownBookings known;
    if (text.empty()) {
        return known;
    }
    json::error_code error;
    const json::value root = json::parse(json::string_view(text.data(), text.size()), error);
    const json::object* const object = error ? nullptr : root.if_object();
    const json::value* const all = object == nullptr ? nullptr : object->if_contains("bookings");
    if (all == nullptr || !all->is_object() || object->at("version") != json::value(kVersion)) {
        return damaged();
    }
    if (const json::value* const written = object->if_contains("written_us")) {
        if (!written->is_int64()) {
            return damaged();
        }
        known.written_at = UtcTime{Micros{written->get_int64()}};
    }
    for (const auto& entry : all->get_object()) {
        const std::string number(entry.key().data(), entry.key().size());
        if (!read(entry.value(), known.bookings[number])) {
            return damaged();
        }
    }
    return known;
}

}  // namespace carehub::adapters::supervision
