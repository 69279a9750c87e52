#include "hub/daemon/history.hpp"

#include <algorithm>

#include "hub/base/log.hpp"
#include "hub/journal/proofs.hpp"

namespace carehub::daemon {

using gateway::Recall;

Recall JournalHistory::judge(const gateway::Principal& who, Sequence told, const Hash256& root) {
    const Recall past = holds(told, root)        ? Recall::Known
                        : is_loss_accepted(told) ? Recall::LossAccepted
                                                 : Recall::Lost;
    tell(who, told, past);
    return past;
}

bool JournalHistory::holds(Sequence told, const Hash256& root) const {
    const auto held = journal::holds_receipt(parts_.journal, told, root);
    if (!held) {
        log::error("hub",
                   "a receipt cannot be compared with the journal: " + to_string(held.error()));
    }
    return held.value_or(true);
}

/// The commands among which a RestoreCommand stands are few, and each is read once.
bool JournalHistory::is_loss_accepted(Sequence told) {
    const std::vector<Sequence> commands =
        parts_.follower.read([&](const follower::Follower& follower) {
            const auto& all = follower.passages().plain_commands();
            return std::vector<Sequence>(
                all.begin() + static_cast<std::ptrdiff_t>(std::min(commands_read_, all.size())),
                all.end());
        });
    for (const Sequence sequence : commands) {
        const auto command = parts_.entries.command(sequence);
        if (const auto* restore = command ? std::get_if<RestoreCommand>(&*command) : nullptr) {
            restored_to_.push_back(restore->last);
        }
    }
    commands_read_ += commands.size();
    return std::ranges::any_of(restored_to_, [told](Sequence last) { return last < told; });
}

void JournalHistory::tell(const gateway::Principal& who, Sequence told, Recall past) {
    const bool is_news = parts_.health.write([&](follower::Health& health) {
        if (past != Recall::Lost) {
            health.receipts_differ.erase(who.name);
            return false;
        }
        return health.receipts_differ.insert_or_assign(who.name, told.value).second;
    });
    if (is_news) {
        log::error("hub", who.name + " holds a receipt or checkpoint of entry " +
                              std::to_string(told.value) +
                              " that this journal does not know: this hub was set back, or that "
                              "link belongs to another one. It is not let in; `carehub doctor` "
                              "says what to do");
    } else if (past == Recall::LossAccepted) {
        log::warning("hub", who.name + " is asked to send again what this hub lost");
    }
}

}  // namespace carehub::daemon
