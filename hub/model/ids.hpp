// The house's own ids. Numbers count from 1; 0 is none. Hashes are derived, never drawn.
#pragma once

#include "hub/base/strong_id.hpp"
#include "hub/model/receipt.hpp"

namespace carehub {

/// A clear name the core has interned: partner, staff, team, place code, zone, feed, basis.
using Symbol = StrongId<struct SymbolTag, std::uint32_t>;
/// A principal: whoever has a key. Organisations and staff links alike.
using PartnerId = StrongId<struct PartnerTag, std::uint32_t>;
/// First 16 bytes of SHA-256(hub id, roster name of the client).
using ClientId = StrongHash<struct ClientTag>;
/// Keyed hash of one identifier (authority, type, value): how the core looks a person up.
using SubjectHash = StrongHash<struct SubjectTag>;
/// Place of a link in State's table of them, from 1: under which identifier something was told.
using LinkNumber = StrongId<struct LinkNumberTag, std::uint32_t>;
/// Tells the authorities and types of identifiers apart: 4 bytes of a keyed hash of both.
using SchemeMark = StrongId<struct SchemeTag, std::uint32_t>;
/// Keyed hash of (partner, business key) of an obligation.
using ObligationId = StrongHash<struct ObligationTag>;
/// Keyed hash of (partner, business key) of an encounter or custody interval.
using StayId = StrongHash<struct StayTag>;
/// Of a Matter: joined of its kind and the keyed hash of (partner, business key).
using MatterId = StrongHash<struct MatterTag>;
/// Keyed hash of (partner, feed, the partner's own event id).
using SourceId = StrongHash<struct SourceTag>;
/// Keyed hash of (client, id of the consent document).
using ConsentId = StrongHash<struct ConsentTag>;
/// One of the 45 rules of the glossary's section 6, numbered in its order, or one that came later.
using RuleId = StrongId<struct RuleTag, std::uint16_t>;
/// What an alert is about, within its client and rule.
using SubjectKey = StrongHash<struct SubjectKeyTag>;

/// The alert's first entry and its place among that entry's alerts; printed "a-SEQUENCE-INDEX".
struct AlertId {
    Sequence sequence;
    std::uint16_t index = 0;
    friend auto operator<=>(const AlertId&, const AlertId&) = default;
};

}  // namespace carehub
