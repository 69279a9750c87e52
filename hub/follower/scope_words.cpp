// The explanation of a consent's scope that goes along with what is told on it.
#include <algorithm>

#include "hub/follower/limits.hpp"
#include "hub/follower/permit_words.hpp"

namespace carehub::follower {
namespace {

std::string kinds_of(const Consent& consent) {
    if (consent.kinds.empty()) {
        return "every kind of event";
    }
    std::string words;
    const std::size_t told = std::min(consent.kinds.size(), kScopeKindsMax);
    for (std::size_t i = 0; i < told; ++i) {
        words += (i == 0 ? "" : ", ") + std::string(name_of(consent.kinds[i]));
    }
    const std::size_t more = consent.kinds.size() - told;
    return more == 0 ? words : words + " and " + std::to_string(more) + " more";
}

std::string dates_of(const Consent& consent) {
    std::string words = consent.scope_from ? " from " + to_iso(*consent.scope_from) : "";
    words += consent.scope_to ? " to " + to_iso(*consent.scope_to) : "";
    return words;
}

std::string end_of(const Consent& consent) {
    const auto day = core::end_of(consent);
    std::string words = day ? "ends on " + to_iso(*day) : "";
    if (consent.ends_upon_event) {
        words += (day ? " or " : "ends ") + std::string("upon an event that the form names");
    }
    return words.empty() ? "names no end" : words;
}

}  // namespace

std::string scope_words(const core::State& state, const core::Case& subject,
                        const core::Disclosed& disclosed, const core::Recipient& recipient) {
    const core::Permission answer =
        core::permission(state, subject, disclosed, recipient, state.now);
    if (answer.consent == nullptr) {
        return "";
    }
    const Consent& consent = *answer.consent;
    return "The client's consent of " + to_iso(consent.signed_on) + " allows " +
           std::string(state.text(consent.discloser)) + " to tell " +
           std::string(state.text(recipient.name)) + " of " + kinds_of(consent) +
           dates_of(consent) + " for the purpose " + std::string(name_of(consent.purpose)) +
           "; it " + end_of(consent) + " and may be revoked.";
}

}  // namespace carehub::follower
