#include "hub/daemon/core_stage.hpp"

#include "hub/base/check.hpp"
#include "hub/base/log.hpp"

namespace carehub::daemon {
namespace {

const ClockCommand* clock_command(const Input& input) {
    const auto* command = std::get_if<CommandInput>(&input.body);
    return command == nullptr ? nullptr : std::get_if<ClockCommand>(&command->command);
}

gateway::Resumed resumed_of(const Input& input, core::ResumeAnswer answer) {
    gateway::Resumed resumed;
    resumed.recipient = input.principal;
    resumed.session = input.session;
    resumed.deliveries = std::move(answer.deliveries);
    resumed.passed = answer.passed;
    resumed.acknowledged = answer.acknowledged;
    resumed.last_number = answer.last_number;
    resumed.more = answer.more;
    resumed.on_disk = answer.on_disk;
    resumed.waits = answer.waits;
    resumed.history = answer.history;
    return resumed;
}

bool wants_receipt(const Input& input) {
    const InputKind kind = input.kind();
    return input.session != 0 && (kind == InputKind::Submission || kind == InputKind::Command ||
                                  kind == InputKind::Refused);
}

}  // namespace

gateway::Principal principal_of(const core::State& state, const Partner& partner) {
    return {partner.id,         std::string(state.text(partner.name)),
            partner.kind,       partner.role,
            partner.public_key, partner.removed,
            partner.paused};
}

CoreBatch CoreStage::step(gateway::InputBatch inputs) {
    CoreBatch out;
    const auto held = std::make_shared<const gateway::InputBatch>(std::move(inputs));
    for (std::size_t next = 0; next < held->size(); ++next) {
        machine_.expect(*held, next);
        const Input& input = (*held)[next];
        const ClockCommand* moves = clock_command(input);
        if (moves != nullptr && clock_.is_real()) {
            Input refused = input;
            refused.body = RefusedInput{{RefusalReason::TimeStandsElsewhere, "to",
                                         "only a simulation folder's time can be moved"}};
            decide(refused, out);
            continue;
        }
        if (moves != nullptr) {
            tick_until(moves->to, out);
        }
        const Entry* entry = decide(input, out);
        const auto* submission = std::get_if<SubmissionInput>(&input.body);
        if (entry != nullptr && submission != nullptr &&
            entry->decisions.refused == RefusalReason::None) {
            out.events.push_back({entry->sequence, {held, &submission->claim}});
        }
        if (moves != nullptr) {
            clock_.move(machine_.state().now);
        }
    }
    return out;
}

CoreBatch CoreStage::tick() {
    CoreBatch out;
    tick_until(clock_.now(), out);
    return out;
}

CoreBatch CoreStage::park_poison() {
    CoreBatch out;
    if (page_.found().fingerprint != Hash128{}) {
        log::error("hub",
                   "the last run stopped while deciding an input; it is refused as poison, and its "
                   "client's events wait");
        Input input;
        input.received_at = clock_.now();
        input.body = PoisonInput{page_.found().fingerprint, {page_.found().lane}};
        decide(input, out);
    }
    page_.leave();
    return out;
}

void CoreStage::tick_until(UtcTime to, CoreBatch& out) {
    while (machine_.next_wake() <= to) {
        const UtcTime due = machine_.next_wake();
        Input tick;
        // In real time a tick happens when it happens; a simulation's happens when it was due.
        tick.received_at = clock_.is_real() ? clock_.now() : due;
        tick.body = TickInput{};
        const Sequence before = machine_.state().last;
        decide(tick, out);
        CAREHUB_CHECK(machine_.state().last != before, "a due tick decides something");
    }
}

/// A fault of deciding this event, for tests; one that is refused as poison is not decided.
bool CoreStage::is_planted(const Input& input) const {
    const auto* submission = std::get_if<SubmissionInput>(&input.body);
    return submission != nullptr && !options_.fail_on_event.empty() &&
           submission->claim.source_msg_id == options_.fail_on_event &&
           !machine_.state().poison.contains(input.fingerprint);
}

const Entry* CoreStage::decide(const Input& input, CoreBatch& out) {
    const auto* submission = std::get_if<SubmissionInput>(&input.body);
    const bool of_client = submission != nullptr && !submission->subjects.empty();
    page_.enter({input.fingerprint, of_client ? submission->subjects.front().value : Hash128{}});
    CAREHUB_CHECK(!is_planted(input), "planted by a test");
    core::Outcome outcome = machine_.step(input);
    page_.leave();
    if (wants_receipt(input)) {
        out.receipts.push_back({input.session, outcome.receipt});
    }
    if (input.kind() == InputKind::Resume) {
        out.resumed.push_back(resumed_of(input, std::move(outcome.resumed)));
    }
    if (input.kind() == InputKind::Read) {
        out.reads.push_back({input.session, input.ticket, outcome.receipt.refusal});
    }
    if (!outcome.journalled) {
        return nullptr;
    }
    for (const Partner& partner : outcome.entry.decisions.partners) {
        out.principals.push_back(principal_of(machine_.state(), partner));
    }
    out.narrowed.insert(out.narrowed.end(), outcome.narrowed.begin(), outcome.narrowed.end());
    return out.entries.emplace_back(std::make_shared<Entry>(std::move(outcome.entry))).get();
}

}  // namespace carehub::daemon
