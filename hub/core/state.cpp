#include "hub/core/state.hpp"

#include <algorithm>

#include "hub/base/check.hpp"
#include "hub/core/erasure.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/matters.hpp"
#include "hub/core/outbox.hpp"
#include "hub/core/rehearsal.hpp"
#include "hub/core/rhythm.hpp"

namespace carehub::core {
namespace {

void set_wake(State& state, const Client& known, const ClientId& client, UtcTime wake_at) {
    state.wakes.erase({known.wake_at, client});
    if (wake_at != kNever) {
        state.wakes.insert({wake_at, client});
    }
}

Case& case_of(State& state, ClientId id) {
    if (id.is_none()) {
        return state.office;
    }
    const auto aside = state.aside.find(id);
    return aside == state.aside.end() ? state.cases[id] : aside->second;
}

void count_caseload(State& state, const Client& client, bool added) {
    if (client.owner.value == 0 || client.deceased_at != kUnknownTime ||
        state.merges.contains(client.id)) {
        return;
    }
    std::uint32_t& count = state.caseloads[client.owner];
    count = added ? count + 1 : count - 1;
    if (count == 0) {
        state.caseloads.erase(client.owner);
    }
}

void put_client(State& state, const Client& client) {
    if (client.aside) {
        state.aside[client.id].client = client;
        return;
    }
    Case& record = case_of(state, client.id);
    const bool is_new = record.client.id.is_none();
    if (record.client.wake_at != client.wake_at || is_new) {
        set_wake(state, record.client, client.id, client.wake_at);
    }
    count_caseload(state, record.client, false);
    count_caseload(state, client, true);
    record.client = client;
    if (client.erased.value != 0) {
        state.erasures.insert(client.erased);  // of a snapshot
    }
}

template <class Wanted>
void wake_cases(State& state, UtcTime now, Wanted wanted) {
    std::vector<ClientId> woken;
    for (const auto& [id, subject] : state.cases) {
        if (subject.client.erased.value == 0 && wanted(subject)) {
            woken.push_back(id);
        }
    }
    for (const ClientId& id : woken) {
        Client& client = state.cases.at(id).client;
        set_wake(state, client, id, now);
        client.wake_at = now;
    }
}

/// A rehearsal that ends concerns every case the partner told of: each is settled at once.
void wake_cases_of(State& state, PartnerId partner, UtcTime now) {
    wake_cases(state, now,
               [partner](const Case& subject) { return has_records_of(subject, partner); });
}

/// A rule that is set otherwise concerns every case.
void put_rule_setting(State& state, const RuleSetting& setting, UtcTime now) {
    state.rule_settings[{setting.rule, setting.setting}] = setting;
    wake_cases(state, now, [](const Case&) { return true; });
}

template <class Record>
void put_unkeyed(std::vector<Record>& records, const Record& record) {
    if (std::find(records.begin(), records.end(), record) == records.end()) {
        records.push_back(record);
    }
}

/// Whoever stands in is told what somebody left open who is away from today on, or will be.
void put_absence(State& state, const Absence& absence, UtcTime now) {
    put_unkeyed(state.absences, absence);
    if (absence.until < std::chrono::floor<std::chrono::days>(now) - std::chrono::days{1}) {
        return;  // over, wherever the person lives
    }
    const auto person = state.staff.find(absence.staff);
    const bool manages =
        person != state.staff.end() && person->second.role == StaffRole::CaseManager;
    const auto waits = [](const Alert& alert) { return alert.state == AlertState::Raised; };
    wake_cases(state, now, [&](const Case& subject) {
        // A case manager has clients of the own name and of the team; whom a supervisor is told of,
        // the directory tells.
        const bool concerned =
            !manages || subject.client.owner == absence.staff ||
            (subject.client.team.value != 0 && subject.client.team == person->second.team);
        return concerned && std::ranges::any_of(subject.alerts, waits);
    });
    if (std::ranges::any_of(state.office.alerts, waits)) {
        set_wake(state, state.office.client, {}, now);
        state.office.client.wake_at = now;
    }
}

/// What a team has left open may be told to whoever is on call then.
void put_on_call(State& state, const OnCall& turn, UtcTime now) {
    put_unkeyed(state.on_call, turn);
    if (turn.until <= now) {
        return;
    }
    wake_cases(state, now, [&](const Case& subject) {
        return subject.client.team == turn.team &&
               std::ranges::any_of(subject.alerts, [](const Alert& alert) {
                   return alert.state == AlertState::Raised &&
                          alert.finding.severity == Severity::Critical;
               });
    });
}

void put_partner(State& state, const Partner& partner, UtcTime now) {
    state.partners[partner.id] = partner;
    if (partner.rehearsal) {
        state.rehearsing.insert(partner.id);
    } else if (state.rehearsing.erase(partner.id) != 0) {
        wake_cases_of(state, partner.id, now);
    }
}

void put_symbol(State& state, const SymbolText& symbol) {
    CAREHUB_CHECK(symbol.id.value == state.symbol_texts.size() + 1,
                  "symbols are numbered without gaps");
    state.symbol_texts.push_back(symbol.text);
    state.symbol_ids.emplace(symbol.text, symbol.id);
}

void put_calendar_day(State& state, const CalendarDay& day) {
    Calendar& calendar = state.calendars[day.calendar];
    if (day.weekday != 0) {
        calendar.weekdays[day.weekday] = day;
    } else {
        calendar.dates[day.date] = day;
    }
}

void put_separation(State& state, const Separation& separation) {
    const std::pair key{separation.subject, separation.client};
    if (separation.lifted) {
        state.separations.erase(key);
    } else {
        state.separations.insert_or_assign(key, separation);
    }
}

void put_obligation(Case& subject, const Obligation& record) {
    const Obligation* known = subject.obligations.find(record.id);
    const UtcTime start_before = known == nullptr ? kUnknownTime : known->start;
    const Obligation& put = subject.obligations.put(record);
    const std::vector<Obligation>& all = subject.obligations.base();
    const auto place = static_cast<std::size_t>(&put - all.data());
    if (known == nullptr) {
        subject.order.added(all, place);
    } else {
        subject.order.replaced(start_before, all, place);
    }
}

void put_free_time(State& state, const FreeTime& free) {
    const std::pair key{free.partner, free.key};
    if (free.gone) {
        state.free_times.erase(key);
    } else {
        state.free_times.insert_or_assign(key, free);
    }
}

void put_merge(State& state, const Merge& merge) {
    // Whoever has the care of both has one client.
    const Client& client = state.cases[merge.client].client;
    count_caseload(state, client, false);
    if (merge.ended) {
        state.merges.erase(merge.client);
        state.hear_of(merge.client, state.cases[merge.into].heard_at);  // it was told of there
    } else {
        state.merges.insert_or_assign(merge.client, merge);
    }
    count_caseload(state, client, true);
}

void evolve_settings(State& state, const Decisions& decisions) {
    for (const Feed& feed : decisions.feeds) {
        state.feeds[{feed.partner, feed.name}] = feed;
    }
    for (const Heard& heard : decisions.heard) {
        Feed& feed = state.feeds[{heard.partner, heard.feed}];
        feed.partner = heard.partner;
        feed.name = heard.feed;
        hear(feed, decisions.now, state.calendar_of(heard.partner));
    }
    for (const FreeTime& free : decisions.free_times) {
        put_free_time(state, free);
    }
    for (const RuleSetting& setting : decisions.rule_settings) {
        put_rule_setting(state, setting, decisions.now);
    }
}

void evolve_registry(State& state, const Decisions& decisions) {
    for (const SymbolText& symbol : decisions.symbols) {
        put_symbol(state, symbol);
    }
    for (const Zone& zone : decisions.zones) {
        state.zones[zone.name] = TimeZone{std::string(state.text(zone.name)), zone.transitions};
    }
    for (const Partner& partner : decisions.partners) {
        put_partner(state, partner, decisions.now);
    }
    for (const Staff& staff : decisions.staff) {
        state.staff[staff.name] = staff;
    }
    for (const Absence& absence : decisions.absences) {
        put_absence(state, absence, decisions.now);
    }
    for (const OnCall& on_call : decisions.on_call) {
        put_on_call(state, on_call, decisions.now);
    }
    for (const PlaceInfo& place : decisions.places) {
        state.places[{place.partner, place.code}] = place;
    }
    for (const CalendarDay& day : decisions.calendar_days) {
        put_calendar_day(state, day);
    }
    for (const Agreement& agreement : decisions.agreements) {
        state.agreements[agreement.number] = agreement;
    }
}

void evolve_cases(State& state, const Decisions& decisions) {
    for (const Client& client : decisions.clients) {
        put_client(state, client);
    }
    for (const Link& link : decisions.links) {
        state.links[link.subject] = link;
    }
    for (const Separation& separation : decisions.separations) {
        put_separation(state, separation);
    }
    for (const Merge& merge : decisions.merges) {
        put_merge(state, merge);
    }
    for (const auto& departure : decisions.departures) {
        remove_departed(case_of(state, departure.client), departure.key);
    }
    for (const Consent& consent : decisions.consents) {
        case_of(state, consent.client).consents.put(consent);
    }
    for (const auto& owned : decisions.assignments) {
        case_of(state, owned.client).assignments.put(owned.record);
    }
    for (const auto& owned : decisions.obligations) {
        put_obligation(case_of(state, owned.client), owned.record);
    }
    for (const auto& owned : decisions.stays) {
        case_of(state, owned.client).stays.put(owned.record);
    }
    for (const auto& owned : decisions.contacts) {
        put_contact(case_of(state, owned.client).contacts, owned.record);
    }
    for (const auto& owned : decisions.matters) {
        put_matter(case_of(state, owned.client).matters, owned.record);
    }
    for (const auto& owned : decisions.duties) {
        case_of(state, owned.client).duties.put(owned.record);
    }
    for (const auto& owned : decisions.alerts) {
        case_of(state, owned.client).alerts.put(owned.record);
        state.alert_clients[owned.record.id] = owned.client;
    }
    for (const auto& owned : decisions.alerts_forgotten) {
        case_of(state, owned.client).alerts.erase_if([&](const Alert& alert) {
            return alert.id == owned.key;
        });
        const auto has_it = state.alert_clients.find(owned.key);
        if (has_it != state.alert_clients.end() && has_it->second == owned.client) {
            state.alert_clients.erase(has_it);  // else it went to another client's case
        }
    }
}

/// What is told of a client, and who a client is.
void evolve_heard(State& state, const Decisions& decisions) {
    for (const LastHeard& heard : decisions.last_heard) {
        state.hear_of(heard.client, heard.at);
    }
    if (decisions.client.is_none()) {
        return;  // of a snapshot, or about nobody
    }
    if (!decisions.inbox.empty() || !decisions.merges.empty()) {
        state.hear_of(decisions.client, decisions.now);
    }
    for (const Link& link : decisions.links) {
        state.hear_of(state.effective(link.client), decisions.now);
    }
}

void evolve_erasures(State& state, Sequence sequence, const Decisions& decisions) {
    for (const Erasure& erasure : decisions.erasures) {
        count_caseload(state, state.cases.at(erasure.client).client, false);
    }
    erase_clients(state, sequence, decisions);
}

void evolve_deliveries(State& state, const Decisions& decisions) {
    for (const OutboxMark& mark : decisions.outboxes) {
        put_mark(state, mark);
    }
    for (const Acknowledged& acknowledged : decisions.acknowledged) {
        put_acknowledged(state, acknowledged);
    }
    for (const Suspect& suspect : decisions.suspects) {
        put_suspect(state, suspect);
    }
    for (const Delivery& delivery : decisions.deliveries) {
        put_delivery(state, delivery, decisions.now);
    }
    for (const Lane& lane : decisions.lanes) {
        put_lane(state, lane);
    }
    for (const DeadLetter& letter : decisions.dead_letters) {
        put_dead_letter(state, letter);
    }
    for (const Replay& replay : decisions.replays) {
        put_replay(state, replay);
    }
}

void evolve_traffic(State& state, const Decisions& decisions) {
    for (const InboxMark& mark : decisions.inbox) {
        state.inbox.put(mark);
    }
    for (const PoisonMark& mark : decisions.poison) {
        state.poison[mark.fingerprint] = mark;
    }
    for (const Hash128& fingerprint : decisions.poison_forgotten) {
        state.poison.erase(fingerprint);
    }
}

/// The inbox forgets by entries, days tell which: so a restored State forgets as the live one does.
void forget_old_ids(State& state, const Decisions& decisions) {
    for (const DayEnd& end : decisions.day_ends) {
        state.day_ends[end.day] = end.last;
    }
    const Date today = std::chrono::floor<std::chrono::days>(state.now);
    state.day_ends[today] = state.last;
    // Of the days that are over one stays: it tells what is forgotten.
    while (state.day_ends.size() > 1 &&
           std::next(state.day_ends.begin())->first < today - kInboxMemory) {
        state.day_ends.erase(state.day_ends.begin());
    }
    if (const auto& [day, last] = *state.day_ends.begin(); day < today - kInboxMemory) {
        state.inbox.forget_through(last);
    }
}

}  // namespace

std::string_view State::text(Symbol symbol) const {
    if (symbol.value == 0) {
        return {};
    }
    CAREHUB_CHECK(symbol.value <= symbol_texts.size(), "a symbol names a text that was decided");
    return symbol_texts[symbol.value - 1];
}

Symbol State::symbol(std::string_view text) const {
    const auto found = symbol_ids.find(text);
    return found == symbol_ids.end() ? Symbol{} : found->second;
}

const Partner* State::partner(PartnerId id) const {
    const auto found = partners.find(id);
    return found == partners.end() ? nullptr : &found->second;
}

const Partner* State::partner_named(Symbol name) const {
    for (const auto& [id, partner] : partners) {
        if (partner.name == name && !partner.removed) {
            return &partner;
        }
    }
    return nullptr;
}

const Case* State::find_case(ClientId id) const { return cases.find(id); }

ClientId State::effective(ClientId id) const {
    if (!merges.empty()) {
        for (auto merge = merges.find(id); merge != merges.end(); merge = merges.find(id)) {
            id = merge->second.into;
        }
    }
    return id;
}

void State::hear_of(ClientId id, UtcTime at) {
    if (const auto number = cases.number_of(id)) {
        Case& subject = cases.record(*number);
        subject.heard_at = std::max(subject.heard_at, at);
    }
}

const Case* State::case_or_office(ClientId id) const {
    if (id.is_none()) {
        return &office;
    }
    const auto set_aside = aside.find(id);
    return set_aside == aside.end() ? find_case(id) : &set_aside->second;
}

const Calendar* State::calendar_of(PartnerId id) const {
    const Partner* known = partner(id);
    const auto found = known == nullptr ? calendars.end() : calendars.find(known->calendar);
    return found == calendars.end() ? nullptr : &found->second;
}

const PlaceInfo* State::place(Symbol partner_name, Symbol code) const {
    auto found = places.find({partner_name, code});
    if (found == places.end()) {
        found = places.find({partner_name, Symbol{}});
    }
    return found == places.end() ? nullptr : &found->second;
}

void remove_departed(Case& subject, LinkNumber link) {
    const auto departs = [link](const auto& record) { return record.told_under == link; };
    subject.duties.erase_if([&](const Duty& duty) {
        const Stay* stay = find(subject.stays, duty.stay);
        return stay != nullptr && departs(*stay);
    });
    subject.consents.erase_if(departs);
    subject.assignments.erase_if(departs);
    subject.obligations.erase_if(departs);
    subject.order.rebuild(subject.obligations.base());
    subject.stays.erase_if(departs);
    subject.contacts.erase_if(departs);
    subject.matters.erase_if(departs);
}

void evolve(State& state, Sequence sequence, const Decisions& decisions) {
    CAREHUB_CHECK(sequence.value == state.last.value + 1,
                  "entries are applied in order, each once");
    evolve_registry(state, decisions);
    evolve_settings(state, decisions);
    evolve_cases(state, decisions);
    evolve_heard(state, decisions);
    evolve_erasures(state, sequence, decisions);
    evolve_traffic(state, decisions);
    evolve_deliveries(state, decisions);
    state.last = sequence;
    state.now = std::max(state.now, decisions.now);
    forget_old_ids(state, decisions);
}

}  // namespace carehub::core
