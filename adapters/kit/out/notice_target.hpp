// Where notices go: a partner's own system, behind whatever protocol it speaks.
//
// Contract: one call is under way at a time; its callback runs later, once, from the loop or the
// round that drives the target, never from within the call. A target keeps nothing of a notice once
// it has answered: what was not taken stays with the hub. `what` and errors are words of ours for
// the log; a recipient's own words stand in the refusal alone.
// Threads: confined to one thread.
#pragma once

#include <functional>
#include <string>

#include "hub/base/error.hpp"
#include "hub/model/notice.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters {

enum class Taking : std::uint8_t {
    Taken,      ///< the partner's system has it
    Refused,    ///< it will not take this notice, whenever it is told
    Undecided,  ///< it was handed over, and no decision came: once more
    Away,       ///< nothing can be handed over now
    Nothing,    ///< the format has nothing to say of it
};

struct TargetAnswer {
    Taking taking = Taking::Away;
    Refusal refusal;   ///< Refused and Undecided: the field and the recipient's words
    std::string what;  ///< Undecided and Away: what went wrong
};

/// Seam: HTTP, MLLP, files; one in memory for tests.
class NoticeTarget {
public:
    using Opened = std::function<void(const Status&)>;
    using Answered = std::function<void(const TargetAnswer&)>;

    virtual ~NoticeTarget() = default;
    /// Finds out whether the partner's system can be reached.
    virtual void open(Opened opened) = 0;
    /// The same notice may come again, also after it was taken: `delivery_id` tells.
    virtual void hand_over(const Notice& notice, Answered answered) = 0;
};

}  // namespace carehub::adapters
