// What the agency's rows said the last time, so that only what changed becomes an event.
//
// FORMAT of the text, version 3: a first line "known-rows 3"; then a line a row, ended by a line
// feed, its eight parts parted by tabs: hash of the row (16 hexadecimal digits), revision, status
// (number of RowStatus), start (microseconds since 1970; of a
// check-in 0 when only the day was told), told
// (microseconds since 1970), client, id, key. Version 2 had no client and id, version 1 no `told`; they
// are read, and written no more.
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
    std::string client = {};      ///< the person's number
    std::string id = {};          ///< the agency's own of the record; may be empty
    friend bool operator==(const KnownRow&, const KnownRow&) = default;
};

class KnownRows {
public:
    [[nodiscard]] static Result<KnownRows> from_text(std::string_view text);
    [[nodiscard]] std::string to_text() const;

    /// By key.
    [[nodiscard]] const std::map<std::string, KnownRow>& all() const { return rows_; }
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
