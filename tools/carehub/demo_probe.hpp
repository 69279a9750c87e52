// How long it takes until a conflict can be read: from the acknowledgment of the message that makes
// it known to the first answer of the hub that shows its alert.
//
// Contract: a planted conflict is measured when the last of its events to arrive is an HL7 message;
// those that a file completes have no acknowledgment to count from.
// Threads: confined to one thread. Lifetime: borrows the reviewers.
#pragma once

#include <chrono>
#include <set>

#include "tools/carehub/demo_reviewers.hpp"
#include "tools/carehub/truth.hpp"

namespace carehub::tool::demo {

class DetectionProbe {
public:
    DetectionProbe(const Truth& truth, Reviewers& reviewers);

    /// A file that adapters have read.
    void after_file(std::string_view text) { static_cast<void>(take(text, 0)); }
    /// A message that was acknowledged just now.
    [[nodiscard]] Status after_message(std::string_view text, unsigned day);

    /// Sorted.
    [[nodiscard]] std::vector<std::chrono::microseconds> times() const;
    /// Conflicts that were not readable in kDetectionMax.
    [[nodiscard]] std::uint64_t not_detected() const { return not_detected_; }

private:
    struct Candidate {
        PlantedAlert planted;
        std::set<std::string> unseen;
    };

    /// Marks the ids the text names; returns what became complete and is due on that day.
    [[nodiscard]] std::vector<PlantedAlert> take(std::string_view text, unsigned day);
    [[nodiscard]] Result<bool> is_readable(const PlantedAlert& planted);

    Reviewers& reviewers_;
    std::vector<Candidate> candidates_;
    std::vector<std::chrono::microseconds> times_;
    std::uint64_t not_detected_ = 0;
};

}  // namespace carehub::tool::demo
