#include "adapters/court/snapshot_store.hpp"

#include <array>

#include <boost/json.hpp>

namespace carehub::adapters::court {
namespace {

namespace json = boost::json;

constexpr std::int64_t kStoreVersion = 4;

json::object write_listing(const Listing& listing) {
    return {{"group", listing.group},
            {"message_id", listing.message_id},
            {"case", listing.case_number},
            {"participant", listing.participant},
            {"type", listing.type},
            {"room", listing.room},
            {"remote", listing.remote},
            {"start_us", listing.start.time_since_epoch().count()},
            {"end_us", listing.end.time_since_epoch().count()},
            {"day", listing.local_day.time_since_epoch().count()},
            {"date_only", listing.date_only},
            {"zone", listing.zone},
            {"time_flags", listing.time_flags.bits},
            {"labels", listing.labels.bits},
            {"state", static_cast<std::int64_t>(listing.state)},
            {"result", static_cast<std::int64_t>(listing.result)},
            {"transparent", listing.transparent},
            {"series", listing.series},
            {"own", listing.own},
            {"sequence", listing.sequence},
            {"stamped_us", listing.stamped_at.time_since_epoch().count()},
            {"occurred_us", listing.occurred_at.time_since_epoch().count()},
            {"raw_sha256", to_hex(listing.raw_sha256)}};
}

json::object write_known(const KnownListing& known) {
    return {{"listing", write_listing(known.listing)},
            {"source", static_cast<std::int64_t>(known.source)},
            {"known", static_cast<std::int64_t>(known.state)},
            {"lineage", known.lineage},
            {"digest", known.digest},
            {"last_id", known.last_id},
            {"version", known.version},
            {"misses", known.misses},
            {"stated_us", known.stated_at.time_since_epoch().count()},
            {"moved", known.moved}};
}

json::object write_warrant(const KnownWarrant& known) {
    return {{"digest", known.digest},
            {"version", known.version},
            {"stated_us", known.stated_at.time_since_epoch().count()},
            {"number", known.number},
            {"case", known.case_number},
            {"participant", known.participant},
            {"date", known.date ? to_iso(*known.date) : ""},
            {"stands", known.stands}};
}

constexpr std::array kSourceNames = {std::pair{Source::Calendar, "calendar_us"},
                                     std::pair{Source::Table, "table_us"}};

json::object write_newest(const std::map<Source, UtcTime>& newest) {
    json::object times;
    for (const auto& [source, name] : kSourceNames) {
        if (const auto at = newest.find(source); at != newest.end()) {
            times.emplace(name, at->second.time_since_epoch().count());
        }
    }
    return times;
}

/// Takes values out of an object; the first one missing or out of place makes the whole damaged.
class Fields {
public:
    explicit Fields(const json::object& object) : object_(object) {}

    void text(std::string_view key, std::string& out) {
        const json::value* const value = find(key);
        if (const json::string* const text = value == nullptr ? nullptr : value->if_string()) {
            out.assign(text->data(), text->size());
            return;
        }
        sound_ = false;
    }

    void flag(std::string_view key, bool& out) {
        const json::value* const value = find(key);
        const bool* const flag = value == nullptr ? nullptr : value->if_bool();
        sound_ = sound_ && flag != nullptr;
        out = flag != nullptr && *flag;
    }

    /// Within [0, most].
    template <class T>
    void count(std::string_view key, std::int64_t most, T& out) {
        const std::int64_t value = integer(key);
        if (value < 0 || value > most) {
            sound_ = false;
            return;
        }
        out = static_cast<T>(value);
    }

    void time(std::string_view key, UtcTime& out) { out = UtcTime{Micros{integer(key)}}; }

    void day(std::string_view key, Date& out) {
        std::int64_t days = integer(key);
        sound_ = sound_ && days > -1'000'000 && days < 10'000'000;
        out = Date{std::chrono::days{sound_ ? static_cast<int>(days) : 0}};
    }

    [[nodiscard]] const json::object* object(std::string_view key) const {
        const json::value* const value = find(key);
        return value == nullptr ? nullptr : value->if_object();
    }
    [[nodiscard]] bool is_sound() const { return sound_; }

private:
    [[nodiscard]] const json::value* find(std::string_view key) const {
        return object_.if_contains(json::string_view(key.data(), key.size()));
    }
    std::int64_t integer(std::string_view key) {
        const json::value* const value = find(key);
        const std::int64_t* const number = value == nullptr ? nullptr : value->if_int64();
        sound_ = sound_ && number != nullptr;
        return number == nullptr ? 0 : *number;
    }

    const json::object& object_;
    bool sound_ = true;
};

bool read_listing(const json::object& object, std::int64_t version, Listing& listing) {
    Fields fields(object);
    std::string sha;
    if (version > 1) {
        fields.text("participant", listing.participant);
        fields.flag("own", listing.own);
        fields.time("stamped_us", listing.stamped_at);
    }
    fields.text("group", listing.group);
    fields.text("message_id", listing.message_id);
    fields.text("case", listing.case_number);
    fields.text("type", listing.type);
    fields.text("room", listing.room);
    fields.flag("remote", listing.remote);
    fields.time("start_us", listing.start);
    fields.time("end_us", listing.end);
    fields.day("day", listing.local_day);
    fields.flag("date_only", listing.date_only);
    fields.text("zone", listing.zone);
    fields.count("time_flags", UINT16_MAX, listing.time_flags.bits);
    fields.count("labels", UINT32_MAX, listing.labels.bits);
    fields.count("state", static_cast<std::int64_t>(ListingState::Moved), listing.state);
    fields.count("result", static_cast<std::int64_t>(HearingResult::Cancelled), listing.result);
    fields.flag("transparent", listing.transparent);
    fields.flag("series", listing.series);
    fields.count("sequence", UINT32_MAX, listing.sequence);
    fields.time("occurred_us", listing.occurred_at);
    fields.text("raw_sha256", sha);
    return fields.is_sound() && from_hex(sha, listing.raw_sha256);
}

bool read_known(const json::object& object, std::int64_t version, KnownListing& known) {
    Fields fields(object);
    fields.count("source", static_cast<std::int64_t>(Source::Table), known.source);
    fields.count("known", static_cast<std::int64_t>(KnownState::Over), known.state);
    fields.text("lineage", known.lineage);
    fields.text("digest", known.digest);
    fields.text("last_id", known.last_id);
    fields.count("version", UINT32_MAX, known.version);
    fields.count("misses", UINT32_MAX, known.misses);
    if (version > 3) {
        fields.time("stated_us", known.stated_at);
        fields.flag("moved", known.moved);
    }
    const json::object* const listing = fields.object("listing");
    return fields.is_sound() && listing != nullptr &&
           read_listing(*listing, version, known.listing);
}

bool read_warrants(const json::object* warrants, std::int64_t version, KnownWarrants& known) {
    if (warrants == nullptr) {
        return false;
    }
    for (const auto& entry : *warrants) {
        if (!entry.value().is_object()) {
            return false;
        }
        Fields fields(entry.value().get_object());
        KnownWarrant& warrant = known[std::string(entry.key().data(), entry.key().size())];
        fields.text("digest", warrant.digest);
        fields.count("version", UINT32_MAX, warrant.version);
        if (version > 2) {
            fields.time("stated_us", warrant.stated_at);
        }
        if (version > 3) {
            std::string date;
            fields.text("number", warrant.number);
            fields.text("case", warrant.case_number);
            fields.text("participant", warrant.participant);
            fields.text("date", date);
            fields.flag("stands", warrant.stands);
            warrant.date = parse_iso_date(date);
        }
        if (!fields.is_sound()) {
            return false;
        }
    }
    return true;
}

bool read_newest(const json::object* times, std::map<Source, UtcTime>& newest) {
    if (times == nullptr) {
        return false;
    }
    Fields fields(*times);
    for (const auto& [source, name] : kSourceNames) {
        if (times->contains(name)) {
            fields.time(name, newest[source]);
        }
    }
    return fields.is_sound();
}

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Damaged, "the court adapter's memory of earlier files cannot be read");
}

}  // namespace

std::string SnapshotStore::to_json() const {
    json::object known;
    for (const auto& [key, listing] : listings) {
        known.emplace(key, write_known(listing));
    }
    json::object issued;
    for (const auto& [key, warrant] : warrants) {
        issued.emplace(key, write_warrant(warrant));
    }
    return json::serialize(json::object{{"version", kStoreVersion},
                                        {"newest", write_newest(newest)},
                                        {"listings", std::move(known)},
                                        {"warrants", std::move(issued)}});
}

Result<SnapshotStore> SnapshotStore::from_json(std::string_view text) {
    SnapshotStore store;
    if (text.empty()) {
        return store;
    }
    json::error_code error;
    const json::value root = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !root.is_object()) {
        return damaged();
    }
    Fields fields(root.get_object());
    std::int64_t version = 0;
    fields.count("version", kStoreVersion, version);
    const json::object* const listings = fields.object("listings");
    if (version < 1 || listings == nullptr ||
        (version > 1 && !read_warrants(fields.object("warrants"), version, store.warrants)) ||
        (version > 3 && !read_newest(fields.object("newest"), store.newest))) {
        return damaged();
    }
    for (const auto& entry : *listings) {
        const std::string key(entry.key().data(), entry.key().size());
        KnownListing& known = store.listings[key];
        known.listing.key = key;
        if (!entry.value().is_object() || !read_known(entry.value().get_object(), version, known)) {
            return damaged();
        }
    }
    return store;
}

}  // namespace carehub::adapters::court
