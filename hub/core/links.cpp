#include "hub/core/links.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"
#include "hub/core/repartition.hpp"

namespace carehub::core {
ClientId client_of(const State& state, SubjectHash subject) {
    const Link* link = state.links.find(subject);
    return link != nullptr && link->holds() && is_confirmed(*link) ? state.effective(link->client)
                                                                   : ClientId{};
}

ClientId client_of(const State& state, const std::vector<SubjectHash>& subjects) {
    ClientId agreed;
    for (const SubjectHash& subject : subjects) {
        const ClientId client = client_of(state, subject);
        if (client.is_none() || client == agreed) {
            continue;
        }
        if (!agreed.is_none()) {
            return {};
        }
        agreed = client;
    }
    return agreed;
}

SubjectHash subject_of(const State& state, const std::vector<SubjectHash>& subjects,
                       ClientId client) {
    const auto own = std::ranges::find_if(subjects, [&](const SubjectHash& subject) {
        return !client.is_none() && client_of(state, subject) == client;
    });
    return own == subjects.end() ? SubjectHash{} : *own;
}

LinkNumber number_of(const State& state, SubjectHash subject) {
    const auto place = state.links.number_of(subject);
    return place ? LinkNumber{*place + 1} : LinkNumber{};
}

Link enrolled(const CommandInput& command, SubjectHash subject, ClientId client, PartnerId by,
              const Draft& draft) {
    Link link;
    link.subject = subject;
    link.client = client;
    link.method = LinkMethod::EnrolledByStaff;
    link.asserted_by = by;
    link.valid_from = draft.now();
    link.source = draft.sequence();
    if (subject == command.subject) {
        link.scheme = command.scheme;
        const Link* known = draft.before().links.find(subject);
        link.partner = known != nullptr ? known->partner : Symbol{};
    }
    return link;
}

bool is_confirmed(const Link& link) {
    return link.method == LinkMethod::EnrolledByStaff || link.method == LinkMethod::PartnerAsserted;
}

bool is_separated(const State& state, SubjectHash subject, ClientId client) {
    return std::ranges::any_of(persons_of(state, client), [&](const ClientId& one) {
        return state.separations.contains({subject, one});
    });
}

std::set<ClientId> persons_of(const State& state, ClientId client) {
    const ClientId effective = state.effective(client);
    std::set<ClientId> persons{client, effective};
    for (const auto& [merged, merge] : state.merges) {
        if (state.effective(merged) == effective) {
            persons.insert(merged);
        }
    }
    return persons;
}

MatterId conflict_of(const std::set<ClientId>& clients) {
    Mix128 mix;
    mix.add(static_cast<std::uint64_t>(MatterKind::IdentityConflict));
    for (const ClientId& client : clients) {
        mix.add(client.value);
    }
    return MatterId{mix.value()};
}

bool is_told_rightly(const Draft& draft, const Delivery& delivery) {
    return delivery.told_under.value == 0 ||
           home_after(draft, delivery.told_under) == effective_after(draft, delivery.client);
}

}  // namespace carehub::core
