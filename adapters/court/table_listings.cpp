#include "adapters/court/table_listings.hpp"

#include <algorithm>
#include <array>

#include "adapters/court/fingerprint.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/court/listing_time.hpp"
#include "adapters/court/text.hpp"
#include "adapters/kit/csv_reader.hpp"
#include "hub/base/check.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {
namespace {

constexpr std::array<std::string_view, 6> kNoTimeYet = {"",        "TBD",       "TBA",
                                                        "ALL DAY", "TO BE SET", "N/A"};

/// One row through the header: cells by the profile's names.
class RowView {
public:
    RowView(const CsvHeader& header, const CsvRow& row) : header_(header), row_(row) {}

    /// Empty when the profile names no such column or the row is shorter than the header.
    [[nodiscard]] std::string_view cell(const std::string& column) const {
        const auto at = column.empty() ? std::nullopt : header_.find(column);
        return at && *at < row_.cells.size() ? trim(row_.cells[*at]) : std::string_view{};
    }
    [[nodiscard]] std::uint64_t line() const { return row_.line; }
    [[nodiscard]] Hash256 fingerprint() const {
        Sha256 hash;
        for (const std::string_view cell : row_.cells) {
            hash.add_text(cell);
        }
        return hash.finish();
    }
    [[nodiscard]] bool is_utf8() const {
        return std::all_of(row_.cells.begin(), row_.cells.end(),
                           [](std::string_view cell) { return adapters::is_utf8(cell); });
    }

private:
    const CsvHeader& header_;
    const CsvRow& row_;
};

class TableReader {
public:
    TableReader(const Site& site, Report& report)
        : site_(site), profile_(*site.csv), report_(report) {
        reading_.source = Source::Table;
        reading_.complete = site.complete;
    }

    Status take(const CsvRow& row) {
        if (!has_header_) {
            return take_header(row);
        }
        if (reading_.unreadable) {
            return {};
        }
        const RowView view(header_, row);
        auto listing = read_row(view);
        if (!listing) {
            doubt(view);
            report_.refuse(row.line, std::move(listing).error());
            return {};
        }
        reading_.listings.push_back(std::move(*listing));
        if (reading_.listings.size() > kListingsMax) {
            refuse_file({RefusalReason::TooManyItems, "file",
                         "the file lists more hearings than a court holds",
                         "Export a shorter period."});
        }
        return {};
    }

    Status take_malformed(std::uint64_t line) {
        reading_.complete = false;  // nobody knows whose row it was
        report_.refuse(line,
                       {RefusalReason::FormatUnreadable, "row", "a quote stands where none may",
                        "Double the quotes inside a quoted cell (RFC 4180 2.7)."});
        return {};
    }

    void refuse_file(Refused refused) {
        report_.refuse(0, std::move(refused));
        reading_.listings.clear();
        reading_.unreadable = true;
    }

    Reading finish() {
        if (!has_header_ && !reading_.unreadable) {
            refuse_file({RefusalReason::FormatUnreadable, "file", "the file has no header row",
                         "Send a CSV file whose first row names the columns."});
        }
        return std::move(reading_);
    }

private:
    Status take_header(const CsvRow& row) {
        has_header_ = true;
        header_ = CsvHeader(row);
        const std::string_view first = row.cells.empty() ? std::string_view{} : row.cells.front();
        if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF") ||
            first.find('\0') != std::string_view::npos) {
            refuse_file({RefusalReason::CharacterSet, "file", "the file is UTF-16, not UTF-8",
                         "Export the list as UTF-8."});
            return {};
        }
        const ColumnNames& names = profile_.columns;
        for (const std::string* const name :
             {&names.case_number, &names.type, &names.date, &names.time, &names.end,
              &names.duration, &names.room, &names.result, &names.status}) {
            if (!name->empty() && !header_.find(*name) && !reading_.unreadable) {
                refuse_file({RefusalReason::FormatVersion, *name,
                             "the header has no column of the name the profile gives",
                             "Correct [csv.columns], or ask the court what changed."});
            }
        }
        return {};
    }

    void doubt(const RowView& row) {
        const std::string number = normalise_case(row.cell(profile_.columns.case_number));
        if (!number.empty()) {
            reading_.doubtful_cases.insert(number);
        }
    }

    Accepted<Listing> read_row(const RowView& row) {
        if (!row.is_utf8()) {
            return refuse(RefusalReason::CharacterSet, "row", "the row is not UTF-8",
                          "Export the list as UTF-8.");
        }
        const ColumnNames& names = profile_.columns;
        Listing listing;
        listing.line = row.line();
        listing.case_number = normalise_case(row.cell(names.case_number));
        if (listing.case_number.empty()) {
            return refuse(RefusalReason::RowIncomplete, names.case_number,
                          "the row carries no case number",
                          "Have the court fill in the column; a hearing is linked by it alone.");
        }
        if (listing.case_number.size() > kIdentifierBytesMax || has_control(listing.case_number)) {
            return refuse(RefusalReason::InvalidField, names.case_number, "this is no case number",
                          "Check [csv.columns] case.");
        }
        listing.type = clip(normalise_word(row.cell(names.type)));
        listing.room = clip(row.cell(names.room));
        listing.zone = site_.zone.name;
        if (auto placed = place(row, listing); !placed) {
            return tl::unexpected(std::move(placed).error());
        }
        read_words(row, listing);
        listing.key = site_.feed + "|" + site_.authority + "|" + listing.case_number + "|" +
                      listing.type + "|" + to_iso(listing.local_day);
        listing.raw_sha256 = row.fingerprint();
        return listing;
    }

    // --- Time -------------------------------------------------------------------------------

    Accepted<void> place(const RowView& row, Listing& listing) {
        const auto date = profile_.date_format.read(row.cell(profile_.columns.date));
        if (!date || !date->date) {
            return refuse(RefusalReason::TimeUnresolvable, profile_.columns.date,
                          "the date does not keep the format of the profile, or is no real date",
                          "Correct the date, or [csv] date_format.");
        }
        listing.local_day = *date->date;
        auto time = time_of_day(row, profile_.columns.time, *date);
        if (!time) {
            return tl::unexpected(std::move(time).error());
        }
        if (!*time) {
            place_soft_block(site_, listing);
            return {};
        }
        place_at(**time, listing);
        if (auto ended = place_end(row, listing); !ended) {
            return ended;
        }
        if (names_call_list(site_, listing.type)) {
            widen_to_half_day(site_, listing);
        }
        return {};
    }

    using TimeOfDay = std::optional<std::chrono::seconds>;

    /// Of that column; without such a column what the date's format gave.
    Accepted<TimeOfDay> time_of_day(const RowView& row, const std::string& column,
                                    const CivilTime& date) {
        if (column.empty()) {
            return TimeOfDay{date.time_of_day};
        }
        const std::string_view cell = row.cell(column);
        const std::string word = normalise_word(cell);
        if (std::find(kNoTimeYet.begin(), kNoTimeYet.end(), word) != kNoTimeYet.end()) {
            return TimeOfDay{};
        }
        const auto read = profile_.time_format.read(cell);
        if (!read || !read->time_of_day) {
            return refuse(RefusalReason::TimeUnresolvable, column,
                          "the time does not keep the format of the profile, or is no real time",
                          "Correct the time, or [csv] time_format.");
        }
        return TimeOfDay{read->time_of_day};
    }

    void place_at(std::chrono::seconds time, Listing& listing) const {
        const LocalTime day{listing.local_day.time_since_epoch()};
        const ResolvedLocal resolved = to_utc(site_.zone, day + time);
        listing.start = resolved.time;
        if (resolved.reading == LocalReading::Ambiguous) {
            listing.time_flags.add(TimeFlag::Ambiguous);
        }
        if (resolved.reading == LocalReading::Skipped) {
            listing.time_flags.add(TimeFlag::Skipped);
        }
    }

    Accepted<void> place_end(const RowView& row, Listing& listing) {
        const ColumnNames& names = profile_.columns;
        auto end =
            names.end.empty() ? Accepted<TimeOfDay>{TimeOfDay{}} : time_of_day(row, names.end, {});
        if (!end) {
            return tl::unexpected(std::move(end).error());
        }
        const int minutes = parse_int(row.cell(names.duration)).value_or(0);
        if (*end) {
            const LocalTime day{listing.local_day.time_since_epoch()};
            listing.end = to_utc(site_.zone, day + **end).time;
        } else if (minutes > 0 && std::chrono::minutes{minutes} <= kHearingMax) {
            listing.end = listing.start + std::chrono::minutes{minutes};
        } else {
            listing.end = listing.start + profile_.default_length;
            listing.time_flags.add(TimeFlag::AssumedDuration);
        }
        if (listing.end <= listing.start) {
            return refuse(RefusalReason::InvalidField, names.end,
                          "the hearing ends before it begins",
                          "Correct the end, or leave it empty.");
        }
        return {};
    }

    // --- Words ------------------------------------------------------------------------------

    void read_words(const RowView& row, Listing& listing) {
        listing.state = meaning(row, profile_.columns.status, site_.statuses, ListingState::Listed);
        listing.result = meaning(row, profile_.columns.result, site_.results, HearingResult::None);
    }

    template <class Meaning>
    Meaning meaning(const RowView& row, const std::string& column,
                    const std::map<std::string, Meaning>& words, Meaning otherwise) {
        const std::string word = normalise_word(row.cell(column));
        const auto known = words.find(word);
        if (known == words.end() && !word.empty()) {
            report_.note(row.line(), column, "a word the profile does not map: left out");
        }
        return known == words.end() ? otherwise : known->second;
    }

    const Site& site_;
    const CsvProfile& profile_;
    Report& report_;
    CsvHeader header_;
    bool has_header_ = false;
    Reading reading_;
};

/// The key cannot tell two hearings of one case, type and day apart: later ones get a number, in
/// order of time, and a row that only repeats another is dropped.
void number_keys(Report& report, Reading& reading) {
    auto& all = reading.listings;
    std::stable_sort(all.begin(), all.end(), [](const Listing& a, const Listing& b) {
        return std::pair(a.key, a.start) < std::pair(b.key, b.start);
    });
    std::vector<Listing> kept;
    std::string key;
    int number = 1;
    for (Listing& listing : all) {
        if (listing.key != key) {
            key = listing.key;
            number = 1;
        } else if (meaning_of(kept.back()) == meaning_of(listing)) {
            report.note(listing.line, "row", "repeats another row: left out");
            continue;
        } else {
            listing.key += "|" + std::to_string(++number);
        }
        kept.push_back(std::move(listing));
    }
    for (Listing& listing : kept) {
        if (listing.key.size() > kListingKeyBytesMax) {
            listing.key =
                listing.key.substr(0, kListingKeyBytesMax - 17) + "~" + short_digest(listing.key);
        }
        listing.group = listing.key;
        listing.message_id = listing.key;
    }
    all = std::move(kept);
}

}  // namespace

Result<Reading> read_table(const std::filesystem::path& file, const Site& site, Report& report) {
    CAREHUB_CHECK(site.csv.has_value(), "a table is read without a profile for tables");
    TableReader reader(site, report);
    const Status read = read_csv(
        file, CsvLimits{}, [&reader](const CsvRow& row) { return reader.take(row); },
        [&reader](std::uint64_t line) { return reader.take_malformed(line); });
    if (!read && read.error().code != ErrorCode::Invalid) {
        return tl::unexpected(read.error());
    }
    if (!read) {
        reader.refuse_file({RefusalReason::FormatUnreadable, "file", read.error().context,
                            "Export the list again as CSV (RFC 4180)."});
        return reader.finish();
    }
    Reading reading = reader.finish();
    number_keys(report, reading);
    return reading;
}

}  // namespace carehub::adapters::court
