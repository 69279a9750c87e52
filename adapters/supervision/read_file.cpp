#include "adapters/supervision/read_file.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "adapters/kit/file.hpp"
#include "adapters/kit/report.hpp"
#include "adapters/supervision/check_in_event.hpp"
#include "adapters/supervision/check_in_row.hpp"
#include "adapters/supervision/fact_row.hpp"
#include "adapters/supervision/file_records.hpp"
#include "adapters/supervision/record_owners.hpp"
#include "adapters/supervision/roster.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::supervision {
namespace {

/// "#", 16 digits, "." and a revision.
constexpr std::size_t kIdTailBytesMax = 32;

/// Behind the key of a supervision: what the memory calls its end.
constexpr const char* kEnded = "|ENDED";

/// One reading of one table.
class TableReading {
public:
    TableReading(const Site& site, const TableProfile& table, KnownRows& known, Report& report)
        : site_(site), table_(table), known_(known), report_(report), owners_(known) {}

    void take(const TableRow& row, UtcTime file_time) {
        file_time_ = file_time;
        site_.rows == RowsAre::CheckIns ? take_check_in(row) : take_facts(row);
    }
    /// After the last row.
    [[nodiscard]] std::vector<Submission> events() {
        take_back_moved();
        return std::move(events_);
    }

private:
    // --- Check-ins --------------------------------------------------------------------------

    void take_check_in(const TableRow& row) {
        auto check_in =
            read_check_in(row, table_, site_, local_date(site_.zone, file_time_), report_);
        if (!check_in) {
            return report_.refuse(row.line(), std::move(check_in).error());
        }
        if (check_in->status == RowStatus::Ignored) {
            return report_.note(row.line(), row.name("status"),
                                "the configuration ignores this status: no event");
        }
        std::string key = business_key(*check_in, site_);
        if (check_in->id.empty()) {
            key = records_.key_of(key, hour_of(*check_in));
        }
        if (fits(row, key) && stands(row, key, row_hash(*check_in), told_at(check_in->updated))) {
            emit(row, *check_in, key);
            owners_.tell(check_in->id, check_in->client);
            if (owners_.stood_with_another(check_in->id, check_in->client)) {
                moved_.try_emplace(check_in->id, row, *check_in);
            }
        }
    }

    /// What tells check-ins of one day and type apart; "" without a time.
    static std::string hour_of(const CheckIn& check_in) {
        return check_in.time_of_day ? std::to_string(check_in.time_of_day->count()) : "";
    }

    void emit(const TableRow& row, const CheckIn& check_in, const std::string& key) {
        RowHistory history;
        history.before = known_.find(key);
        history.now.hash = row_hash(check_in);
        history.now.told = told_at(check_in.updated);
        if (history.before != nullptr && history.before->hash == history.now.hash) {
            return known_.say_again(key, history.now.told);
        }
        if (is_older(row, history.before, history.now.told)) {
            return;
        }
        history.now.revision = history.before == nullptr ? 0 : history.before->revision + 1;
        history.now.status = check_in.status;
        history.now.client = check_in.client;
        history.now.id = check_in.id;
        history.now.start = time_of(check_in, site_).start;
        Submission event =
            make_event(check_in, key, site_, history, check_in.updated.value_or(file_time_));
        event.raw_sha256 = row.fingerprint();
        events_.push_back(std::move(event));
        known_.put(key, std::move(history.now));
    }

    // --- Supervision itself, conditions, violations -------------------------------------------

    void take_facts(const TableRow& row) {
        auto facts = read_facts(row, table_, site_, local_date(site_.zone, file_time_), report_);
        if (!facts) {
            return report_.refuse(row.line(), std::move(facts).error());
        }
        number_term(*facts);
        const Fact& first = facts->front();
        const UtcTime told = told_at(first.updated);
        if (!fits(row, first.key) || !stands(row, first.key, hash_of(*facts), told) ||
            is_older(row, known_.find(memory_key(first)), told)) {
            return;
        }
        owners_.tell(first.id, first.client);
        if (owners_.stood_with_another(first.id, first.client)) {
            moved_.try_emplace(first.id, row, first);
        }
        const bool ended = facts->size() > 1;
        for (const Fact& fact : *facts) {
            emit(row, fact);
        }
        if (site_.rows == RowsAre::Supervision && !ended) {
            take_back_end(row, first);
        }
    }

    /// Supervision that begins after its record's ended is another term of it.
    void number_term(std::vector<Fact>& facts) const {
        const std::string key = facts.front().key;
        for (int term = 2; begins_after_end(facts.front()); ++term) {
            for (Fact& fact : facts) {
                fact.key = key + "|" + std::to_string(term);
            }
        }
    }

    [[nodiscard]] bool begins_after_end(const Fact& fact) const {
        const KnownRow* const ended = known_.find(fact.key + kEnded);
        return fact.kind == EventKind::SupervisionStarted && ended != nullptr &&
               ended->status != RowStatus::Cancelled && ended->start != kUnknownTime &&
               start_of_day(site_.zone, fact.day) > ended->start;
    }

    static std::string hash_of(const std::vector<Fact>& facts) {
        std::string hash;
        for (const Fact& fact : facts) {
            hash += fact_hash(fact);
        }
        return hash;
    }

    /// What the memory calls a fact: the end of a supervision apart from its start.
    static std::string memory_key(const Fact& fact) {
        return fact.key + (fact.kind == EventKind::SupervisionEnded ? kEnded : "");
    }

    void emit(const TableRow& row, const Fact& fact) {
        const std::string memory = memory_key(fact);
        const KnownRow* const before = known_.find(memory);
        KnownRow now;
        now.hash = fact_hash(fact);
        now.told = told_at(fact.updated);
        if (before != nullptr && before->hash == now.hash &&
            before->status != RowStatus::Cancelled) {
            return known_.say_again(memory, now.told);
        }
        if (is_older(row, before, now.told)) {
            return;
        }
        now.revision = before == nullptr ? 0 : before->revision + 1;
        now.start = start_of_day(site_.zone, fact.day);
        now.client = fact.client;
        now.id = fact.id;
        Submission event = fact_event(fact, site_, file_time_);
        event.source_msg_id = source_id(memory, now);
        event.raw_sha256 = row.fingerprint();
        if (before != nullptr) {
            event.correction = true;
            event.supersedes_key = source_id(memory, *before);
        }
        events_.push_back(std::move(event));
        known_.put(memory, std::move(now));
    }

    /// An end that the agency no longer tells was told in error: supervision goes on.
    void take_back_end(const TableRow& row, const Fact& start) {
        const std::string memory = start.key + kEnded;
        const KnownRow* const ended = known_.find(memory);
        if (ended == nullptr || ended->status == RowStatus::Cancelled ||
            is_older(row, ended, told_at(start.updated))) {
            return;
        }
        KnownRow now = *ended;
        now.told = told_at(start.updated);
        ++now.revision;
        now.status = RowStatus::Cancelled;
        Submission event = fact_event(start, site_, file_time_);
        event.source_msg_id = source_id(memory, now);
        event.raw_sha256 = row.fingerprint();
        event.correction = true;
        event.supersedes_key = source_id(memory, *ended);
        events_.push_back(std::move(event));
        known_.put(memory, std::move(now));
    }

    // --- Records of another person --------------------------------------------------------------

    struct MovedRow {
        template <class Record>
        MovedRow(const TableRow& row, Record told)
            : line(row.line()), sha256(row.fingerprint()), record(std::move(told)) {}

        std::uint64_t line;
        Hash256 sha256;
        std::variant<CheckIn, Fact> record;
    };

    void take_back_moved() {
        for (const MovedRecord& moved : owners_.moved()) {
            const MovedRow& row = moved_.at(moved.id);
            report_.note(row.line, "client",
                         "the record stood with another person: withdrawn there");
            KnownRow now = *known_.find(moved.from_key);
            const KnownRow before = now;
            ++now.revision;
            now.told = file_time_;
            now.status = RowStatus::Cancelled;
            const auto* const check_in = std::get_if<CheckIn>(&row.record);
            Submission event = check_in != nullptr
                                   ? cancelled(*check_in, moved, before, now)
                                   : taken_back(std::get<Fact>(row.record), moved, before, now);
            event.raw_sha256 = row.sha256;
            events_.push_back(std::move(event));
            known_.put(moved.from_key, std::move(now));
        }
    }

    Submission cancelled(CheckIn check_in, const MovedRecord& moved, const KnownRow& before,
                         KnownRow& now) {
        check_in.client = moved.from;
        check_in.status = RowStatus::Cancelled;
        now.hash = row_hash(check_in);
        return make_event(check_in, moved.from_key, site_, {&before, now}, file_time_);
    }

    Submission taken_back(const Fact& fact, const MovedRecord& moved, const KnownRow& before,
                          KnownRow& now) {
        const Fact error = entered_in_error(fact, moved.from, moved.from_key);
        now.hash = fact_hash(error);
        Submission event = fact_event(error, site_, file_time_);
        event.source_msg_id = source_id(moved.from_key, now);
        event.correction = true;
        event.supersedes_key = source_id(moved.from_key, before);
        return event;
    }

    /// When the agency said it. What it dates ahead of its own file cannot keep later words out.
    [[nodiscard]] UtcTime told_at(const std::optional<UtcTime>& updated) const {
        return std::min(updated.value_or(file_time_), file_time_);
    }

    /// Of two lists the one that was written later counts, whichever arrives last (13-decisions).
    [[nodiscard]] bool is_older(const TableRow& row, const KnownRow* before, UtcTime told) {
        const bool older = before != nullptr && told < before->told;
        if (older) {
            report_.note(row.line(), row.name("client"),
                         "told earlier than what is known of it: no event");
        }
        return older;
    }

    /// No row before it in this file tells otherwise.
    [[nodiscard]] bool stands(const TableRow& row, const std::string& key, const std::string& says,
                              UtcTime told) {
        if (!records_.contradicts(key, says, told)) {
            return true;
        }
        report_.refuse(row.line(), {RefusalReason::InvalidField, row.name("client"),
                                    "Two rows tell different things of one record.",
                                    "Leave the row that holds, give records ids of their own, or "
                                    "map the column that tells which row is newer."});
        return false;
    }

    [[nodiscard]] bool fits(const TableRow& row, const std::string& key) {
        if (key.size() + kIdTailBytesMax <= kKeyBytesMax) {
            return true;
        }
        report_.refuse(row.line(), {RefusalReason::FieldTooLong, row.name("client"),
                                    "Feed, client and record together are too long for a key.",
                                    "Shorten the feed's name, the client's number or the id."});
        return false;
    }

    const Site& site_;
    const TableProfile& table_;
    KnownRows& known_;
    Report& report_;
    FileRecords records_;
    RecordOwners owners_;
    std::map<std::string, MovedRow> moved_;  ///< by id
    UtcTime file_time_{};
    std::vector<Submission> events_;
};

}  // namespace

Result<Parsed> read_file(const TableSource& source, const Site& site, KnownRows& known,
                         UtcTime file_time) {
    Parsed parsed;
    Report report(parsed, source.file().filename().string());
    const TableProfile* const table = site.table_for(source.file());
    if (table == nullptr) {
        report.refuse(0, unreadable_kind());
        return parsed;
    }
    KnownRows after = known;
    TableReading reading(site, *table, after, report);
    CAREHUB_TRY(const TableEnd end, read_table(source, *table, report, [&](const TableRow& row) {
                    reading.take(row, file_time);
                    return Status{};
                }));
    parsed.records = end.rows;
    if (!end.refused) {
        parsed.events = reading.events();
        known = std::move(after);
    }
    return parsed;
}

Result<Parsed> read_agency_file(const TableSource& source, const Site& site, std::string& state,
                                UtcTime file_time) {
    if (site.rows == RowsAre::Roster) {
        CAREHUB_TRY(KnownBookings known, KnownBookings::from_text(state));
        CAREHUB_TRY(Parsed parsed, read_roster(source, site, known, file_time));
        state = known.to_text();
        return parsed;
    }
    CAREHUB_TRY(KnownRows known, KnownRows::from_text(state));
    CAREHUB_TRY(Parsed parsed, read_file(source, site, known, file_time));
    state = known.to_text();
    return parsed;
}

Result<Parsed> parse_file(const std::filesystem::path& file, const Site& site, std::string& state) {
    CAREHUB_TRY(const UtcTime file_time, modified_at(file));
    return read_agency_file(file, site, state, file_time);
}

}  // namespace carehub::adapters::supervision
