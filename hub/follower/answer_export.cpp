// The question `trail_export`: a client's trail as it leaves the office, to be proven by the daemon.
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

/// The entry a step is of. Steps are worded here, and stand in the order of their entries.
Sequence entry_of(const std::string& step) {
    return {json::parse(step).at("sequence").to_number<std::uint64_t>()};
}

}  // namespace

/// A supervisor answers for what leaves.
Answer answer_trail_export(const Answering& question) {
    if (!question.by_supervisor()) {
        return refuse(RefusalReason::NotAllowed, "name", "ask a supervisor to export a trail");
    }
    const auto subject = question.known_case();  // of the erased too: it proves the erasure
    if (!subject) {
        return subject.error();
    }
    if (!question.tells(**subject)) {
        return ask_reason();
    }
    Answer answer = answer_trail_client(question);
    for (const std::string& step : answer.lines) {
        const Sequence entry = entry_of(step);
        if (answer.to_prove.empty() || answer.to_prove.back().entry != entry) {
            answer.to_prove.push_back({entry, 0});
        }
        ++answer.to_prove.back().steps;
    }
    return answer;
}

}  // namespace carehub::follower
