// What a client's consents and the organisations' agreements open: one question about each.
//
// Contract: domain/08 (42 CFR 2.31, 2.33, 2.35; 34 U.S.C. 12291) and 13-decisions. A consent opens
// what it names (discloser, recipient, kinds and dates of events, purpose) from the day it was
// signed until its end or its revocation; days are the client's own. `permit` asks which needs a
// disclosure has and what meets them; who explains an answer asks the same.
// Threads: pure.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

/// How agreements and consents name the client's case manager.
inline constexpr std::string_view kOwnerWord = "owner";

/// To whom: the client's case manager, or a partner.
struct Recipient {
    Symbol name;
    PartnerKind kind = PartnerKind::Unset;  ///< Staff for the owner
};

/// Something between two parties about one client, as consents and agreements are asked about it.
struct Sought {
    const State& state;
    const Case& subject;
    const Partner& discloser;
    Recipient recipient;
    EventKind kind = EventKind::Unset;
    UtcTime occurred_at = kUnknownTime;
    UtcTime now = kUnknownTime;
    Date today{};  ///< of `now`, where the client lives
};

/// What only the client's own signature opens, each by its own kinds of consent.
enum class Need : std::uint8_t {
    Authorization,  ///< no agreement covers it
    Justice,        ///< 13-decisions: courts, supervision agencies and jails are sources by default
    Victim,         ///< 34 U.S.C. 12291(b)(2)
    Part2,          ///< 42 CFR 2.13
};

/// What one disclosure needs, asked in this order; none of them: an agreement or an authorization.
struct Needs {
    bool victim = false;
    bool part2 = false;
    bool justice = false;
    [[nodiscard]] bool none() const { return !victim && !part2 && !justice; }
};
[[nodiscard]] Needs needs_of(Labels labels, PartnerKind recipient);

/// Why one consent does not meet a need, the nearer the miss the greater.
enum class Miss : std::uint8_t {
    None,       ///< it meets it
    Discloser,  ///< it does not name who discloses
    Recipient,  ///< it does not name who would receive
    Kind,       ///< another kind of consent is needed
    Event,      ///< it names other kinds of event
    Date,       ///< it covers other dates
    NotYet,     ///< it is signed later than today
    Endless,    ///< it must say when or upon what it ends, and does not
    Revoked,
    Expired,
    Purpose,  ///< it was signed for another purpose than the agreement's
};

[[nodiscard]] bool is_justice(PartnerKind kind);

/// The kinds of consent that meet a need towards such a recipient.
[[nodiscard]] bool is_fit(ConsentKind kind, Need need, PartnerKind recipient);

/// `purpose`: that of the agreement the disclosure rests on; none: the consent's own.
[[nodiscard]] Miss miss_of(const Sought& sought, const Consent& consent, Need need,
                           std::optional<PurposeOfUse> purpose);

/// The first day on which it no longer holds. A victim's release is time-limited even where it
/// does not say so.
[[nodiscard]] std::optional<Date> end_of(const Consent& consent);

/// 42 CFR 2.31(a)(7), 2.35(b): a part 2 consent has an end; "none" does for treatment, payment and
/// operations alone.
[[nodiscard]] bool must_end(ConsentKind kind);
inline constexpr std::string_view kSayEnd =
    "42 CFR 2.31(a)(7): say on which day (expires), or upon which event or condition "
    "(expiry_event), this consent ends, as the form says it; only a Part2Tpo consent may have no "
    "end";
/// It must have an end and says none, as earlier versions let it: a deficient form (42 CFR 2.31(c)),
/// which opens nothing until it is granted again with its end.
[[nodiscard]] bool lacks_end(const Consent& consent);

/// What makes a form one that nobody can have meant.
struct FormFault {
    RefusalReason reason;
    std::string_view field;  ///< as the form names it
    std::string_view hint;
};

/// Of a form in itself, whoever it names: no end where it must have one (must_end), an end before it
/// begins, a scope that ends before it begins, a right to revoke put off where the law knows no such
/// (42 CFR 2.35(c) alone does; 2.31(a)(6), 45 CFR 164.508(b)(5)).
[[nodiscard]] std::optional<FormFault> fault_of(const Consent& form);

/// Names both and covers such events today.
[[nodiscard]] bool is_covered(const Sought& sought, const Agreement& agreement);

[[nodiscard]] bool names_discloser(const State& state, Symbol named, const Partner& discloser);
/// By its name, its kind of partner, or "owner".
[[nodiscard]] bool names_recipient(const State& state, Symbol named, const Recipient& recipient);

/// Consents and agreements name days as people live them: in the client's own zone.
[[nodiscard]] Date day_of(const State& state, const Case& subject, UtcTime time);
/// The instant at which such a day begins.
[[nodiscard]] UtcTime beginning_of(const State& state, const Case& subject, Date day);

}  // namespace carehub::core
