// Encounter.location: the places of a stay, of which one is the present and one the one before.
//
// Contract: places only planned or reserved do not count. The present one is still open and began
// last; where no times are told, the later in the list.
#pragma once

#include "adapters/clinic/fhir/document.hpp"

namespace carehub::adapters::clinic::fhir {

struct Stays {
    Place current;
    std::optional<Instant> since;  ///< of the present place
    Place prior;
    std::vector<std::string> words;  ///< of every place, for the feed's profile
};
[[nodiscard]] Stays read_stays(const Document& document, const Resource& encounter);

}  // namespace carehub::adapters::clinic::fhir
