// Three attempts to reach the client in two weeks, and none succeeded.
#include <algorithm>

#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{42};
constexpr core::Setting kSettings[] = {
    {"attempts", 3, 2, 20, "attempts"},
    {"window_days", 14, 1, 60, "days within which they are counted"}};
constexpr core::RuleInfo kInfo{
    kId,
    "LostContact",
    1,
    "the client may be in danger, in custody, in hospital or gone",
    "ask those who may know where the client is, as far as consent allows; go there",
    "2 business days",
    "High",
    "Several attempts to reach the client failed.",
    "",
    false,
    kSettings};

constexpr int kRespondBusinessDays = 2;

void evaluate(const CaseView& view, Findings& findings) {
    const auto enough = static_cast<std::size_t>(setting_of(view, kInfo, 0));
    const std::chrono::days window{setting_of(view, kInfo, 1)};
    UtcTime reached = kUnknownTime;
    for (const Contact& contact : view.contacts()) {
        reached = contact.made && contact.two_way ? std::max(reached, contact.at) : reached;
    }
    std::vector<const Contact*> attempts;
    for (const Contact& contact : view.contacts()) {
        if (!contact.made && contact.at > reached && contact.at + window > view.now()) {
            attempts.push_back(&contact);
        }
    }
    if (attempts.size() < enough) {
        return;
    }
    std::ranges::sort(attempts, {}, &Contact::at);
    // The first attempt of the latest three leaves the window first.
    findings.wake_at(attempts[attempts.size() - enough]->at + window);
    Finding finding = about_client(kId, view, {});
    finding.severity = Severity::High;
    finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
    for (const Contact* attempt : attempts) {
        finding.evidence.push_back(attempt->source);
    }
    std::ranges::sort(finding.evidence);
    suggest(finding, SuggestedAction::Contact, Mover::CaseManager);
    findings.add(std::move(finding));
}

}  // namespace

std::unique_ptr<const core::Rule> make_lost_contact() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
