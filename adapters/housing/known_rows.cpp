#include "adapters/housing/known_rows.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

namespace carehub::adapters::housing {
namespace {

constexpr std::size_t kHashDigits = 16;
constexpr std::size_t kPartsDigits = 4;
constexpr std::size_t kKeyAt = kHashDigits + 1 + kPartsDigits + 1;

template <class T>
std::optional<T> read_hex(std::string_view text) {
    T value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, 16);
    return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string hash_text(std::uint64_t hash) {
    std::array<char, kHashDigits + 1> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%016llx", static_cast<unsigned long long>(hash));
    return {buffer.data(), kHashDigits};
}

const KnownRows::Version* KnownRows::find(std::string_view key) const {
    const auto found = rows_.find(key);
    return found == rows_.end() ? nullptr : &found->second;
}

void KnownRows::set(std::string key, Version version) {
    rows_.insert_or_assign(std::move(key), version);
}

std::string KnownRows::to_text() const {
    std::string text;
    for (const auto& [key, version] : rows_) {
        std::array<char, kPartsDigits + 1> parts{};
        std::snprintf(parts.data(), parts.size(), "%04x", static_cast<unsigned>(version.parts));
        text += hash_text(version.hash) + ' ' + parts.data() + ' ' + key + '\n';
    }
    return text;
}

Result<KnownRows> KnownRows::from_text(std::string_view text) {
    KnownRows known;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = text.find('\n');
        const std::string_view row = text.substr(0, end);
        const bool whole = end != std::string_view::npos && row.size() > kKeyAt &&
                           row[kHashDigits] == ' ' && row[kKeyAt - 1] == ' ';
        const auto hash = read_hex<std::uint64_t>(whole ? row.substr(0, kHashDigits) : "");
        const auto parts =
            read_hex<std::uint16_t>(whole ? row.substr(kHashDigits + 1, kPartsDigits) : "");
        if (!hash || !parts) {
            return fail(ErrorCode::Invalid,
                        "known rows: line " + std::to_string(line) + " is not whole");
        }
        known.set(std::string(row.substr(kKeyAt)), {*hash, *parts});
        text.remove_prefix(end + 1);
    }
    return known;
}

}  // namespace carehub::adapters::housing
