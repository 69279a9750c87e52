// A decided delivery as its reader may read it: the least that its form allows.
//
// Contract: `form` of the delivery decides. Full: the event as claimed, without what identifies
// people or the discloser's own records to others. Reduced: class, status, times, zone, place code
// (none for a protected location). BusyOnly: a period rounded outward, no kind, party or place.
// Identifiers: the reader's own. Roster names and sequences: staff only.
// Errors: Invalid when the entry's input does not decode; NotFound for an alert that is gone.
// Threads: any thread, as its seams allow.
#pragma once

#include "hub/gateway/readers.hpp"

namespace carehub::gateway {

struct NoticeSources {
    const Names& names;
    const AlertRenderer& alerts;
};

/// `event`: the entry's submission where it is at hand; null: it is decoded from the entry's input.
[[nodiscard]] Result<Notice> render_notice(const Entry& entry, const Submission* event,
                                           const Delivery& delivery, const Principal& reader,
                                           const NoticeSources& sources);

}  // namespace carehub::gateway
