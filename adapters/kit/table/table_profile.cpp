#include "adapters/kit/table/table_profile.hpp"

#include <algorithm>

#include "adapters/kit/table/json_rows.hpp"

namespace carehub::adapters {
namespace {

tl::unexpected<Error> invalid(const TableProfile& profile, const std::string& what) {
    return fail(ErrorCode::Invalid, "[" + profile.section + "] " + what);
}

Status check_keys(const toml::table& table, const TableProfile& profile, const TableKeys& keys) {
    std::vector<std::string_view> known = {"encoding", "date_format", "time_format",
                                           "updated_format", "columns"};
    known.push_back(profile.is_json() ? "rows" : "separator");
    known.insert(known.end(), keys.more.begin(), keys.more.end());
    return refuse_unknown_keys(table, profile.section, known);
}

Status read_form(const toml::table& table, TableProfile& profile) {
    CAREHUB_TRY(const std::string encoding, optional_text(table, profile.section, "encoding"));
    if (!encoding.empty()) {
        const auto known = encoding_called(encoding);
        if (!known) {
            return invalid(profile, "encoding: utf-8, iso-8859-1, windows-1252 or utf-16");
        }
        profile.form.encoding = *known;
    }
    if (profile.is_json()) {
        CAREHUB_TRY(profile.rows, required_text(table, profile.section, "rows"));
        return is_rows_path(profile.rows)
                   ? Status{}
                   : Status(invalid(profile, "rows: a path such as list.hearings[], or []"));
    }
    CAREHUB_TRY(const std::string separator, optional_text(table, profile.section, "separator"));
    if (separator.size() > 1 || separator == "\"") {
        return invalid(profile, "separator: one character, such as \";\" or \"\\t\"");
    }
    profile.form.separator = separator.empty() ? ',' : separator.front();
    return {};
}

Status read_formats(const toml::table& table, TableProfile& profile) {
    const bool json = profile.is_json();
    CAREHUB_TRY(profile.date_format,
                formats_of(table, profile.section, "date_format", json ? "ISO" : "YYYY-MM-DD"));
    CAREHUB_TRY(profile.time_format, formats_of(table, profile.section, "time_format", "HH:mm"));
    CAREHUB_TRY(profile.updated_format,
                formats_of(table, profile.section, "updated_format", json ? "ISO" : ""));
    if (!profile.date_format.have_date()) {
        return invalid(profile, "date_format: name year, month and day, such as MM/DD/YYYY");
    }
    if (!profile.time_format.have_time()) {
        return invalid(profile, "time_format: name hour and minute, such as h:mm am/pm");
    }
    if (!profile.updated_format.empty() && !profile.updated_format.have_date()) {
        return invalid(profile, "updated_format: name year, month and day");
    }
    return {};
}

Status read_columns(const toml::table& table, const TableKeys& keys, TableProfile& profile) {
    const std::string where = profile.section + ".columns";
    CAREHUB_TRY(const toml::table columns, table_of(table, "columns"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(columns, where, keys.columns));
    for (const std::string_view key : keys.columns) {
        const bool required =
            std::find(keys.required.begin(), keys.required.end(), key) != keys.required.end();
        CAREHUB_TRY(std::string name, required ? required_text(columns, where, key)
                                               : optional_text(columns, where, key));
        if (!name.empty()) {
            profile.columns.add(key, std::move(name));
        }
    }
    return {};
}

}  // namespace

Result<std::optional<TableProfile>> read_table_profile(const toml::table& root,
                                                       std::string_view section,
                                                       const TableKeys& keys) {
    if (!root.contains(section)) {
        return std::optional<TableProfile>{};
    }
    CAREHUB_TRY(const toml::table table, table_of(root, section));
    TableProfile profile;
    profile.section = section;
    profile.core = keys.core.empty() ? keys.required : keys.core;
    CAREHUB_TRY_DONE(check_keys(table, profile, keys));
    CAREHUB_TRY_DONE(read_form(table, profile));
    CAREHUB_TRY_DONE(read_formats(table, profile));
    CAREHUB_TRY_DONE(read_columns(table, keys, profile));
    return std::optional<TableProfile>(std::move(profile));
}

}  // namespace carehub::adapters
