// The legal holds that stand on a client, as people are told of them.
#include "hub/core/retention.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {

json::array holds_of(const Answering& question, const core::Case& subject) {
    json::array holds;
    for (const Sequence& hold : core::holds_of(question.state, subject.client.id)) {
        const auto entry = question.entries.entry(hold);
        if (!entry) {
            continue;
        }
        const Partner* by = question.state.partner((*entry)->principal);
        const auto command = question.entries.command(hold);
        const auto* told = command ? std::get_if<RetentionCommand>(&*command) : nullptr;
        const bool tells_why = told != nullptr && question.tells(subject);
        holds.push_back(
            json::object{{"since", local_iso(question.state, subject.client.zone, (*entry)->at)},
                         {"by", by == nullptr ? "hub" : question.state.text(by->name)},
                         {"reason", tells_why ? told->reason : ""},
                         {"entry", hold.value}});
    }
    return holds;
}

}  // namespace carehub::follower
