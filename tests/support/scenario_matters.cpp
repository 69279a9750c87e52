#include "tests/support/scenario_matters.hpp"

#include <algorithm>
#include <map>

namespace carehub::test {
namespace {

constexpr MatterVerb kVerbs[] = {
    {"enrolls", EventKind::HousingEnrollmentStarted, true},
    {"moves-in", EventKind::HousingMoveIn, false},
    {"exits", EventKind::HousingExit, false},
    {"situation", EventKind::LivingSituationRecorded, true},
    {"loss", EventKind::HousingLossReported, true},
    {"tenancy-notice", EventKind::TenancyNotice, true},
    {"tenancy-secured", EventKind::TenancySecured, true},
    {"refers", EventKind::HousingReferral, true},
    {"answers-referral", EventKind::HousingReferral, false},
    {"plans-move", EventKind::MovePlanned, true},
    {"starts-supervision", EventKind::SupervisionStarted, true},
    {"ends-supervision", EventKind::SupervisionEnded, false},
    {"warrant", EventKind::WarrantIssued, true},
    {"clears-warrant", EventKind::WarrantCleared, false},
};

bool take_housing_word(HousingClaim& claim, const std::string& word,
                       const std::function<std::string()>& next) {
    static const std::map<std::string, HousingLossGrade> kGrades = {
        {"lost", HousingLossGrade::Lost},
        {"at-risk", HousingLossGrade::AtRisk},
        {"unstable", HousingLossGrade::Unstable},
        {"interrupted", HousingLossGrade::Interrupted},
        {"unknown", HousingLossGrade::Unknown}};
    static const std::map<std::string, SituationClass> kSituations = {
        {"homeless", SituationClass::Homeless},
        {"institution", SituationClass::Institution},
        {"temporary", SituationClass::Temporary},
        {"permanent", SituationClass::Permanent}};
    if (const auto grade = kGrades.find(word); grade != kGrades.end()) {
        claim.grade = grade->second;
    } else if (const auto situation = kSituations.find(word); situation != kSituations.end()) {
        claim.situation_class = situation->second;
    } else if (word == "type") {
        claim.project_type = static_cast<std::uint8_t>(std::stoi(next()));
    } else if (word == "until") {
        claim.deadline = parse_iso_date(next());
    } else if (word == "result") {
        claim.result = 1;
    } else {
        return false;
    }
    return true;
}

}  // namespace

const MatterVerb* matter_verb(std::string_view verb) {
    const auto* const found = std::ranges::find(kVerbs, verb, &MatterVerb::verb);
    return found == std::end(kVerbs) ? nullptr : found;
}

std::optional<Payload> matter_payload(EventKind kind, UtcTime at,
                                      const std::function<std::string()>& next) {
    if (payload_of(kind) == PayloadKind::Justice) {
        return JusticeClaim{};
    }
    HousingClaim claim;
    claim.date = std::chrono::floor<std::chrono::days>(at);
    for (std::string word = next(); !word.empty(); word = next()) {
        if (!take_housing_word(claim, word, next)) {
            return std::nullopt;
        }
    }
    return claim;
}

}  // namespace carehub::test
