// What is remembered of one row that an earlier export told: enough to tell whether it changed, to
// withdraw what it said when it is gone, and to know its enrollment when a delta names it only.
//
// FORMAT 3, integers little endian:
//   bytes  field
//   2      length of what follows
//   1      table
//   2      revision: how often what is known of the row has changed
//   2      parts
//   8      version
//   4      date, days
//   4      move-in, days; the smallest number: none
//   4      labels
//   1      project type
//   2      situation
//   1 + n  each: id, person, enrollment, project, household
// Format 2 had one byte for the revision and counted only withdrawals; it is read, and written no
// more.
//
// Contract: no names, no answers. read_rows(put(row)) is the row.
// Errors: Damaged when the bytes are no such rows. Threads: any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "adapters/housing/hmis_table.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::housing {

/// The number is written in the text of the known rows: never renumber.
enum class RowFormat : std::uint8_t { ByteRevision = 2, WordRevision = 3 };

struct KnownRow {
    Table table = Table::Client;
    std::uint16_t revision = 0;
    std::uint16_t parts = 0;    ///< bits of Part (row_events.hpp): the events in force
    std::uint64_t version = 0;  ///< the first 8 bytes of the row's SHA-256
    Date date{};
    std::optional<Date> move_in;
    std::uint32_t labels = 0;
    std::uint8_t project_type = 0;
    std::uint16_t situation = 0;
    std::string id;
    std::string person;
    std::string enrollment;
    std::string project;
    std::string household;
    friend bool operator==(const KnownRow&, const KnownRow&) = default;
};

void put_row(Bytes& bytes, const KnownRow& row);

/// Reads the whole rows of `bytes` and returns how many bytes they were; the rest is the beginning
/// of a row that goes on in later bytes.
[[nodiscard]] Result<std::size_t> read_rows(ByteView bytes, RowFormat format,
                                            const std::function<Status(const KnownRow&)>& take);

}  // namespace carehub::adapters::housing
