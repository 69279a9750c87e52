// Staff questions: what reads about clients is journalled first, then answered.
//
// Contract: take() gives the input that records the reading and whether it is refused, or the answer
// at once when nothing about a client is read. What was recorded as refused is answered so; what was
// recorded as told may still be refused, if the client became another's in between. The question `health` is answered here: it is about this process; what proves
// comes from the ProofDesk. done() answers a question whose reading is durable.
// Threads: confined to the follower's thread. Lifetime: borrows all it is given.
#pragma once

#include <map>

#include "hub/daemon/disk_space.hpp"
#include "hub/daemon/fingerprints.hpp"
#include "hub/daemon/journal_stage.hpp"
#include "hub/daemon/proof_desk.hpp"
#include "hub/follower/answers.hpp"
#include "hub/gateway/question.hpp"

namespace carehub::daemon {

class QuestionStage {
public:
    QuestionStage(const GuardedFollower& follower, const follower::EntryReader& entries,
                  const VaultFingerprints& fingerprints, const Clock& clock,
                  const GuardedHealth& health, ProofDesk& proofs,
                  const core::RetentionYears& keep = {})
        : follower_(follower),
          entries_(entries),
          fingerprints_(fingerprints),
          clock_(clock),
          health_(health),
          proofs_(proofs),
          keep_(keep) {}

    struct Taken {
        std::optional<Input> read;
        std::optional<gateway::StaffAnswer> answer;
    };
    [[nodiscard]] Taken take(gateway::StaffQuestion question);
    [[nodiscard]] std::optional<gateway::StaffAnswer> done(const ReadDone& read);

private:
    [[nodiscard]] gateway::StaffAnswer answer(const gateway::StaffQuestion& question);
    [[nodiscard]] follower::Answer find(const gateway::StaffQuestion& question);
    [[nodiscard]] ReadInput read_of(const follower::Asked& asked) const;

    const GuardedFollower& follower_;
    const follower::EntryReader& entries_;
    const VaultFingerprints& fingerprints_;
    const Clock& clock_;
    const GuardedHealth& health_;
    ProofDesk& proofs_;
    core::RetentionYears keep_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, gateway::StaffQuestion> waiting_;
};

}  // namespace carehub::daemon
