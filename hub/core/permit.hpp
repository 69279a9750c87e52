// May this recipient see this event today, in which form, and on whose word? Default: no.
//
// Contract: domain/08, 13-decisions. Evaluated when an event is routed and again before anything
// that waited leaves; an alert is a disclosure too. The answer names the consent or agreement it
// rests on, or the one reason that withholds.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

/// What is to be disclosed.
struct Disclosed {
    PartnerId discloser;
    EventKind kind = EventKind::Unset;
    Labels labels;
    UtcTime occurred_at = kUnknownTime;
};

/// Consents and agreements name days as people live them: in the client's own zone.
[[nodiscard]] Date day_of(const State& state, const Case& subject, UtcTime time);
/// The instant at which such a day begins.
[[nodiscard]] UtcTime beginning_of(const State& state, const Case& subject, Date day);

/// What telling of an obligation or stay, as last known, discloses.
[[nodiscard]] Disclosed disclosed_of(const Obligation& obligation);
[[nodiscard]] Disclosed disclosed_of(const Stay& stay);
[[nodiscard]] Disclosed disclosed_of(const Matter& matter);

/// To whom: the client's case manager, or a partner.
struct Recipient {
    Symbol name;
    PartnerKind kind = PartnerKind::Unset;  ///< Staff for the owner
};

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

/// Case managers touch their own clients; every other principal is held by its capability alone.
[[nodiscard]] bool may_touch(const State& state, PartnerId actor, const Case& subject, UtcTime now);

/// Everyone an event of this discloser about this client could concern: the owner, and each partner
/// an agreement or consent names. Ordered, without repeats.
[[nodiscard]] std::vector<Recipient> recipients_of(const State& state, const Case& subject,
                                                   PartnerId discloser);

}  // namespace carehub::core
