// The people of the county: invented names, numbers at each partner, and who is responsible.
//
// Contract: pure functions of (seed, client number); numbers of clients begin at 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/base/prng.hpp"
#include "hub/base/utc_time.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::county {

struct Person {
    std::uint64_t number = 0;
    std::string name;  ///< of the roster: C-00001
    std::string given;
    std::string family;
    char sex = 'U';
    Date birth{};
    Transport transport = Transport::Unset;
    std::string_view model;
    std::string_view tier;
};

/// Independent streams of one client: what one purpose draws never shifts another's draws.
enum class Purpose : std::uint64_t { Person = 1, Story = 2, Background = 3, Housing = 4, Deal = 5 };

[[nodiscard]] Prng stream_of(std::uint64_t seed, std::uint64_t client, Purpose purpose);
[[nodiscard]] Person make_person(std::uint64_t seed, std::uint64_t number);

/// "APT-0000123-01": fixed width, so that no id is part of another.
[[nodiscard]] std::string numbered(std::string_view prefix, std::uint64_t client);
[[nodiscard]] std::string numbered(std::string_view prefix, std::uint64_t client, std::size_t nth);

/// Record numbers of the clinic: the client's own, and one that the roster does not have, of somebody
/// whom staff mistake for the client.
[[nodiscard]] std::string clinic_number(std::uint64_t client);
[[nodiscard]] std::string stranger_number(std::uint64_t client);
inline constexpr std::string_view kClinicAuthority = "CLINIC-MRN";
inline constexpr std::string_view kClinicNumberType = "MR";

[[nodiscard]] std::string case_manager_of(std::uint64_t client);
[[nodiscard]] std::string team_of(std::uint64_t case_manager);
[[nodiscard]] std::string supervisor_of(std::uint64_t case_manager);
[[nodiscard]] std::string supervisor_of_client(std::uint64_t client);
/// Staff names are numbered from 1.
[[nodiscard]] std::string case_manager_name(std::uint64_t case_manager);
[[nodiscard]] std::uint64_t case_managers_for(std::uint64_t clients);

}  // namespace carehub::county
