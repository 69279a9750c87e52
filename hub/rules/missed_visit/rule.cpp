// The clinic says that the client did not come, and nothing was booked or kept since.
#include "hub/core/rule.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;
using core::RuleInfo;

constexpr RuleId kId{13};
constexpr int kRespondBusinessDays = 2;

/// Booked again since the visit that was missed, or seen since.
bool makes_good(const Obligation& missed, const Obligation& other) {
    if (other.partner != missed.partner || other.id == missed.id ||
        other.obligation_class != missed.obligation_class || other.start < missed.start) {
        return false;
    }
    const bool rebooked =
        other.status == ObligationStatus::Scheduled && other.booked_at >= missed.start;
    return rebooked || other.status == ObligationStatus::Completed;
}

bool seen_since(const CaseView& view, const Obligation& missed) {
    return std::ranges::any_of(view.stays(), [&](const Stay& stay) {
        return !stay.cancelled && !stay.custody && stay.partner == missed.partner &&
               stay.encounter_class == EncounterClass::Outpatient && stay.start >= missed.start;
    });
}

bool is_made_good(const CaseView& view, const Obligation& missed) {
    return std::ranges::any_of(
               view.obligations(),
               [&](const Obligation* other) { return makes_good(missed, *other); }) ||
           seen_since(view, missed);
}

class MissedVisit final : public core::Rule {
public:
    [[nodiscard]] const RuleInfo& info() const override {
        static const RuleInfo kInfo{
            kId,
            "MissedVisit",
            1,
            "care stops without anyone deciding that it should",
            "reach the client and book again",
            "2 business days",
            "Medium; High for medication dosing or an open follow-up duty",
            "Missed visit reported: {1}; nothing was booked or kept since."};
        return kInfo;
    }

    void evaluate(const CaseView& view, Findings& findings) const override {
        for (const Obligation* missed : view.obligations()) {
            const bool told = missed->status == ObligationStatus::Missed &&
                              missed->last_kind != EventKind::FailureToAppear &&
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
        // A visit of before the discharge says nothing about what follows it.
        const bool duty_open = std::ranges::any_of(view.duties(), [&](const Duty& duty) {
            return duty.state == DutyState::Open && core::is_after_discharge(duty.program) &&
                   view.local_date(duty.zone, missed.start) >= duty.open;
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
