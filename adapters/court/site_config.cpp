#include <algorithm>
#include <regex>

#include "adapters/court/site.hpp"
#include "adapters/court/text.hpp"
#include "adapters/kit/toml.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters::court {
namespace {

tl::unexpected<Error> invalid(const std::string& what) {
    return fail(ErrorCode::Invalid, "court profile: " + what);
}

/// Overwrites `out` where the profile has the key.
Status read_text(const toml::table& table, std::string_view where, std::string_view key,
                 std::string& out) {
    CAREHUB_TRY(std::string found, optional_text(table, where, key));
    if (table.contains(key)) {
        out = std::move(found);
    }
    return {};
}

Status read_minutes(const toml::table& table, std::string_view key, std::chrono::minutes& out) {
    CAREHUB_TRY(const std::int64_t count,
                number_within(table, key, out.count(), {1, kHearingMax.count()}));
    out = std::chrono::minutes{count};
    return {};
}

/// A time of day such as "08:00".
Status read_clock(const toml::table& table, std::string_view key, std::chrono::minutes& out) {
    std::string spelled;
    CAREHUB_TRY_DONE(read_text(table, "feed", key, spelled));
    if (spelled.empty()) {
        return {};
    }
    CAREHUB_TRY(const TimeFormat format, TimeFormat::create("HH:mm"));
    const auto read = format.read(spelled);
    if (!read) {
        return invalid("[feed] " + std::string(key) + " must be a time such as \"08:00\"");
    }
    out = std::chrono::duration_cast<std::chrono::minutes>(*read->time_of_day);
    return {};
}

Status read_feed(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table feed, table_of(root, "feed"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        feed, "feed",
        {"name", "zone", "authority", "place", "soft_from", "soft_until", "call_list_pattern"}));
    CAREHUB_TRY(site.feed, required_text(feed, "feed", "name"));
    CAREHUB_TRY(site.authority, required_text(feed, "feed", "authority"));
    CAREHUB_TRY(const std::string zone, required_text(feed, "feed", "zone"));
    CAREHUB_TRY(site.zone, load_zone(zone));
    CAREHUB_TRY_DONE(read_text(feed, "feed", "place", site.place));
    CAREHUB_TRY_DONE(read_text(feed, "feed", "call_list_pattern", site.call_list_pattern));
    CAREHUB_TRY_DONE(read_clock(feed, "soft_from", site.soft_from));
    CAREHUB_TRY_DONE(read_clock(feed, "soft_until", site.soft_until));
    site.call_list_pattern = normalise_word(site.call_list_pattern);
    if (site.soft_until <= site.soft_from) {
        return invalid("[feed] soft_until must be later than soft_from");
    }
    return {};
}

Status read_snapshot(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table snapshot, table_of(root, "snapshot"));
    CAREHUB_TRY_DONE(
        refuse_unknown_keys(snapshot, "snapshot", {"complete", "missing", "fall_max_percent"}));
    CAREHUB_TRY(const std::string missing, optional_text(snapshot, "snapshot", "missing"));
    if (!missing.empty() && missing != "unlisted" && missing != "nothing") {
        return invalid("[snapshot] missing must be \"unlisted\" or \"nothing\"");
    }
    site.missing = missing == "nothing" ? MissingMeans::Nothing : MissingMeans::Unlisted;
    CAREHUB_TRY(const std::int64_t percent,
                number_within(snapshot, "fall_max_percent", site.fall_max_percent, {0, 100}));
    site.fall_max_percent = static_cast<unsigned>(percent);
    if (const toml::node* const complete = snapshot.get("complete")) {
        if (!complete->is_boolean()) {
            return invalid("[snapshot] complete must be true or false");
        }
        site.complete = complete->value_or(true);
    }
    return {};
}

Status read_ical(const toml::table& root, CalendarProfile& profile) {
    CAREHUB_TRY(const toml::table ical, table_of(root, "ical"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        ical, "ical",
        {"case_property", "case_pattern", "participant_property", "type_property",
         "result_property", "warrant_property", "default_minutes"}));
    CAREHUB_TRY_DONE(read_text(ical, "ical", "case_property", profile.case_property));
    CAREHUB_TRY_DONE(read_text(ical, "ical", "case_pattern", profile.case_pattern));
    CAREHUB_TRY_DONE(read_text(ical, "ical", "type_property", profile.type_property));
    CAREHUB_TRY_DONE(read_text(ical, "ical", "result_property", profile.result_property));
    CAREHUB_TRY_DONE(read_text(ical, "ical", "participant_property", profile.participant_property));
    CAREHUB_TRY_DONE(read_text(ical, "ical", "warrant_property", profile.warrant_property));
    CAREHUB_TRY_DONE(read_minutes(ical, "default_minutes", profile.default_length));
    profile.participant_property = to_upper(profile.participant_property);
    profile.warrant_property = to_upper(profile.warrant_property);
    profile.case_property = to_upper(profile.case_property);
    profile.type_property = to_upper(profile.type_property);
    profile.result_property = to_upper(profile.result_property);
    try {
        const std::regex compiled(profile.case_pattern);
    } catch (const std::regex_error&) {
        return invalid("[ical] case_pattern is not a regular expression");
    }
    return {};
}

/// A row needs a case or a participant, and the date of a hearing or the word on a warrant.
Status check_columns(const Columns& columns, std::string_view section) {
    if (!columns.has("case") && !columns.has("participant")) {
        return invalid("[" + std::string(section) + ".columns] name case, participant or both");
    }
    if (!columns.has("date") && !columns.has("warrant")) {
        return invalid("[" + std::string(section) + ".columns] name date, warrant or both");
    }
    return {};
}

Status read_list(const toml::table& root, std::string_view section,
                 std::optional<HearingTable>& list) {
    const TableKeys keys{
        {"case", "participant", "type", "date", "time", "end", "duration", "room", "result",
         "status", "warrant", "warrant_id", "warrant_type", "warrant_date"},
        {},
        {"default_minutes", "no_time"},
        {"date"}};
    CAREHUB_TRY(std::optional<TableProfile> table, read_table_profile(root, section, keys));
    if (!table) {
        return {};
    }
    CAREHUB_TRY_DONE(check_columns(table->columns, section));
    HearingTable read{std::move(*table)};
    CAREHUB_TRY(const toml::table own, table_of(root, section));
    CAREHUB_TRY_DONE(read_minutes(own, "default_minutes", read.default_length));
    CAREHUB_TRY(read.no_time, optional_texts(own, section, "no_time", kNoTimeWordsMax));
    std::ranges::transform(read.no_time, read.no_time.begin(), normalise_word);
    list = std::move(read);
    return {};
}

std::optional<HearingResult> result_of(std::string_view meaning) {
    if (meaning == "HearingHeld") {
        return HearingResult::Held;
    }
    if (meaning == "FailureToAppear") {
        return HearingResult::FailureToAppear;
    }
    if (meaning == "HearingCancelled") {
        return HearingResult::Cancelled;
    }
    return meaning == "None" ? std::optional(HearingResult::None) : std::nullopt;
}

std::optional<ListingState> state_of(std::string_view meaning) {
    if (meaning == "Listed") {
        return ListingState::Listed;
    }
    if (meaning == "Tentative") {
        return ListingState::Tentative;
    }
    if (meaning == "Cancelled") {
        return ListingState::Cancelled;
    }
    return meaning == "Moved" ? std::optional(ListingState::Moved) : std::nullopt;
}

std::optional<WarrantState> warrant_of(std::string_view meaning) {
    if (meaning == "WarrantIssued") {
        return WarrantState::Issued;
    }
    if (meaning == "WarrantCleared") {
        return WarrantState::Cleared;
    }
    return meaning == "None" ? std::optional(WarrantState::None) : std::nullopt;
}

std::map<std::string, WarrantState> usual_warrants() {
    using enum WarrantState;
    return {{"ISSUED", Issued},      {"ACTIVE", Issued},
            {"OUTSTANDING", Issued}, {"BENCH WARRANT ISSUED", Issued},
            {"CLEARED", Cleared},    {"QUASHED", Cleared},
            {"RECALLED", Cleared},   {"SERVED", Cleared},
            {"NONE", None},          {"NO", None}};
}

/// Words of common usage in courts' lists; a profile's [statuses] adds to them or overrides them.
std::map<std::string, ListingState> usual_statuses() {
    using enum ListingState;
    return {{"SCHEDULED", Listed},       {"SET", Listed},          {"CONFIRMED", Listed},
            {"RESET", Listed},           {"TENTATIVE", Tentative}, {"CANCELLED", Cancelled},
            {"CANCELED", Cancelled},     {"VACATED", Cancelled},   {"STRICKEN", Cancelled},
            {"OFF CALENDAR", Cancelled}, {"DISPOSED", Cancelled},  {"APPEARANCE WAIVED", Cancelled},
            {"CONTINUED", Moved},        {"RESCHEDULED", Moved}};
}

/// A table whose keys are the court's words and whose values are meanings of the adapter.
template <class Meaning, class Spell>
Status read_words(const toml::table& root, std::string_view name, const Spell& spell,
                  std::map<std::string, Meaning>& words) {
    CAREHUB_TRY(const toml::table table, table_of(root, name));
    for (const auto& [word, node] : table) {
        const auto meaning = spell(node.value_or(std::string_view{}));
        if (!meaning) {
            return invalid("[" + std::string(name) + "] gives \"" + std::string(word.str()) +
                           "\" a meaning the adapter does not know");
        }
        words[normalise_word(word.str())] = *meaning;
    }
    return {};
}

Result<Site> read_site(const toml::table& root) {
    Site site;
    CAREHUB_TRY_DONE(refuse_unknown_keys(root, "",
                                         {"feed", "watch", "fetch", "out", "snapshot", "ical",
                                          "csv", "json", "results", "statuses", "warrants"}));
    CAREHUB_TRY_DONE(read_feed(root, site));
    CAREHUB_TRY_DONE(read_snapshot(root, site));
    CAREHUB_TRY_DONE(read_ical(root, site.ical));
    CAREHUB_TRY_DONE(read_list(root, "csv", site.csv));
    CAREHUB_TRY_DONE(read_list(root, "json", site.json));
    site.results = {{"FTA", HearingResult::FailureToAppear},
                    {"FAILURE TO APPEAR", HearingResult::FailureToAppear},
                    {"HELD", HearingResult::Held}};
    site.statuses = usual_statuses();
    site.warrants = usual_warrants();
    CAREHUB_TRY_DONE(read_words(root, "warrants", warrant_of, site.warrants));
    CAREHUB_TRY_DONE(read_words(root, "results", result_of, site.results));
    CAREHUB_TRY_DONE(read_words(root, "statuses", state_of, site.statuses));
    return site;
}

}  // namespace

Result<Site> parse_site(std::string_view text) {
    CAREHUB_TRY(const toml::table root, parse_toml(text));
    return read_site(root);
}

Result<Site> load_site(const std::filesystem::path& file) {
    CAREHUB_TRY(const toml::table root, read_toml(file));
    return read_site(root);
}

}  // namespace carehub::adapters::court
