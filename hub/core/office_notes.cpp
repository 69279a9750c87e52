#include "hub/core/office_notes.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"
#include "hub/core/alerts.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/links.hpp"
#include "hub/core/matters.hpp"

namespace carehub::core {
namespace {

bool was_silent(const State& state, const Feed& feed) {
    return std::ranges::any_of(state.office.alerts, [&](const Alert& alert) {
        return is_open(alert.state) && alert.finding.about == feed.name.value &&
               alert.finding.partner == feed.partner;
    });
}

/// By this partner, and not over yet.
std::size_t anomalies_told(const State& state, PartnerId principal) {
    return static_cast<std::size_t>(
        std::ranges::count_if(state.office.matters, [principal](const Matter& matter) {
            return matter.partner == principal && !matter.withdrawn &&
                   (matter.kind == MatterKind::FeedAnomaly ||
                    matter.kind == MatterKind::VictimFeed);
        }));
}

void put_office_matter(Draft& draft, PartnerId principal, MatterId id, MatterKind kind,
                       bool withdrawn) {
    Case& office = draft.open({});
    const Matter* known = find(office.matters, id);
    Matter matter = known != nullptr ? *known : Matter{};
    matter.id = id;
    matter.partner = principal;
    matter.kind = kind;
    matter.withdrawn = withdrawn;
    const bool is_new = known == nullptr || known->withdrawn;
    matter.since = is_new ? draft.now() : matter.since;
    matter.told_at = matter.since;
    matter.first = is_new ? draft.sequence() : matter.first;
    matter.last = draft.sequence();
    put_matter(office.matters, matter);
    draft.wake_office();
}

}  // namespace

void note_feed(Draft& draft, PartnerId principal, std::string_view name) {
    const State& state = draft.before();
    const Partner& partner = *state.partner(principal);
    const Symbol feed = partner.kind == PartnerKind::Staff ? Symbol{} : draft.intern(name);
    if (feed.value == 0) {
        return;
    }
    draft.decisions.heard.push_back({partner.id, feed});
    // The office waits for a feed it does not know, and for one that was silent.
    const auto known = state.feeds.find({partner.id, feed});
    if (known == state.feeds.end() || was_silent(state, known->second)) {
        draft.wake_office();
    }
}

Refusal note_anomaly(Draft& draft, PartnerId principal, const SubmissionInput& submission) {
    const bool victims = submission.claim.labels.has(SecurityLabel::DvProtected);
    const MatterKind kind = victims ? MatterKind::VictimFeed : MatterKind::FeedAnomaly;
    const MatterId id{Mix128()
                          .add(static_cast<std::uint64_t>(kind))
                          .add(std::uint64_t{principal.value})
                          .add(submission.business_key)
                          .value()};
    const bool ends = submission.claim.correction;
    const Matter* known = find(draft.before().office.matters, id);
    const bool begins = !ends && (known == nullptr || known->withdrawn);
    if (begins && anomalies_told(draft.before(), principal) >= kAnomaliesPerPartnerMax) {
        // One partner's feed does not push what others told out of sight.
        return {RefusalReason::TooManyItems, "business_key",
                "mend what was told of this feed before, or have its alerts closed"};
    }
    put_office_matter(draft, principal, id, kind, ends);
    return {};
}

void note_conflict(Draft& draft, PartnerId principal, const std::set<ClientId>& named) {
    if (named.size() >= 2) {
        put_office_matter(draft, principal, conflict_of(named), MatterKind::IdentityConflict,
                          false);
    }
}

void end_conflict(Draft& draft, const std::set<ClientId>& named) {
    const Matter* known = find(draft.before().office.matters, conflict_of(named));
    if (known == nullptr || known->withdrawn) {
        return;
    }
    Matter ended = *known;
    ended.withdrawn = true;
    ended.last = draft.sequence();
    put_matter(draft.open({}).matters, ended);
    draft.wake_office();
}

void watch_caseload(Draft& draft, ClientId client) {
    const State& state = draft.before();
    for (const Case* subject : {state.find_case(client), draft.subject(client)}) {
        const auto owner =
            subject == nullptr ? state.staff.end() : state.staff.find(subject->client.owner);
        if (owner == state.staff.end() || owner->second.caseload_limit == 0) {
            continue;
        }
        const auto counted = state.caseloads.find(owner->first);
        const std::uint32_t count = counted == state.caseloads.end() ? 0 : counted->second;
        if ((count + 1) * 2 > owner->second.caseload_limit) {
            draft.wake_office();
        }
    }
}

}  // namespace carehub::core
