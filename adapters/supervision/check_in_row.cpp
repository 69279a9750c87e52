#include "adapters/supervision/check_in_row.hpp"

#include <array>

#include "adapters/supervision/cells.hpp"

namespace carehub::adapters::supervision {
namespace {

/// In a type's place: every type that is not named.
constexpr std::string_view kAnyType = "*";

Accepted<void> read_names(const TableRow& row, const Site& site, CheckIn& check_in) {
    auto client = read_client(row);
    if (!client) {
        return tl::unexpected(std::move(client).error());
    }
    check_in.client = std::move(*client);
    check_in.id = row.cell("check_in");
    if (check_in.id.empty() && row.has("check_in")) {
        return refuse(RefusalReason::RowIncomplete, row.name("check_in"), "The check-in has no id.",
                      "Fill in the check-in's own id.");
    }
    check_in.officer = row.cell("officer");
    check_in.officer_name = row.cell("officer_name");
    check_in.place = row.cell("place");
    check_in.place_name = row.cell("place_name");
    check_in.type = row.cell("type");
    const ObligationClass* mapped = meaning_of(site.types, check_in.type);
    mapped = mapped == nullptr ? meaning_of(site.types, kAnyType) : mapped;
    check_in.obligation_class = mapped == nullptr ? check_in.obligation_class : *mapped;
    check_in.remote =
        is_one_of(site.remote, check_in.place) || is_one_of(site.remote, check_in.type);
    return {};
}

Accepted<RowStatus> read_markers(const TableRow& row, const Site& site) {
    struct Marker {
        std::string_view key;
        RowStatus status;
    };
    constexpr std::array kMarkers = {Marker{"completed", RowStatus::Completed},
                                     Marker{"missed", RowStatus::Missed},
                                     Marker{"cancelled", RowStatus::Cancelled}};
    RowStatus status = RowStatus::Scheduled;
    int set = 0;
    for (const Marker& marker : kMarkers) {
        if (row.has(marker.key) && is_one_of(site.yes, row.cell(marker.key))) {
            status = marker.status;
            ++set;
        }
    }
    if (set > 1) {
        return refuse(RefusalReason::InvalidField, row.name("completed"),
                      "The row sets more than one marker.",
                      "Set one of the completed, missed and cancelled markers.");
    }
    return status;
}

Accepted<RowStatus> read_status(const TableRow& row, const Site& site) {
    if (!row.has("status")) {
        return read_markers(row, site);
    }
    const RowStatus* mapped = meaning_of(site.statuses, row.cell("status"));
    if (mapped == nullptr) {
        return refuse(RefusalReason::InvalidField, row.name("status"),
                      "The status is empty or no word of [status].",
                      "Correct the status, or map the word under [status] in the profile.");
    }
    return *mapped;
}

Accepted<void> read_when(const TableRow& row, const TableProfile& table, CheckIn& check_in) {
    const auto day = read_date(row, table, "date");
    if (!day) {
        return tl::unexpected(day.error());
    }
    check_in.date = *day->date;
    if (!row.has("time")) {
        // In a column of date and time, midnight is how exports write that no time is known.
        const bool told = day->time_of_day && *day->time_of_day != std::chrono::seconds{0};
        check_in.time_of_day = told ? day->time_of_day : std::nullopt;
        check_in.offset = told ? day->offset : std::nullopt;
        return {};
    }
    const std::string_view time = row.cell("time");
    if (time.empty()) {
        return {};
    }
    const auto clock = table.time_format.read(time);
    if (!clock) {
        return refuse(RefusalReason::TimeUnresolvable, row.name("time"),
                      "The time does not exist or is not written as time_format says.",
                      "Correct the time, leave it empty, or correct the format.");
    }
    check_in.time_of_day = clock->time_of_day;
    check_in.offset = clock->offset;
    return {};
}

void read_duration(const TableRow& row, CheckIn& check_in, Report& report) {
    const std::string_view text = row.cell("duration");
    if (text.empty()) {
        return;
    }
    const auto minutes = parse_int(text);
    if (!minutes || *minutes > kDurationMinutesMax) {
        report.note(row.line(), row.name("duration"),
                    "not a number of minutes: the default is taken");
    } else if (*minutes > 0) {  // 0 is how exports write "not told"
        check_in.duration = std::chrono::minutes(*minutes);
    }
}

bool tells_it_happened(RowStatus status) {
    return status == RowStatus::Completed || status == RowStatus::Missed;
}

}  // namespace

Accepted<CheckIn> read_check_in(const TableRow& row, const TableProfile& table, const Site& site,
                                Date today, Report& report) {
    CheckIn check_in;
    if (auto sound = check_cells(row, table); !sound) {
        return tl::unexpected(std::move(sound).error());
    }
    if (auto named = read_names(row, site, check_in); !named) {
        return tl::unexpected(std::move(named).error());
    }
    auto status = read_status(row, site);
    if (!status) {
        return tl::unexpected(std::move(status).error());
    }
    check_in.status = *status;
    if (check_in.status == RowStatus::Ignored) {
        return check_in;
    }
    if (auto when = read_when(row, table, check_in); !when) {
        return tl::unexpected(std::move(when).error());
    }
    if (check_in.date > today && tells_it_happened(check_in.status)) {
        report.note(row.line(), row.name("status"), "lies ahead: it has not happened yet");
        check_in.status = RowStatus::Scheduled;
    }
    read_duration(row, check_in, report);
    check_in.updated = read_updated(row, table, site, report);
    return check_in;
}

}  // namespace carehub::adapters::supervision
