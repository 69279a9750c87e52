// Who is told of a client's alerts, and when more people are: one input's share of it.
//
// Contract: each person is told of an alert once while an input is decided, and only what that
// person may see. Whoever stands in for somebody away is told of what waits, once for each absence.
#pragma once

#include <utility>
#include <vector>

#include "hub/core/case_view.hpp"
#include "hub/core/draft.hpp"

namespace carehub::core {

class AlertTeller {
public:
    /// `planned`: when this evaluation was due.
    AlertTeller(Draft& draft, Case& subject, const CaseView& view, UtcTime planned)
        : draft_(draft), subject_(subject), view_(view), planned_(planned) {}

    /// Everybody it is for.
    void tell(const Alert& alert);
    /// The same, and its escalation begins anew.
    void tell_anew(Alert& alert);
    /// More people, where nobody has acknowledged it in time.
    void escalate(const Alert& alert);
    /// Somebody is away since it was raised, or has come on call: who is there now is told.
    void tell_newcomers(const Alert& alert);

    /// When the next alert is due to be told to more people.
    [[nodiscard]] UtcTime next_turn() const { return next_turn_; }

private:
    [[nodiscard]] std::vector<Symbol> people(const Alert& alert) const;
    void tell(const Alert& alert, Symbol name);

    Draft& draft_;
    Case& subject_;
    const CaseView& view_;
    UtcTime planned_;
    std::vector<std::pair<AlertId, Symbol>> told_;
    UtcTime next_turn_ = kNever;
};

}  // namespace carehub::core
