#include "adapters/kit/table/format_guess.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "adapters/kit/time_formats.hpp"

namespace carehub::adapters {
namespace {

constexpr auto kDateFormats = std::to_array<std::string_view>(
    {"YYYY-MM-DD",  "MM/DD/YYYY",  "M/D/YYYY",           "MM/DD/YY",         "M/D/YY",
     "DD/MM/YYYY",  "D/M/YYYY",    "DD.MM.YYYY",         "MM-DD-YYYY",       "YYYYMMDD",
     "D MMM YYYY",  "MMM D, YYYY", "D MMMM YYYY",        "MMMM D, YYYY",     "YYYY/MM/DD",
     "D-MMM-YYYY",  "D-MMM-YY",    "dddd, MMMM D, YYYY", "ddd, MMM D, YYYY", "ddd MM/DD/YYYY",
     "ddd M/D/YYYY"});
/// Numbers and words that tell day, time and zone by themselves.
constexpr auto kInstantFormats = std::to_array<std::string_view>({"ISO", "X", "XSSS", "DOTNET"});
/// A column of dates about people who are served today; a number that reads as an older one is none.
constexpr Date kOldest = Date{std::chrono::year{1990} / 1 / 1};
constexpr auto kTimeFormats =
    std::to_array<std::string_view>({"HH:mm", "H:mm", "HH:mm:ss", "h:mm am/pm", "h.mmam/pm",
                                     "h am/pm", "HHmm", "Hmm", "HH:mm:ss.SSS"});
/// A column is written in so many ways at most, or its format is left to a person.
constexpr std::size_t kFormatsMax = 3;
/// Of ten values so many have to be read by a format.
constexpr std::size_t kOfTen = 8;

/// What of a column says how its dates or times are written: words for none do not, and neither does
/// what stands behind a time: "1:30 PM - call list".
std::vector<std::string> written_times(std::span<const std::string> column, bool instants) {
    std::vector<std::string> values;
    for (const std::string& value : column) {
        const std::size_t cut = instants ? std::string::npos : value.find(" - ");
        if (has_digit(value)) {
            values.push_back(value.substr(0, cut));
        }
    }
    return values;
}

std::vector<std::string> known_formats(std::span<const std::string_view> candidates,
                                       bool instants) {
    std::vector<std::string> formats(candidates.begin(), candidates.end());
    if (instants) {
        for (const std::string_view date : kDateFormats) {
            for (const std::string_view time : {" HH:mm:ss", " HH:mm", " h:mm am/pm"}) {
                formats.push_back(std::string(date) + std::string(time));
            }
            formats.push_back("HH:mm:ss " + std::string(date));
        }
        formats.insert(formats.begin() + 1, kInstantFormats.begin(), kInstantFormats.end());
    }
    return formats;
}

/// The format that reads most of the values, the first of those that read as many; none when it
/// contradicts `chosen` about any of them: 04/05 is April or May, not both.
std::optional<std::string> best_format(std::span<const std::string> values,
                                       std::span<const std::string> left,
                                       std::span<const std::string> candidates,
                                       const std::vector<std::string>& chosen) {
    const auto before = TimeFormats::create(chosen);
    std::optional<std::string> best;
    std::size_t most = 0;
    for (const std::string& pattern : candidates) {
        const auto format = TimeFormats::create({pattern});
        if (!format) {
            continue;
        }
        const auto reads =
            static_cast<std::size_t>(std::ranges::count_if(left, [&](const std::string& value) {
                const auto told = format->read(value);
                return told && told->date.value_or(kOldest) >= kOldest;
            }));
        const bool contradicts =
            before && std::ranges::any_of(values, [&](const std::string& value) {
                const auto one = before->read(value);
                const auto other = format->read(value);
                return one && other && *one != *other;
            });
        if (reads > most && !contradicts) {
            most = reads;
            best = pattern;
        }
    }
    return best;
}

/// Formats that together read nearly all the values; none when no few do.
std::vector<std::string> formats_of(std::span<const std::string> column,
                                    std::span<const std::string_view> candidates, bool instants) {
    const std::vector<std::string> values = written_times(column, instants);
    const std::vector<std::string> known = known_formats(candidates, instants);
    std::vector<std::string> left = values;
    std::vector<std::string> chosen;
    while (!left.empty() && chosen.size() < kFormatsMax) {
        const auto best = best_format(values, left, known, chosen);
        if (!best) {
            break;
        }
        chosen.push_back(*best);
        const auto format = TimeFormats::create(chosen);
        std::erase_if(left, [&](const std::string& value) { return format->read(value); });
    }
    const std::size_t read = values.size() - left.size();
    return read > 0 && read * 10 >= values.size() * kOfTen ? chosen : std::vector<std::string>();
}

}  // namespace

bool has_digit(std::string_view value) {
    return value.find_first_of("0123456789") != std::string_view::npos;
}

std::vector<std::string> guess_date_formats(std::span<const std::string> values) {
    return formats_of(values, kDateFormats, true);
}

std::vector<std::string> guess_time_formats(std::span<const std::string> values) {
    return formats_of(values, kTimeFormats, false);
}

}  // namespace carehub::adapters
