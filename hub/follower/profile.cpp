#include "hub/follower/profile.hpp"

namespace carehub::follower {
namespace {

/// HL7 table 0445, as bits of PersonClaim::reliability.
constexpr std::uint32_t kAliasName = 1;
constexpr std::uint32_t kDefaultBirthDate = 4;

template <class Value>
void take(Value& known, const Value& told) {
    if (told != Value{}) {
        known = told;
    }
}

void take(match::Profile& known, const match::Profile& told) {
    take(known.family, told.family);
    take(known.given, told.given);
    take(known.birth, told.birth);
    take(known.sex, told.sex);
}

}  // namespace

match::Profile profile_of(const PersonClaim& claim) {
    match::Profile profile;
    if (!claim.names.empty() && (claim.reliability & kAliasName) == 0) {
        profile.family = claim.names.front().family;
        profile.given = claim.names.front().given;
    }
    if ((claim.reliability & kDefaultBirthDate) == 0) {
        profile.birth = claim.birth;
    }
    profile.sex = claim.sex;
    return profile;
}

void tell(const RosterCommand& row, match::Profile& known) {
    take(known, {row.family_name, row.given_name, row.birth_date, Sex::Unset});
}

match::Profile joined(const match::Profile& roster, const match::Profile& partners) {
    match::Profile all = partners;
    take(all, roster);
    return all;
}

}  // namespace carehub::follower
