#include "adapters/court/hearing_event.hpp"

#include <algorithm>

#include "adapters/kit/fingerprint.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::court {
namespace {

ObligationStatus status_of(EventKind kind, const Listing& listing) {
    if (kind == EventKind::HearingCancelled) {
        return ObligationStatus::Cancelled;
    }
    if (kind == EventKind::HearingUnlisted) {
        return ObligationStatus::Unlisted;
    }
    if (kind == EventKind::HearingHeld) {
        return ObligationStatus::Completed;
    }
    if (kind == EventKind::FailureToAppear) {
        return ObligationStatus::Missed;
    }
    return listing.state == ListingState::Tentative ? ObligationStatus::Proposed
                                                    : ObligationStatus::Scheduled;
}

ObligationClaim claim_of(const Site& site, const Listing& listing, const HearingChange& change) {
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::CourtAppearance;
    claim.status = status_of(change.kind, listing);
    claim.start = listing.start;
    claim.end = listing.end;
    claim.prev_start = change.prev_start;
    if (listing.date_only) {
        claim.date = listing.local_day;
    }
    claim.location.id = site.place.empty() ? listing.room : site.place;
    claim.location.name = listing.room;
    claim.location.remote = listing.remote;
    claim.owner_org = site.authority;
    claim.mandatory = true;
    claim.transparent = listing.transparent;
    claim.tentative = listing.state == ListingState::Tentative;
    claim.mover = Mover::Judge;
    claim.reason_code = listing.type;
    claim.series = listing.series;
    return claim;
}

/// A result happens at the hearing; a change when the court made it, which is never after the file.
UtcTime occurred_at(const Listing& listing, const HearingChange& change) {
    const bool result =
        change.kind == EventKind::HearingHeld || change.kind == EventKind::FailureToAppear;
    const bool told =
        !result && change.kind != EventKind::HearingUnlisted && listing.occurred_at != kUnknownTime;
    const UtcTime stated = result ? listing.start : told ? listing.occurred_at : change.file_time;
    return std::min(stated, change.file_time);
}

}  // namespace

std::vector<Identifier> identifiers_of(const Site& site, const std::string& case_number,
                                       const std::string& participant) {
    std::vector<Identifier> identifiers;
    if (!case_number.empty()) {
        identifiers.push_back({site.authority, "CASE", case_number});
    }
    if (!participant.empty()) {
        identifiers.push_back({site.authority, "PARTICIPANT", participant});
    }
    return identifiers;
}

Submission hearing_event(const Site& site, const KnownListing& known, const HearingChange& change) {
    CAREHUB_CHECK(
        change.kind >= EventKind::HearingScheduled && change.kind <= EventKind::FailureToAppear,
        "not a kind of event a court listing can give");
    const Listing& listing = known.listing;
    Submission event;
    event.kind = change.kind;
    event.feed = site.feed;
    event.business_key = known.lineage;
    event.identifiers = identifiers_of(site, listing.case_number, listing.participant);
    event.occurred_at = occurred_at(listing, change);
    event.zone = listing.zone;
    event.time_flags = listing.time_flags;
    event.labels = listing.labels;
    event.raw_sha256 = listing.raw_sha256;
    event.payload = claim_of(site, listing, change);
    if (change.kind == EventKind::HearingContinued) {
        event.supersedes_key = known.last_id;
    }
    const std::string said = std::string(name_of(event.kind)) + "\n" +
                             std::to_string(known.version) + "\n" + known.lineage + "\n" +
                             meaning_of(listing) + "\n" + to_iso(change.prev_start) + "\n" +
                             to_iso(event.occurred_at) + "\n" + to_hex(event.raw_sha256);
    event.source_msg_id = listing.message_id + "|" + short_digest(said);
    return event;
}

}  // namespace carehub::adapters::court
