#include "tools/county/caseload_feed.hpp"

namespace carehub::county {

CaseloadFeed::CaseloadFeed(int day, const std::filesystem::path& folder)
    : day_(day),
      terms_(folder / "terms" / "terms.json", JsonLine().open("terms")),
      conditions_(folder / "conditions" / "conditions.json", JsonLine().open("conditions")),
      violations_(folder / "violations" / "violations.json", JsonLine().open("violations")) {}

void CaseloadFeed::add(const ClientPlan& plan) {
    for (const SupervisionTerm& term : plan.terms) {
        if (term.day > day_) {
            continue;
        }
        const bool over = term.ended_day && *term.ended_day <= day_;
        terms_.row(JsonLine()
                       .text("id", term.id)
                       .text("client", numbered("S", plan.person.number))
                       .text("kind", "PROBATION")
                       .text("level", "MEDIUM")
                       .text("from", to_iso(term.start))
                       .text("ended", over ? to_iso(term.ended) : ""));
    }
    add_facts(plan.person, plan.conditions, conditions_);
    add_facts(plan.person, plan.violations, violations_);
}

void CaseloadFeed::add_facts(const Person& person, const std::vector<SupervisionFact>& facts,
                             JsonList& list) {
    for (const SupervisionFact& fact : facts) {
        if (fact.day <= day_) {
            list.row(JsonLine()
                         .text("id", fact.id)
                         .text("client", numbered("S", person.number))
                         .text("type", fact.type)
                         .text("on", to_iso(fact.date))
                         .text("text", fact.text));
        }
    }
}

Status CaseloadFeed::close() {
    CAREHUB_TRY_DONE(terms_.close());
    CAREHUB_TRY_DONE(conditions_.close());
    return violations_.close();
}

}  // namespace carehub::county
