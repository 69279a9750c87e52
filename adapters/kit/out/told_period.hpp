// When something is, as far as it is told. Threads: any thread.
#pragma once

#include <optional>

#include "hub/model/submission.hpp"

namespace carehub::adapters {

struct ToldPeriod {
    UtcTime start = kUnknownTime;
    UtcTime end = kUnknownTime;
    std::optional<Date> date;  ///< the day alone is known
    [[nodiscard]] bool has_start() const { return start != kUnknownTime || date.has_value(); }
    friend bool operator==(const ToldPeriod&, const ToldPeriod&) = default;
};

/// Of an obligation or a time that is taken; empty of anything else.
[[nodiscard]] inline ToldPeriod period_of(const Submission& event) {
    if (const auto* claim = std::get_if<ObligationClaim>(&event.payload)) {
        return {claim->start, claim->end, claim->date};
    }
    if (const auto* claim = std::get_if<ResourceClaim>(&event.payload)) {
        return {claim->from, claim->to, std::nullopt};
    }
    return {};
}

}  // namespace carehub::adapters
