// A hearing of the next two weeks has another time or place. Informing: it ends when it is seen.
#include <algorithm>

#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/pairs.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{6};
constexpr core::Setting kSettings[] = {{"ahead_days", 14, 1, 60, "days before the hearing"}};
constexpr core::RuleInfo kInfo{kId,
                               "HearingChanged",
                               1,
                               "the client comes at the old time",
                               "tell the client the new time",
                               "1 business day",
                               "High",
                               "The court changed it: {1}.",
                               "",
                               false,
                               kSettings};

constexpr int kRespondBusinessDays = 1;

void evaluate(const CaseView& view, Findings& findings) {
    const std::chrono::days ahead{setting_of(view, kInfo, 0)};
    for (const Obligation* hearing : view.obligations(ObligationStatus::Scheduled)) {
        const bool changed = hearing->last_kind == EventKind::HearingContinued ||
                             hearing->last_kind == EventKind::HearingModified;
        const UtcTime latest = latest_start(*hearing);
        if (!changed || latest <= view.now()) {
            continue;
        }
        findings.wake_at(hearing->start - ahead);
        findings.wake_at(latest);
        if (hearing->start - view.now() > ahead) {
            break;
        }
        Finding finding = about(kId, *hearing);
        finding.severity = Severity::High;
        finding.informing = true;
        finding.act_by =
            std::min(latest, view.business_days_from(view.now(), kRespondBusinessDays));
        suggest(finding, SuggestedAction::Inform, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_hearing_changed() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
