// Which disclosures the law wants in a client's accounting, and which it exempts.
//
// 45 CFR 164.528: of health records, told by clinics and hospitals; (a)(1)(i) exempts treatment,
// payment and operations, (iv) what a signed authorization covers. 42 CFR 2.25 (2.24 of an
// intermediary): of Part 2 records, told with consent, also those that HIPAA exempts. A housing
// provider, a court and an agency are no covered entities: telling them is treatment to nobody. What
// is in doubt is listed.
// Contract: pure.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "hub/model/vocabulary.hpp"

namespace carehub::follower {

enum class Regime : std::uint8_t { All, Hipaa, Part2 };
[[nodiscard]] std::optional<Regime> parse_regime(std::string_view word);

/// Six years before the request, 164.528(a)(1); three of Part 2 records, 2.25(a).
[[nodiscard]] std::chrono::years look_back(Regime regime);

/// What one record that was told rests on; an alert tells of several.
struct Ground {
    PartnerKind discloser = PartnerKind::Unset;
    PartnerKind recipient = PartnerKind::Unset;
    bool part2 = false;
    bool consented = false;
    ConsentKind consent = ConsentKind::Unset;  ///< Unset with `consented`: of a kind not known
    PurposeOfUse purpose = PurposeOfUse::Unset;
};

[[nodiscard]] bool is_subject(const Ground& ground, Regime regime);

/// Why the accounting need not list it; "" when it must. All: every law that governs it exempts it.
[[nodiscard]] std::string_view exemption(std::span<const Ground> grounds, Regime regime);

}  // namespace carehub::follower
