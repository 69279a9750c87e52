#include "adapters/court/listing_change.hpp"

#include "adapters/kit/fingerprint.hpp"

namespace carehub::adapters::court {
namespace {

std::optional<EventKind> result_kind(HearingResult result) {
    switch (result) {
        case HearingResult::Held: return EventKind::HearingHeld;
        case HearingResult::FailureToAppear: return EventKind::FailureToAppear;
        case HearingResult::Cancelled: return EventKind::HearingCancelled;
        case HearingResult::None: break;
    }
    return std::nullopt;
}

}  // namespace

EventKind first_kind(const Listing& listing) {
    if (const auto result = result_kind(listing.result)) {
        return *result;
    }
    return listing.state == ListingState::Cancelled ? EventKind::HearingCancelled
                                                    : EventKind::HearingScheduled;
}

std::optional<EventKind> kind_of_change(const KnownListing& known, const Listing& listing) {
    if (listing.result != HearingResult::None) {
        return listing.result == known.listing.result ? std::nullopt : result_kind(listing.result);
    }
    if (listing.state == ListingState::Cancelled) {
        return known.state == KnownState::Cancelled ? std::nullopt
                                                    : std::optional(EventKind::HearingCancelled);
    }
    const bool same_day = listing.local_day == known.listing.local_day;
    if (known.state == KnownState::Over) {
        return same_day ? std::nullopt : std::optional(EventKind::HearingContinued);
    }
    if (known.state != KnownState::Listed) {  // listed again
        return known.moved && !same_day ? EventKind::HearingContinued : EventKind::HearingScheduled;
    }
    if (short_digest(meaning_of(listing)) == known.digest) {
        return std::nullopt;
    }
    return same_day ? EventKind::HearingModified : EventKind::HearingContinued;
}

bool is_of_another(const Listing& known, const Listing& listing) {
    const bool both = !known.participant.empty() && !listing.participant.empty();
    return both ? known.participant != listing.participant
                : known.case_number != listing.case_number;
}

KnownState state_after(const Listing& listing) {
    if (listing.result == HearingResult::Cancelled || listing.state == ListingState::Cancelled) {
        return KnownState::Cancelled;
    }
    return listing.result == HearingResult::None ? KnownState::Listed : KnownState::Over;
}

}  // namespace carehub::adapters::court
