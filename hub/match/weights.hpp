// m and u of the fields compared, thresholds and bounds (domain/11, "illustrative").
#pragma once

#include <cmath>
#include <cstddef>

namespace carehub::match {

struct Odds {
    double m;  ///< agrees, given one person
    double u;  ///< agrees, given two
};
inline constexpr Odds kBirthDate{0.95, 1.0 / 25'000};
inline constexpr Odds kFamilyName{0.90, 0.001};
inline constexpr Odds kGivenName{0.85, 0.005};
inline constexpr Odds kSex{0.98, 0.5};

/// How often a name occurs is trusted as if it had been seen among so many people more with the
/// usual u: among few people every name is frequent.
inline constexpr double kNamePrior = 1'000;
/// Of all pairs so many are one person.
inline constexpr double kPrior = 1.0 / 100'000;
/// What the evidence has to outweigh, in bits.
[[nodiscard]] inline double prior_weight() { return std::log2(kPrior / (1 - kPrior)); }
/// From this total weight on a pair is proposed: more likely one person than not.
inline constexpr double kReviewWeight = 0;

/// A block of more people tells nothing about any two of them (a default birth date).
inline constexpr std::size_t kBlockMax = 200;
/// Pairs compared at once: more than 100,000 people make by chance. Less than a second, also when all
/// of them are proposed.
inline constexpr std::size_t kComparisonsMax = 1'000'000;

}  // namespace carehub::match
