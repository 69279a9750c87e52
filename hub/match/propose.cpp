#include "hub/match/propose.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "hub/match/names.hpp"
#include "hub/match/weights.hpp"

namespace carehub::match {
namespace {

double agrees(Odds odds) { return std::log2(odds.m / odds.u); }
double differs(Odds odds) { return std::log2((1 - odds.m) / (1 - odds.u)); }

/// Comparable names as numbers, and what it tells that two people share one.
class Names {
public:
    static constexpr std::uint32_t kNone = 0;

    explicit Names(Odds usual) : usual_(usual) {}

    std::uint32_t add(const std::string& name) {
        if (name.empty()) {
            return kNone;
        }
        const auto [known, is_new] = numbers_.try_emplace(name, numbers_.size() + 1);
        if (is_new) {
            counts_.push_back(0);
        }
        ++counts_[known->second];
        ++total_;
        return known->second;
    }

    /// A frequent one has a large u, and weighs less.
    [[nodiscard]] Odds odds(std::uint32_t name) const {
        return {usual_.m, (counts_[name] + kNamePrior * usual_.u) / (total_ + kNamePrior)};
    }

private:
    Odds usual_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<double> counts_{0};  ///< by number
    double total_ = 0;
};

struct Compared {
    std::uint32_t family = Names::kNone;
    std::uint32_t given = Names::kNone;
    std::optional<Date> birth;
    Sex sex = Sex::Unset;
};

/// One person under one of the keys by which they are grouped; of one key, of one block.
struct Keyed {
    std::uint64_t key = 0;
    std::uint32_t person = 0;
    friend auto operator<=>(const Keyed&, const Keyed&) = default;
};
using Block = std::span<const Keyed>;

std::uint64_t key_of_date(Date birth) {
    return static_cast<std::uint32_t>(birth.time_since_epoch().count());
}

/// Year, sound and initial, behind a bit that no date has.
std::uint64_t key_of_sound(Date birth, const std::string& sound, char initial) {
    const auto year = static_cast<int>(std::chrono::year_month_day{birth}.year());
    std::uint64_t key = 0x8000U | static_cast<std::uint16_t>(year);
    for (const char letter : sound + initial) {
        key = key << 8U | static_cast<std::uint8_t>(letter);
    }
    return key;
}

std::size_t pairs_of(const Block& block) { return block.size() * (block.size() - 1) / 2; }

bool is_told(Sex sex) { return sex != Sex::Unset && sex != Sex::Unknown; }

Evidence evidence(Field field, bool told, bool same, Odds odds) {
    if (!told) {
        return {field, Agreement::Missing, 0, 0};
    }
    return same ? Evidence{field, Agreement::Agrees, agrees(odds), odds.u}
                : Evidence{field, Agreement::Differs, differs(odds), 0};
}

class Proposing {
public:
    Proposing(std::span<const Profile> people, const Wanted& wanted) : wanted_(wanted) {
        people_.reserve(people.size());
        for (const Profile& one : people) {
            add(one);
        }
        std::ranges::sort(keyed_);
    }

    Proposed run() {
        for (const Block& block : blocks()) {
            const std::size_t pairs = pairs_of(block);
            if (block.size() > kBlockMax || compared_ + pairs > kComparisonsMax) {
                proposed_.left_out += pairs;
                continue;
            }
            compared_ += pairs;
            compare_all(block);
        }
        std::ranges::sort(proposed_.pairs, [](const Proposal& a, const Proposal& b) {
            return a.weight != b.weight ? a.weight > b.weight
                                        : std::pair(a.one, a.other) < std::pair(b.one, b.other);
        });
        return std::move(proposed_);
    }

private:
    void add(const Profile& one) {
        const std::string family = comparable_name(one.family);
        const std::string given = comparable_name(one.given);
        const auto person = static_cast<std::uint32_t>(people_.size());
        people_.push_back({families_.add(family), givens_.add(given), one.birth, one.sex});
        if (!one.birth) {
            return;
        }
        keyed_.push_back({key_of_date(*one.birth), person});
        const std::string sound = soundex(family);
        if (!sound.empty() && !given.empty()) {
            keyed_.push_back({key_of_sound(*one.birth, sound, given.front()), person});
        }
    }

    /// Of two people and more, the smallest first.
    [[nodiscard]] std::vector<Block> blocks() const {
        std::vector<Block> found;
        for (auto begin = keyed_.begin(); begin != keyed_.end();) {
            const auto end = std::find_if(begin, keyed_.end(),
                                          [&](const Keyed& one) { return one.key != begin->key; });
            if (end - begin > 1) {
                found.emplace_back(begin, end);
            }
            begin = end;
        }
        std::ranges::stable_sort(found, {}, [](const Block& block) { return block.size(); });
        return found;
    }

    void compare_all(const Block& block) {
        for (std::size_t i = 0; i < block.size(); ++i) {
            for (std::size_t j = i + 1; j < block.size(); ++j) {
                consider(block[i].person, block[j].person);
            }
        }
    }

    void consider(std::size_t one, std::size_t other) {
        const Proposal pair = compare(one, other);
        if (pair.weight >= kReviewWeight && seen_.insert({one, other}).second &&
            wanted_(one, other)) {
            proposed_.pairs.push_back(pair);
        }
    }

    [[nodiscard]] Proposal compare(std::size_t one, std::size_t other) const {
        const Compared& a = people_[one];
        const Compared& b = people_[other];
        Evidence birth = evidence(Field::BirthDate, a.birth.has_value() && b.birth.has_value(),
                                  a.birth == b.birth, kBirthDate);
        Evidence family =
            evidence(Field::FamilyName, a.family != Names::kNone && b.family != Names::kNone,
                     a.family == b.family, families_.odds(a.family));
        Evidence given =
            evidence(Field::GivenName, a.given != Names::kNone && b.given != Names::kNone,
                     a.given == b.given, givens_.odds(a.given));
        Evidence sex = evidence(Field::Sex, is_told(a.sex) && is_told(b.sex), a.sex == b.sex, kSex);
        if (given.agreement == Agreement::Differs && birth.agreement == Agreement::Agrees &&
            family.agreement == Agreement::Agrees) {
            family.weight = 0;  // twins
        }
        if (given.agreement == Agreement::Agrees && sex.agreement == Agreement::Agrees) {
            sex.weight = 0;  // the name told it
        }
        Proposal pair{one, other, {birth, family, given, sex}, prior_weight(), 0};
        for (const Evidence& field : pair.evidence) {
            pair.weight += field.weight;
        }
        pair.probability = 1 / (1 + std::exp2(-pair.weight));
        return pair;
    }

    const Wanted& wanted_;
    std::vector<Compared> people_;
    Names families_{kFamilyName};
    Names givens_{kGivenName};
    std::vector<Keyed> keyed_;
    std::size_t compared_ = 0;
    std::set<std::pair<std::size_t, std::size_t>> seen_;
    Proposed proposed_;
};

}  // namespace

Proposed propose(std::span<const Profile> people, const Wanted& wanted) {
    return Proposing(people, wanted).run();
}

}  // namespace carehub::match
