// What the housing provider's rows raise: homes lost or at risk, referrals without an answer, and
// moves that an officer must hear of.
#include <algorithm>

#include "tools/county/foresight.hpp"
#include "tools/county/hmis_sheet.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr int kRapidRehousing = 1;
constexpr int kSupportiveHousing = 2;
constexpr days kAnswerWithin{14};
constexpr days kMustLeaveWithin{14};
constexpr days kOldMove{60};  ///< domain/04: rows so old raise nothing
constexpr days kNoticeCounts{30};
constexpr int kReferralFirst = 10;  ///< HMIS 4.20
constexpr int kReferralLast = 18;

/// The hundreds digit of an HMIS situation code.
enum class Situation : std::uint8_t { Other, Homeless, Institution, Temporary, Permanent };
Situation situation_of(int code) { return static_cast<Situation>(code / 100); }
/// Foster care interrupts no tenancy.
bool interrupts(int code) { return (code >= 204 && code <= 207) || code == 225; }

/// A living situation that was told after the loss.
struct Seen {
    UtcTime told;
    Date date;
    Situation situation;
};

std::vector<Seen> seen_by_provider(const Foresight& client, const HousingStay& stay) {
    std::vector<Seen> seen;
    for (const HousingRow& row : stay.rows) {
        if (row.table == HousingTable::CurrentLivingSituation) {
            const HousingRowVersion& version = row.versions.front();
            seen.push_back({client.told_on(export_from(version.day)), version.date,
                            situation_of(version.code)});
        }
    }
    return seen;
}

/// The latest of what was seen after `since`, known by `time`.
std::optional<Situation> since_then(const std::vector<Seen>& seen, Date since, UtcTime time) {
    std::optional<Situation> latest;
    Date on = since;
    for (const Seen& one : seen) {
        if (one.told <= time && one.date > on) {
            on = one.date;
            latest = one.situation;
        }
    }
    return latest;
}

std::vector<UtcTime> turns_of(const std::vector<Seen>& seen, UtcTime told) {
    std::vector<UtcTime> turns = {told};
    for (const Seen& one : seen) {
        turns.push_back(one.told);
    }
    return turns;
}

void foresee_loss(Foresight& client, const HousingStay& stay) {
    const bool home = (stay.project == kRapidRehousing || stay.project == kSupportiveHousing) &&
                      stay.move_in && stay.exit_day && *stay.move_in <= stay.exit;
    if (!home) {
        return;
    }
    const UtcTime told = client.told_on(export_from(*stay.exit_day));
    const std::vector<Seen> seen = seen_by_provider(client, stay);
    const Situation went = situation_of(stay.destination);
    const std::vector<std::string> ids = {numbered("EN", client.plan().person.number)};
    const auto now = [&](UtcTime time) { return since_then(seen, stay.exit, time); };
    const auto raise = [&](std::string_view rule, std::string_view why,
                           const std::function<bool(UtcTime)>& holds) {
        client.expect({rule, ids, turns_of(seen, told),
                       [&](UtcTime time) { return time >= told && holds(time); }, why});
    };
    const auto placed = [&](UtcTime time) { return now(time) == Situation::Permanent; };
    const auto sheltered = [&](UtcTime time) { return now(time) == Situation::Temporary; };
    if (went == Situation::Homeless) {
        raise("HousingLost", "out of a home into the street",
              [&](UtcTime time) { return !placed(time) && !sheltered(time); });
        raise("HousingAtRisk", "lost a home, and stays somewhere for a while", sheltered);
    } else if (went == Situation::Temporary) {
        raise("HousingAtRisk", "out of a home to where nobody can stay for long",
              [&](UtcTime time) { return !placed(time); });
    } else if (interrupts(stay.destination)) {
        raise("HousingInterrupted", "out of a home into an institution", [&](UtcTime time) {
            return now(time).value_or(Situation::Institution) == Situation::Institution;
        });
    } else if (went == Situation::Other) {
        raise("HousingUnknown", "left a home, nobody knows where to", [&](UtcTime time) {
            return now(time).value_or(Situation::Other) == Situation::Other;
        });
    }
}

void foresee_must_leave(Foresight& client, const HousingRow& row) {
    for (const HousingRowVersion& version : row.versions) {
        if (version.must_leave) {
            const UtcTime told = client.told_on(export_from(version.day));
            const UtcTime over = client.midnight(version.date + kMustLeaveWithin + days{1});
            client.expect({"HousingAtRisk",
                           {row.id},
                           {told, over},
                           [=](UtcTime time) { return told <= time && time < over; },
                           "must leave within two weeks, with nowhere to go"});
        }
    }
}

void foresee_referral(Foresight& client, const HousingRow& row) {
    const HousingRowVersion& asked = row.versions.front();
    if (asked.code < kReferralFirst || asked.code > kReferralLast) {
        return;
    }
    const auto answer = std::ranges::find_if(
        row.versions, [](const HousingRowVersion& version) { return version.outcome != 0; });
    const UtcTime told = client.told_on(export_from(asked.day));
    const UtcTime half = client.midnight(asked.date + kAnswerWithin / 2);
    const UtcTime answered =
        answer == row.versions.end() ? UtcTime::max() : client.told_on(export_from(answer->day));
    client.expect({"ReferralNoResult",
                   {row.id},
                   {told, half, answered},
                   [=](UtcTime time) { return told <= time && half <= time && time < answered; },
                   "half of the two weeks without an answer"});
}

/// Under supervision at the move, as far as is known by then, and still.
bool is_supervised(const Foresight& client, Date moved, UtcTime time) {
    return std::ranges::any_of(client.plan().terms, [&](const SupervisionTerm& term) {
        const bool ended = term.ended_day && client.told_on(*term.ended_day) <= time;
        return client.told_on(term.day) <= time && !ended &&
               term.start <= std::max(moved, client.date_of(time));
    });
}

void foresee_move(Foresight& client, const HousingStay& stay) {
    if (!stay.exit_day) {
        return;
    }
    const UtcTime told = client.told_on(export_from(*stay.exit_day));
    std::vector<UtcTime> turns = client.told_times("MoveNoticeRecorded");
    turns.push_back(told);
    for (const SupervisionTerm& term : client.plan().terms) {
        turns.push_back(client.told_on(term.day));
        turns.push_back(client.told_on(term.ended_day.value_or(term.day)));
    }
    client.expect({"MoveNoticeDue",
                   {numbered("EN", client.plan().person.number)},
                   std::move(turns),
                   [&](UtcTime time) {
                       return told <= time && is_supervised(client, stay.exit, time) &&
                              !client.was_told("MoveNoticeRecorded",
                                               client.midnight(stay.exit - kNoticeCounts), time);
                   },
                   "moved under supervision, and the officer was not told",
                   false,
                   client.midnight(stay.exit + kOldMove)});
}

}  // namespace

void foresee_housing(Foresight& client) {
    const auto& stay = client.plan().housing;
    if (!stay) {
        return;
    }
    foresee_loss(client, *stay);
    foresee_move(client, *stay);
    for (const HousingRow& row : stay->rows) {
        if (row.table == HousingTable::CurrentLivingSituation) {
            foresee_must_leave(client, row);
        } else if (row.table == HousingTable::Event) {
            foresee_referral(client, row);
        }
    }
}

}  // namespace carehub::county
