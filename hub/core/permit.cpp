#include "hub/core/permit.hpp"

#include <algorithm>

#include "hub/core/addressee.hpp"
#include "hub/core/keyed.hpp"

namespace carehub::core {

Labels labels_at(const State& state, PartnerId partner, Symbol place) {
    const Partner* teller = state.partner(partner);
    const PlaceInfo* known = teller == nullptr ? nullptr : state.place(teller->name, place);
    Labels labels;
    if (known != nullptr) {
        labels.add(known->labels);
        labels.add(protection_of(known->program));
    }
    return labels;
}

Labels labels_of(const State& state, const Obligation& obligation) {
    Labels labels = obligation.labels;
    labels.add(labels_at(state, obligation.partner, obligation.place));
    return labels;
}

Labels labels_of(const State& state, const Stay& stay) {
    Labels labels = stay.labels;
    labels.add(labels_at(state, stay.partner, stay.place));
    return labels;
}

Labels labels_of(const State& /*state*/, const Matter& matter) {
    return matter.labels;  // it names no place
}

Disclosed disclosed_of(const State& state, const Obligation& obligation) {
    return {obligation.partner, obligation.last_kind, labels_of(state, obligation),
            obligation.start};
}

Disclosed disclosed_of(const State& state, const Stay& stay) {
    const EventKind kind = stay.custody         ? EventKind::CustodyStarted
                           : stay.end == kNever ? EventKind::EncounterStarted
                                                : EventKind::EncounterEnded;
    return {stay.partner, kind, labels_of(state, stay), stay.start};
}

Disclosed disclosed_of(const State& state, const Matter& matter) {
    return {matter.partner, matter.last_kind, labels_of(state, matter), matter.since};
}

Labels labels_of(const State& state, const Case& subject, const Finding& finding) {
    Labels labels;
    const auto add = [&](const auto* record) {
        if (record != nullptr) {
            labels.add(labels_of(state, *record));
        }
    };
    for (const ObligationId id : finding.obligations) {
        add(find(subject.obligations, id));
    }
    for (const StayId id : finding.stays) {
        add(find(subject.stays, id));
    }
    for (const MatterId id : finding.matters) {
        add(find(subject.matters, id));
    }
    return labels;
}

Route permit(const State& state, const Case& subject, const Disclosed& disclosed,
             const Recipient& recipient, UtcTime now) {
    return permission(state, subject, disclosed, recipient, now).route;
}

bool staff_may_see(const State& state, const Case& subject, const Disclosed& disclosed, Symbol name,
                   UtcTime now) {
    const Partner* discloser = state.partner(disclosed.discloser);
    // Who told it knows it: that is no disclosure to another party.
    const bool own =
        discloser != nullptr && discloser->kind == PartnerKind::Staff && discloser->name == name;
    return name.value == 0 || own ||
           permit(state, subject, disclosed, {name, PartnerKind::Staff}, now).form != Form::Unset;
}

bool staff_may_see(const State& state, const Case& subject, const Finding& finding, Symbol name,
                   UtcTime now) {
    if (subject.client.id.is_none()) {
        return true;  // the office's own affairs are nobody's disclosure
    }
    const auto sees = [&](const auto* record) {
        // What left the case belongs to somebody else; what no partner told, the hub noted itself.
        return record != nullptr &&
               (record->partner.value == 0 ||
                staff_may_see(state, subject, disclosed_of(state, *record), name, now));
    };
    return std::ranges::all_of(
               finding.obligations,
               [&](ObligationId id) { return sees(find(subject.obligations, id)); }) &&
           std::ranges::all_of(finding.stays,
                               [&](StayId id) { return sees(find(subject.stays, id)); }) &&
           std::ranges::all_of(finding.matters,
                               [&](MatterId id) { return sees(find(subject.matters, id)); });
}

bool owner_may_see(const State& state, const Case& subject, const Disclosed& disclosed,
                   UtcTime now) {
    return staff_may_see(state, subject, disclosed,
                         addressee(state, subject.client, Audience::Owner), now);
}

bool owner_may_see(const State& state, const Case& subject, const Finding& finding, UtcTime now) {
    return staff_may_see(state, subject, finding, addressee(state, subject.client, Audience::Owner),
                         now);
}

std::vector<Recipient> recipients_of(const State& state, const Case& subject, PartnerId discloser) {
    std::vector<Recipient> recipients;
    if (subject.client.owner.value != 0) {
        recipients.push_back({subject.client.owner, PartnerKind::Staff});
    }
    const Partner* source = state.partner(discloser);
    for (const auto& [id, partner] : state.partners) {
        const Recipient candidate{partner.name, partner.kind};
        if (source == nullptr || partner.removed || partner.kind == PartnerKind::Staff ||
            id == discloser) {
            continue;
        }
        const bool agreed = std::ranges::any_of(state.agreements, [&](const auto& numbered) {
            return names_discloser(state, numbered.second.discloser, *source) &&
                   names_recipient(state, numbered.second.recipient, candidate);
        });
        const bool consented = std::ranges::any_of(subject.consents, [&](const Consent& consent) {
            return names_discloser(state, consent.discloser, *source) &&
                   std::ranges::any_of(consent.recipients, [&](Symbol named) {
                       return names_recipient(state, named, candidate);
                   });
        });
        if (agreed || consented) {
            recipients.push_back(candidate);
        }
    }
    return recipients;
}

}  // namespace carehub::core
