// The machine: decide(state, input) chooses, evolve(state, decisions) changes; step() is both.
//
// Contract: deterministic: the same inputs in the same order give the same outcomes, bit for bit.
// Rules run in decide alone, so replay (evolve only) never needs them. One client, at most, changes
// per submission; a tick may settle many.
// Threads: confined to one thread.
#pragma once

#include "hub/core/rule.hpp"
#include "hub/core/state.hpp"
#include "hub/model/entry.hpp"

namespace carehub::core {

/// What leaves the machine for one input. Effects are read from it once the entry is durable.
struct Outcome {
    bool journalled = false;  ///< false: nothing was decided (a repeat, an idle tick, a question)
    Entry entry;              ///< when journalled
    Receipt receipt;          ///< for submissions and commands
    std::vector<Delivery> resumed;  ///< for a ResumeInput: what may leave now, in order
};

[[nodiscard]] Outcome decide(const State& state, const RuleSet& rules, const Input& input);

class Machine {
public:
    explicit Machine(RuleSet rules) : rules_(std::move(rules)) {}

    [[nodiscard]] Outcome step(const Input& input);
    /// Applies an entry of the journal: recovery, replay, standby.
    void replay(Sequence sequence, const Decisions& decisions) {
        evolve(state_, sequence, decisions);
    }
    /// When a tick would next decide something; kNever if it would not.
    [[nodiscard]] UtcTime next_wake() const;

    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] const RuleSet& rules() const { return rules_; }

private:
    State state_;
    RuleSet rules_;
};

}  // namespace carehub::core
