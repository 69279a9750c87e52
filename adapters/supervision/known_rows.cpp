#include "adapters/supervision/known_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace carehub::adapters::supervision {
namespace {

constexpr std::string_view kHead = "known-rows 3\n";
/// What each version wrote, the newest first: its first line and the parts of its rows.
struct Format {
    std::string_view head;
    std::size_t parts;
};
constexpr std::array kFormats = {Format{kHead, 8}, Format{"known-rows 2\n", 6},
                                 Format{"known-rows 1\n", 5}};
constexpr std::size_t kParts = kFormats.front().parts;

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

/// The parts between tabs, the key last; nothing unless there are exactly `count`.
std::optional<std::array<std::string_view, kParts>> split(std::string_view line,
                                                          std::size_t count) {
    std::array<std::string_view, kParts> parts;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string_view::npos) {
            return std::nullopt;
        }
        parts[i] = line.substr(0, tab);
        line.remove_prefix(tab + 1);
    }
    parts.back() = line;
    return parts;
}

}  // namespace

Result<KnownRows> KnownRows::from_text(std::string_view text) {
    KnownRows known;
    if (text.empty()) {
        return known;
    }
    const auto damaged = [] {
        return fail(ErrorCode::Damaged, "the list of known rows is not what was written");
    };
    const auto* const format = std::ranges::find_if(
        kFormats, [&text](const Format& one) { return text.starts_with(one.head); });
    if (format == kFormats.end()) {
        return damaged();
    }
    text.remove_prefix(format->head.size());
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const auto parts = end == std::string_view::npos
                               ? std::nullopt
                               : split(text.substr(0, end), format->parts);
        if (!parts) {
            return damaged();
        }
        const auto revision = number_in<std::uint32_t>((*parts)[1]);
        const auto status = number_in<std::uint8_t>((*parts)[2]);
        const auto start = number_in<std::int64_t>((*parts)[3]);
        const auto told = number_in<std::int64_t>(format->parts < 6 ? "0" : (*parts)[4]);
        if (!revision || !status || *status > static_cast<std::uint8_t>(RowStatus::Ignored) ||
            !start || !told) {
            return damaged();
        }
        known.put(std::string(parts->back()),
                  {std::string((*parts)[0]), *revision, static_cast<RowStatus>(*status),
                   UtcTime{Micros{*start}}, UtcTime{Micros{*told}},
                   std::string(format->parts < 8 ? "" : (*parts)[5]),
                   std::string(format->parts < 8 ? "" : (*parts)[6])});
        text.remove_prefix(end + 1);
    }
    return known;
}

std::string KnownRows::to_text() const {
    std::string text(kHead);
    for (const auto& [key, row] : rows_) {
        text += row.hash + '\t' + std::to_string(row.revision) + '\t' +
                std::to_string(static_cast<unsigned>(row.status)) + '\t' +
                std::to_string(row.start.time_since_epoch().count()) + '\t' +
                std::to_string(row.told.time_since_epoch().count()) + '\t' + row.client + '\t' +
                row.id + '\t' + key + '\n';
    }
    return text;
}

void KnownRows::say_again(const std::string& key, UtcTime told) {
    KnownRow& row = rows_[key];
    row.told = std::max(row.told, told);
}

const KnownRow* KnownRows::find(const std::string& key) const {
    const auto row = rows_.find(key);
    return row == rows_.end() ? nullptr : &row->second;
}

}  // namespace carehub::adapters::supervision
