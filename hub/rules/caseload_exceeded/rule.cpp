// A case manager has more clients than the directory allows, or nearly so: told to the supervisor.
#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{35};
constexpr core::Setting kSettings[] = {
    {"warn_percent", 75, 10, 100, "percent of the limit from which it is told"}};
constexpr core::RuleInfo kInfo{kId,
                               "CaseloadExceeded",
                               1,
                               "clients of an overloaded case manager are seen too late",
                               "assign some of the clients to somebody else, or approve going over",
                               "a week",
                               "Low, Medium above the limit",
                               "{staff} has {count} clients.",
                               "",
                               false,
                               kSettings,
                               true};
constexpr std::chrono::days kRespondWithin{7};

void evaluate(const CaseView& view, Findings& findings) {
    const std::int64_t warn_percent = setting_of(view, kInfo, 0);
    for (const auto& [name, person] : view.staff()) {
        const std::int64_t limit = person.caseload_limit;
        const std::int64_t count = view.caseload(name);
        if (limit == 0 || count * 100 <= limit * warn_percent) {
            continue;
        }
        Finding finding = about_client(kId, view, {});
        finding.subject.value = Mix128().add(std::uint64_t{name.value}).value();
        finding.severity = count > limit ? Severity::Medium : Severity::Low;
        finding.audience = Audience::Supervisor;
        finding.about = name.value;
        finding.minutes = static_cast<std::uint32_t>(count);
        finding.act_by = view.now() + kRespondWithin;
        finding.material = Mix128().add(static_cast<std::uint64_t>(limit)).value();
        suggest(finding, SuggestedAction::Assign, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_caseload_exceeded() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
