#include "hub/core/retention.hpp"

#include <algorithm>

#include "hub/core/links.hpp"

namespace carehub::core {
namespace {

bool lasts(const Matter& matter) {
    const bool lasting = matter.kind == MatterKind::Enrollment ||
                         matter.kind == MatterKind::Supervision ||
                         matter.kind == MatterKind::Warrant;
    return lasting && !matter.withdrawn && matter.until == kNever;
}

bool is_of_housing(const State& state, PartnerId id) {
    const Partner* partner = state.partner(id);
    return partner != nullptr && partner->kind == PartnerKind::HousingProvider;
}

}  // namespace

UtcTime kept_since(const Case& subject, UtcTime now) {
    UtcTime since = std::max(subject.heard_at, subject.client.known_since);
    const auto ends = [&since](UtcTime at) {
        if (at != kNever) {
            since = std::max(since, at);
        }
    };
    for (const Stay& stay : subject.stays) {
        if (!stay.cancelled && stay.end == kNever) {
            return kNever;
        }
        ends(stay.end);
    }
    for (const Obligation& obligation : subject.obligations) {
        ends(obligation.start);
        ends(obligation.end);
    }
    for (const Matter& matter : subject.matters) {
        if (lasts(matter)) {
            return kNever;
        }
        ends(matter.until);
        ends(matter.due_at);
    }
    return since > now ? kNever : since;
}

bool has_housing_records(const State& state, const Case& subject) {
    const auto of_housing = [&state](const auto& record) {
        return is_of_housing(state, record.partner);
    };
    return std::ranges::any_of(subject.obligations, of_housing) ||
           std::ranges::any_of(subject.stays, of_housing) ||
           std::ranges::any_of(subject.matters, of_housing);
}

bool is_of_housing(const State& state, const Link& link) {
    const Partner* owner = state.partner_named(link.partner);
    return (owner != nullptr && owner->kind == PartnerKind::HousingProvider) ||
           is_of_housing(state, link.asserted_by);
}

UtcTime kept_until(UtcTime since, std::uint8_t years) {
    if (since == kNever || since == kUnknownTime) {
        return kNever;
    }
    using namespace std::chrono;
    const year_month_day last{floor<days>(since)};
    year_month_day end = last + std::chrono::years{years};
    if (!end.ok()) {  // 29 February of a year without one
        end = end.year() / March / 1;
    }
    return UtcTime{sys_days{end} + days{1}};
}

std::vector<Sequence> holds_of(const Client& client) {
    std::vector<Sequence> holds;
    if (client.hold.value != 0) {
        holds.push_back(client.hold);
    }
    holds.insert(holds.end(), client.later_holds.begin(), client.later_holds.end());
    return holds;
}

std::vector<Sequence> holds_of(const State& state, ClientId client) {
    std::vector<Sequence> holds;
    for (const ClientId& one : persons_of(state, client)) {
        const Case* subject = state.find_case(one);
        if (subject != nullptr) {
            const std::vector<Sequence> own = holds_of(subject->client);
            holds.insert(holds.end(), own.begin(), own.end());
        }
    }
    std::ranges::sort(holds);
    return holds;
}

bool is_held(const State& state, ClientId client) {
    return std::ranges::any_of(persons_of(state, client), [&](const ClientId& one) {
        const Case* subject = state.find_case(one);
        return subject != nullptr && subject->client.hold.value != 0;
    });
}

}  // namespace carehub::core
