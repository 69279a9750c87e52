// What the agency's rows said the last time, so that only what changed becomes an event.
//
// FORMAT of the text, version 2: a first line "known-rows 2"; then a line a row, ended by a line
// feed, its six parts parted by tabs: hash of the row (16 hexadecimal digits), revision, status
// (number of RowStatus), start (microseconds since 1970, 0 when only the day was told), told
// (microseconds since 1970), key. Version 1 had no `told`; it is read, and written no more.
//
// Contract: rows that left the export stay known: leaving means nothing. Keys hold no control
// character. Errors: Damaged for a text of another format. Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "adapters/supervision/site.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::supervision {

struct KnownRow {
    std::string hash;            ///< of what the row says
    std::uint32_t revision = 0;  ///< how often the row has changed
    RowStatus status = RowStatus::Scheduled;
    UtcTime start = kUnknownTime;
    UtcTime told = kUnknownTime;  ///< when the agency said so; an older word changes nothing
    friend bool operator==(const KnownRow&, const KnownRow&) = default;
};

class KnownRows {
public:
    [[nodiscard]] static Result<KnownRows> from_text(std::string_view text);
    [[nodiscard]] std::string to_text() const;

    /// Null when the key is new.
    [[nodiscard]] const KnownRow* find(const std::string& key) const;
    /// The agency says the same at that time again.
    void say_again(const std::string& key, UtcTime told);
    void put(const std::string& key, KnownRow row) { rows_[key] = std::move(row); }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }

private:
    std::map<std::string, KnownRow> rows_;
};

}  // namespace carehub::adapters::supervision
