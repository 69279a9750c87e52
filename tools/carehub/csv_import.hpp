// A CSV file of the directory, roster or consents: rows to commands, every bad row told with its
// line, column and remedy, the good ones sent.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hub/model/command.hpp"
#include "hub/model/submission.hpp"
#include "tools/carehub/door.hpp"

namespace carehub::tool {

/// One row by column name; a column the file does not have is empty.
class Row {
public:
    Row(std::string file, std::uint64_t line, std::map<std::string, std::string> cells)
        : file_(std::move(file)), line_(line), cells_(std::move(cells)) {}

    [[nodiscard]] const std::string& at(const std::string& column) const;
    [[nodiscard]] std::uint64_t line() const { return line_; }
    /// "staff.csv line 3, role: use case_manager, ..."
    [[nodiscard]] tl::unexpected<Error> bad(const std::string& column,
                                            const std::string& fix) const;

    /// Empty cells give nothing where that is allowed, values that do not read give an error.
    [[nodiscard]] Result<Date> date(const std::string& column) const;
    [[nodiscard]] Result<std::optional<Date>> optional_date(const std::string& column) const;
    [[nodiscard]] Result<UtcTime> time(const std::string& column) const;
    [[nodiscard]] Result<std::uint16_t> clock(const std::string& column) const;

private:
    std::string file_;
    std::uint64_t line_;
    std::map<std::string, std::string> cells_;
};

/// Hands every row to `take`; errors of rows are printed to stderr and counted, not passed on.
/// Returns how many rows were bad. Columns not in `columns` are refused by name.
[[nodiscard]] Result<std::uint64_t> read_rows(const std::filesystem::path& file,
                                              const std::vector<std::string>& columns,
                                              const std::function<Status(const Row&)>& take);

/// What an import did, as a sentence and an exit code.
struct ImportCounts {
    std::uint64_t changed = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t refused = 0;
};
void count(const Receipt& receipt, ImportCounts& counts);
/// Sends the commands and counts their receipts; refusals are printed with `lines`.
[[nodiscard]] Status send_commands(Door& door, const std::vector<CommandBody>& commands,
                                   const std::vector<std::string>& where, ImportCounts& counts);
int report(const std::string& what, const ImportCounts& counts, bool json);

/// Collects commands from rows and sends them in chunks.
class Import {
public:
    Import(const Run& run, Door& door) : run_(run), door_(door) {}

    Status add(const Row& row, CommandBody command);
    /// Hands every row to `take`; errors of rows are printed to stderr and counted, not passed on.
    /// Columns not in `columns` are refused by name.
    Status read(const std::filesystem::path& file, const std::vector<std::string>& columns,
                const std::function<Status(const Row&)>& take);
    int finish(const std::string& what) const { return report(what, counts_, run_.json); }

private:
    Status flush();

    const Run& run_;
    Door& door_;
    ImportCounts counts_;
    std::vector<CommandBody> commands_;
    std::vector<std::string> where_;
};

}  // namespace carehub::tool
