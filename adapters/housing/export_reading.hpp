// One reading of one export whose head was found good: its context, then its rows, table by table,
// then what it leaves out.
//
// Contract: run() tells every row of the tables that events come of, and changes the set of known
// rows once all of them are read. The events wait in `events`.
// Errors: as read_export(). Threads: confined to one thread. Lifetime: borrows all it is made with.
#pragma once

#include "adapters/housing/known_changes.hpp"
#include "adapters/housing/read_table.hpp"

namespace carehub::adapters::housing {

class ExportReading {
public:
    struct Parts {
        const ExportSet& set;
        const Site& site;
        const FeedDesk* desk;
        std::uint64_t stream;  ///< number of the file for the known rows
        OrderedEvents& events;
        Report& report;
    };
    ExportReading(const Parts& parts, ExportInfo info, KnownSet& known);

    [[nodiscard]] Status run();

private:
    Status read_context_of_export();
    Status recall_known();
    Status recall_untold();
    Status tell_rows();
    Status tell_provider_projects();
    Status tell_clients();
    Status tell_enrollments();
    template <class T>
    Status tell_dependents(Table table, std::optional<T> (*parse)(Row&),
                           RowDraft (RowEvents::*events_of)(const T&) const);
    Status for_each_row(Table table, const OnRow& take);
    bool belongs_to_enrollment(Row& row, const std::string& enrollment,
                               const std::string& person) const;
    void tell_absent_clients(const IdSet& clients);
    [[nodiscard]] ExportAge age() const;
    [[nodiscard]] std::int64_t exported_s() const;

    Parts parts_;
    KnownSet& known_;
    Context context_;
    RowIndex index_;
    KnownWriter writer_;
    EventStamp stamp_;
    RowEvents row_events_;
    std::array<bool, kTablesMax> read_whole_{};
    std::array<bool, kTablesMax> rowless_{};
};

}  // namespace carehub::adapters::housing
