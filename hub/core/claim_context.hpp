// What the writers of claims share: one claim on its way into one case.
#pragma once

#include "hub/core/claims.hpp"

namespace carehub::core {

/// The refusal of a claim in which that field is missing.
[[nodiscard]] Refusal missing(const std::string& field);

/// The client is alive: what was told of the death is not so.
void forget_death(Client& client);

class ClaimContext {
public:
    ClaimContext(Draft& draft, Case& subject, const Input& input, LinkNumber told_under)
        : draft_(draft),
          subject_(subject),
          input_(input),
          submission_(std::get<SubmissionInput>(input.body)),
          claim_(submission_.claim),
          told_under_(told_under) {}

protected:
    [[nodiscard]] Version version() const;
    /// Of a record that had that one: what applies although it is older makes nothing older.
    [[nodiscard]] Version version_over(const Version& known) const;
    [[nodiscard]] Labels labels() const;
    /// Of the day as it is in the zone that the claim names.
    [[nodiscard]] UtcTime beginning_of(Date day) const;
    /// It tells an older version than the one that is known, and is of no kind that applies even so
    /// (13-decisions).
    [[nodiscard]] bool is_outdated(const Version& known) const;
    /// The death that is known was told under the same identifier, by the same partner, or staff
    /// speaks: nobody else takes it back.
    [[nodiscard]] bool may_take_back_death() const;
    void take_back_death();

    Draft& draft_;
    Case& subject_;
    const Input& input_;
    const SubmissionInput& submission_;
    const Submission& claim_;
    LinkNumber told_under_;
};

}  // namespace carehub::core
