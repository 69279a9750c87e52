#include "hub/model/routing.hpp"

namespace carehub {

Withheld withheld_by(PermitRule rule) {
    using enum PermitRule;
    switch (rule) {
        case Unset:
        case Agreement:
        case Authorization:
        case AgreementAndConsent:
        case Part2Consent:
        case Part2Tpo:
        case JusticeReferral:
        case VictimRelease:
        case VictimReleaseAndPart2Consent:
        case VictimReleaseAndReferral: break;
        case UnknownDiscloser:
        case NothingCovers:
        case AuthorizationRevoked:
        case AuthorizationExpired:
        case NoJusticeAgreement: return Withheld::NoAgreement;
        case NoJusticeConsent:
        case JusticeConsentPurpose:
        case NoPart2Consent:
        case Part2ConsentPurpose:
        case Part2ConsentEndless:
        case NoReferral:
        case ReferralEndless:
        case ReferralPurpose: return Withheld::NoConsent;
        case JusticeConsentRevoked:
        case Part2ConsentRevoked:
        case ReferralRevoked: return Withheld::ConsentRevoked;
        case JusticeConsentExpired:
        case Part2ConsentExpired:
        case ReferralExpired: return Withheld::ConsentExpired;
        case LegalPurpose: return Withheld::LegalPurpose;
        case NoVictimRelease:
        case VictimReleaseRevoked:
        case VictimReleaseExpired:
        case VictimReleasePurpose: return Withheld::VictimProtected;
    }
    return Withheld::Unset;
}

}  // namespace carehub
