// From drafts to submissions: ids that stay, what an event replaces, and the order of an export.
//
// Contract: source_msg_id is "<authority>/<file>/<row id>/<hash>" plus "/move-in", "/deceased" or
// "/L1" .. "/L8" for what is derived from a row. The hash covers the meaning of the row and of its
// context, and the row's revision, how often it changed before, so that what comes back is told
// with an id of its own; the same id always has the same body. Against the rows known before: an unchanged row gives nothing;
// a changed one gives its events anew, each with the id it supersedes; what a changed row no longer
// says, and all that a deleted row said, is withdrawn (correction, with the id withdrawn). A row
// that is another person's now is withdrawn from the one and told of the other. A deleted row that
// was never told gives nothing. A second row with an id of this export is refused, or a finding if
// it says the same. An export older than one read before tells only rows that are not known.
// Order: people first, then withdrawals of rows that are gone; then by day, enrollment before
// move-in before situation, service, assessment, referral, exit, loss, death, never before the
// enrollment's entry; then by id.
// Errors: of the known rows and the events. Threads: confined to one thread. Lifetime: borrows all
// it is made with.
#pragma once

#include <string>

#include "adapters/housing/known_rows.hpp"
#include "adapters/housing/row_events.hpp"
#include "adapters/housing/row_index.hpp"
#include "adapters/kit/ordered_events.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::housing {

enum class ExportAge : std::uint8_t { Newest, Older };

class EventStamp {
public:
    struct Parts {
        const Site& site;
        const ExportInfo& info;
        ExportAge age;
        RowIndex& index;
        KnownWriter& known;
        OrderedEvents& events;
        Report& report;
    };
    explicit EventStamp(const Parts& parts);

    [[nodiscard]] Status take(const RowDraft& row);
    /// Withdraws all that is in force of a row that is gone, or is another person's now.
    [[nodiscard]] Status withdraw(const KnownRow& row);

private:
    Status tell_again(const RowDraft& row, const RowMark& known);
    Status tell(const RowDraft& row, const RowMark& before, RowMark& now);
    Status emit(const RowDraft& row, const Draft& draft, Submission event);
    Status withdraw(const RowDraft& row, Part part, Submission event);
    Status add(const EventOrder& order, Submission event, RowPlace place);
    [[nodiscard]] Hash256 meaning(const RowDraft& row, std::uint16_t revision);
    [[nodiscard]] Submission event_of(const std::string& person, Labels labels) const;
    [[nodiscard]] UtcTime recorded_at(const RowBase& row) const;
    [[nodiscard]] std::string key_of(Table table, const std::string& id) const;

    Parts parts_;
    UtcTime as_of_ = kUnknownTime;
    std::string bytes_;  ///< of the row being hashed
    Sha256 sha256_;
};

}  // namespace carehub::adapters::housing
