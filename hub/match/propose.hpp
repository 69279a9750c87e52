// Pairs of people who may be one, with the evidence.
//
// Contract: pure and deterministic: the same people in the same order give the same pairs in the
// same order, the most likely first. A pair is proposed once. Both need a birth date. Weights are in
// bits. Threads: any.
#pragma once

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
};

enum class Field : std::uint8_t { BirthDate, FamilyName, GivenName, Sex };

enum class Agreement : std::uint8_t { Missing, Agrees, Differs };

struct Evidence {
    Field field = Field::BirthDate;
    Agreement agreement = Agreement::Missing;
    double weight = 0;  ///< bits
};

struct Proposal {
    std::size_t one = 0;  ///< place in the people given; one < other
    std::size_t other = 0;
    std::vector<Evidence> evidence;
    double weight = 0;       ///< in total, with the prior
    double probability = 0;  ///< that they are one
};

/// Whether that pair is looked at: false for two whom a person told apart.
using Wanted = std::function<bool(std::size_t one, std::size_t other)>;

[[nodiscard]] std::vector<Proposal> propose(std::span<const Profile> people, const Wanted& wanted);

}  // namespace carehub::match
