#include "hub/core/snapshot.hpp"

#include <algorithm>

namespace carehub::core {
namespace {

template <class Map>
auto sorted_keys(const Map& map) {
    std::vector<typename Map::key_type> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map) {
        keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

template <class Record>
void append_owned(ClientId client, const std::vector<Record>& records,
                  std::vector<OwnedRecord<Record>>& out) {
    for (const Record& record : records) {
        out.push_back({client, record});
    }
}

void write_registry(const State& state, Decisions& out) {
    for (std::size_t i = 0; i < state.symbol_texts.size(); ++i) {
        out.symbols.push_back({Symbol{static_cast<std::uint32_t>(i + 1)}, state.symbol_texts[i]});
    }
    for (const Symbol name : sorted_keys(state.zones)) {
        out.zones.push_back({name, state.zones.at(name).transitions});
    }
    for (const auto& [id, partner] : state.partners) {
        out.partners.push_back(partner);
    }
    for (const auto& [name, staff] : state.staff) {
        out.staff.push_back(staff);
    }
    out.absences = state.absences;
    out.on_call = state.on_call;
    for (const auto& [key, place] : state.places) {
        out.places.push_back(place);
    }
    for (const auto& [name, calendar] : state.calendars) {
        for (const auto& [weekday, day] : calendar.weekdays) {
            out.calendar_days.push_back(day);
        }
        for (const auto& [date, day] : calendar.dates) {
            out.calendar_days.push_back(day);
        }
    }
    for (const auto& [number, agreement] : state.agreements) {
        out.agreements.push_back(agreement);
    }
}

void write_cases(const State& state, Decisions& out) {
    for (const ClientId id : sorted_keys(state.cases)) {
        const Case& subject = state.cases.at(id);
        out.clients.push_back(subject.client);
        out.consents.insert(out.consents.end(), subject.consents.begin(), subject.consents.end());
        append_owned(id, subject.obligations, out.obligations);
        append_owned(id, subject.stays, out.stays);
        append_owned(id, subject.contacts, out.contacts);
        append_owned(id, subject.duties, out.duties);
        append_owned(id, subject.alerts, out.alerts);
    }
    for (const SubjectHash subject : sorted_keys(state.links)) {
        out.links.push_back(state.links.at(subject));
    }
}

void write_traffic(const State& state, Decisions& out) {
    for (const SourceId id : sorted_keys(state.inbox)) {
        out.inbox.push_back(state.inbox.at(id));
    }
    for (const auto& [recipient, outbox] : state.outboxes) {
        out.deliveries.insert(out.deliveries.end(), outbox.pending.begin(), outbox.pending.end());
        out.acknowledged.push_back({recipient, outbox.acknowledged});
    }
    for (const auto& [fingerprint, mark] : state.poison) {
        out.poison.push_back(mark);
    }
}

}  // namespace

Decisions snapshot(const State& state) {
    Decisions out;
    write_registry(state, out);
    write_cases(state, out);
    write_traffic(state, out);
    out.now = state.now;
    return out;
}

State restore(Sequence sequence, const Decisions& snapshot) {
    State state;
    state.last = Sequence{sequence.value - 1};
    evolve(state, sequence, snapshot);
    return state;
}

}  // namespace carehub::core
