#include "hub/core/draft.hpp"

#include "hub/base/limits.hpp"
#include "hub/core/keyed.hpp"

namespace carehub::core {
namespace {

template <class Record>
void add_differences(ClientId client, const std::vector<Record>& before,
                     const std::vector<Record>& after, std::vector<OwnedRecord<Record>>& out) {
    for (const Record& record : after) {
        const Record* old = find(before, key_of(record));
        if (old == nullptr || !(*old == record)) {
            out.push_back({client, record});
        }
    }
}

void add_consent_differences(const Case& before, const Case& after, std::vector<Consent>& out) {
    for (const Consent& consent : after.consents) {
        const Consent* old = find(before.consents, consent.id);
        if (old == nullptr || !(*old == consent)) {
            out.push_back(consent);
        }
    }
}

void add_forgotten_alerts(const Case& before, const Case& after,
                          std::vector<OwnedKey<AlertId>>& out) {
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
    add_consent_differences(before, after, out.consents);
    add_differences(client, before.obligations, after.obligations, out.obligations);
    add_differences(client, before.stays, after.stays, out.stays);
    add_differences(client, before.contacts, after.contacts, out.contacts);
    add_differences(client, before.duties, after.duties, out.duties);
    add_differences(client, before.alerts, after.alerts, out.alerts);
    add_forgotten_alerts(before, after, out.alerts_forgotten);
}

}  // namespace

Draft::Draft(const State& state, const Input& input)
    : state_(state), now_(std::max(state.now, input.received_at)), sequence_{state.last.value + 1} {
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
        const Case* existing = state_.find_case(client);
        copy = existing != nullptr ? std::make_unique<Case>(*existing) : std::make_unique<Case>();
        copy->client.id = client;
    }
    return *copy;
}

void Draft::deliver(Delivery delivery) {
    const auto outbox = state_.outboxes.find(delivery.recipient);
    std::uint64_t number = outbox == state_.outboxes.end() ? 0 : outbox->second.last_number;
    for (const Delivery& earlier : decisions.deliveries) {
        if (earlier.recipient == delivery.recipient) {
            number = std::max(number, earlier.number);
        }
    }
    delivery.number = number + 1;
    delivery.state = DeliveryState::Queued;
    decisions.deliveries.push_back(delivery);
}

Decisions Draft::finish() {
    static const Case kNothing{};
    for (const auto& [client, after] : opened_) {
        const Case* before = state_.find_case(client);
        add_case_differences(before != nullptr ? *before : kNothing, *after, decisions);
    }
    return std::move(decisions);
}

}  // namespace carehub::core
