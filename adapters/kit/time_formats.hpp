// Several formats of one column: the first that reads a text counts. In a profile a text, or a list
// of texts; "ISO" stands for the forms of ISO 8601: 2026-04-01, 2026-04-01T09:00:00.000Z and so on, "X" and "XSSS"
// for seconds and milliseconds since 1970, "DOTNET" for /Date(1775030400000)/ and /Date(1775030400000-0400)/.
//
// Errors: as TimeFormat. Threads: immutable.
#pragma once

#include "adapters/kit/time_format.hpp"
#include "adapters/kit/toml.hpp"

namespace carehub::adapters {

class TimeFormats {
public:
    TimeFormats() = default;
    [[nodiscard]] static Result<TimeFormats> create(const std::vector<std::string>& patterns);

    [[nodiscard]] std::optional<CivilTime> read(std::string_view text) const;
    [[nodiscard]] bool empty() const { return formats_.empty(); }
    /// All of them do.
    [[nodiscard]] bool have_date() const;
    [[nodiscard]] bool have_time() const;

private:
    std::vector<TimeFormat> formats_;
};

/// `otherwise` when the table has no such key; empty formats when that is empty.
[[nodiscard]] Result<TimeFormats> formats_of(const toml::table& table, std::string_view where,
                                             std::string_view key, std::string_view otherwise);

}  // namespace carehub::adapters
