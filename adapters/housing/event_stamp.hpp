// From drafts to submissions: ids that stay, what an event replaces, and the order of an export.
//
// Contract: source_msg_id is "<authority>/<file>/<row id>/<hash>" plus "/move-in", "/deceased" or
// "/L1" .. "/L8" for what is derived from a row. The hash covers the meaning of the row and of its
// context, so the same id always has the same body. Against the rows known before:
// an unchanged row gives nothing; a changed one gives its events anew, each with the id it
// supersedes; what a changed row no longer says, and all that a deleted row said, is withdrawn
// (correction, with the id withdrawn). A deleted row that was never told gives nothing.
// Order: people first; then by day, enrollment before move-in before situation before exit before
// loss before death, never before the enrollment's entry; then by id.
// Threads: confined to one thread. Lifetime: borrows site, authority, known rows and report.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/housing/known_rows.hpp"
#include "adapters/housing/row_events.hpp"

namespace carehub::adapters::housing {

class EventStamp {
public:
    EventStamp(const Site& site, const std::string& authority, const KnownRows& known,
               Report& report)
        : site_(site), authority_(authority), known_(known), report_(report) {}

    void take(const RowDraft& row);

    [[nodiscard]] std::vector<Submission> take_events();
    /// Remembers the rows of this export; call it when the export counts as read.
    void remember(KnownRows& known);

private:
    struct Ordered {
        UtcTime at{};
        std::uint8_t rank = 0;
        Submission event;
    };

    void emit(const RowDraft& row, const Draft& draft, Submission event);
    void withdraw(const RowDraft& row, Part part, Submission event);
    [[nodiscard]] Hash256 meaning(const RowDraft& row) const;

    const Site& site_;
    const std::string& authority_;
    const KnownRows& known_;
    Report& report_;
    std::vector<Ordered> events_;
    std::vector<std::pair<std::string, KnownRows::Version>> versions_;
};

}  // namespace carehub::adapters::housing
