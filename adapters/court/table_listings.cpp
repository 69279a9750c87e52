#include "adapters/court/table_listings.hpp"

#include <algorithm>

#include "adapters/court/limits.hpp"
#include "adapters/court/listing_time.hpp"
#include "adapters/court/table_clock.hpp"
#include "adapters/court/text.hpp"
#include "adapters/kit/fingerprint.hpp"
#include "adapters/kit/table/table_reader.hpp"
#include "adapters/kit/told_time.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {
namespace {

/// Line ends are blanks of a form; what else cannot be seen makes another number of it.
bool hides_characters(std::string_view cell) {
    return std::ranges::any_of(cell, [](char c) {
        return has_control(std::string_view(&c, 1)) && c != '\t' && c != '\n' && c != '\r';
    });
}

class TableReader {
public:
    TableReader(const Site& site, const HearingTable& list, Report& report)
        : site_(site), list_(list), profile_(list.table), report_(report) {
        reading_.source = Source::Table;
        reading_.complete = site.complete;
    }

    Status take(const TableRow& row) {
        auto listing = read_row(row);
        if (!listing) {
            doubt(row);
            report_.refuse(row.line(), std::move(listing).error());
            return {};
        }
        if (auto warrant = read_warrant(row, *listing)) {
            reading_.warrants.push_back(std::move(*warrant));
        }
        if (row.has("date")) {
            reading_.listings.push_back(std::move(*listing));
        }
        return reading_.listings.size() + reading_.warrants.size() <= kListingsMax
                   ? Status{}
                   : Status(fail(ErrorCode::Invalid, "the file lists more than a court holds"));
    }

    Reading finish(const TableEnd& end) {
        if (end.rows == 0 && !end.refused && profile_.is_json()) {
            report_.note(0, profile_.rows, "the lists at this path are all empty");
        }
        reading_.records = end.rows;
        reading_.complete = reading_.complete && end.whole && profile_.columns.has("date");
        if (end.refused) {
            reading_.listings.clear();
            reading_.unreadable = true;
        }
        return std::move(reading_);
    }

private:
    void doubt(const TableRow& row) {
        for (const char* const column : {"case", "participant"}) {
            const std::string number = normalise_case(row.cell(column));
            if (!number.empty()) {
                reading_.doubtful_cases.insert(number);
            }
        }
    }

    Accepted<Listing> read_row(const TableRow& row) {
        if (!row.is_utf8()) {
            return refuse(RefusalReason::CharacterSet, "row", "the row is not UTF-8",
                          "Export the list as UTF-8, or say what it is in [csv] encoding.");
        }
        if (row.has_nul()) {
            return refuse(RefusalReason::CharacterSet, "row", "the row holds the character NUL",
                          "Export the list as text.");
        }
        Listing listing;
        listing.line = row.line();
        listing.raw_sha256 = row.fingerprint();
        if (auto named = read_numbers(row, listing); !named) {
            return tl::unexpected(std::move(named).error());
        }
        listing.type = clip(normalise_word(row.cell("type")), kNameBytesMax);
        listing.room = clip(single_line(row.cell("room")), kNameBytesMax);
        listing.zone = site_.zone.name;
        if (!row.has("date")) {
            return listing;
        }
        if (auto placed = place(row, listing); !placed) {
            return tl::unexpected(std::move(placed).error());
        }
        read_words(row, listing);
        listing.key = site_.feed + "|" + site_.authority + "|" + person_of(listing) + "|" +
                      listing.type + "|" + to_iso(listing.local_day);
        return listing;
    }

    /// Of several people in one case each has a hearing of their own.
    static std::string person_of(const Listing& listing) {
        const bool both = !listing.case_number.empty() && !listing.participant.empty();
        return both ? listing.case_number + "/" + listing.participant : whose(listing);
    }

    /// The numbers that a hearing is linked by; one of them has to be there.
    Accepted<void> read_numbers(const TableRow& row, Listing& listing) const {
        for (const char* const column : {"case", "participant", "warrant_id"}) {
            if (hides_characters(row.cell(column))) {
                return refuse(RefusalReason::InvalidField, row.name(column),
                              "the number holds a control character",
                              "Remove control characters from the cell.");
            }
        }
        listing.case_number = normalise_case(row.cell("case"));
        listing.participant = normalise_case(row.cell("participant"));
        const std::string& field = row.name(row.has("case") ? "case" : "participant");
        if (whose(listing).empty()) {
            return refuse(RefusalReason::RowIncomplete, field,
                          "the row carries no case number and no participant's",
                          "Have the court fill in the column; a hearing is linked by it alone.");
        }
        for (const std::string* const number : {&listing.case_number, &listing.participant}) {
            if (number->size() > kIdentifierBytesMax) {
                return refuse(RefusalReason::InvalidField, field, "this is no case number",
                              "Check the columns of the profile.");
            }
        }
        return {};
    }

    static const std::string& whose(const Listing& listing) {
        return listing.case_number.empty() ? listing.participant : listing.case_number;
    }

    std::optional<Warrant> read_warrant(const TableRow& row, const Listing& listing) {
        const WarrantWord told{row.line(), row.name("warrant"), row.cell("warrant"),
                               row.cell("warrant_id")};
        auto warrant = warrant_told(site_, told, listing, report_);
        if (!warrant) {
            return warrant;
        }
        warrant->category = clip(normalise_word(row.cell("warrant_type")), kNameBytesMax);
        if (const std::string_view cell = row.cell("warrant_date"); !cell.empty()) {
            const auto read = profile_.date_format.read(cell);
            if (read) {
                warrant->date = told_time(site_.zone, *read).day;
            } else {
                report_.note(row.line(), row.name("warrant_date"),
                             "no date of the profile's format: left out");
            }
        }
        return warrant;
    }

    // --- Time -------------------------------------------------------------------------------

    Accepted<void> place(const TableRow& row, Listing& listing) {
        const auto date = read_day(site_, list_, row.cell("date"));
        if (!date) {
            return refuse(RefusalReason::TimeUnresolvable, row.name("date"),
                          "the date does not keep the format of the profile, or is no real date",
                          "Correct the date, or date_format in [" + profile_.section + "].");
        }
        auto clock = row.has("time") ? clock_in(row, "time") : ToldClock{*date, {}, false};
        if (!clock) {
            return tl::unexpected(std::move(clock).error());
        }
        const ToldTime told = told_time(site_.zone, *date->date, clock->from);
        listing.local_day = told.day;
        if (!told.instant) {
            place_soft_block(site_, listing);
            return {};
        }
        listing.start = *told.instant;
        listing.time_flags.add(told.flags);
        if (auto ended = place_end(row, *date->date, clock->until, listing); !ended) {
            return ended;
        }
        if (clock->is_call_list || names_call_list(site_, listing.type)) {
            widen_to_half_day(site_, listing);
        }
        return {};
    }

    Accepted<ToldClock> clock_in(const TableRow& row, std::string_view column) const {
        auto read = read_clock(site_, list_, row.cell(column));
        if (!read) {
            return refuse(RefusalReason::TimeUnresolvable, row.name(column),
                          "the time does not keep the format of the profile, or is no real time",
                          "Correct the time, or time_format in [" + profile_.section +
                              "]; words that tell none are its no_time.");
        }
        return std::move(*read);
    }

    /// `told`: what the cell of the start says of it; a column of its own goes before.
    Accepted<void> place_end(const TableRow& row, Date day, std::optional<CivilTime> told,
                             Listing& listing) {
        if (row.has("end")) {
            const auto clock = clock_in(row, "end");
            if (!clock) {
                return tl::unexpected(clock.error());
            }
            told = clock->from.time_of_day ? std::optional(clock->from) : told;
        }
        const int minutes = parse_int(row.cell("duration")).value_or(0);
        if (told) {
            listing.end = *told_time(site_.zone, told->date.value_or(day), *told).instant;
        } else if (minutes > 0 && std::chrono::minutes{minutes} <= kHearingMax) {
            listing.end = listing.start + std::chrono::minutes{minutes};
        }
        // An end that is the start says nothing of the length.
        if (listing.end == listing.start || listing.end == UtcTime{}) {
            listing.end = listing.start + list_.default_length;
            listing.time_flags.add(TimeFlag::AssumedDuration);
        }
        if (listing.end < listing.start || listing.end - listing.start > kHearingMax) {
            return refuse(RefusalReason::InvalidField, row.name("end"),
                          "the hearing ends before it begins, or a year after",
                          "Correct the end, or leave it empty.");
        }
        return {};
    }

    // --- Words ------------------------------------------------------------------------------

    void read_words(const TableRow& row, Listing& listing) {
        listing.state = meaning(row, "status", site_.statuses, ListingState::Listed);
        listing.result = meaning(row, "result", site_.results, HearingResult::None);
    }

    template <class Meaning>
    Meaning meaning(const TableRow& row, std::string_view column,
                    const std::map<std::string, Meaning>& words, Meaning otherwise) {
        const std::string word = normalise_word(row.cell(column));
        const auto known = words.find(word);
        if (known == words.end() && !word.empty()) {
            report_.note(row.line(), row.name(column), "a word the profile does not map: left out");
        }
        return known == words.end() ? otherwise : known->second;
    }

    const Site& site_;
    const HearingTable& list_;
    const TableProfile& profile_;
    Report& report_;
    Reading reading_;
};

}  // namespace

Result<Reading> read_hearings(const TableSource& source, const Site& site, const HearingTable& list,
                              Report& report) {
    TableReader reader(site, list, report);
    CAREHUB_TRY(const TableEnd end,
                read_table(source, list.table, report,
                           [&reader](const TableRow& row) { return reader.take(row); }));
    return reader.finish(end);
}

}  // namespace carehub::adapters::court
