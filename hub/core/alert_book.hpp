// One client's alerts while one input is decided: what the rules found is compared with what is
// known, and an alert is copied only where something about it changes.
//
// Contract: alerts.hpp.
#pragma once

#include <vector>

#include "hub/core/alert_teller.hpp"
#include "hub/core/alerts.hpp"

namespace carehub::core {

class AlertBook {
public:
    AlertBook(Draft& draft, Case& subject, const CaseView& view, Cause cause);

    void compare(Findings& findings);

    /// When the next alert is due to be told to more people.
    [[nodiscard]] UtcTime next_turn() const { return teller_.next_turn(); }

private:
    struct Situation {
        RuleId rule;
        Hash128 subject;
        AlertId alert;
    };

    /// How what is found differs from what the alert says.
    struct News {
        bool changed = false;  ///< time, place or party
        bool graver = false;
        bool less = false;  ///< some of its commitments are past or gone, nothing is new
        [[nodiscard]] bool any() const { return changed || graver; }
        [[nodiscard]] bool adds() const { return changed && !less; }
    };

    void meet(Finding finding);
    void drop_unseen(Finding& finding) const;
    [[nodiscard]] bool stays_as_it_is(const Alert& alert, const Finding& finding) const;
    void advance(Alert& alert, News news);
    void keep(Alert& alert, News news);
    void raise_again(Alert& alert);
    void reopen(Alert& alert);
    void raise_or_suppress(Alert& alert);
    void lose(const Alert& known);
    [[nodiscard]] bool is_withdrawn(const Alert& alert) const;
    void forget_old();
    void hand_over(const Alert& known);
    void end_claim(const Alert& known);

    [[nodiscard]] bool is_shelf_over(const Alert& alert) const;
    [[nodiscard]] bool is_met(AlertId id) const;
    [[nodiscard]] Symbol owner_of(const Finding& finding) const;
    [[nodiscard]] bool may_be_seen(const Finding& finding) const;
    [[nodiscard]] std::vector<Situation>::const_iterator place_of(const Finding& finding) const;
    /// The alert of that situation which is open, or whose end is recent enough to reopen; else null.
    [[nodiscard]] const Alert* known_alert(const Finding& finding) const;
    /// That one, or a new one; null when the client has too many.
    [[nodiscard]] const Alert* alert_of(const Finding& finding);

    Draft& draft_;
    Case& subject_;
    const CaseView& view_;
    Cause cause_;
    AlertTeller teller_;
    std::vector<Situation> situations_;  ///< by rule and subject, then by age
    std::vector<AlertId> met_;
};

}  // namespace carehub::core
