// How a client stands with housing: what was lost, and what became of it (domain/04, glossary 6).
#pragma once

#include "hub/core/rule.hpp"

namespace carehub::rules {

struct HousingStanding {
    /// Losses, risks and notices that were told while they were news and are not withdrawn.
    std::vector<const Matter*> losses;
    /// Where the client lived, by day; withdrawn ones left out.
    std::vector<const Matter*> situations;

    /// A permanent place, or a tenancy secured, since then.
    [[nodiscard]] bool placed_since(UtcTime time) const;
    /// Where the client lives now, as far as told since then, is a temporary place.
    [[nodiscard]] bool sheltered_since(UtcTime time) const;
    [[nodiscard]] bool out_of_institution_since(UtcTime time) const;
    /// Somebody told where the client lives.
    [[nodiscard]] bool known_since(UtcTime time) const;
};

[[nodiscard]] HousingStanding housing_standing(const core::CaseView& view);

}  // namespace carehub::rules
