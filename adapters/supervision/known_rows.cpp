#include "adapters/supervision/known_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace carehub::adapters::supervision {
namespace {

constexpr std::string_view kHead = "known-rows 2\n";
constexpr std::string_view kFirstHead = "known-rows 1\n";  // without `told`
constexpr std::size_t kParts = 6;
constexpr std::size_t kFirstParts = 5;

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
    const bool first = text.starts_with(kFirstHead);
    if (!first && !text.starts_with(kHead)) {
        return damaged();
    }
    text.remove_prefix(kHead.size());
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const auto parts = end == std::string_view::npos
                               ? std::nullopt
                               : split(text.substr(0, end), first ? kFirstParts : kParts);
        if (!parts) {
            return damaged();
        }
        const auto revision = number_in<std::uint32_t>((*parts)[1]);
        const auto status = number_in<std::uint8_t>((*parts)[2]);
        const auto start = number_in<std::int64_t>((*parts)[3]);
        const auto told = number_in<std::int64_t>(first ? "0" : (*parts)[4]);
        if (!revision || !status || *status > static_cast<std::uint8_t>(RowStatus::Ignored) ||
            !start || !told) {
            return damaged();
        }
        known.put(std::string(parts->back()),
                  {std::string((*parts)[0]), *revision, static_cast<RowStatus>(*status),
                   UtcTime{Micros{*start}}, UtcTime{Micros{*told}}});
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
                std::to_string(row.told.time_since_epoch().count()) + '\t' + key + '\n';
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
