#include "adapters/kit/time_formats.hpp"

#include <algorithm>
#include <array>

#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

constexpr std::array<std::string_view, 7> kIso = {
    "YYYY-MM-DD",           "YYYY-MM-DDTHH:mm",        "YYYY-MM-DDTHH:mm:ss",
    "YYYY-MM-DDTHH:mm:ssZ", "YYYY-MM-DDTHH:mm:ss.SSS", "YYYY-MM-DDTHH:mm:ss.SSSZ",
    "YYYY-MM-DDTHH:mmZ"};
/// As .NET's serializers have written instants into JSON.
constexpr std::array<std::string_view, 2> kDotNet = {"'/Date('XSSS)/", "'/Date('XSSSZ)/"};

/// The patterns that a name of several stands for; itself, if it is a pattern.
std::vector<std::string_view> patterns_of(std::string_view pattern) {
    if (pattern == "ISO") {
        return {kIso.begin(), kIso.end()};
    }
    if (pattern == "DOTNET") {
        return {kDotNet.begin(), kDotNet.end()};
    }
    return {pattern};
}

}  // namespace

Result<TimeFormats> TimeFormats::create(const std::vector<std::string>& patterns) {
    TimeFormats formats;
    for (const std::string& pattern : patterns) {
        for (const std::string_view known : patterns_of(pattern)) {
            CAREHUB_TRY(TimeFormat format, TimeFormat::create(known));
            formats.formats_.push_back(std::move(format));
        }
    }
    return formats;
}

std::optional<CivilTime> TimeFormats::read(std::string_view text) const {
    for (const TimeFormat& format : formats_) {
        if (auto read = format.read(text)) {
            return read;
        }
    }
    return std::nullopt;
}

bool TimeFormats::have_date() const {
    return !empty() && std::ranges::all_of(formats_, &TimeFormat::has_date);
}

bool TimeFormats::have_time() const {
    return !empty() && std::ranges::all_of(formats_, &TimeFormat::has_time);
}

Result<TimeFormats> formats_of(const toml::table& table, std::string_view where,
                               std::string_view key, std::string_view otherwise) {
    std::vector<std::string> patterns;
    const toml::node* const node = table.get(key);
    if (node != nullptr && node->is_array()) {
        CAREHUB_TRY(patterns, optional_texts(table, where, key, kTimeFormatsMax));
    } else {
        CAREHUB_TRY(std::string pattern, optional_text(table, where, key));
        pattern = node == nullptr ? std::string(otherwise) : std::move(pattern);
        if (!pattern.empty()) {
            patterns.push_back(std::move(pattern));
        }
    }
    Result<TimeFormats> formats = TimeFormats::create(patterns);
    if (!formats) {
        return fail(ErrorCode::Invalid, "[" + std::string(where) + "] " + std::string(key) + ": " +
                                            formats.error().context);
    }
    return formats;
}

}  // namespace carehub::adapters
