// Questions of one person's session, each with what is done with its answer.
//
// Contract: `answered` runs once: with the answer, or with null when there is none: the session
// ended, or kTruthWaitMax is over. It never runs from within ask().
// Threads: confined to one thread. Lifetime: borrows the link and the clock.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "adapters/kit/staff_link.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters::desk {

using Answered = std::function<void(const StaffAnswer* answer)>;
using QuestionArguments = std::vector<std::pair<std::string, std::string>>;

class Questions {
public:
    Questions(StaffLink& link, const Clock& clock) : link_(link), clock_(clock) {}

    [[nodiscard]] Status ask(std::string name, QuestionArguments arguments, Answered answered);
    /// What came, and what waited for too long.
    void take(const StaffNews& news);

private:
    struct Open {
        Micros late_at{0};
        Answered answered;
    };

    StaffLink& link_;
    const Clock& clock_;
    std::uint64_t last_ticket_ = 0;
    std::map<std::uint64_t, Open> open_;
};

}  // namespace carehub::adapters::desk
