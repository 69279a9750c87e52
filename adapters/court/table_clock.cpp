#include "adapters/court/table_clock.hpp"

#include <algorithm>
#include <array>

#include "adapters/court/listing_time.hpp"
#include "adapters/kit/text.hpp"
#include "adapters/kit/told_time.hpp"

namespace carehub::adapters::court {
namespace {

constexpr auto kNoTimeYet = std::to_array<std::string_view>(
    {"", "TBD", "TBA", "TBC", "ALL DAY", "ALL WEEK", "TO BE SET", "TO BE DETERMINED",
     "TO BE ANNOUNCED", "NOT SET", "UNASSIGNED", "N/A"});
constexpr auto kCallLists =
    std::to_array<std::string_view>({"CALL LIST", "CALENDAR CALL", "DOCKET CALL", "CALL"});
constexpr auto kUntil = std::to_array<std::string_view>({" - ", " \xE2\x80\x93 ", " to ", "-"});

bool tells_no_time(const HearingTable& list, std::string_view normalised) {
    return std::ranges::find(kNoTimeYet, normalised) != kNoTimeYet.end() ||
           std::ranges::find(list.no_time, normalised) != list.no_time.end();
}

bool is_call_list(const Site& site, std::string_view normalised) {
    return std::ranges::find(kCallLists, normalised) != kCallLists.end() ||
           names_call_list(site, normalised);
}

CivilTime without_midnight(const Site& site, CivilTime civil) {
    auto clock = civil.time_of_day;
    if (clock && civil.offset && civil.date) {
        const UtcTime instant = *told_time(site.zone, civil).instant;
        const LocalTime local = to_local(site.zone, instant);
        clock = std::chrono::floor<std::chrono::seconds>(
            local - std::chrono::floor<std::chrono::days>(local));
    }
    if (clock && clock->count() == 0) {
        const bool moved = civil.offset && civil.date;
        civil.date = moved ? told_time(site.zone, civil).day : civil.date;
        civil.time_of_day.reset();
        civil.offset.reset();
    }
    return civil;
}

std::optional<CivilTime> read_time(const HearingTable& list, std::string_view cell) {
    auto read = list.table.time_format.read(cell);
    if (!read) {
        read = list.table.date_format.read(cell);  // a column of instants
    }
    return read && read->time_of_day ? read : std::nullopt;
}

/// "9:00 AM - 10:30 AM", "1:30 PM - call list": cut where both sides mean something.
std::optional<ToldClock> read_two(const Site& site, const HearingTable& list,
                                  std::string_view cell) {
    for (const std::string_view cut : kUntil) {
        for (std::size_t at = cell.find(cut); at != std::string_view::npos;
             at = cell.find(cut, at + 1)) {
            const std::string_view behind = cell.substr(at + cut.size());
            const auto from = read_time(list, cell.substr(0, at));
            const auto until = read_time(list, behind);
            const bool calls = is_call_list(site, normalise_word(behind));
            if (from && (until || calls)) {
                const CivilTime begin = without_midnight(site, *from);
                return begin.time_of_day ? ToldClock{begin, until, calls} : ToldClock{};
            }
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<ToldClock> read_clock(const Site& site, const HearingTable& list,
                                    std::string_view cell) {
    if (tells_no_time(list, normalise_word(cell))) {
        return ToldClock{};
    }
    if (const auto read = read_time(list, cell)) {
        return ToldClock{without_midnight(site, *read), {}, false};
    }
    return read_two(site, list, cell);
}

std::optional<CivilTime> read_day(const Site& site, const HearingTable& list,
                                  std::string_view cell) {
    if (const auto read = list.table.date_format.read(cell)) {
        return without_midnight(site, *read);
    }
    for (std::size_t at = cell.find(' '); at != std::string_view::npos;
         at = cell.find(' ', at + 1)) {
        const auto read = list.table.date_format.read(cell.substr(0, at));
        if (read && !read->time_of_day && tells_no_time(list, normalise_word(cell.substr(at)))) {
            return read;
        }
    }
    return std::nullopt;
}

}  // namespace carehub::adapters::court
