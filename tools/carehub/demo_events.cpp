#include "tools/carehub/demo_events.hpp"

#include <algorithm>

namespace carehub::tool::demo {
namespace {

std::int64_t times_known(const PlantedEvents& planted, const Observed& observed) {
    const auto events = observed.events.find(planted.client);
    return events == observed.events.end()
               ? 0
               : std::ranges::count_if(events->second, [&](const EventSeen& event) {
                     return event.kind == planted.kind && event.partner == planted.partner;
                 });
}

/// The trail tells no business keys; what was delivered to the owner does.
bool has_ids(const std::vector<NoticeSeen>& notices, const PlantedEvents& planted) {
    return std::ranges::all_of(planted.ids, [&](const std::string& id) {
        return std::ranges::any_of(notices, [&](const NoticeSeen& notice) {
            return notice.kind == planted.kind && names_id(notice.keys, id);
        });
    });
}

}  // namespace

const std::vector<NoticeSeen>& owner_notices(const People& people, const Observed& observed,
                                             const std::string& client) {
    static const std::vector<NoticeSeen> kNothing;
    const auto owner = people.owner_of.find(client);
    const auto notices = owner == people.owner_of.end() ? observed.notices.end()
                                                        : observed.notices.find(owner->second);
    return notices == observed.notices.end() ? kNothing : notices->second;
}

std::optional<std::string> event_difference(const PlantedEvents& planted, const People& people,
                                            const Observed& observed) {
    const std::string name = planted.kind + " of " + planted.client + " by " + planted.partner;
    const std::int64_t known = times_known(planted, observed);
    if (known != planted.count) {
        return name + ": known " + std::to_string(known) + " times, expected " +
               std::to_string(planted.count) + "; " + planted.why;
    }
    if (!has_ids(owner_notices(people, observed, planted.client), planted)) {
        return name + ": its owner does not have each of them; " + planted.why;
    }
    return std::nullopt;
}

}  // namespace carehub::tool::demo
