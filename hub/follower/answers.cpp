#include "hub/follower/answers.hpp"

#include <algorithm>

#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

struct Question {
    std::string_view name;
    Answer (*answer)(const Answering&);
};

constexpr Question kQuestions[] = {
    {"alerts", answer_alerts},           {"alert", answer_alert},
    {"client", answer_client},           {"consents", answer_consents},
    {"roster", answer_roster},           {"trail_client", answer_trail_client},
    {"trail_event", answer_trail_event}, {"fate", answer_fate},
    {"partners", answer_partners},       {"rules", answer_rules},
    {"counts", answer_counts},           {"status", answer_status},
};

}  // namespace

Answer Answers::answer(const Asked& asked) const {
    const auto known = std::ranges::find(kQuestions, asked.name, &Question::name);
    if (known == std::end(kQuestions)) {
        return refuse(RefusalReason::InvalidField, "name",
                      "ask one of the questions PROTOCOL.md lists");
    }
    return known->answer({follower_, entries_, asked, client_of(asked)});
}

ClientId Answers::client_of(const Asked& asked) const {
    const auto named = asked.arguments.find("client");
    return named == asked.arguments.end() || named->second.empty() ? ClientId{}
                                                                   : client_id_(named->second);
}

}  // namespace carehub::follower
