// The question `rehearsal`: what a feed would cause if it were live.
#include <algorithm>

#include "hub/core/permit.hpp"
#include "hub/core/rehearsal.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

/// What became of the feed so far; the first line of the answer.
struct Reach {
    std::uint64_t clients = 0;
    std::uint64_t obligations = 0;
    std::uint64_t stays = 0;

    void count(const core::Case& subject, PartnerId partner) {
        const auto told = [partner](const auto& record) { return record.partner == partner; };
        clients += 1;
        obligations += static_cast<std::uint64_t>(std::ranges::count_if(subject.obligations, told));
        stays += static_cast<std::uint64_t>(std::ranges::count_if(subject.stays, told));
    }
};

std::string feed_line(const Answering& question, const Partner& partner, const Reach& reach) {
    const auto& counted = question.follower.counts();
    const auto found = counted.find(partner.id);
    const Follower::Counts counts = found == counted.end() ? Follower::Counts{} : found->second;
    return text_of({{"partner", question.state.text(partner.name)},
                    {"rehearsal", partner.rehearsal},
                    {"accepted", counts.accepted},
                    {"refused", counts.refused},
                    {"clients", reach.clients},
                    {"obligations", reach.obligations},
                    {"stays", reach.stays}});
}

std::string alert_line(const Answering& question, const core::Case& subject, Finding finding) {
    const core::State& state = question.state;
    const bool may_be_told = core::owner_may_see(state, subject, finding, state.now);
    Alert alert;
    alert.finding = std::move(finding);
    alert.owner = subject.client.owner;
    const AlertNotice notice = render_alert(question.follower, question.entries, subject, alert);
    const bool names = question.may_read(subject);
    const bool tells = question.tells(subject);
    return text_of({{"client", names ? question.person(subject.client.id)->name : ""},
                    {"rule", notice.rule},
                    {"severity", name_of(notice.severity)},
                    {"owner", names ? notice.owner : ""},
                    {"withheld", !may_be_told},
                    {"act_by", local_iso(state, acting_zone(state, subject, alert), notice.act_by)},
                    {"text", tells ? notice.text : ""},
                    {"obligations", tells ? array_of(notice.obligations) : json::array()}});
}

}  // namespace

Answer answer_rehearsal(const Answering& question) {
    const core::State& state = question.state;
    if (question.by_case_manager()) {
        return refuse(RefusalReason::NotAllowed, "name",
                      "ask as supervisor, integration or operator");
    }
    const Partner* partner = state.partner_named(state.symbol(question.argument("partner")));
    if (partner == nullptr) {
        return refuse(RefusalReason::UnknownPartner, "partner",
                      "name a partner from `carehub partner list`");
    }
    if (question.only_whether) {
        return {};
    }
    Reach reach;
    Answer answer;
    answer.lines.emplace_back();
    for (const auto& [id, subject] : state.cases) {
        if (!core::has_records_of(subject, partner->id)) {
            continue;
        }
        reach.count(subject, partner->id);
        if (!partner->rehearsal || !question.may_ask_fate(subject)) {
            continue;
        }
        for (Finding& finding :
             core::rehearsed_findings(state, subject, question.follower.rules(), partner->id)) {
            answer.lines.push_back(alert_line(question, subject, std::move(finding)));
        }
    }
    answer.lines.front() = feed_line(question, *partner, reach);
    return answer;
}

}  // namespace carehub::follower
