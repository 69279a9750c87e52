// Who read in an emergency, and why: what the alert's page tells beside the alert.
#include "hub/core/keyed.hpp"
#include "hub/follower/trail_steps.hpp"

namespace carehub::follower {

void add_break_glass(const Answering& question, const core::Case& subject, const Alert& alert,
                     json::object& shown) {
    const Matter* matter = alert.finding.matters.empty()
                               ? nullptr
                               : core::find(subject.matters, alert.finding.matters.front());
    if (matter == nullptr || matter->kind != MatterKind::BreakGlass ||
        !question.tells(subject, alert)) {
        return;
    }
    const auto entry = question.entries.entry(matter->last);
    const Partner* reader = entry ? question.state.partner((*entry)->principal) : nullptr;
    if (reader != nullptr) {
        shown["opened_by"] = question.state.text(reader->name);
        shown["reason"] = reason_of_read(**entry);
    }
}

}  // namespace carehub::follower
