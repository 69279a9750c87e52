#include "hub/rules/shared/pairs.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"
#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using std::chrono::minutes;

// 13-decisions: a day without an hour occupies the court's morning.
constexpr minutes kHalfDayFrom{8 * 60};
constexpr minutes kHalfDayUntil{12 * 60};
constexpr minutes kDayUntil{17 * 60};

// The rules whose closing by a person these answers hang on: their rows in the glossary.
constexpr RuleId kPossibleDuplicate{3};
constexpr RuleId kHearingUnlisted{5};

/// A person closed that alert as it stands now, with one of these outcomes.
bool is_closed_as(const CaseView& view, RuleId rule, const Hash128& subject,
                  const Hash128& material, std::initializer_list<AlertOutcome> outcomes) {
    return std::ranges::any_of(view.alerts(), [&](const Alert& alert) {
        return alert.state == AlertState::Closed && alert.cleared_at == kUnknownTime &&
               alert.finding.rule == rule && alert.finding.subject.value == subject &&
               alert.finding.material == material &&
               std::ranges::find(outcomes, alert.outcome) != outcomes.end();
    });
}

Hash128 pair_subject(const Obligation& a, const Obligation& b) {
    const auto [low, high] = std::minmax(a.id, b.id);
    return Mix128().add(low.value).add(high.value).value();
}

Hash128 pair_material(const Block& first, const Block& second) {
    return Mix128()
        .add(first.start)
        .add(first.end)
        .add(second.start)
        .add(second.end)
        .add(first.obligation->place.value)
        .add(second.obligation->place.value)
        .value();
}

}  // namespace

Block block_of(const CaseView& view, const Obligation& obligation) {
    Block block{&obligation, obligation.start, obligation.end, false};
    block.uncertain = obligation.time_flags.has(TimeFlag::DateOnly) ||
                      obligation.time_flags.has(TimeFlag::TimeUncertain) ||
                      obligation.time_flags.has(TimeFlag::CallList);
    if (obligation.time_flags.has(TimeFlag::DateOnly)) {
        const Date day = view.local_date(obligation.zone, obligation.start);
        block.start = view.at_local(obligation.zone, day, kHalfDayFrom);
        block.end = view.at_local(obligation.zone, day, kHalfDayUntil);
    } else if (obligation.time_flags.has(TimeFlag::CallList)) {
        // Who is called when is not known: the list takes the rest of its half of the day.
        const Date day = view.local_date(obligation.zone, obligation.start);
        const UtcTime noon = view.at_local(obligation.zone, day, kHalfDayUntil);
        const UtcTime evening = view.at_local(obligation.zone, day, kDayUntil);
        block.end = std::max(block.end, block.start < noon ? noon : evening);
    }
    return block;
}

namespace {

bool is_justice(const CaseView& view, const Obligation& obligation) {
    const PartnerKind kind = view.kind_of(obligation.partner);
    return kind == PartnerKind::Court || kind == PartnerKind::SupervisionAgency ||
           kind == PartnerKind::Jail;
}

Mover mover_of(const CaseView& view, const Obligation& obligation) {
    if (obligation.mover != Mover::Unset) {
        return obligation.mover;
    }
    switch (view.kind_of(obligation.partner)) {
        case PartnerKind::Court: return Mover::Judge;
        case PartnerKind::SupervisionAgency:
        case PartnerKind::Jail: return Mover::Officer;
        case PartnerKind::HousingProvider: return Mover::Agency;
        case PartnerKind::Clinic:
        case PartnerKind::Hospital: return Mover::Provider;
        case PartnerKind::Staff:
        case PartnerKind::Unset: break;
    }
    return Mover::CaseManager;
}

/// The one that stays comes first: lower rank number, then the one booked earlier.
std::pair<const Obligation*, const Obligation*> stays_and_moves(const CaseView& view,
                                                                const Obligation& a,
                                                                const Obligation& b) {
    const auto weight = [&](const Obligation& o) {
        return std::make_tuple(view.rank(o), o.booked_at, o.id);
    };
    return weight(a) <= weight(b) ? std::make_pair(&a, &b) : std::make_pair(&b, &a);
}

Suggestion suggest(SuggestedAction action, const Obligation& on, UtcTime by, Mover who,
                   bool consent, std::uint8_t rank) {
    return {action, on.id, by, who, consent, rank};
}

std::vector<Suggestion> suggestions_for(const CaseView& view, const Obligation& a,
                                        const Obligation& b, UtcTime by) {
    const auto [stays, moves] = stays_and_moves(view, a, b);
    const std::uint8_t rank = view.rank(*stays);
    const bool ask = is_justice(view, *moves);
    std::vector<Suggestion> out;
    if (view.rank(*moves) == 1) {
        out.push_back(suggest(SuggestedAction::CallCounsel, *moves, by, Mover::Judge, true, rank));
    } else if (ask) {
        out.push_back(
            suggest(SuggestedAction::AskOfficer, *moves, by, mover_of(view, *moves), true, rank));
    } else {
        out.push_back(
            suggest(SuggestedAction::Reschedule, *moves, by, mover_of(view, *moves), false, rank));
    }
    if (view.is_care_visit(*moves) && !moves->remote) {
        out.push_back(suggest(SuggestedAction::Convert, *moves, by, Mover::Provider, false, rank));
    }
    out.push_back(
        suggest(SuggestedAction::ChooseWithClient, *moves, by, Mover::Client, false, rank));
    return out;
}

}  // namespace

bool stands(const CaseView& view, const Obligation& obligation) {
    if (obligation.status != ObligationStatus::Unlisted) {
        return obligation.status == ObligationStatus::Scheduled;
    }
    const Finding asked = about(kHearingUnlisted, obligation);
    return !is_closed_as(view, asked.rule, asked.subject.value, asked.material,
                         {AlertOutcome::Moved, AlertOutcome::Duplicate});
}

bool blocks_time(const CaseView& view, const Obligation& obligation) {
    return !obligation.transparent && !obligation.tentative && stands(view, obligation);
}

UtcTime latest_start(const Obligation& obligation) {
    return obligation.time_flags.has(TimeFlag::DateOnly) ? obligation.end : obligation.start;
}

std::vector<Block> upcoming_blocks(const CaseView& view, core::Findings& findings) {
    std::vector<Block> blocks;
    blocks.reserve(view.obligations(ObligationStatus::Scheduled).size());
    UtcTime beyond = kNever;  // from here on nothing begins near enough to be judged
    const auto judge = [&](const Obligation& obligation) {
        const Block block = block_of(view, obligation);
        if (block.start - view.now() > kConflictHorizon) {
            beyond = std::min(beyond, block.start + kBlockBeforeStartMax);
            findings.wake_at(block.start - kConflictHorizon);
        } else if (block.start > view.now()) {
            blocks.push_back(block);
        }
    };
    for (const ObligationStatus status : kMayStand) {
        for (const Obligation* obligation : view.obligations(status)) {
            if (obligation->start >= beyond) {
                break;
            }
            if (blocks_time(view, *obligation)) {
                judge(*obligation);
            }
        }
    }
    std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
        // What takes no time comes before what begins then, whatever their ids.
        return std::tie(a.start, a.end, a.obligation->id) <
               std::tie(b.start, b.end, b.obligation->id);
    });
    return blocks;
}

bool looks_like_one(const CaseView& view, const Obligation& a, const Obligation& b) {
    return a.partner != b.partner && a.obligation_class == b.obligation_class &&
           view.same_site(a, b) && std::chrono::abs(a.start - b.start) <= kSameStart;
}

bool are_told_apart(const CaseView& view, const Block& first, const Block& second) {
    return is_closed_as(view, kPossibleDuplicate,
                        pair_subject(*first.obligation, *second.obligation),
                        pair_material(first, second), {AlertOutcome::NotAProblem});
}

Finding pair_finding(const CaseView& view, RuleId rule, const Block& first, const Block& second,
                     Severity severity) {
    const Obligation& a = *first.obligation;
    const Obligation& b = *second.obligation;
    Finding finding;
    finding.rule = rule;
    finding.subject.value = pair_subject(a, b);
    finding.severity = severity;
    finding.act_by = view.act_before(first.start);
    finding.obligations = {a.id, b.id};
    finding.evidence = {std::min(a.last, b.last), std::max(a.last, b.last)};
    finding.suggestions = suggestions_for(view, a, b, finding.act_by);
    finding.flags.add(a.time_flags);
    finding.flags.add(b.time_flags);
    finding.material = pair_material(first, second);
    return finding;
}

}  // namespace carehub::rules
