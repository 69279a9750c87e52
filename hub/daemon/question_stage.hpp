// Staff questions: what reads about clients is journalled first, then answered.
//
// Contract: take() gives the input that records the reading, or the answer at once when nothing about
// a client is read. done() answers a question whose reading is durable.
// Threads: confined to the follower's thread. Lifetime: borrows all it is given.
#pragma once

#include <map>

#include "hub/daemon/fingerprints.hpp"
#include "hub/daemon/journal_stage.hpp"
#include "hub/follower/answers.hpp"
#include "hub/gateway/question.hpp"

namespace carehub::daemon {

class QuestionStage {
public:
    QuestionStage(const GuardedFollower& follower, const follower::EntryReader& entries,
                  const VaultFingerprints& fingerprints, const Clock& clock)
        : follower_(follower), entries_(entries), fingerprints_(fingerprints), clock_(clock) {}

    struct Taken {
        std::optional<Input> read;
        std::optional<gateway::StaffAnswer> answer;
    };
    [[nodiscard]] Taken take(gateway::StaffQuestion question);
    [[nodiscard]] std::optional<gateway::StaffAnswer> done(const ReadDone& read);

private:
    [[nodiscard]] gateway::StaffAnswer answer(const gateway::StaffQuestion& question) const;

    const GuardedFollower& follower_;
    const follower::EntryReader& entries_;
    const VaultFingerprints& fingerprints_;
    const Clock& clock_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, gateway::StaffQuestion> waiting_;
};

}  // namespace carehub::daemon
