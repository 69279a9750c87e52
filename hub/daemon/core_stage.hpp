// Inputs become outcomes: the machine with the clock's ticks and the poison guard around it.
//
// Contract: step() decides a batch in order and returns what the journal must make durable. In a
// simulation a ClockCommand first lets every tick fall due that lies before its time.
// Threads: confined to the core's thread.
#pragma once

#include <memory>
#include <string>

#include "hub/core/machine.hpp"
#include "hub/daemon/business_clock.hpp"
#include "hub/daemon/poison_page.hpp"
#include "hub/gateway/input_maker.hpp"
#include "hub/gateway/released.hpp"

namespace carehub::daemon {

/// A staff question whose reading is journalled: now it may be answered, as the entry says.
struct ReadDone {
    std::uint64_t session = 0;
    std::uint64_t ticket = 0;
    Refusal refusal{};  ///< none: it is told
};

struct CoreBatch {
    std::vector<std::shared_ptr<Entry>> entries;
    std::vector<gateway::DecodedEvent> events;      ///< of the accepted submissions among them
    std::vector<gateway::PendingReceipt> receipts;  ///< their roots come with the commit
    std::vector<gateway::Resumed> resumed;
    std::vector<gateway::Principal> principals;
    std::vector<ClientId> narrowed;
    std::vector<ReadDone> reads;
};

class CoreStage {
public:
    struct Options {
        /// A test plants a failing check on the submission with this id.
        std::string fail_on_event;
    };
    CoreStage(core::Machine& machine, BusinessClock& clock, PoisonPage& page, Options options)
        : machine_(machine), clock_(clock), page_(page), options_(std::move(options)) {}

    /// The batch's events keep the inputs alive.
    [[nodiscard]] CoreBatch step(gateway::InputBatch inputs);
    /// The ticks that are due now.
    [[nodiscard]] CoreBatch tick();
    /// Parks the input that stopped the last run, if one did.
    [[nodiscard]] CoreBatch park_poison();

private:
    [[nodiscard]] bool is_planted(const Input& input) const;
    /// The entry it made, in `out`; null when nothing is to be written.
    const Entry* decide(const Input& input, CoreBatch& out);
    void tick_until(UtcTime to, CoreBatch& out);

    core::Machine& machine_;
    BusinessClock& clock_;
    PoisonPage& page_;
    Options options_;
};

[[nodiscard]] gateway::Principal principal_of(const core::State& state, const Partner& partner);

}  // namespace carehub::daemon
