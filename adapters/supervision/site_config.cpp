#include <array>

#include "adapters/kit/file.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/text.hpp"
#include "adapters/kit/toml.hpp"
#include "adapters/supervision/site.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters::supervision {
namespace {

struct ColumnKey {
    std::string_view key;
    std::string ColumnNames::*name;
};
constexpr std::array kColumnKeys = {
    ColumnKey{"client", &ColumnNames::client},
    ColumnKey{"check_in", &ColumnNames::check_in},
    ColumnKey{"officer", &ColumnNames::officer},
    ColumnKey{"officer_name", &ColumnNames::officer_name},
    ColumnKey{"date", &ColumnNames::date},
    ColumnKey{"time", &ColumnNames::time},
    ColumnKey{"duration", &ColumnNames::duration},
    ColumnKey{"place", &ColumnNames::place},
    ColumnKey{"place_name", &ColumnNames::place_name},
    ColumnKey{"type", &ColumnNames::type},
    ColumnKey{"status", &ColumnNames::status},
    ColumnKey{"completed", &ColumnNames::completed},
    ColumnKey{"missed", &ColumnNames::missed},
    ColumnKey{"cancelled", &ColumnNames::cancelled},
    ColumnKey{"updated", &ColumnNames::updated},
};

struct StatusSpelling {
    std::string_view name;
    RowStatus status;
};
constexpr std::array kStatusSpellings = {
    StatusSpelling{"scheduled", RowStatus::Scheduled},
    StatusSpelling{"completed", RowStatus::Completed},
    StatusSpelling{"missed", RowStatus::Missed},
    StatusSpelling{"cancelled", RowStatus::Cancelled},
    StatusSpelling{"ignored", RowStatus::Ignored},
};

Status read_feed(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table feed, table_of(root, "feed"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(feed, "feed", {"name", "zone", "authority", "owner"}));
    CAREHUB_TRY(site.feed, required_text(feed, "feed", "name"));
    CAREHUB_TRY(const std::string zone, required_text(feed, "feed", "zone"));
    CAREHUB_TRY(site.zone, load_zone(zone));
    CAREHUB_TRY(site.authority, required_text(feed, "feed", "authority"));
    CAREHUB_TRY(site.owner, optional_text(feed, "feed", "owner"));
    if (site.owner.empty()) {
        site.owner = site.authority;
    }
    return {};
}

Status read_columns(const toml::table& csv, ColumnNames& columns) {
    CAREHUB_TRY(const toml::table table, table_of(csv, "columns"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        table, "csv.columns",
        {"client", "check_in", "officer", "officer_name", "date", "time", "duration", "place",
         "place_name", "type", "status", "completed", "missed", "cancelled", "updated"}));
    for (const ColumnKey& column : kColumnKeys) {
        CAREHUB_TRY(columns.*column.name, optional_text(table, "csv.columns", column.key));
    }
    if (columns.client.empty() || columns.date.empty()) {
        return fail(ErrorCode::Invalid, "[csv.columns] client and date are required");
    }
    const bool markers =
        !columns.completed.empty() || !columns.missed.empty() || !columns.cancelled.empty();
    if (columns.status.empty() != markers) {
        return fail(
            ErrorCode::Invalid,
            "[csv.columns] name either status, or the markers completed, missed, cancelled");
    }
    return {};
}

Result<std::optional<TimeFormat>> read_format(const toml::table& csv, std::string_view key) {
    CAREHUB_TRY(const std::string pattern, optional_text(csv, "csv", key));
    if (pattern.empty()) {
        return std::optional<TimeFormat>{};
    }
    Result<TimeFormat> format = TimeFormat::create(pattern);
    if (!format) {
        return fail(ErrorCode::Invalid,
                    "[csv] " + std::string(key) + ": " + format.error().context);
    }
    return std::optional<TimeFormat>(std::move(*format));
}

Status read_formats(const toml::table& csv, Site& site) {
    CAREHUB_TRY(site.date_format, read_format(csv, "date_format"));
    CAREHUB_TRY(site.time_format, read_format(csv, "time_format"));
    CAREHUB_TRY(site.updated_format, read_format(csv, "updated_format"));
    if (!site.date_format || !site.date_format->has_date()) {
        return fail(ErrorCode::Invalid, "[csv] date_format is missing or gives no date");
    }
    if (!site.columns.time.empty() && !(site.time_format && site.time_format->has_time())) {
        return fail(ErrorCode::Invalid, "[csv] time_format is missing or gives no time of day");
    }
    const bool updated = site.updated_format && site.updated_format->has_date();
    if (!site.columns.updated.empty() && !updated) {
        return fail(ErrorCode::Invalid, "[csv] updated_format is missing or gives no date");
    }
    return {};
}

Status read_csv_table(const toml::table& root, Site& site) {
    CAREHUB_TRY(const toml::table csv, table_of(root, "csv"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(csv, "csv",
                                         {"date_format", "time_format", "updated_format",
                                          "default_minutes", "remote", "yes", "columns"}));
    CAREHUB_TRY_DONE(read_columns(csv, site.columns));
    CAREHUB_TRY_DONE(read_formats(csv, site));
    CAREHUB_TRY(
        const std::int64_t minutes,
        number_within(csv, "default_minutes", kDurationAssumed.count(), {1, kDurationMinutesMax}));
    site.duration = std::chrono::minutes(minutes);
    CAREHUB_TRY(site.remote, optional_texts(csv, "csv", "remote", kMappedWordsMax));
    CAREHUB_TRY(site.yes, optional_texts(csv, "csv", "yes", kMappedWordsMax));
    if (site.yes.empty()) {
        site.yes = {"Y", "YES", "1", "X", "TRUE"};
    }
    return {};
}

Result<RowStatus> status_called(std::string_view name) {
    for (const StatusSpelling& spelling : kStatusSpellings) {
        if (spelling.name == name) {
            return spelling.status;
        }
    }
    return fail(ErrorCode::Invalid, "has to be scheduled, completed, missed, cancelled or ignored");
}

Result<ObligationClass> class_called(std::string_view name) {
    const auto meaning = parse_name<ObligationClass>(name);
    if (meaning != ObligationClass::SupervisionCheckIn && meaning != ObligationClass::DrugTest) {
        return fail(ErrorCode::Invalid, "has to be SupervisionCheckIn or DrugTest");
    }
    return *meaning;
}

/// Reads a table of the agency's words; `read` turns our side of a line into its meaning.
template <class Meaning, class Read>
Result<std::vector<MappedWord<Meaning>>> read_mapping(const toml::table& root,
                                                      std::string_view name, Read read) {
    CAREHUB_TRY(const toml::table table, table_of(root, name));
    if (table.size() > kMappedWordsMax) {
        return fail(ErrorCode::Invalid, "[" + std::string(name) + "] maps too many words");
    }
    std::vector<MappedWord<Meaning>> mapping;
    for (const auto& [key, value] : table) {
        const Result<Meaning> meaning = read(value.value_or(std::string_view{}));
        if (!meaning) {
            return fail(ErrorCode::Invalid, "[" + std::string(name) + "] " +
                                                std::string(key.str()) + " " +
                                                meaning.error().context);
        }
        mapping.push_back({std::string(trim(key.str())), *meaning});
    }
    return mapping;
}

}  // namespace

Result<Site> site_from(std::string_view toml_text) {
    CAREHUB_TRY(const toml::table root, parse_toml(toml_text));
    CAREHUB_TRY_DONE(refuse_unknown_keys(root, "", {"feed", "watch", "csv", "status", "type"}));
    Site site;
    CAREHUB_TRY_DONE(read_feed(root, site));
    CAREHUB_TRY_DONE(read_csv_table(root, site));
    CAREHUB_TRY(site.statuses, read_mapping<RowStatus>(root, "status", status_called));
    CAREHUB_TRY(site.types, read_mapping<ObligationClass>(root, "type", class_called));
    if (!site.columns.status.empty() && site.statuses.empty()) {
        return fail(ErrorCode::Invalid, "[status] has to say what the agency's status words mean");
    }
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
