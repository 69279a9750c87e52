// May this recipient see this event today, in which form, and on whose word? Default: no.
//
// Contract: domain/08, 13-decisions. Evaluated when an event is routed and again before anything
// that waited leaves; an alert is a disclosure too. The answer names its rule, and the consent or
// agreement it rests on or the reason that withholds. Several agreements between the two are tried
// in order of their numbers: the first that permits gives form and purpose. Where agreements cover
// the event and none permits it, a consent alone does not either.
#pragma once

#include "hub/core/rights.hpp"

namespace carehub::core {

/// What is to be disclosed.
struct Disclosed {
    PartnerId discloser;
    EventKind kind = EventKind::Unset;
    Labels labels;
    UtcTime occurred_at = kUnknownTime;
};

/// What a place of this partner protects: its labels, and what its programme is for.
[[nodiscard]] Labels labels_at(const State& state, PartnerId partner, Symbol place);
/// As protected as it was ever told, and as its place is today.
[[nodiscard]] Labels labels_of(const State& state, const Obligation& obligation);
[[nodiscard]] Labels labels_of(const State& state, const Stay& stay);
[[nodiscard]] Labels labels_of(const State& state, const Matter& matter);
/// What telling of an obligation, stay or matter, as last known, discloses.
[[nodiscard]] Disclosed disclosed_of(const State& state, const Obligation& obligation);
[[nodiscard]] Disclosed disclosed_of(const State& state, const Stay& stay);
[[nodiscard]] Disclosed disclosed_of(const State& state, const Matter& matter);
/// Of everything that a finding speaks of.
[[nodiscard]] Labels labels_of(const State& state, const Case& subject, const Finding& finding);

/// An answer with what it rests on; it points into the state and case that were asked.
struct Permission {
    Route route;
    const Agreement* agreement = nullptr;  ///< of a no: the one it was asked under
    const Consent* consent = nullptr;
    const Consent* release = nullptr;  ///< a victim's, beside any other consent
    Need need = Need::Authorization;   ///< the last one asked about: it decided
    [[nodiscard]] bool may() const { return route.form != Form::Unset; }
};

[[nodiscard]] Permission permission(const State& state, const Case& subject,
                                    const Disclosed& disclosed, const Recipient& recipient,
                                    UtcTime now);
/// The question that `permission` puts to consents and agreements.
[[nodiscard]] Sought sought_of(const State& state, const Case& subject, const Partner& discloser,
                               const Disclosed& disclosed, const Recipient& recipient, UtcTime now);

[[nodiscard]] Route permit(const State& state, const Case& subject, const Disclosed& disclosed,
                           const Recipient& recipient, UtcTime now);

/// Whether it may be disclosed to the client's owner. Without an owner nobody is told, and the
/// supervisor's list shows what is unassigned: nothing is hidden.
[[nodiscard]] bool owner_may_see(const State& state, const Case& subject,
                                 const Disclosed& disclosed, UtcTime now);

/// A consent may name one person of staff: each who is told is asked about by name.
[[nodiscard]] bool staff_may_see(const State& state, const Case& subject,
                                 const Disclosed& disclosed, Symbol name, UtcTime now);
[[nodiscard]] bool staff_may_see(const State& state, const Case& subject, const Finding& finding,
                                 Symbol name, UtcTime now);
/// An alert is a disclosure of everything it speaks of.
[[nodiscard]] bool owner_may_see(const State& state, const Case& subject, const Finding& finding,
                                 UtcTime now);

/// Everyone an event of this discloser about this client could concern: the owner, and each partner
/// an agreement or consent names. Ordered, without repeats.
[[nodiscard]] std::vector<Recipient> recipients_of(const State& state, const Case& subject,
                                                   PartnerId discloser);

}  // namespace carehub::core
