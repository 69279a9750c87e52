#include "adapters/court/listing.hpp"

namespace carehub::adapters::court {

bool is_older(const Listing& later, const Listing& known) {
    // SEQUENCE is compared per (UID, RECURRENCE-ID): a series' and an override's are two counts.
    if (later.group != known.group || later.own != known.own) {
        return false;
    }
    if (later.sequence != known.sequence) {
        return later.sequence < known.sequence;
    }
    return later.stamped_at != kUnknownTime && known.stamped_at != kUnknownTime &&
           later.stamped_at < known.stamped_at;
}

std::string meaning_of(const Listing& listing) {
    constexpr char kSeparator = '\x1f';  // stands in no text a partner may send
    std::string text;
    const auto add = [&text](const std::string& part) {
        text += part;
        text += kSeparator;
    };
    add(listing.case_number);
    add(listing.type);
    add(listing.room);
    add(to_iso(listing.start));
    add(to_iso(listing.end));
    add(listing.zone);
    add(std::to_string(listing.time_flags.bits));
    add(std::to_string(listing.labels.bits));
    add(std::to_string(static_cast<int>(listing.state)));
    add(std::to_string(static_cast<int>(listing.result)));
    add(listing.transparent ? "transparent" : "opaque");
    add(listing.remote ? "remote" : "present");
    if (!listing.participant.empty()) {
        add(listing.participant);
    }
    return text;
}

}  // namespace carehub::adapters::court
