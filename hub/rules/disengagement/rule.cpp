// Several obligations missed in a row: one alert that lists them, rather than one more of each kind.
#include <algorithm>
#include <iterator>
#include <optional>

#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{15};
constexpr core::Setting kSettings[] = {
    {"missed", 2, 2, 10, "missed obligations"},
    {"window_days", 14, 1, 60, "days within which they are counted"}};
constexpr core::RuleInfo kInfo{kId,
                               "Disengagement",
                               1,
                               "the client is on the way to losing what the appointments are for",
                               "reach the client; ask what stands in the way",
                               "1 business day",
                               "High",
                               "The client missed several obligations: {all}.",
                               "",
                               false,
                               kSettings};

constexpr std::chrono::hours kDay{24};
constexpr std::size_t kInDay = 3;
constexpr int kRespondBusinessDays = 1;

/// Missed within the span that ends with the latest one.
std::vector<const Obligation*> cluster(std::span<const Obligation* const> missed, Micros span) {
    std::vector<const Obligation*> out;
    for (const Obligation* obligation : missed) {
        if (missed.back()->start - obligation->start <= span) {
            out.push_back(obligation);
        }
    }
    return out;
}

using Missed = std::span<const Obligation* const>;

std::optional<Finding> missed_in_a_row(const CaseView& view, Findings& findings, Missed missed) {
    const auto enough = static_cast<std::size_t>(setting_of(view, kInfo, 0));
    const std::chrono::days window{setting_of(view, kInfo, 1)};
    if (missed.empty() || missed.back()->start + window <= view.now() ||
        view.contacted_since(missed.back()->start)) {
        return std::nullopt;
    }
    // It goes on until as much time passes without another one.
    findings.wake_at(missed.back()->start + window);
    const auto in_window = cluster(missed, window);
    if (in_window.size() < enough && cluster(missed, kDay).size() < kInDay) {
        return std::nullopt;
    }
    Finding finding = about_client(kId, view, {});
    finding.severity = Severity::High;
    const Obligation& last = *in_window.back();
    finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
    for (const Obligation* obligation : in_window) {
        finding.obligations.push_back(obligation->id);
        finding.evidence.push_back(obligation->last);
    }
    std::ranges::sort(finding.evidence);
    finding.material = Mix128().add(last.start).value();
    suggest(finding, SuggestedAction::Contact, Mover::CaseManager);
    return finding;
}

/// Minimum necessary: where those that the owner may see are enough, the alert is about them, and says
/// nothing of the others. Where they are not, it is about all, and core keeps it from the owner.
void evaluate(const CaseView& view, Findings& findings) {
    const Missed missed = view.obligations(ObligationStatus::Missed);
    std::vector<const Obligation*> seen;
    std::ranges::copy_if(missed, std::back_inserter(seen),
                         [&](const Obligation* one) { return view.owner_sees(*one); });
    auto finding = missed_in_a_row(view, findings, seen);
    if (!finding && seen.size() < missed.size()) {
        finding = missed_in_a_row(view, findings, missed);
    }
    if (finding) {
        findings.add(*std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_disengagement() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
