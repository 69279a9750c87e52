// The question `retention_due`: whose years are over.
#include <algorithm>
#include <unordered_set>

#include "hub/core/retention.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

struct Due {
    std::string name;
    const core::Case* subject = nullptr;
    UtcTime since = kUnknownTime;
    bool housing = false;
};

/// The clients themselves: not those that are one with another, and not the erased.
bool stands_alone(const core::State& state, const core::Case& subject) {
    return subject.client.erased.value == 0 && !state.merges.contains(subject.client.id);
}

/// Clients with an identifier of a housing provider, as far as they are asked about.
std::unordered_set<ClientId> known_to_housing(const core::State& state,
                                              const std::unordered_set<ClientId>& asked) {
    std::unordered_set<ClientId> known;
    for (const auto& [subject, link] : state.links) {
        const ClientId client = state.effective(link.client);
        if (link.holds() && asked.contains(client) && core::is_of_housing(state, link)) {
            known.insert(client);
        }
    }
    return known;
}

json::object to_json(const Answering& question, const Due& due) {
    const core::State& state = question.state;
    const auto years = static_cast<std::uint8_t>(
        due.housing ? std::max(question.asked.keep.general, question.asked.keep.housing)
                    : question.asked.keep.general);
    const Symbol zone = due.subject->client.zone;
    return {{"client", due.name},
            {"records", due.housing ? "housing" : "general"},
            {"years", years},
            {"last", local_iso(state, zone, due.since)},
            {"due", local_iso(state, zone, core::kept_until(due.since, years))},
            {"held", core::is_held(state, due.subject->client.id)},
            {"holds", holds_of(question, *due.subject)},
            {"general_years", question.asked.keep.general},
            {"housing_years", question.asked.keep.housing}};
}

}  // namespace

/// A supervisor decides what is kept.
Answer answer_retention(const Answering& question) {
    if (question.asked.reader.role != StaffRole::Supervisor) {
        return refuse(RefusalReason::NotAllowed, "name", "ask a supervisor");
    }
    if (question.only_whether) {
        return {};
    }
    const core::State& state = question.state;
    const core::RetentionYears& keep = question.asked.keep;
    std::vector<Due> listed;
    std::unordered_set<ClientId> asked;
    for (const auto& [id, subject] : state.cases) {
        const UtcTime since = core::kept_since(subject, state.now);
        if (stands_alone(state, subject) && core::kept_until(since, keep.general) <= state.now &&
            question.may_read(subject)) {
            listed.push_back({"", &subject, since, core::has_housing_records(state, subject)});
            asked.insert(id);
        }
    }
    const auto known = known_to_housing(state, asked);
    std::erase_if(listed, [&](Due& due) {
        due.housing = due.housing || known.contains(due.subject->client.id);
        return due.housing && core::kept_until(due.since, keep.housing) > state.now;
    });
    for (Due& due : listed) {
        due.name = question.person(due.subject->client.id)->name;
    }
    std::ranges::sort(listed, {}, [](const Due& due) { return std::tie(due.since, due.name); });
    Answer answer;
    for (const Due& due : listed) {
        answer.lines.push_back(text_of(to_json(question, due)));
    }
    return answer;
}

}  // namespace carehub::follower
