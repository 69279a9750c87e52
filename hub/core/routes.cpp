#include "hub/core/routes.hpp"

#include "hub/core/claims.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/lanes.hpp"
#include "hub/core/matters.hpp"
#include "hub/core/permit.hpp"

namespace carehub::core {
namespace {

/// What the case knows of what a message speaks of.
struct Known {
    Labels labels;
    Sequence about;  ///< the entry that first told of it; none: nothing is known
};

/// A message that does not repeat the place is as protected as what it speaks of.
Known known_of(const State& state, const Case& subject, const SubmissionInput& submission,
               Sequence entry) {
    Known known;
    const auto add = [&](const auto& record) {
        known.labels.add(labels_of(state, record));
        known.about = record.first;
    };
    const Hash128& key = submission.business_key;
    if (const Obligation* obligation = find(subject.obligations, ObligationId{key})) {
        add(*obligation);
    } else if (const Stay* stay = find(subject.stays, StayId{key})) {
        add(*stay);
    }
    known.labels.add(labels_related(state, subject, submission));
    for (const Matter& matter : subject.matters) {
        if (matter.id == matter_id(matter.kind, submission.claim.kind, key, entry)) {
            add(matter);
        }
    }
    return known;
}

/// That a client lives is news only where a death was known, and is not any more.
bool is_no_news(const State& state, const Case& subject, const Submission& claim) {
    const auto* person = std::get_if<PersonClaim>(&claim.payload);
    const Case* before = state.find_case(subject.client.id);
    return claim.kind == EventKind::ClientDeceased && claim.correction && person != nullptr &&
           person->deceased_at == kUnknownTime && before != nullptr &&
           before->client.deceased_at == subject.client.deceased_at;
}

}  // namespace

void route(Draft& draft, const Case& subject, const Input& input, LinkNumber told_under) {
    const State& state = draft.before();
    const auto& submission = std::get<SubmissionInput>(input.body);
    const Partner& discloser = *state.partner(input.principal);
    if (discloser.kind == PartnerKind::Staff || is_no_news(state, subject, submission.claim)) {
        return;
    }
    if (discloser.rehearsal) {
        withhold_from_all(draft, Withheld::Rehearsal);
        return;
    }
    Labels labels = labels_of(state, discloser, submission.claim);
    const Known known = known_of(state, subject, submission, draft.sequence());
    labels.add(known.labels);
    const Disclosed disclosed{input.principal, submission.claim.kind, labels,
                              submission.claim.occurred_at};
    for (const Recipient& recipient : recipients_of(state, subject, input.principal)) {
        const Route route = permit(state, subject, disclosed, recipient, draft.now());
        draft.decisions.routes.push_back(route);
        const Partner* principal = state.partner_named(recipient.name);
        if (route.form == Form::Unset || principal == nullptr) {
            continue;
        }
        Delivery delivery;
        delivery.recipient = principal->id;
        delivery.entry = draft.sequence();
        delivery.client = subject.client.id;
        delivery.form = route.form;
        delivery.kind = submission.claim.kind;
        delivery.discloser = input.principal;
        delivery.labels = disclosed.labels;
        delivery.occurred_at = submission.claim.occurred_at;
        delivery.told_under = told_under;
        delivery.about = known.about == draft.sequence() ? Sequence{} : known.about;
        deliver(draft, delivery);
    }
}

void withhold_from_all(Draft& draft, Withheld reason) {
    Route nobody;
    nobody.withheld = reason;
    draft.decisions.routes.push_back(nobody);
}

}  // namespace carehub::core
