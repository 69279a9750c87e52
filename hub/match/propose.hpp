// Pairs of people who may be one, with the evidence.
//
// Contract: pure and deterministic: the same people in the same order give the same pairs in the
// same order, the most likely first. A pair is proposed once. Both need a birth date. Weights are in
// bits. At most kComparisonsMax pairs are compared, those of the smallest blocks first, and of no
// block of more than kBlockMax people; how many were not is told. Threads: any.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/base/utc_time.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::match {

/// What is known of one person; what is missing or not to be trusted is left out.
struct Profile {
    std::string family;  ///< as told
    std::string given;
    std::optional<Date> birth;
    Sex sex = Sex::Unset;
    friend bool operator==(const Profile&, const Profile&) = default;
};

enum class Field : std::uint8_t { BirthDate, FamilyName, GivenName, Sex };

enum class Agreement : std::uint8_t { Missing, Agrees, Differs };

struct Evidence {
    Field field = Field::BirthDate;
    Agreement agreement = Agreement::Missing;
    double weight = 0;  ///< bits
    double chance = 0;  ///< that two different people agree on it (u); of what agrees alone
};

struct Proposal {
    std::size_t one = 0;  ///< place in the people given; one < other
    std::size_t other = 0;
    std::array<Evidence, 4> evidence;
    double weight = 0;       ///< in total, with the prior
    double probability = 0;  ///< that they are one
};

struct Proposed {
    std::vector<Proposal> pairs;
    std::size_t left_out = 0;  ///< pairs of people of one block that were not compared in it
};

/// Whether that pair is proposed: false for two whom a person told apart.
using Wanted = std::function<bool(std::size_t one, std::size_t other)>;

[[nodiscard]] Proposed propose(std::span<const Profile> people, const Wanted& wanted);

}  // namespace carehub::match
