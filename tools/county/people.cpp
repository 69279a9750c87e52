#include "tools/county/people.hpp"

#include <array>

#include "tools/county/limits.hpp"
#include "tools/county/text.hpp"

namespace carehub::county {
namespace {

constexpr std::array<std::string_view, 32> kGiven = {
    "Ada",    "Bela",   "Cora",  "Dario", "Edda",  "Farid", "Gita",   "Hiro",
    "Ines",   "Jonah",  "Kira",  "Lamar", "Mila",  "Nuri",  "Odell",  "Petra",
    "Quinn",  "Rosa",   "Samir", "Tessa", "Umar",  "Vera",  "Wendel", "Xenia",
    "Yasmin", "Zoltan", "Alba",  "Boris", "Celia", "Denis", "Elena",  "Felix"};
constexpr std::array<std::string_view, 32> kFamily = {
    "Abara",   "Brandt",  "Castell",  "Dunmore",   "Eklund",   "Farrow", "Gorski",  "Hallam",
    "Ivers",   "Jessup",  "Kovar",    "Lindqvist", "Marlow",   "Nakano", "O'Dell",  "Pereira",
    "Quigley", "Ransome", "Sandoval", "Tillman",   "Uribe",    "Vance",  "Whitlow", "Ximenes",
    "Yarrow",  "Zeller",  "Ashdown",  "Bellamy",   "Corrigan", "Deluca", "Engel",   "Fontaine"};
constexpr std::array<std::string_view, 4> kModels = {"Standard", "Clinical", "Icm", "Act"};
// High would move the visit after any discharge to seven days: the truth tells wards apart only.
constexpr std::array<std::string_view, 2> kTiers = {"Low", "Medium"};
constexpr std::array<Transport, 4> kTransports = {Transport::Own, Transport::Public,
                                                  Transport::Public, Transport::None};

template <class List>
typename List::value_type pick(Prng& prng, const List& list) {
    return list[prng.below(list.size())];
}

}  // namespace

Prng stream_of(std::uint64_t seed, std::uint64_t client, Purpose purpose) {
    // Odd multipliers spread neighbouring clients and purposes; the generator mixes the rest.
    return Prng{seed * 0x9E3779B97F4A7C15U + client * 0xD1342543DE82EF95U +
                static_cast<std::uint64_t>(purpose) * 0xA0761D6478BD642FU};
}

Person make_person(std::uint64_t seed, std::uint64_t number) {
    Prng prng = stream_of(seed, number, Purpose::Person);
    Person person;
    person.number = number;
    person.name = "C-" + padded(number, 5);
    person.given = pick(prng, kGiven);
    person.family = pick(prng, kFamily);
    person.sex = prng.chance(50) ? 'F' : 'M';
    person.birth = Date{std::chrono::days{prng.between(-7'000, 12'000)}};
    person.transport = pick(prng, kTransports);
    person.model = pick(prng, kModels);
    person.tier = pick(prng, kTiers);
    return person;
}

std::string numbered(std::string_view prefix, std::uint64_t client) {
    return std::string(prefix) + "-" + padded(client, 7);
}

std::string numbered(std::string_view prefix, std::uint64_t client, std::size_t nth) {
    return numbered(prefix, client) + "-" + padded(nth, 2);
}

std::uint64_t case_managers_for(std::uint64_t clients) {
    return (clients + kClientsPerCaseManager - 1) / kClientsPerCaseManager;
}

std::string case_manager_name(std::uint64_t case_manager) {
    return "cm-" + padded(case_manager, 2);
}

std::string clinic_number(std::uint64_t client) { return numbered("MRN", client); }

std::string stranger_number(std::uint64_t client) { return numbered("MRX", client); }

std::string case_manager_of(std::uint64_t client) {
    return case_manager_name((client - 1) / kClientsPerCaseManager + 1);
}

std::string supervisor_of_client(std::uint64_t client) {
    return supervisor_of((client - 1) / kClientsPerCaseManager + 1);
}

std::string team_of(std::uint64_t case_manager) {
    return "team-" + padded((case_manager - 1) / kCaseManagersPerTeam + 1, 2);
}

std::string supervisor_of(std::uint64_t case_manager) {
    return "sup-" + padded((case_manager - 1) / kCaseManagersPerTeam + 1, 2);
}

}  // namespace carehub::county
