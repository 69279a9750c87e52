#include <algorithm>
#include <array>

#include "adapters/kit/file.hpp"
#include "adapters/kit/text.hpp"
#include "adapters/supervision/site.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters::supervision {
namespace {

template <class Meaning>
struct Spelling {
    std::string_view name;
    Meaning meaning;
};

constexpr std::array kRows = {Spelling<RowsAre>{"check_ins", RowsAre::CheckIns},
                              Spelling<RowsAre>{"supervision", RowsAre::Supervision},
                              Spelling<RowsAre>{"conditions", RowsAre::Conditions},
                              Spelling<RowsAre>{"violations", RowsAre::Violations},
                              Spelling<RowsAre>{"roster", RowsAre::Roster}};
constexpr std::array kStatuses = {Spelling<RowStatus>{"scheduled", RowStatus::Scheduled},
                                  Spelling<RowStatus>{"completed", RowStatus::Completed},
                                  Spelling<RowStatus>{"missed", RowStatus::Missed},
                                  Spelling<RowStatus>{"cancelled", RowStatus::Cancelled},
                                  Spelling<RowStatus>{"ignored", RowStatus::Ignored}};
constexpr std::array kLeavings = {Spelling<Leaving>{"released", Leaving::Released},
                                  Spelling<Leaving>{"transferred", Leaving::Transferred},
                                  Spelling<Leaving>{"other", Leaving::Other}};
constexpr std::array kClasses = {
    Spelling<ObligationClass>{"SupervisionCheckIn", ObligationClass::SupervisionCheckIn},
    Spelling<ObligationClass>{"DrugTest", ObligationClass::DrugTest}};

template <class Meaning, std::size_t kCount>
Result<Meaning> meaning_called(const std::array<Spelling<Meaning>, kCount>& spellings,
                               std::string_view name) {
    std::string known;
    for (const Spelling<Meaning>& spelling : spellings) {
        if (spelling.name == name) {
            return spelling.meaning;
        }
        known += (known.empty() ? "" : ", ") + std::string(spelling.name);
    }
    return fail(ErrorCode::Invalid, "has to be one of: " + known);
}

Status read_feed(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table feed, table_of(root, "feed"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        feed, "feed", {"name", "zone", "authority", "owner", "rows", "identifier_type"}));
    CAREHUB_TRY(site.feed, required_text(feed, "feed", "name"));
    CAREHUB_TRY(const std::string zone, required_text(feed, "feed", "zone"));
    CAREHUB_TRY(site.zone, load_zone(zone));
    CAREHUB_TRY(site.authority, required_text(feed, "feed", "authority"));
    CAREHUB_TRY(site.owner, optional_text(feed, "feed", "owner"));
    site.owner = site.owner.empty() ? site.authority : site.owner;
    CAREHUB_TRY(const std::string rows, optional_text(feed, "feed", "rows"));
    const auto are = meaning_called(kRows, rows.empty() ? "check_ins" : rows);
    if (!are) {
        return fail(ErrorCode::Invalid, "[feed] rows " + are.error().context);
    }
    site.rows = *are;
    CAREHUB_TRY(site.identifier_type, optional_text(feed, "feed", "identifier_type"));
    if (site.identifier_type.empty()) {
        site.identifier_type = site.rows == RowsAre::Roster ? "JAIL" : "SUPV";
    }
    return {};
}

/// The columns that rows of each sort may have, and must.
TableKeys keys_of(RowsAre rows) {
    switch (rows) {
        case RowsAre::CheckIns: break;
        case RowsAre::Supervision:
            return {{"client", "supervision", "start", "expires", "ended", "type", "level",
                     "officer", "officer_name", "case", "court", "updated"},
                    {"client", "start"},
                    {}};
        case RowsAre::Conditions:
            return {{"client", "condition", "text", "type", "date", "expires", "mandatory", "case",
                     "court", "officer", "officer_name", "updated"},
                    {"client", "text"},
                    {"yes"}};
        case RowsAre::Violations:
            return {{"client", "violation", "date", "type", "text", "case", "court", "officer",
                     "officer_name", "updated"},
                    {"client", "date"},
                    {}};
        case RowsAre::Roster:
            return {{"client", "booking", "booked", "booked_time", "released", "released_time",
                     "release", "facility", "facility_name", "case"},
                    {"client", "booking"},
                    {}};
    }
    return {{"client", "check_in", "officer", "officer_name", "date", "time", "duration", "place",
             "place_name", "type", "status", "completed", "missed", "cancelled", "updated"},
            {"client", "date"},
            {"default_minutes", "remote", "yes"}};
}

Status check_check_ins(const TableProfile& table) {
    const Columns& columns = table.columns;
    const bool markers =
        columns.has("completed") || columns.has("missed") || columns.has("cancelled");
    if (columns.has("status") == markers) {
        return fail(
            ErrorCode::Invalid,
            "[" + table.section +
                ".columns] name either status, or the markers completed, missed, cancelled");
    }
    if (columns.has("updated") && table.updated_format.empty()) {
        return fail(ErrorCode::Invalid, "[" + table.section + "] updated_format is missing");
    }
    return {};
}

Status read_list(const toml::table& root, std::string_view section, Site& site,
                 std::optional<TableProfile>& table) {
    CAREHUB_TRY(table, read_table_profile(root, section, keys_of(site.rows)));
    if (!table) {
        return {};
    }
    CAREHUB_TRY(const toml::table own, table_of(root, section));
    if (site.rows == RowsAre::CheckIns) {
        CAREHUB_TRY_DONE(check_check_ins(*table));
        CAREHUB_TRY(const std::int64_t minutes,
                    number_within(own, "default_minutes", kDurationAssumed.count(),
                                  {1, kDurationMinutesMax}));
        site.duration = std::chrono::minutes(minutes);
        CAREHUB_TRY(site.remote, optional_texts(own, section, "remote", kMappedWordsMax));
    }
    CAREHUB_TRY(site.yes, optional_texts(own, section, "yes", kMappedWordsMax));
    if (site.yes.empty()) {
        site.yes = {"Y", "YES", "1", "X", "TRUE"};
    }
    return {};
}

Status read_snapshot(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table snapshot, table_of(root, "snapshot"));
    CAREHUB_TRY_DONE(
        refuse_unknown_keys(snapshot, "snapshot", {"complete", "missing", "fall_max_percent"}));
    site.complete = snapshot["complete"].value_or(true);
    CAREHUB_TRY(const std::int64_t percent,
                number_within(snapshot, "fall_max_percent", site.fall_max_percent, {0, 100}));
    site.fall_max_percent = static_cast<unsigned>(percent);
    CAREHUB_TRY(const std::string missing, optional_text(snapshot, "snapshot", "missing"));
    if (!missing.empty() && missing != "nothing" && missing != "released") {
        return fail(ErrorCode::Invalid, "[snapshot] missing has to be \"nothing\" or \"released\"");
    }
    site.missing = missing == "released" ? MissingMeans::Released : MissingMeans::Nothing;
    return {};
}

/// Reads a table of the agency's words.
template <class Meaning, std::size_t kCount>
Status read_words(const toml::table& root, std::string_view name,
                  const std::array<Spelling<Meaning>, kCount>& spellings,
                  std::vector<MappedWord<Meaning>>& words) {
    CAREHUB_TRY(const toml::table table, table_of(root, name));
    if (table.size() > kMappedWordsMax) {
        return fail(ErrorCode::Invalid, "[" + std::string(name) + "] maps too many words");
    }
    for (const auto& [key, value] : table) {
        const auto meaning = meaning_called(spellings, value.value_or(std::string_view{}));
        if (!meaning) {
            return fail(ErrorCode::Invalid, "[" + std::string(name) + "] " +
                                                std::string(key.str()) + " " +
                                                meaning.error().context);
        }
        words.push_back({std::string(trim(key.str())), *meaning});
    }
    return {};
}

Status read_tables(const toml::table& root, Site& site) {
    CAREHUB_TRY_DONE(read_list(root, "csv", site, site.csv));
    CAREHUB_TRY_DONE(read_list(root, "json", site, site.json));
    if (!site.csv && !site.json) {
        return fail(ErrorCode::Invalid, "[csv] or [json] has to say how the list is written");
    }
    CAREHUB_TRY_DONE(read_words(root, "status", kStatuses, site.statuses));
    CAREHUB_TRY_DONE(read_words(root, "type", kClasses, site.types));
    CAREHUB_TRY_DONE(read_words(root, "release", kLeavings, site.leavings));
    const bool has_status = (site.csv && site.csv->columns.has("status")) ||
                            (site.json && site.json->columns.has("status"));
    if (has_status && site.statuses.empty()) {
        return fail(ErrorCode::Invalid, "[status] has to say what the agency's status words mean");
    }
    return {};
}

}  // namespace

const TableProfile* Site::table_for(const std::filesystem::path& file) const {
    const std::string extension = to_upper(file.extension().string());
    const std::optional<TableProfile>& table = extension == ".JSON" ? json : csv;
    const bool fits = table && (extension == ".CSV" || extension == ".JSON");
    return fits ? &*table : nullptr;
}

Result<Site> site_from(std::string_view toml_text) {
    CAREHUB_TRY(const toml::table root, parse_toml(toml_text));
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        root, "",
        {"feed", "watch", "out", "snapshot", "csv", "json", "status", "type", "release"}));
    Site site;
    CAREHUB_TRY_DONE(read_feed(root, site));
    CAREHUB_TRY_DONE(read_snapshot(root, site));
    CAREHUB_TRY_DONE(read_tables(root, site));
    return site;
}

Result<Site> read_site(const std::filesystem::path& file) {
    CAREHUB_TRY(const Bytes bytes, read_file(file, kConfigBytesMax));
    Result<Site> site = site_from(as_text(bytes));
    if (!site) {
        return fail(site.error().code, file.filename().string() + ": " + site.error().context);
    }
    return site;
}

}  // namespace carehub::adapters::supervision
