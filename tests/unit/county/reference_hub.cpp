#include "tests/unit/county/reference_hub.hpp"

#include <algorithm>

#include "hub/base/zone_database.hpp"

namespace carehub::county_test {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int kFeedHour = 6;

const std::map<std::string, std::pair<std::string, std::string>>& sites() {
    static const std::map<std::string, std::pair<std::string, std::string>> kSites = {
        {"GEN-A", {"clinic", "A"}},        {"GEN-B", {"clinic-b", "B"}},
        {"SUD-1", {"recovery", "A"}},      {"COURTHOUSE", {"court", "A"}},
        {"MUNICIPAL", {"municipal", "A"}}, {"OFFICE-A", {"probation", "A"}},
        {"OFFICE-B", {"probation-b", "B"}}};
    return kSites;
}

}  // namespace

ReferenceHub::ReferenceHub(const TemporaryCounty& county)
    : county_(county), zone_(load_zone("America/New_York").value()) {
    read_roster();
    read_calendar();
}

void ReferenceHub::read_roster() {
    for (const CsvRow& row : read_csv(county_.folder() / "roster.csv")) {
        std::string digits = row.at("client").substr(2);
        digits.insert(0, 7 - digits.size(), '0');
        clients_[digits].walks = row.at("transport") == "none";
    }
}

void ReferenceHub::read_calendar() {
    for (const CsvRow& row : read_csv(county_.folder() / "directory" / "calendars.csv")) {
        if (const auto date = parse_iso_date(row.at("date"))) {
            holidays_.insert(*date);
        }
    }
}

void ReferenceHub::run() {
    const Date start = county_.options().start;
    for (day_ = 1; day_ <= county_.options().days; ++day_) {
        move_clock(local_time(start + days{day_ - 1}, kFeedHour, 0));
        feed(day_);
    }
    move_clock(local_time(start + days{county_.options().days}, kFeedHour, 0));
    for (const auto& [name, client] : clients_) {
        standing_.merge(conditions(name));
    }
}

void ReferenceHub::move_clock(UtcTime to) {
    // Rules that speak by time alone speak at midnight or when the seventh day comes into sight.
    now_ = start_of_day(zone_, local_date(zone_, to));
    for (const auto& [name, client] : clients_) {
        look_at(name);
    }
    now_ = to;
    for (const auto& [name, client] : clients_) {
        look_at(name);
    }
}

void ReferenceHub::apply(const std::string& client, const std::string& id,
                         const SeenObligation& seen) {
    clients_[client].obligations[id] = seen;
    look_at(client);
}

void ReferenceHub::look_at(const std::string& name) {
    for (const Raised& alert : conditions(name)) {
        raised_.emplace(alert, day_);
    }
}

std::set<Raised> ReferenceHub::conditions(const std::string& name) const {
    const SeenClient& client = clients_.at(name);
    std::set<Raised> found;
    pair_conditions(name, client, found);
    stay_conditions(name, client, found);
    duty_conditions(name, client, found);
    for (const auto& [id, seen] : client.obligations) {
        if (seen.status == "Missed") {
            found.insert({name,
                          seen.clinic  ? "MissedVisit"
                          : seen.court ? "FailureToAppear"
                                       : "CheckInMissed",
                          {id}});
        }
    }
    return found;
}

void ReferenceHub::pair_conditions(const std::string& name, const SeenClient& client,
                                   std::set<Raised>& found) const {
    for (const auto& [first_id, first] : client.obligations) {
        for (const auto& [second_id, second] : client.obligations) {
            const bool ahead = first.status == "Scheduled" && second.status == "Scheduled" &&
                               first.start > now_ && second.start > now_;
            if (first_id == second_id || !ahead || first.transparent || second.transparent ||
                second.start < first.start) {
                continue;
            }
            const auto gap = second.start - first.end;
            if (gap < Micros{0}) {
                found.insert({name, "ScheduleConflict", {first_id, second_id}});
            } else if (!first.all_day && !second.all_day &&
                       gap < needed(first, second, client.walks)) {
                found.insert({name, "TightTravel", {first_id, second_id}});
            }
        }
    }
}

void ReferenceHub::stay_conditions(const std::string& name, const SeenClient& client,
                                   std::set<Raised>& found) const {
    for (const auto& [stay_id, stay] : client.stays) {
        if (stay.cancelled || stay.patient_class != 'I' || (stay.end && *stay.end <= now_)) {
            continue;
        }
        std::set<std::string> ids = {stay_id};
        for (const auto& [id, seen] : client.obligations) {
            if (seen.status == "Scheduled" && seen.start > now_ && seen.start < now_ + days{7}) {
                ids.insert(id);
            }
        }
        if (ids.size() > 1) {
            found.insert({name, "ClientUnavailable", ids});
        }
    }
}

void ReferenceHub::duty_conditions(const std::string& name, const SeenClient& client,
                                   std::set<Raised>& found) const {
    static const std::set<std::string> kCommunity = {"01", "06", "07", ""};
    for (const auto& [id, stay] : client.stays) {
        if (stay.cancelled || stay.custody || stay.patient_class != 'I' || !stay.end ||
            !kCommunity.contains(stay.disposition)) {
            continue;
        }
        const Date day_zero = local_date(zone_, *stay.end);
        if (now_ >= start_of_day(zone_, day_zero + days{31})) {
            continue;  // domain/07: what was missed goes on to the thirtieth day
        }
        const bool psychiatric = stay.place == "PSY-1";
        const int window = psychiatric ? 7 : 14;
        const UtcTime due_at = start_of_day(zone_, day_zero + days{window + 1});
        bool seen = false;
        bool seen_after_day_zero = false;
        bool booked = false;
        for (const auto& [other_id, visit] : client.obligations) {
            if (visit.clinic && visit.status == "Completed" && visit.start >= *stay.end) {
                seen = true;
                seen_after_day_zero =
                    seen_after_day_zero || local_date(zone_, visit.start) > day_zero;
            }
            booked = booked || (visit.clinic && visit.status == "Scheduled" && visit.start > now_ &&
                                visit.start < due_at);
        }
        for (const auto& [other_id, other] : client.stays) {
            if (other.patient_class == 'O' && !other.cancelled && other.start >= *stay.end) {
                seen = true;
                seen_after_day_zero =
                    seen_after_day_zero || local_date(zone_, other.start) > day_zero;
            }
        }
        const bool reached = std::ranges::any_of(
            client.contacts, [end = *stay.end](UtcTime at) { return at >= end; });
        if (!seen && !reached && now_ >= start_of_day(zone_, business_days_after(day_zero, 2))) {
            found.insert({name, "DischargeContactDue", {id}});
        }
        if (!seen_after_day_zero && !booked &&
            now_ >= start_of_day(zone_, day_zero + days{window - 1})) {
            found.insert({name, psychiatric ? "DischargeVisitDue7" : "DischargeVisitDue14", {id}});
        }
    }
}

Date ReferenceHub::business_days_after(Date date, int count) const {
    while (count > 0) {
        date += days{1};
        const unsigned weekday = std::chrono::weekday{date}.iso_encoding();
        count -= weekday <= 5 && !holidays_.contains(date) ? 1 : 0;
    }
    return date;
}

minutes ReferenceHub::needed(const SeenObligation& from, const SeenObligation& to,
                             bool walks) const {
    const auto& [from_site, from_city] = sites().at(from.place);
    const auto& [to_site, to_city] = sites().at(to.place);
    if (from_site == to_site) {
        return minutes{0};
    }
    const int travel = (from_city == to_city ? 45 : 120) * (walks ? 2 : 1);
    return minutes{travel + (to.court ? 30 : 15)};
}

bool ReferenceHub::sensitive(const Raised& alert) const {
    const SeenClient& client = clients_.at(alert.client);
    return std::any_of(alert.ids.begin(), alert.ids.end(), [&](const std::string& id) {
        const auto seen = client.obligations.find(id);
        return seen != client.obligations.end() && seen->second.place == "SUD-1";
    });
}

std::size_t ReferenceHub::obligations() const {
    std::size_t count = 0;
    for (const auto& [name, client] : clients_) {
        count += client.obligations.size();
    }
    return count;
}

}  // namespace carehub::county_test
