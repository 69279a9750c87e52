// The machine: decide(state, input) chooses, evolve(state, decisions) changes; step() is both.
//
// Contract: deterministic: the same inputs in the same order give the same outcomes, bit for bit.
// Rules run in decide alone, so replay (evolve only) never needs them. One client, at most, changes
// per submission; a tick may settle many.
// Threads: confined to one thread.
#pragma once

#include <span>
#include <utility>

#include "hub/core/read_ahead.hpp"
#include "hub/core/rule.hpp"
#include "hub/core/state.hpp"
#include "hub/model/entry.hpp"

namespace carehub::core {

/// What may leave for a ResumeInput.
struct ResumeAnswer {
    std::vector<Delivery> deliveries;  ///< in order
    std::uint64_t passed = 0;          ///< up to here all is in `deliveries`, or is not owed
    std::uint64_t acknowledged = 0;    ///< by the recipient, when it was asked
    std::uint64_t last_number = 0;     ///< the highest decided: who claims more is wrong
    bool more = false;                 ///< something above `passed` is owed
    bool on_disk = false;  ///< what comes next is to be read from the journal: ask with a backlog
    bool waits = false;    ///< nothing more before the recipient acknowledges
    bool history = false;  ///< as asked; `more` and `passed` speak of what was acknowledged
    friend bool operator==(const ResumeAnswer&, const ResumeAnswer&) = default;
};

/// What leaves the machine for one input. Effects are read from it once the entry is durable.
struct Outcome {
    bool journalled = false;  ///< false: nothing was decided (a repeat, an idle tick, a question)
    Entry entry;              ///< when journalled
    Receipt receipt;          ///< for submissions and commands
    ResumeAnswer resumed;     ///< for a ResumeInput
    /// Less may be told of these: what has not left yet is asked about anew.
    std::vector<ClientId> narrowed;
};

[[nodiscard]] Outcome decide(const State& state, const RuleSet& rules, const Input& input);

class Machine {
public:
    explicit Machine(RuleSet rules) : rules_(std::move(rules)) {}

    [[nodiscard]] Outcome step(const Input& input);
    /// A hint, before each of these inputs is stepped: the one at `next` is (core/read_ahead.hpp).
    void expect(std::span<const Input> inputs, std::size_t next) const;
    /// Applies an entry of the journal: recovery, replay, standby.
    void replay(Sequence sequence, const Decisions& decisions) {
        evolve(state_, sequence, decisions);
    }
    /// A start from a snapshot, and what it is replayed on.
    void start_from(State state) { state_ = std::move(state); }
    [[nodiscard]] State take_state() { return std::exchange(state_, State{}); }
    /// When a tick would next decide something; kNever if it would not.
    [[nodiscard]] UtcTime next_wake() const;

    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] const RuleSet& rules() const { return rules_; }

private:
    State state_;
    RuleSet rules_;
};

}  // namespace carehub::core
