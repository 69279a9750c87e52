#include "hub/follower/answers.hpp"

#include <algorithm>

#include "hub/follower/answering.hpp"
#include "hub/follower/limits.hpp"

namespace carehub::follower {
namespace {

struct Question {
    std::string_view name;
    Answer (*answer)(const Answering&);
};

constexpr Question kQuestions[] = {
    {"alerts", answer_alerts},
    {"alert", answer_alert},
    {"board", answer_board},
    {"report", answer_report},
    {"client", answer_client},
    {"consents", answer_consents},
    {"consent_whatif", answer_whatif},
    {"roster", answer_roster},
    {"trail_client", answer_trail_client},
    {"trail_event", answer_trail_event},
    {"explain", answer_explain},
    {"trail_export", answer_trail_export},
    {"trail_partner", answer_trail_partner},
    {"trail_staff", answer_trail_staff},
    {"disclosures", answer_disclosures},
    {"fate", answer_fate},
    {"fate_of", answer_fate_of},
    {"deadletters", answer_deadletters},
    {"deadletter", answer_deadletter},
    {"partners", answer_partners},
    {"agreements", answer_agreements},
    {"rehearsal", answer_rehearsal},
    {"review", answer_review},
    {"retention_due", answer_retention},
    {"rules", answer_rules},
    {"counts", answer_counts},
    {"status", answer_status},
};
/// The one question for which nobody needs to be staff.
constexpr std::string_view kForAll = "fate_of";
/// What shows a client on a page: breaking glass opens nothing else.
constexpr std::string_view kBreakable = "client";

std::string told_reason(const Asked& asked) {
    const auto told = asked.arguments.find(kReason);
    return told == asked.arguments.end() ? "" : told->second;
}

bool wants_to_break(const Asked& asked) {
    const auto told = asked.arguments.find(kBreakGlass);
    return told != asked.arguments.end() && !told->second.empty();
}

}  // namespace

bool breaks_glass(const Asked& asked) {
    return wants_to_break(asked) && refuse_reason(asked).reason == RefusalReason::None;
}

std::string reason_of(const Asked& asked) {
    return refuse_reason(asked).reason == RefusalReason::None ? told_reason(asked) : "";
}

Refusal refuse_reason(const Asked& asked) {
    if (wants_to_break(asked) &&
        (asked.name != kBreakable || asked.reader.role != StaffRole::CaseManager)) {
        return {RefusalReason::NotAllowed, kBreakGlass,
                "only a case manager breaks the glass, and only of a client's page"};
    }
    const std::size_t bytes = told_reason(asked).size();
    if ((bytes == 0 && !wants_to_break(asked)) ||
        (bytes >= kReasonBytesMin && bytes <= kReasonBytesMax)) {
        return {};
    }
    return {RefusalReason::InvalidField, kReason,
            "say why in " + std::to_string(kReasonBytesMin) + " to " +
                std::to_string(kReasonBytesMax) + " bytes"};
}

Answer Answers::answer(const Asked& asked) const { return answer(asked, false); }

Refusal Answers::refusal(const Asked& asked) const { return answer(asked, true).refusal; }

Answer Answers::answer(const Asked& asked, bool only_whether) const {
    const auto known = std::ranges::find(kQuestions, asked.name, &Question::name);
    if (known == std::end(kQuestions)) {
        return refuse(RefusalReason::InvalidField, "name",
                      "ask one of the questions PROTOCOL.md lists");
    }
    if (asked.reader.role == StaffRole::Unset && asked.name != kForAll) {
        return refuse(RefusalReason::NotAllowed, "name", "only links of staff may ask this");
    }
    if (Refusal wrong = refuse_reason(asked); wrong.reason != RefusalReason::None) {
        return {{}, std::move(wrong)};
    }
    return known->answer({follower_, entries_, asked, named_client(asked), hashes_, only_whether});
}

ClientId Answers::named_client(const Asked& asked) const {
    const auto told = [&asked](const char* name) {
        const auto found = asked.arguments.find(name);
        return found == asked.arguments.end() ? std::string() : found->second;
    };
    if (const std::string name = told("client"); !name.empty()) {
        return hashes_.client(name);
    }
    const Identifier identifier{told("authority"), told("type"), told("value")};
    const Link* link = identifier.value.empty()
                           ? nullptr
                           : follower_.state().links.find(hashes_.subject(identifier));
    return link != nullptr && link->holds() ? link->client : ClientId{};
}

ClientId Answers::client_of(const Asked& asked) const {
    const ClientId named = named_client(asked);
    if (!named.is_none()) {
        return named;
    }
    const Answering question{follower_, entries_, asked, named, hashes_, true};
    const auto sequence = question.event();
    const auto entry =
        sequence ? entries_.entry(*sequence) : Result<EntryPtr>(fail(ErrorCode::NotFound, ""));
    return entry ? (*entry)->decisions.client : ClientId{};
}

}  // namespace carehub::follower
