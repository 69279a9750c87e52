#include "adapters/supervision/roster.hpp"

#include <map>
#include <set>
#include <tuple>

#include "adapters/kit/report.hpp"
#include "adapters/supervision/booking_row.hpp"

namespace carehub::adapters::supervision {
namespace {

constexpr std::string_view kNotListed = "NotListed";

class RosterReading {
public:
    RosterReading(const Site& site, KnownBookings known, UtcTime file_time, Report& report)
        : site_(site), known_(std::move(known)), file_time_(file_time), report_(report) {}

    Status take(const TableRow& row, const TableProfile& table) {
        auto booking = read_booking(row, table, site_, file_time_, report_);
        if (!booking) {
            // It may still be in custody: nothing is concluded from its absence.
            doubtful_.insert(std::string(row.cell("booking")));
            report_.refuse(row.line(), std::move(booking).error());
            return {};
        }
        const auto known = rows_.find(booking->number);
        if (known == rows_.end()) {
            std::string number = booking->number;
            rows_.emplace(std::move(number), Row{row.line(), std::move(*booking)});
        } else if (known->second.booking.client != booking->client) {
            report_.refuse(row.line(), {RefusalReason::InvalidField, row.name("client"),
                                        "One booking number stands for two persons.",
                                        "Correct the booking number or the person's."});
        } else if (booking_hash(known->second.booking) == booking_hash(*booking)) {
            report_.note(row.line(), row.name("booking"),
                         "repeats a booking, as aliases do: one row counts");
        } else {
            report_.note(row.line(), row.name("booking"),
                         "tells otherwise of a booking than another row: the one that holds the "
                         "person longest counts");
            if (counts_before(*booking, known->second.booking)) {
                known->second.booking = std::move(*booking);
            }
        }
        return rows_.size() <= kBookingsMax
                   ? Status{}
                   : Status(fail(ErrorCode::Invalid, "the roster is longer than a jail's can be"));
    }

    [[nodiscard]] bool has_fallen() const {
        std::size_t before = 0;
        for (const auto& [number, known] : known_.bookings) {
            before += known.ended ? 0U : 1U;
        }
        return site_.complete && before >= kFallRowsMin &&
               rows_.size() * 100 < before * (100 - site_.fall_max_percent);
    }

    std::vector<Submission> compare(bool whole) {
        for (const auto& [number, row] : rows_) {
            if (!row.booking.ahead) {
                update(row.booking);
            }
        }
        if (site_.complete && whole && !doubtful_.contains("")) {
            count_misses();
        }
        return std::move(events_);
    }

    [[nodiscard]] KnownBookings take_known() { return std::move(known_); }

private:
    struct Row {
        std::uint64_t line = 0;
        Booking booking;
    };

    /// Of rows of one booking, once a charge, whoever is held by one of them is held. Never the
    /// order of the rows decides; between rows that say as much, what is known already stays.
    [[nodiscard]] bool counts_before(const Booking& one, const Booking& other) const {
        const auto known = known_.bookings.find(one.number);
        const auto rank = [&](const Booking& booking) {
            const std::string hash = booking_hash(booking);
            const bool is_new = known == known_.bookings.end() || known->second.hash != hash;
            return std::tuple(booking.ahead, booking.ended, -booking.released.time_since_epoch(),
                              is_new, hash);
        };
        return rank(one) < rank(other);
    }

    void update(const Booking& booking) {
        const auto found = known_.bookings.find(booking.number);
        if (found == known_.bookings.end()) {
            KnownBooking& fresh = known_.bookings[booking.number];
            fresh.client = booking.client;
            begin(booking, fresh);
            return;
        }
        KnownBooking& known = found->second;
        known.misses = 0;
        if (known.hash == booking_hash(booking)) {
            return;
        }
        const bool rebooked = known.ended && booking.booked != kUnknownTime &&
                              known.ended_at != kUnknownTime && booking.booked > known.ended_at;
        if (rebooked || known.client != booking.client) {
            if (!known.ended) {
                end_unlisted(booking.number, known);  // of whom it is not, after all
            }
            known.client = booking.client;
            ++known.stay;
            begin(booking, known);
            return;
        }
        // What ends in its turn is no correction of its beginning.
        const bool corrects = known.ended || !booking.ended;
        emit(booking, known, corrects);
    }

    /// A stay that is over when first met has begun too, where the row tells when.
    void begin(const Booking& booking, KnownBooking& known) {
        if (booking.ended && booking.booked != kUnknownTime) {
            Booking started = booking;
            started.ended = false;
            started.released = kUnknownTime;
            started.leaving = Leaving::Unknown;
            emit(started, known, false);
        }
        emit(booking, known, false);
    }

    void emit(const Booking& booking, KnownBooking& known, bool corrects) {
        const std::string before = known.last_id;
        ++known.revision;
        known.hash = booking_hash(booking);
        known.ended = booking.ended;
        known.ended_at = !booking.ended                     ? kUnknownTime
                         : booking.released == kUnknownTime ? file_time_
                                                            : booking.released;
        Submission event = booking_event(booking, site_, known, file_time_);
        if (corrects) {
            event.correction = true;
            event.supersedes_key = before;
        }
        known.last_id = event.source_msg_id;
        events_.push_back(std::move(event));
    }

    void count_misses() {
        std::size_t gone = 0;
        for (auto& [number, known] : known_.bookings) {
            if (known.ended || rows_.contains(number) || doubtful_.contains(number)) {
                continue;
            }
            ++known.misses;
            gone += known.misses == 1 ? 1U : 0U;
            if (site_.missing == MissingMeans::Released && known.misses >= kMissesUntilGone) {
                end_unlisted(number, known);
            }
        }
        if (gone > 0) {
            report_.note(0, "roster",
                         std::to_string(gone) +
                             " bookings are no longer listed, without a word on their release" +
                             (site_.missing == MissingMeans::Released
                                  ? ": ended once a second roster lacks them"
                                  : ": nothing is concluded"));
        }
    }

    void end_unlisted(const std::string& number, KnownBooking& known) {
        Booking booking;
        booking.number = number;
        booking.client = known.client;
        booking.ended = true;
        emit(booking, known, false);
        std::get<JusticeClaim>(events_.back().payload).category = kNotListed;
    }

    const Site& site_;
    KnownBookings known_;
    UtcTime file_time_;
    Report& report_;
    std::map<std::string, Row> rows_;
    std::set<std::string> doubtful_;
    std::vector<Submission> events_;
};

}  // namespace

Result<Parsed> read_roster(const TableSource& source, const Site& site, KnownBookings& known,
                           UtcTime file_time) {
    Parsed parsed;
    Report report(parsed, source.file().filename().string());
    const TableProfile* const table = site.table_for(source.file());
    if (table == nullptr) {
        report.refuse(0, unreadable_kind());
        return parsed;
    }
    if (known.written_at != kUnknownTime && file_time < known.written_at) {
        // It would take back releases, and count who came since as gone.
        report.refuse(0, {RefusalReason::SnapshotSuspicious, "file",
                          "the roster was written before one that was read already",
                          "Deliver rosters in their order; check the clock that dates the files."});
        return parsed;
    }
    RosterReading reading(site, known, file_time, report);
    CAREHUB_TRY(const TableEnd end, read_table(source, *table, report, [&](const TableRow& row) {
                    return reading.take(row, *table);
                }));
    parsed.records = end.rows;
    if (end.refused) {
        return parsed;
    }
    if (reading.has_fallen()) {
        report.refuse(0, {RefusalReason::SnapshotSuspicious, "file",
                          "far fewer bookings are listed than before",
                          "Ask the jail; if it is right, raise [snapshot] fall_max_percent and "
                          "send the file again."});
        return parsed;
    }
    parsed.events = reading.compare(end.whole);
    known = reading.take_known();
    known.written_at = file_time;
    return parsed;
}

}  // namespace carehub::adapters::supervision
