#include "hub/core/replay_ahead.hpp"

namespace carehub::core {

/// Each pass reads what the pass before it asked for, so none of them waits.
void replay_ahead(const State& state, std::span<const Entry> entries) {
    for (const Entry& entry : entries) {
        state.cases.expect(entry.decisions.client);
        for (const InboxMark& mark : entry.decisions.inbox) {
            state.inbox.expect(mark.id);
        }
    }
    for (const Entry& entry : entries) {
        state.cases.expect_record(entry.decisions.client);
    }
    for (const Entry& entry : entries) {
        const Case* subject = state.find_case(entry.decisions.client);
        if (subject != nullptr && !entry.decisions.obligations.empty()) {
            const std::vector<Obligation>& known = subject->obligations.base();
            constexpr std::size_t kWhole = 8;  // of a few all are moved, of many some are read
            expect_bytes(known.data(), std::min(known.size(), kWhole) * sizeof(Obligation));
        }
    }
}

}  // namespace carehub::core
