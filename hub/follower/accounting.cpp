#include "hub/follower/accounting.hpp"

#include <algorithm>
#include <array>

namespace carehub::follower {
namespace {

constexpr std::chrono::years kHipaaLookBack{6};
constexpr std::chrono::years kPart2LookBack{3};
constexpr std::array kLaws = {Regime::Hipaa, Regime::Part2};

bool gives_care(PartnerKind kind) {
    return kind == PartnerKind::Clinic || kind == PartnerKind::Hospital;
}

std::string_view exemption_of(const Ground& ground, Regime law) {
    if (law == Regime::Part2) {
        return ground.consented ? "" : "no consent";
    }
    if (ground.consent == ConsentKind::HipaaAuthorization) {
        return "authorization";
    }
    // 164.506(c): for the other's operations and payment it has to be a covered entity too.
    if (!gives_care(ground.recipient) && ground.recipient != PartnerKind::Staff) {
        return "";
    }
    switch (ground.purpose) {
        case PurposeOfUse::Treatment: return "treatment";
        case PurposeOfUse::Payment: return "payment";
        case PurposeOfUse::Operations: return "operations";
        case PurposeOfUse::CareCoordination:
            // Among those who treat it is treatment (164.501).
            return gives_care(ground.recipient) ? "treatment" : "";
        case PurposeOfUse::Unset:
        case PurposeOfUse::ClientRequest:
        case PurposeOfUse::Emergency:
        case PurposeOfUse::Legal:
        case PurposeOfUse::Oversight: break;
    }
    return "";
}

}  // namespace

std::optional<Regime> parse_regime(std::string_view word) {
    if (word.empty() || word == "all") {
        return Regime::All;
    }
    if (word == "hipaa") {
        return Regime::Hipaa;
    }
    return word == "part2" ? std::optional(Regime::Part2) : std::nullopt;
}

std::chrono::years look_back(Regime regime) {
    return regime == Regime::Part2 ? kPart2LookBack : kHipaaLookBack;
}

bool is_subject(const Ground& ground, Regime regime) {
    switch (regime) {
        case Regime::Hipaa: return gives_care(ground.discloser);
        case Regime::Part2: return ground.part2;
        case Regime::All: break;
    }
    return true;
}

std::string_view exemption(std::span<const Ground> grounds, Regime regime) {
    std::string_view reason;
    for (const Ground& ground : grounds) {
        for (const Regime law : kLaws) {
            const bool is_asked = regime == Regime::All || regime == law;
            if (!is_asked || !is_subject(ground, law)) {
                continue;
            }
            reason = exemption_of(ground, law);
            if (reason.empty()) {
                return "";
            }
        }
        const bool is_free = regime == Regime::All && std::ranges::none_of(kLaws, [&](Regime law) {
                                 return is_subject(ground, law);
                             });
        if (is_free) {
            return "";  // no law lets it be left out
        }
    }
    return reason;
}

}  // namespace carehub::follower
