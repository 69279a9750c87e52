// A listing as a canonical event: class CourtAppearance, mandatory, moved by the judge alone.
//
// Contract: the id is made of the listing's own id and a digest of all that the event says and of
// its version, so that the same change read twice is the same event, and a change taken back is
// not. Threads: any thread.
#pragma once

#include "adapters/court/site.hpp"
#include "adapters/court/snapshot_store.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::court {

struct HearingChange {
    EventKind kind = EventKind::Unset;
    UtcTime prev_start = kUnknownTime;
    UtcTime file_time{};  ///< stands for the time of change when the court tells none
};

/// The numbers by which the roster knows the person; no name is ever one.
[[nodiscard]] std::vector<Identifier> identifiers_of(const Site& site,
                                                     const std::string& case_number,
                                                     const std::string& participant);

/// Requires a kind from HearingScheduled to FailureToAppear.
[[nodiscard]] Submission hearing_event(const Site& site, const KnownListing& known,
                                       const HearingChange& change);

}  // namespace carehub::adapters::court
