#include "adapters/supervision/read_file.hpp"

#include <optional>

#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/kit/sha256.hpp"
#include "adapters/supervision/check_in_event.hpp"
#include "adapters/supervision/check_in_row.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::supervision {
namespace {

Hash256 hash_of(const CsvRow& row) {
    Sha256 hash;
    for (const std::string_view cell : row.cells) {
        hash.add_text(cell);
    }
    return hash.finish();
}

/// One reading of one table.
class TableReading {
public:
    TableReading(const Site& site, KnownRows& known, std::string file, UtcTime file_time)
        : site_(site), known_(known), file_(std::move(file)), file_time_(file_time) {}

    Status take(const CsvRow& row) {
        if (!reader_) {
            take_header(row);
        } else if (!headless_) {
            take_row(row);
        }
        return {};
    }

    Status take_malformed(std::uint64_t line) {
        refuse(line, {{RefusalReason::FormatUnreadable, "",
                       "Quote the whole cell and double the quotes inside it."},
                      "A quote stands where none may."});
        return {};
    }

    Result<Parsed> finish() {
        if (!reader_) {
            return fail(ErrorCode::Invalid, "the table has no header");
        }
        return std::move(parsed_);
    }

private:
    void take_header(const CsvRow& row) {
        reader_.emplace(site_, CsvHeader(row));
        for (const std::string& column : reader_->missing_columns()) {
            headless_ = true;
            refuse(row.line, {{RefusalReason::RowIncomplete, column,
                               "Send the column, or correct [csv.columns] in the configuration."},
                              "The header lacks a column that the configuration names."});
        }
    }

    void take_row(const CsvRow& row) {
        std::vector<RowNote> notes;
        auto read = reader_->read(row, notes);
        for (RowNote& note : notes) {
            find(row.line, note.field, std::move(note.what));
        }
        if (auto* problem = std::get_if<RowProblem>(&read)) {
            refuse(row.line, std::move(*problem));
            return;
        }
        const CheckIn& check_in = std::get<CheckIn>(read);
        if (check_in.status == RowStatus::Ignored) {
            find(row.line, site_.columns.status, "the configuration ignores this status: no event");
            return;
        }
        const std::string key = business_key(check_in, site_);
        if (key.size() + kIdTailBytesMax > kKeyBytesMax) {
            refuse(row.line,
                   {{RefusalReason::FieldTooLong, site_.columns.client,
                     "Shorten the feed's name, the client's number or the check-in's id."},
                    "Feed, client and check-in together are too long for a key."});
            return;
        }
        emit(row, check_in, key);
    }

    void emit(const CsvRow& row, const CheckIn& check_in, const std::string& key) {
        RowHistory history;
        history.before = known_.find(key);
        history.now.hash = row_hash(check_in);
        if (history.before != nullptr && history.before->hash == history.now.hash) {
            return;
        }
        history.now.revision = history.before == nullptr ? 0 : history.before->revision + 1;
        history.now.status = check_in.status;
        history.now.start = time_of(check_in, site_).start;
        Submission event =
            make_event(check_in, site_, history, check_in.updated.value_or(file_time_));
        event.raw_sha256 = hash_of(row);
        parsed_.events.push_back(std::move(event));
        known_.put(key, std::move(history.now));
    }

    void refuse(std::uint64_t line, RowProblem problem) {
        parsed_.refusals.push_back(
            {file_, line, std::move(problem.refusal), std::move(problem.why)});
    }
    void find(std::uint64_t line, const std::string& field, std::string what) {
        parsed_.findings.push_back({file_, line, field, std::move(what)});
    }

    /// "#", 16 digits, "." and a revision.
    static constexpr std::size_t kIdTailBytesMax = 32;

    const Site& site_;
    KnownRows& known_;
    std::string file_;
    UtcTime file_time_;
    std::optional<CheckInReader> reader_;
    bool headless_ = false;  ///< the header lacks a mapped column: no row can be read
    Parsed parsed_;
};

}  // namespace

Result<Parsed> read_file(const std::filesystem::path& file, const Site& site, KnownRows& known,
                         UtcTime file_time) {
    KnownRows after = known;
    TableReading reading(site, after, file.filename().string(), file_time);
    CAREHUB_TRY_DONE(read_csv(
        file, CsvLimits{}, [&](const CsvRow& row) { return reading.take(row); },
        [&](std::uint64_t line) { return reading.take_malformed(line); }));
    CAREHUB_TRY(Parsed parsed, reading.finish());
    known = std::move(after);
    return parsed;
}

Result<Parsed> parse_file(const std::filesystem::path& file, const Site& site, std::string& state) {
    CAREHUB_TRY(KnownRows known, KnownRows::from_text(state));
    CAREHUB_TRY(const UtcTime file_time, modified_at(file));
    CAREHUB_TRY(Parsed parsed, read_file(file, site, known, file_time));
    state = known.to_text();
    return parsed;
}

}  // namespace carehub::adapters::supervision
