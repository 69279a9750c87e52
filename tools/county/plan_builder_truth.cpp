// The builder's words for what staff tell, and for what must come of it all.
#include "tools/county/plan_builder.hpp"

namespace carehub::county {

// --- staff, consent, truth -------------------------------------------------------------------

void PlanBuilder::contact_made(int day, Moment at) {
    plan_.staff_events.push_back({day, "ContactMade", at, {}});
}

void PlanBuilder::staff_event(int day, std::string_view kind, Moment at) {
    plan_.staff_events.push_back({day, kind, at, {}});
}

ConsentRow PlanBuilder::consent(std::string_view kind, std::string_view recipient) const {
    const std::size_t nth = plan_.consents.size() + plan_.staff_events.size() + 1;
    return {numbered("K", client(), nth),
            kind,
            "clinic",
            recipient,
            world_.start() - std::chrono::days{30},
            world_.end_date() + std::chrono::days{180}};
}

void PlanBuilder::consent_event(int day, std::string_view kind, const ConsentRow& consent) {
    const Moment at{world_.date_of(day) - std::chrono::days{1}, 16 * 60};
    plan_.staff_events.push_back({day, kind, at, consent});
}

void PlanBuilder::act(int day, std::string by, std::vector<std::string> command) {
    plan_.acts.push_back({day, std::move(by), std::move(command)});
}

void PlanBuilder::expect_alert(std::string_view rule, std::vector<std::string> ids, int day,
                               std::string_view expect, std::string_view why) {
    plan_.truth.push_back({TruthType::Alert, rule, "owner", std::move(ids), day, expect, why});
}

void PlanBuilder::expect_none(std::string_view rule, int day, std::string_view why) {
    plan_.truth.push_back({TruthType::Trap, rule, "owner", {}, day, "", why});
}

void PlanBuilder::expect_withheld(std::string_view recipient, std::vector<std::string> ids,
                                  std::string_view why) {
    plan_.truth.push_back({TruthType::Withheld, "", recipient, std::move(ids), 0, "", why});
}

void PlanBuilder::expect_delivered(std::string_view recipient, std::vector<std::string> ids,
                                   std::string_view why) {
    plan_.truth.push_back({TruthType::Delivered, "", recipient, std::move(ids), 0, "", why});
}

void PlanBuilder::expect_events(std::string_view partner, std::string_view kind,
                                std::uint64_t count, std::vector<std::string> ids,
                                std::string_view why) {
    if (count == 0) {
        ids.clear();  // nothing is there to name
    }
    plan_.truth.push_back({TruthType::Event, kind, partner, std::move(ids), 0, "", why, count});
}

}  // namespace carehub::county
