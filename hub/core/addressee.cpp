#include "hub/core/addressee.hpp"

#include <algorithm>

#include "hub/core/duty_hours.hpp"
#include "hub/core/limits.hpp"

namespace carehub::core {
namespace {

/// Of the team if there is one, else the first of the role; of the directory before mere links.
Symbol first_of(const State& state, StaffRole role, Symbol team) {
    Symbol any;
    for (const auto& [name, person] : state.staff) {
        if (person.role != role) {
            continue;
        }
        if (team.value != 0 && person.team == team) {
            return name;
        }
        any = any.value == 0 ? name : any;
    }
    if (any.value != 0) {
        return any;
    }
    for (const auto& [id, partner] : state.partners) {
        if (partner.kind == PartnerKind::Staff && partner.role == role && !partner.removed) {
            return partner.name;
        }
    }
    return {};
}

bool is_team_owned(const Client& client) {
    return client.model == CaseModel::Act && client.team.value != 0;
}

Symbol supervisor_of(const State& state, const Client& client) {
    const auto owner = state.staff.find(client.owner);
    if (owner != state.staff.end() && owner->second.supervisor.value != 0) {
        return owner->second.supervisor;
    }
    return first_of(state, StaffRole::Supervisor, client.team);
}

Date day_at(const State& state, const Staff& person, UtcTime time) {
    const auto zone = state.zones.find(person.zone);
    return zone == state.zones.end() ? std::chrono::floor<std::chrono::days>(time)
                                     : local_date(zone->second, time);
}

/// The absence of that person on that day, as far as anybody knew then; null when present.
const Absence* absence_of(const State& state, Symbol name, UtcTime now) {
    const auto person = state.staff.find(name);
    if (person == state.staff.end()) {
        return nullptr;
    }
    const Date today = day_at(state, person->second, now);
    const auto away = std::ranges::find_if(state.absences, [&](const Absence& absence) {
        return absence.staff == name && absence.from <= today && today <= absence.until &&
               absence.entered_at <= now;
    });
    return away == state.absences.end() ? nullptr : &*away;
}

class People {
public:
    People(const State& state, const Client& client, UtcTime now)
        : state_(state), client_(client), now_(now) {}

    void add(Symbol name) {
        if (name.value == 0 || std::ranges::find(found_, name) != found_.end()) {
            return;
        }
        found_.push_back(name);
        // Who is away is told too, and somebody who is there: the deputy, else the supervisor.
        if (const Absence* away = absence_of(state_, name, now_)) {
            add(away->deputy.value != 0 ? away->deputy : supervisor_of(state_, client_));
        }
    }

    void add_team() {
        for (const auto& [name, person] : state_.staff) {
            if (person.role == StaffRole::CaseManager && client_.team.value != 0 &&
                person.team == client_.team) {
                add(name);
            }
        }
    }

    void add_on_call() {
        for (const OnCall& turn : state_.on_call) {
            if (turn.team == client_.team && turn.from <= now_ && now_ < turn.until &&
                turn.entered_at <= now_) {
                add(turn.staff);
            }
        }
    }

    std::vector<Symbol> take() { return std::move(found_); }

private:
    const State& state_;
    const Client& client_;
    UtcTime now_;
    std::vector<Symbol> found_;
};

bool has(const Alert& alert, Escalation step) {
    return (alert.escalation & static_cast<std::uint8_t>(step)) != 0;
}

std::vector<Symbol> find_people(const State& state, const Client& client, const Alert& alert,
                                UtcTime now) {
    People people(state, client, now);
    const bool to_owner = alert.finding.audience == Audience::Owner;
    if (to_owner && is_team_owned(client)) {
        people.add(client.owner);
        people.add_team();
    } else {
        people.add(addressee(state, client, alert.finding.audience));
    }
    if (has(alert, Escalation::Team)) {
        people.add_team();
    }
    if (has(alert, Escalation::Supervisor)) {
        people.add(supervisor_of(state, client));
    }
    if (has(alert, Escalation::OnCall)) {
        people.add_on_call();
    }
    return people.take();
}

/// Gives the first instant of each absence, and the first after it, where the person lives.
template <class Take>
void for_each_absence(const State& state, const std::vector<Symbol>& people, const Take& take) {
    for (const Absence& absence : state.absences) {
        const auto person = state.staff.find(absence.staff);
        if (person == state.staff.end() ||
            std::ranges::find(people, absence.staff) == people.end()) {
            continue;
        }
        const auto zone = state.zones.find(person->second.zone);
        const auto begins = [&](Date day) {
            return zone == state.zones.end() ? UtcTime{day} : start_of_day(zone->second, day);
        };
        take(begins(absence.from), begins(absence.until + std::chrono::days{1}));
    }
}

}  // namespace

Symbol addressee(const State& state, const Client& client, Audience audience) {
    switch (audience) {
        case Audience::Supervisor: return supervisor_of(state, client);
        case Audience::Integration: return first_of(state, StaffRole::Integration, {});
        case Audience::Owner:
        case Audience::Unset: break;
    }
    if (is_team_owned(client)) {
        return client.team;
    }
    return client.owner.value != 0 ? client.owner : supervisor_of(state, client);
}

std::vector<Symbol> people_of(const State& state, const Client& client, const Alert& alert,
                              UtcTime now) {
    return find_people(state, client, alert, now);
}

bool goes_to(const State& state, const Client& client, const Alert& alert, Symbol staff,
             UtcTime now) {
    const auto people = people_of(state, client, alert, now);
    return std::ranges::find(people, staff) != people.end();
}

UtcTime next_absence_turn(const State& state, const std::vector<Symbol>& people, UtcTime now) {
    UtcTime next = kNever;
    for_each_absence(state, people, [&](UtcTime from, UtcTime until) {
        for (const UtcTime turn : {from, until}) {
            next = turn > now ? std::min(next, turn) : next;
        }
    });
    return next;
}

UtcTime at_work_from(const State& state, Symbol staff, UtcTime now) {
    const auto person = state.staff.find(staff);
    if (person == state.staff.end()) {
        return kNever;
    }
    const DutyHours hours(state, person->second.zone, person->second.calendar);
    UtcTime at = hours.next_open(now);
    for (int searched = 0; searched < kBusinessDaySearchMax && hours.is_open(at); ++searched) {
        const Absence* away = absence_of(state, staff, at);
        if (away == nullptr) {
            return at;
        }
        at = hours.next_open(start_of_day(zone_or_utc(state, person->second.zone),
                                          away->until + std::chrono::days{1}));
    }
    return kNever;
}

UtcTime next_on_call(const State& state, Symbol team, UtcTime now) {
    UtcTime next = kNever;
    for (const OnCall& turn : state.on_call) {
        if (turn.team == team && now < turn.until) {
            next = std::min(next, std::max(now, turn.from));
        }
    }
    return next;
}

UtcTime next_on_call_turn(const State& state, Symbol team, UtcTime now) {
    UtcTime next = kNever;
    for (const OnCall& turn : state.on_call) {
        if (turn.team == team && turn.from > now) {
            next = std::min(next, turn.from);
        }
    }
    return next;
}

bool cares_for(const State& state, const Client& client, Symbol staff, UtcTime now) {
    if (staff == client.owner || staff == addressee(state, client, Audience::Owner)) {
        return true;
    }
    const Absence* away = absence_of(state, client.owner, now);
    return away != nullptr && away->deputy == staff;
}

bool stands_for(const State& state, const Case& subject, Symbol staff, UtcTime now) {
    const Client& client = subject.client;
    const auto person = state.staff.find(staff);
    const bool shares =
        is_team_owned(client) && person != state.staff.end() && person->second.team == client.team;
    if (shares || cares_for(state, client, staff, now)) {
        return true;
    }
    // Whoever an alert is told to may look at what it is about, as long as it is open.
    return std::ranges::any_of(subject.alerts, [&](const Alert& alert) {
        const bool open =
            alert.state == AlertState::Raised || alert.state == AlertState::Acknowledged;
        return open && alert.escalation != 0 && goes_to(state, client, alert, staff, now);
    });
}

}  // namespace carehub::core
