#include "adapters/court/warrant.hpp"

#include "adapters/court/site.hpp"
#include "adapters/court/text.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {

std::optional<Warrant> warrant_told(const Site& site, const WarrantWord& told,
                                    const Listing& listing, Report& report) {
    const std::string word = normalise_word(told.word);
    if (word.empty()) {
        return std::nullopt;
    }
    const auto known = site.warrants.find(word);
    if (known == site.warrants.end()) {
        report.note(told.line, told.field, "a word that [warrants] does not map: left out");
        return std::nullopt;
    }
    if (known->second == WarrantState::None) {
        return std::nullopt;
    }
    const std::string id = clip(normalise_case(told.id), kIdentifierBytesMax);
    Warrant warrant;
    warrant.line = told.line;
    warrant.number = id;
    warrant.state = known->second;
    warrant.case_number = listing.case_number;
    warrant.participant = listing.participant;
    warrant.raw_sha256 = listing.raw_sha256;
    warrant.key = site.feed + "|" + site.authority;
    if (!listing.case_number.empty()) {
        warrant.key += "|" + listing.case_number;
    }
    // Of several people in one case each has a warrant of their own.
    if (!listing.participant.empty() && (id.empty() || listing.case_number.empty())) {
        warrant.key += "|" + listing.participant;
    }
    warrant.key += "|WARRANT" + (id.empty() ? "" : "|" + id);
    return warrant;
}

}  // namespace carehub::adapters::court
