#include "hub/core/draft.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"
#include "hub/core/keyed.hpp"

namespace carehub::core {
namespace {

/// Gives `tell` what is new or changed. Both are ordered by key and most records are equal.
template <class Record, class Tell>
void tell_differences(const Records<Record>& before, const Records<Record>& after,
                      const Tell& tell) {
    if (after.is_borrowed()) {
        for (const Record& record : after.changes()) {
            const Record* old = before.find(key_of(record));
            if (old == nullptr || !(*old == record)) {
                tell(record);
            }
        }
        return;
    }
    auto old = before.begin();
    for (const Record& record : after) {
        if (old == before.end() || !(*old == record)) {
            old = std::find_if(old, before.end(), [&record](const Record& other) {
                return !(key_of(other) < key_of(record));
            });
        }
        const bool known = old != before.end() && key_of(*old) == key_of(record);
        if (!known || !(*old == record)) {
            tell(record);
        }
        if (known) {
            ++old;
        }
    }
}

template <class Record>
void add_differences(ClientId client, const Records<Record>& before, const Records<Record>& after,
                     std::vector<OwnedRecord<Record>>& out) {
    tell_differences(before, after, [&](const Record& record) { out.push_back({client, record}); });
}

void add_forgotten_alerts(const Case& before, const Case& after,
                          std::vector<OwnedKey<AlertId>>& out) {
    if (after.alerts.is_borrowed()) {
        return;  // nothing was taken out
    }
    for (const Alert& alert : before.alerts) {
        if (find(after.alerts, alert.id) == nullptr) {
            out.push_back({after.client.id, alert.id});
        }
    }
}

void add_case_differences(const Case& before, const Case& after, Decisions& out) {
    const ClientId client = after.client.id;
    if (!(before.client == after.client)) {
        out.clients.push_back(after.client);
    }
    tell_differences(before.consents, after.consents,
                     [&](const Consent& consent) { out.consents.push_back(consent); });
    add_differences(client, before.assignments, after.assignments, out.assignments);
    add_differences(client, before.obligations, after.obligations, out.obligations);
    add_differences(client, before.stays, after.stays, out.stays);
    add_differences(client, before.contacts, after.contacts, out.contacts);
    add_differences(client, before.matters, after.matters, out.matters);
    add_differences(client, before.duties, after.duties, out.duties);
    add_differences(client, before.alerts, after.alerts, out.alerts);
    add_forgotten_alerts(before, after, out.alerts_forgotten);
}

/// The case as it is, to be changed kind by kind.
std::unique_ptr<Case> borrow(const Case& original) {
    auto copy = std::make_unique<Case>();
    copy->client = original.client;
    copy->consents.borrow(original.consents);
    copy->assignments.borrow(original.assignments);
    copy->obligations.borrow(original.obligations);
    copy->stays.borrow(original.stays);
    copy->contacts.borrow(original.contacts);
    copy->matters.borrow(original.matters);
    copy->duties.borrow(original.duties);
    copy->alerts.borrow(original.alerts);
    return copy;
}

}  // namespace

Draft::Draft(const State& state, const Input& input, Decisions& where)
    : decisions(where),
      state_(state),
      now_(std::max(state.now, input.received_at)),
      sequence_{state.last.value + 1} {
    decisions.now = now_;
}

Symbol Draft::intern(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    if (const Symbol known = state_.symbol(text); known.value != 0) {
        return known;
    }
    for (const SymbolText& added : decisions.symbols) {
        if (added.text == text) {
            return added.id;
        }
    }
    const std::size_t count = state_.symbol_texts.size() + decisions.symbols.size();
    if (count >= kSymbolsMax) {
        symbols_full_ = true;
        return {};
    }
    const Symbol made{static_cast<std::uint32_t>(count + 1)};
    decisions.symbols.push_back({made, std::string(text)});
    return made;
}

Case& Draft::open(ClientId client) {
    std::unique_ptr<Case>& copy = opened_[client];
    if (!copy) {
        const Case* existing = state_.case_or_office(client);
        copy = existing != nullptr ? borrow(*existing) : std::make_unique<Case>();
        copy->client.id = client;
    }
    return *copy;
}

const Case* Draft::subject(ClientId client) const {
    const auto copy = opened_.find(client);
    return copy != opened_.end() ? copy->second.get() : state_.case_or_office(client);
}

const Delivery& Draft::number(Delivery delivery) {
    auto last = std::ranges::find(last_numbers_, delivery.recipient,
                                  &std::pair<PartnerId, std::uint64_t>::first);
    if (last == last_numbers_.end()) {
        const auto outbox = state_.outboxes.find(delivery.recipient);
        const std::uint64_t before =
            outbox == state_.outboxes.end() ? 0 : outbox->second.last_number;
        last = last_numbers_.insert(last, {delivery.recipient, before});
    }
    delivery.number = ++last->second;
    return decisions.deliveries.emplace_back(delivery);
}

const Lane* Draft::lane(PartnerId recipient, ClientId client) const {
    if (const auto changed = lanes_.find({recipient, client}); changed != lanes_.end()) {
        return changed->second.active.recipient.value == 0 ? nullptr : &changed->second;
    }
    const auto outbox = state_.outboxes.find(recipient);
    if (outbox == state_.outboxes.end()) {
        return nullptr;
    }
    const auto known = outbox->second.lanes.find(client);
    return known == outbox->second.lanes.end() ? nullptr : &known->second;
}

void Draft::put_lane(Lane lane) {
    const std::pair key{lane.recipient, lane.client};
    lanes_.insert_or_assign(key, std::move(lane));
}

std::optional<Case> Draft::without_departed(ClientId client, const Case* before) const {
    std::optional<Case> rest;
    for (const auto& departure : decisions.departures) {
        if (departure.client == client && before != nullptr) {
            rest = rest ? rest : *before;
            remove_departed(*rest, departure.key);
        }
    }
    return rest;
}

void Draft::finish() {
    static const Case kNothing{};
    for (const auto& [client, after] : opened_) {
        const Case* before = state_.case_or_office(client);
        const std::optional<Case> rest = without_departed(client, before);
        add_case_differences(rest                ? *rest
                             : before != nullptr ? *before
                                                 : kNothing,
                             *after, decisions);
    }
    for (auto& [key, lane] : lanes_) {
        decisions.lanes.push_back(std::move(lane));
    }
    lanes_.clear();
}

}  // namespace carehub::core
