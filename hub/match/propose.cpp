#include "hub/match/propose.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "hub/match/names.hpp"
#include "hub/match/weights.hpp"

namespace carehub::match {
namespace {

struct Compared {
    std::string family;
    std::string given;
    std::optional<Date> birth;
    Sex sex = Sex::Unset;
};

double agrees(Odds odds) { return std::log2(odds.m / odds.u); }
double differs(Odds odds) { return std::log2((1 - odds.m) / (1 - odds.u)); }

/// How often each name occurs.
class Frequencies {
public:
    void count(const std::string& name) {
        if (!name.empty()) {
            ++counts_[name];
            ++total_;
        }
    }
    [[nodiscard]] Odds odds(const std::string& name, Odds usual) const {
        const auto found = counts_.find(name);
        const double count = found == counts_.end() ? 0 : static_cast<double>(found->second);
        return {usual.m, (count + kNamePrior * usual.u) / (total_ + kNamePrior)};
    }

private:
    std::unordered_map<std::string, std::size_t> counts_;
    double total_ = 0;
};

bool is_told(Sex sex) { return sex != Sex::Unset && sex != Sex::Unknown; }

class Proposing {
public:
    Proposing(std::span<const Profile> people, const Wanted& wanted) : wanted_(wanted) {
        for (const Profile& one : people) {
            people_.push_back(
                {comparable_name(one.family), comparable_name(one.given), one.birth, one.sex});
            families_.count(people_.back().family);
            givens_.count(people_.back().given);
        }
    }

    std::vector<Proposal> run() {
        std::map<std::string, std::vector<std::size_t>> blocks;
        for (std::size_t at = 0; at < people_.size(); ++at) {
            for (std::string& key : keys_of(people_[at])) {
                blocks[std::move(key)].push_back(at);
            }
        }
        for (const auto& [key, members] : blocks) {
            if (members.size() <= kBlockMax) {
                compare_all(members);
            }
        }
        std::ranges::sort(proposals_, [](const Proposal& a, const Proposal& b) {
            return a.weight != b.weight ? a.weight > b.weight
                                        : std::pair(a.one, a.other) < std::pair(b.one, b.other);
        });
        return std::move(proposals_);
    }

private:
    static std::vector<std::string> keys_of(const Compared& one) {
        if (!one.birth) {
            return {};
        }
        const std::chrono::year_month_day day{*one.birth};
        const std::string year = std::to_string(static_cast<int>(day.year()));
        std::vector<std::string> keys{"d" + std::to_string(one.birth->time_since_epoch().count())};
        const std::string sound = soundex(one.family);
        if (!sound.empty() && !one.given.empty()) {
            keys.push_back("s" + year + sound + one.given.front());
        }
        return keys;
    }

    void compare_all(const std::vector<std::size_t>& members) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                consider(members[i], members[j]);
            }
        }
    }

    void consider(std::size_t one, std::size_t other) {
        Proposal pair = compare(one, other);
        if (pair.weight < kReviewWeight || !seen_.insert({one, other}).second ||
            !wanted_(one, other)) {
            return;
        }
        proposals_.push_back(std::move(pair));
    }

    Proposal compare(std::size_t one, std::size_t other) const {
        const Compared& a = people_[one];
        const Compared& b = people_[other];
        Proposal pair{one, other, {}, 0, 0};
        Evidence birth = evidence(Field::BirthDate, a.birth.has_value() && b.birth.has_value(),
                                  a.birth == b.birth, kBirthDate);
        Evidence family = evidence(Field::FamilyName, !a.family.empty() && !b.family.empty(),
                                   a.family == b.family, families_.odds(a.family, kFamilyName));
        Evidence given = evidence(Field::GivenName, !a.given.empty() && !b.given.empty(),
                                  a.given == b.given, givens_.odds(a.given, kGivenName));
        Evidence sex = evidence(Field::Sex, is_told(a.sex) && is_told(b.sex), a.sex == b.sex, kSex);
        if (given.agreement == Agreement::Differs && birth.agreement == Agreement::Agrees &&
            family.agreement == Agreement::Agrees) {
            family.weight = 0;  // twins
        }
        if (given.agreement == Agreement::Agrees && sex.agreement == Agreement::Agrees) {
            sex.weight = 0;  // the name told it
        }
        pair.evidence = {birth, family, given, sex};
        pair.weight = std::log2(kPrior / (1 - kPrior));
        for (const Evidence& field : pair.evidence) {
            pair.weight += field.weight;
        }
        pair.probability = 1 / (1 + std::exp2(-pair.weight));
        return pair;
    }

    static Evidence evidence(Field field, bool told, bool same, Odds odds) {
        if (!told) {
            return {field, Agreement::Missing, 0};
        }
        return same ? Evidence{field, Agreement::Agrees, agrees(odds)}
                    : Evidence{field, Agreement::Differs, differs(odds)};
    }

    const Wanted& wanted_;
    std::vector<Compared> people_;
    Frequencies families_;
    Frequencies givens_;
    std::set<std::pair<std::size_t, std::size_t>> seen_;
    std::vector<Proposal> proposals_;
};

}  // namespace

std::vector<Proposal> propose(std::span<const Profile> people, const Wanted& wanted) {
    return Proposing(people, wanted).run();
}

}  // namespace carehub::match
