// The clinic says that the client did not come, and nothing was booked or kept since.
#include "hub/core/rule.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{13};
constexpr int kRespondBusinessDays = 2;

bool is_alike(const Obligation& missed, const Obligation& other) {
    return other.partner == missed.partner && other.obligation_class == missed.obligation_class;
}

bool booked_again_since(const CaseView& view, const Obligation& missed) {
    return std::ranges::any_of(
        view.obligations(ObligationStatus::Scheduled, missed.start), [&](const Obligation* other) {
            return is_alike(missed, *other) && other->booked_at >= missed.start;
        });
}

bool kept_since(const CaseView& view, const Obligation& missed) {
    return std::ranges::any_of(view.obligations(ObligationStatus::Completed, missed.start),
                               [&](const Obligation* other) { return is_alike(missed, *other); });
}

bool seen_since(const CaseView& view, const Obligation& missed) {
    return std::ranges::any_of(view.stays(), [&](const Stay& stay) {
        return !stay.cancelled && !stay.custody && stay.partner == missed.partner &&
               stay.encounter_class == EncounterClass::Outpatient && stay.start >= missed.start;
    });
}

bool is_made_good(const CaseView& view, const Obligation& missed) {
    return kept_since(view, missed) || booked_again_since(view, missed) || seen_since(view, missed);
}

constexpr core::RuleInfo kInfo{kId,
                               "MissedVisit",
                               1,
                               "care stops without anyone deciding that it should",
                               "reach the client and book again",
                               "2 business days",
                               "Medium; High for medication dosing or an open follow-up duty",
                               "Missed visit reported: {1}; nothing was booked or kept since."};

class MissedVisit final : public core::Rule {
public:
    MissedVisit() : Rule(kInfo) {}

    void evaluate(const CaseView& view, Findings& findings) const override {
        for (const Obligation* missed : view.obligations(ObligationStatus::Missed)) {
            const bool told = missed->last_kind != EventKind::FailureToAppear &&
                              missed->last_kind != EventKind::CheckInMissed;
            if (told && !is_made_good(view, *missed)) {
                findings.add(finding(view, *missed));
            }
        }
    }

private:
    static Finding finding(const CaseView& view, const Obligation& missed) {
        Finding finding;
        finding.rule = kId;
        finding.subject.value = missed.id.value;
        // A visit of before the discharge says nothing about what follows it. A discharge that the
        // owner may not know of makes no difference that they could see.
        const bool duty_open = std::ranges::any_of(view.duties(), [&](const Duty& duty) {
            return duty.state == DutyState::Open && core::is_after_discharge(duty.program) &&
                   view.owner_sees(duty) && view.local_date(duty.zone, missed.start) >= duty.open;
        });
        const bool dosing = missed.obligation_class == ObligationClass::MedicationDosing;
        finding.severity = dosing || duty_open ? Severity::High : Severity::Medium;
        finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
        finding.obligations = {missed.id};
        finding.evidence = {missed.last};
        finding.suggestions = {
            {SuggestedAction::Contact, missed.id, finding.act_by, Mover::CaseManager, false, 0},
            {SuggestedAction::Rebook, missed.id, finding.act_by, Mover::Provider, false, 0}};
        finding.material = Mix128().add(missed.start).value();
        return finding;
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_missed_visit() { return std::make_unique<MissedVisit>(); }

}  // namespace carehub::rules
