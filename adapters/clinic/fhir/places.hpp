// Where and with whom: locations, practitioners and organisations, by their codes.
//
// Contract: of a place and of staff only a code leaves, never a name: an identifier, else the id.
// Of an organisation its name leaves, which says who speaks. What else a place is called serves to
// find the feed's labels, zones and classes for it.
#pragma once

#include "adapters/clinic/fhir/document.hpp"
#include "adapters/clinic/hl7/element.hpp"

namespace carehub::adapters::clinic::fhir {

struct ReadPlace {
    Place place;
    /// Every word it goes by, for looking things up in the feed's profile; none of it leaves.
    std::vector<std::string> words;
};
[[nodiscard]] ReadPlace read_place(const Document& document, const Element& reference,
                                   const Resource& within);

/// The code of a practitioner, or of any resource that has identifiers.
[[nodiscard]] std::string read_code(const Document& document, const Element& reference,
                                    const Resource& within);

/// Organization.name, else what the reference displays, else a code; empty when none.
[[nodiscard]] std::string read_organisation(const Document& document, const Element& reference,
                                            const Resource& within);

/// The entry of the feed's table for one of these words, as written or in upper case.
template <class Table>
[[nodiscard]] auto look_up(const Table& table, const std::vector<std::string>& words) -> const
    typename Table::mapped_type* {
    for (const std::string& word : words) {
        for (const std::string& spelled : {word, hl7::to_upper(word)}) {
            if (const auto found = table.find(spelled); found != table.end()) {
                return &found->second;
            }
        }
    }
    return nullptr;
}

/// The codes of a CodeableConcept.
[[nodiscard]] std::vector<std::string> codes_of(const Element& concept_element);

/// Of that place where the profile tells one, else the feed's.
[[nodiscard]] const TimeZone& zone_of(const Site& site, const std::vector<std::string>& words);

/// What the feed's profile says of every record with one of these words.
[[nodiscard]] Labels labels_of(const Site& site, const std::vector<std::string>& words);

}  // namespace carehub::adapters::clinic::fhir
