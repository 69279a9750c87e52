// What is due by the calendar alone: contact as the model of case management asks for it, the first
// report to an officer, the monthly meeting of rapid rehousing; and attempts that reach nobody.
#include <algorithm>
#include <array>

#include "tools/county/foresight.hpp"
#include "tools/county/hmis_sheet.hpp"
#include "tools/county/text.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr hours kFirstReport{72};
constexpr hours kGrace{2};          ///< domain/02, rule 4
constexpr days kLateNoticeMax{30};  ///< a term told later than that after its report: history
constexpr std::size_t kAttempts = 3;
constexpr days kAttemptsWithin{14};
constexpr int kRapidRehousing = 1;  ///< of housing_feed.cpp's projects

// --- contact ---------------------------------------------------------------------------------

/// Days from a contact to the day that finds the next one at risk: half of the model's interval,
/// and of two days the last. Domain/07 and 13.
std::optional<int> risk_after(std::string_view model) {
    constexpr std::array<std::pair<std::string_view, int>, 4> kRisk = {
        {{"Act", 2}, {"Icm", 4}, {"Clinical", 7}, {"Standard", 15}}};
    const auto* const found =
        std::ranges::find(kRisk, model, &std::pair<std::string_view, int>::first);
    return found == kRisk.end() ? std::nullopt : std::optional<int>(found->second);
}

void foresee_gap(Foresight& client) {
    const auto after = risk_after(client.plan().person.model);
    if (!after) {
        return;
    }
    struct Contact {
        UtcTime told;
        UtcTime risk;
    };
    const auto risk_of = [&](Date contact) { return client.midnight(contact + days{*after}); };
    // Who is new to the hub is due as if reached on that day.
    std::vector<Contact> contacts = {{client.begin(), risk_of(client.date_of(client.begin()))}};
    for (const StaffEvent& event : client.plan().staff_events) {
        if (event.kind == "ContactMade") {
            contacts.push_back({client.told_on(event.day), risk_of(event.occurred.date)});
        }
    }
    std::vector<UtcTime> turns;
    for (const Contact& contact : contacts) {
        turns.insert(turns.end(), {contact.told, contact.risk});
    }
    client.expect({"ContactGap",
                   {},
                   std::move(turns),
                   [&](UtcTime time) {
                       return std::ranges::all_of(contacts, [&](const Contact& contact) {
                           return contact.told > time || contact.risk <= time;
                       });
                   },
                   "half of the model's interval without a contact"});
}

void foresee_lost_contact(Foresight& client) {
    struct Attempt {
        UtcTime told;
        UtcTime at;
    };
    std::vector<Attempt> attempts;
    std::vector<UtcTime> turns = client.told_times("ContactMade");
    for (const StaffEvent& event : client.plan().staff_events) {
        if (event.kind == "ContactAttempted") {
            attempts.push_back(
                {client.told_on(event.day), instant(client.world().zone(), event.occurred)});
            turns.insert(turns.end(), {attempts.back().told, attempts.back().at + kAttemptsWithin});
        }
    }
    client.expect({"LostContact",
                   {},
                   std::move(turns),
                   [&](UtcTime time) {
                       const auto counts = [&](const Attempt& attempt) {
                           return attempt.told <= time && attempt.at + kAttemptsWithin > time &&
                                  !client.was_told("ContactMade", attempt.at, time);
                       };
                       return static_cast<std::size_t>(std::ranges::count_if(attempts, counts)) >=
                              kAttempts;
                   },
                   "three attempts in two weeks reached nobody"});
}

// --- first report ----------------------------------------------------------------------------

struct Report {
    std::string id;
    UtcTime told{};
    UtcTime from{};
    UtcTime over = UtcTime::max();  ///< known to be asked for no more
};

bool is_report(const Life& life) { return life.door == Door::CheckIns && !life.drug_test; }

bool has_reported(const Foresight& client, UtcTime from, UtcTime time) {
    return std::ranges::any_of(client.lives(), [&](const Life& life) {
        const Word* word = life.at(time);
        return is_report(life) && word != nullptr && word->standing == Standing::Kept &&
               word->start >= from;
    });
}

bool will_report(const Foresight& client, UtcTime due, UtcTime time) {
    return std::ranges::any_of(client.lives(), [&](const Life& life) {
        return is_report(life) && life.is_scheduled(time) && life.at(time)->start < due &&
               life.at(time)->end + kGrace > time;
    });
}

/// In custody nobody reports; the release begins the hours anew.
bool is_held(const Foresight& client, UtcTime from, UtcTime due, UtcTime time) {
    return std::ranges::any_of(client.stays(), [&](const StayLife& stay) {
        const StayWord* word = stay.at(time);
        return stay.custody && word != nullptr && word->start < due &&
               (!word->end || *word->end > from);
    });
}

void foresee_report(Foresight& client, const Report& report) {
    const UtcTime due = report.from + kFirstReport;
    const UtcTime risk = report.from + kFirstReport / 2;
    std::vector<UtcTime> turns = {report.told, risk, report.over};
    for (const Life& life : client.lives()) {
        for (const Word& word : life.words) {
            turns.insert(turns.end(), {word.at, word.end + kGrace});
        }
    }
    for (const StayLife& stay : client.stays()) {
        for (const StayWord& word : stay.words) {
            turns.push_back(word.at);
        }
    }
    client.expect({"InitialReportDue",
                   {report.id},
                   std::move(turns),
                   [&](UtcTime time) {
                       return time >= report.told && time >= risk && time < report.over &&
                              !has_reported(client, report.from, time) &&
                              !will_report(client, due, time) &&
                              !is_held(client, report.from, due, time);
                   },
                   "half of the 72 hours after supervision began, and no report"});
}

void foresee_reports(Foresight& client) {
    for (const SupervisionTerm& term : client.plan().terms) {
        Report report{term.id, client.told_on(term.day), client.midnight(term.start)};
        if (term.ended_day) {
            report.over = client.told_on(*term.ended_day);
        }
        if (report.told - (report.from + kFirstReport) <= kLateNoticeMax) {
            foresee_report(client, report);
        }
        for (const StayLife& stay : client.stays()) {
            const StayWord& last = stay.words.back();
            if (stay.custody && last.end && report.from < *last.end && report.over > last.at) {
                foresee_report(client,
                               {stay.id, std::max(last.at, report.told), *last.end, report.over});
            }
        }
    }
}

// --- meetings --------------------------------------------------------------------------------

void foresee_meetings(Foresight& client) {
    const auto& stay = client.plan().housing;
    if (!stay || stay->project != kRapidRehousing) {
        return;
    }
    const UtcTime told = client.told_on(export_from(stay->day));
    const UtcTime left =
        stay->exit_day ? client.told_on(export_from(*stay->exit_day)) : UtcTime::max();
    const std::chrono::year_month_day first{client.date_of(client.begin())};
    const Date last_date = client.world().end_date();
    for (auto month = first.year() / first.month(); Date{month / 1} <= last_date;
         month += std::chrono::months{1}) {
        const Date last = Date{month / std::chrono::last};
        const Date open = std::max(Date{month / 1}, stay->entry);
        if (open > last || told >= client.midnight(last + days{1})) {
            continue;
        }
        const UtcTime from = client.midnight(open);
        const UtcTime risk = client.midnight(open + (last - open) / 2);
        std::vector<UtcTime> turns = client.told_times("ContactMade");
        turns.insert(turns.end(), {told, risk, left});
        const std::string name = to_iso(last).substr(0, 7);
        client.expect({"HousingMeetingDue",
                       {numbered("EN", client.plan().person.number) + "|" + name},
                       std::move(turns),
                       [&](UtcTime time) {
                           return time >= told && time < left && time >= risk &&
                                  !client.was_told("ContactMade", from, time);
                       },
                       "half of the month without the meeting of the programme",
                       false,
                       client.midnight(Date{(month + std::chrono::months{2}) / 1})});
    }
}

}  // namespace

void foresee_contact(Foresight& client) {
    foresee_gap(client);
    foresee_lost_contact(client);
    foresee_reports(client);
    foresee_meetings(client);
}

}  // namespace carehub::county
