// How a client stands with housing: what was lost, and what became of it (domain/04, glossary 6).
#pragma once

#include "hub/core/rule.hpp"

namespace carehub::rules {

class HousingStanding {
public:
    explicit HousingStanding(const core::CaseView& view);

    /// Losses, risks and notices that were told while they were news and are not withdrawn.
    [[nodiscard]] const std::vector<const Matter*>& losses() const { return losses_; }

    /// A permanent place after it, whatever came later: a loss is one situation.
    [[nodiscard]] bool is_placed(const Matter& loss) const;
    /// Not placed, and lives now, as far as told after it, at a temporary place.
    [[nodiscard]] bool is_sheltered(const Matter& loss) const;
    /// What was told first after the last temporary place since the loss; null: none was told.
    [[nodiscard]] const Matter* outside_again(const Matter& loss) const;
    /// The tenancy was secured, or another home was moved into; that somebody still lives there says
    /// nothing about a notice.
    [[nodiscard]] bool is_secured(const Matter& risk) const;
    [[nodiscard]] bool is_out_of_institution(const Matter& loss) const;
    /// Somebody told where the client lives.
    [[nodiscard]] bool is_known(const Matter& loss) const;
    /// There was a home when it happened: an enrollment in permanent housing, or a permanent place.
    [[nodiscard]] bool had_home(const Matter& loss) const;

private:
    [[nodiscard]] const Matter* latest_after(const Matter& loss) const;

    std::vector<const Matter*> losses_;
    std::vector<const Matter*> situations_;   ///< withdrawn ones left out
    std::vector<const Matter*> enrollments_;  ///< in permanent housing
};

}  // namespace carehub::rules
