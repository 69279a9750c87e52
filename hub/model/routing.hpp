// Where an event went, and why not: decided by core, kept in the journal, sent by the gateway.
#pragma once

#include "hub/model/case_records.hpp"

namespace carehub {

enum class Withheld : std::uint8_t {
    Unset,
    NoAgreement,  ///< nothing between these parties covers this kind of event today
    NoConsent,    ///< a protected event or recipient, and no consent that names both
    ConsentExpired,
    ConsentRevoked,
    VictimProtected,  ///< only a release signed by the client opens this
    LegalPurpose,     ///< 42 CFR part 2 bars use in proceedings
    RecipientPaused,
    NotLinked,  ///< the client is not known: routed to nobody
};
template <>
inline constexpr std::string_view kEnumNames<Withheld>[] = {
    "Unset",           "NoAgreement",  "NoConsent",       "ConsentExpired", "ConsentRevoked",
    "VictimProtected", "LegalPurpose", "RecipientPaused", "NotLinked"};

/// The fate of one event towards one recipient. Part of an entry, not of State.
struct Route {
    Symbol recipient;                     ///< a partner's or a staff member's name
    Form form = Form::Unset;              ///< set when it may see the event
    Withheld withheld = Withheld::Unset;  ///< set when it may not
    ConsentId consent;
    std::uint32_t agreement = 0;
    friend bool operator==(const Route&, const Route&) = default;
};

enum class DeliveryState : std::uint8_t { Unset, Queued, Withdrawn };

/// One notice owed to one principal, until it is acknowledged. Keyed by (recipient, number).
struct Delivery {
    PartnerId recipient;
    std::uint64_t number = 0;  ///< counted per recipient from 1: the sequence it sees
    DeliveryState state = DeliveryState::Unset;
    Sequence entry;  ///< where the event or alert stands
    ClientId client;
    Form form = Form::Unset;
    bool is_alert = false;
    AlertId alert;
    // What core must know to ask again whether it may leave; unset for alerts
    EventKind kind = EventKind::Unset;
    PartnerId discloser;
    Labels labels;
    UtcTime occurred_at = kUnknownTime;
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// A recipient acknowledged everything up to and including `number`.
struct Acknowledged {
    PartnerId recipient;
    std::uint64_t number = 0;
    friend bool operator==(const Acknowledged&, const Acknowledged&) = default;
};

/// The mark that makes a repeat a duplicate. Keyed by id.
struct InboxMark {
    SourceId id;
    Hash128 body{};
    Sequence sequence;
    friend bool operator==(const InboxMark&, const InboxMark&) = default;
};

/// An input that stopped the hub, and the lane it parked. Keyed by fingerprint.
struct PoisonMark {
    Hash128 fingerprint{};
    UtcTime parked_until = kUnknownTime;
    SubjectHash lane;  ///< the identifier whose client's events wait meanwhile; none: nobody's
    friend bool operator==(const PoisonMark&, const PoisonMark&) = default;
};

}  // namespace carehub
