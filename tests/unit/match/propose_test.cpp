#include "hub/match/propose.hpp"

#include <chrono>

#include "hub/base/prng.hpp"
#include "hub/match/names.hpp"
#include "hub/match/weights.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::match;

namespace {

Profile person(const std::string& family, const std::string& given, int year, unsigned month = 5,
               unsigned day = 17, Sex sex = Sex::Unset) {
    return {family, given, *make_date(year, month, day), sex};
}

std::vector<Proposal> proposed(const std::vector<Profile>& people) {
    return propose(people, [](std::size_t, std::size_t) { return true; }).pairs;
}

}  // namespace

TEST_CASE("names are compared without case and marks, placeholders not at all", "[match]") {
    CHECK(comparable_name("O'Neil-Smith") == "oneilsmith");
    CHECK(comparable_name("Doe").empty());
    CHECK(comparable_name("Baby Boy").empty());
    CHECK(comparable_name("9f86d081884c7d659a2feaa0c55ad015").empty());
    // Examples of the National Archives' description of Soundex.
    CHECK(soundex("washington") == "W252");
    CHECK(soundex("lee") == "L000");
    CHECK(soundex("gutierrez") == "G362");
    CHECK(soundex("pfister") == "P236");
    CHECK(soundex("jackson") == "J250");
    CHECK(soundex("tymczak") == "T522");
    CHECK(soundex("ashcraft") == "A261");
    CHECK(soundex("").empty());
}

TEST_CASE("who agrees in name and birth date is proposed, with the evidence", "[match]") {
    const auto pairs = proposed({person("Rivera", "Maria", 1980), person("Lee", "Ann", 1980, 1, 2),
                                 person("RIVERA", "maria", 1980)});
    REQUIRE(pairs.size() == 1);
    CHECK(pairs[0].one == 0);
    CHECK(pairs[0].other == 2);
    CHECK(pairs[0].probability > 0.999);
    REQUIRE(pairs[0].evidence.size() == 4);
    CHECK(pairs[0].evidence[0].agreement == Agreement::Agrees);
    CHECK(pairs[0].evidence[0].weight > 14.4);
    CHECK(pairs[0].evidence[0].weight < 14.6);
    CHECK(pairs[0].evidence[3].agreement == Agreement::Missing);
    CHECK(pairs[0].evidence[3].weight == 0);
}

TEST_CASE("twins, namesakes and names alone are not proposed", "[match]") {
    CHECK(proposed({person("Rivera", "Maria", 1980), person("Rivera", "Ana", 1980)}).empty());
    CHECK(proposed({person("Rivera", "Maria", 1980), person("Rivera", "Maria", 1955)}).empty());
    Profile undated = person("Rivera", "Maria", 1980);
    undated.birth.reset();
    CHECK(proposed({person("Rivera", "Maria", 1980), undated}).empty());
    CHECK(proposed({person("Doe", "Baby", 1980), person("Doe", "Baby", 1980)}).empty());
}

TEST_CASE("another sex speaks against it, a misspelt surname is looked at", "[match]") {
    const auto pairs = proposed({person("Rivera", "Maria", 1980, 5, 17, Sex::Female),
                                 person("Rivera", "Maria", 1980, 5, 17, Sex::Male),
                                 person("Rivero", "Maria", 1980, 5, 17, Sex::Female)});
    REQUIRE(pairs.size() == 2);
    CHECK(pairs[0].weight > pairs[1].weight);
    CHECK(pairs[0].evidence[3].weight < -4);
    CHECK(pairs[1].one == 0);
    CHECK(pairs[1].other == 2);
    CHECK(pairs[1].evidence[1].agreement == Agreement::Differs);
}

TEST_CASE("a rare name weighs more than a common one", "[match]") {
    std::vector<Profile> people{person("Smith", "Ann", 1980), person("Smith", "Ann", 1980),
                                person("Quixada", "Ann", 1970), person("Quixada", "Ann", 1970)};
    for (int i = 0; i < 2'000; ++i) {
        people.push_back(person("Smith", "Given" + std::to_string(i), 1900 + i % 70,
                                static_cast<unsigned>(1 + i % 12)));
    }
    const auto pairs = proposed(people);
    REQUIRE(pairs.size() == 2);
    CHECK(pairs[0].one == 2);
    CHECK(pairs[0].weight > pairs[1].weight + 8);
}

TEST_CASE("whom a person told apart is not proposed", "[match]") {
    const std::vector<Profile> people{person("Rivera", "Maria", 1980),
                                      person("Rivera", "Maria", 1980)};
    CHECK(propose(people, [](std::size_t, std::size_t) { return false; }).pairs.empty());
}

TEST_CASE("evidence says how many others agree by chance, and adds up with the prior", "[match]") {
    std::vector<Profile> people{person("Rivera", "Maria", 1980), person("Rivera", "Maria", 1980)};
    for (int i = 0; i < 998; ++i) {
        people.push_back(person("Smith", "Given" + std::to_string(i), 1900));
    }
    const auto pairs = proposed(people);
    REQUIRE(pairs.size() == 1);
    // Two of a thousand, and one of a thousand as if seen before.
    CHECK(pairs[0].evidence[1].chance == 3.0 / 2'000);
    CHECK(pairs[0].evidence[3].chance == 0);
    double sum = prior_weight();
    for (const Evidence& field : pairs[0].evidence) {
        sum += field.weight;
    }
    CHECK(pairs[0].weight == sum);
}

TEST_CASE("people of one birth date that are too many are left out, and told", "[match]") {
    std::vector<Profile> people;
    for (std::size_t i = 0; i <= kBlockMax; ++i) {
        people.push_back(person("Rivera" + std::to_string(i),
                                std::string(1, 'a') + std::to_string(i), 1900, 1, 1));
    }
    people.push_back(person("Quixada", "Ann", 1980));
    people.push_back(person("Quixada", "Ann", 1980));
    const Proposed found = propose(people, [](std::size_t, std::size_t) { return true; });
    REQUIRE(found.pairs.size() == 1);
    CHECK(people[found.pairs[0].one].family == "Quixada");
    // The date, and the sound: all of them are R160 and A.
    CHECK(found.left_out == 2 * (kBlockMax + 1) * kBlockMax / 2);
}

TEST_CASE("no more pairs are compared than the bound, the smallest blocks first", "[match]") {
    // Blocks of a hundred by birth date: more pairs than may be compared.
    constexpr std::size_t kInBlock = 100;
    constexpr std::size_t kPairs = kInBlock * (kInBlock - 1) / 2;
    constexpr std::size_t kBlocks = kComparisonsMax / kPairs + 3;
    std::vector<Profile> people;
    for (std::size_t i = 0; i < kBlocks * kInBlock; ++i) {
        people.push_back(
            {"", "", Date{std::chrono::days{static_cast<int>(i / kInBlock)}}, Sex::Unset});
    }
    people.push_back(person("Quixada", "Ann", 1950));
    people.push_back(person("Quixada", "Ann", 1950));
    const Proposed found = propose(people, [](std::size_t, std::size_t) { return true; });
    CHECK(found.pairs.size() == 1);
    CHECK(found.left_out == 3 * kPairs);
}

TEST_CASE("among many people the pairs are found in seconds", "[match]") {
    constexpr int kPeople = 20'000;
    constexpr std::size_t kDoubles = 100;
    Prng prng(7);
    std::vector<Profile> people;
    for (int i = 0; i < kPeople; ++i) {
        people.push_back(person(
            "Family" + std::string(1, static_cast<char>('a' + prng.below(26))) +
                std::to_string(prng.below(5'000)),
            "Given" + std::to_string(prng.below(800)), static_cast<int>(1930 + prng.below(75)),
            static_cast<unsigned>(1 + prng.below(12)), static_cast<unsigned>(1 + prng.below(28))));
    }
    for (std::size_t i = 0; i < kDoubles; ++i) {
        people.push_back(people[i * 150]);
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto pairs = proposed(people);
    const auto took = std::chrono::steady_clock::now() - begin;
    const auto found = std::ranges::count_if(pairs, [](const Proposal& pair) {
        return pair.other >= kPeople && pair.one == (pair.other - kPeople) * 150;
    });
    CHECK(found == static_cast<std::ptrdiff_t>(kDoubles));
    CHECK(pairs.size() < kPeople / 100);
    CHECK(took < std::chrono::seconds{30});
}
