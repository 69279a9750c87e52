// The client is in hospital or in custody while something is scheduled: one alert lists it all.
#include "hub/core/rule.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"
#include "hub/rules/shared/pairs.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{25};
/// How far a stay without a known end is taken to reach: long enough to warn a court or an officer.
constexpr std::chrono::days kOpenStayReach{7};

bool holds_client(const Stay& stay) {
    return !stay.cancelled && (stay.custody || stay.encounter_class == EncounterClass::Inpatient ||
                               stay.encounter_class == EncounterClass::Observation);
}

constexpr core::RuleInfo kInfo{
    kId,
    "ClientUnavailable",
    1,
    "everything scheduled during the stay is missed, some of it by court order",
    "let each party know or move each obligation, as far as consent allows",
    "1 business day before the first of them",
    "High",
    "{held} while this is scheduled: {all}."};

class ClientUnavailable final : public core::Rule {
public:
    ClientUnavailable() : Rule(kInfo) {}

    void evaluate(const CaseView& view, Findings& findings) const override {
        for (const Stay& stay : view.stays()) {
            if (holds_client(stay) && stay.end > view.now()) {
                consider(view, stay, findings);
            }
        }
    }

private:
    static void collect(const CaseView& view, const Stay& stay, UtcTime until,
                        ObligationStatus status, Findings& findings, std::vector<Block>& inside) {
        UtcTime beyond = kNever;
        for (const Obligation* obligation : view.obligations(status)) {
            if (obligation->start >= beyond) {
                break;
            }
            const UtcTime latest = latest_start(*obligation);
            if (!blocks_time(view, *obligation) || latest <= view.now() || latest < stay.start) {
                continue;
            }
            // An all-day listing begins with its half day, not at midnight.
            const Block block = block_of(view, *obligation);
            if (block.start < until) {
                inside.push_back(block);
                findings.wake_at(latest);
                continue;
            }
            beyond = std::min(beyond, block.start + kBlockBeforeStartMax);
            if (stay.end == kNever) {
                findings.wake_at(block.start - kOpenStayReach + std::chrono::seconds{1});
            }
        }
    }

    static void consider(const CaseView& view, const Stay& stay, Findings& findings) {
        const UtcTime until = stay.end != kNever ? stay.end : view.now() + kOpenStayReach;
        std::vector<Block> inside;
        for (const ObligationStatus status : kMayStand) {
            collect(view, stay, until, status, findings, inside);
        }
        std::ranges::sort(inside, [](const Block& a, const Block& b) {
            return std::tie(a.start, a.obligation->start, a.obligation->id) <
                   std::tie(b.start, b.obligation->start, b.obligation->id);
        });
        if (stay.end != kNever) {
            findings.wake_at(stay.end);
        }
        if (!inside.empty()) {
            findings.add(finding(view, stay, inside));
        }
    }

    static Finding finding(const CaseView& view, const Stay& stay,
                           const std::vector<Block>& inside) {
        Finding finding;
        finding.rule = kId;
        finding.subject.value = stay.id.value;
        finding.severity = Severity::High;
        finding.act_by = view.act_before(inside.front().start);
        finding.stays = {stay.id};
        finding.evidence = {stay.last};
        Mix128 material;
        for (const Block& block : inside) {
            const Obligation* const obligation = block.obligation;
            finding.obligations.push_back(obligation->id);
            finding.evidence.push_back(obligation->last);
            finding.suggestions.push_back({SuggestedAction::Notify, obligation->id,
                                           view.act_before(block.start), Mover::CaseManager, true,
                                           view.rank(*obligation)});
            material.add(obligation->id.value).add(obligation->start);
        }
        std::sort(finding.evidence.begin(), finding.evidence.end());
        const auto repeats = std::unique(finding.evidence.begin(), finding.evidence.end());
        finding.evidence.erase(repeats, finding.evidence.end());
        finding.material = material.value();
        return finding;
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_client_unavailable() {
    return std::make_unique<ClientUnavailable>();
}

}  // namespace carehub::rules
