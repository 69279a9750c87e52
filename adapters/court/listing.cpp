#include "adapters/court/listing.hpp"

namespace carehub::adapters::court {

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
    return text;
}

}  // namespace carehub::adapters::court
