// What stays raise by beginning, by a planned end, and by what is not done after their end.
#include <algorithm>
#include <array>

#include "tools/county/foresight.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr days kOldNews{30};  ///< so long after an end the domain says no more of it
constexpr int kVisitDaysGeneral = 14;
constexpr int kVisitDaysPsychiatric = 7;
constexpr int kWarnAfterDays = 3;
constexpr int kLastCountedDay = 30;
constexpr std::chrono::hours kGrace{2};  ///< domain/02, rule 4
constexpr std::string_view kAgainstAdvice = "07";

std::vector<UtcTime> word_times(const StayLife& stay) {
    std::vector<UtcTime> times;
    for (const StayWord& word : stay.words) {
        times.push_back(word.at);
    }
    return times;
}

void append(std::vector<UtcTime>& turns, const std::vector<UtcTime>& more) {
    turns.insert(turns.end(), more.begin(), more.end());
}

/// Known by then to be in that kind of stay again.
bool is_back(const Foresight& client, const StayLife& own, UtcTime since, UtcTime time) {
    return std::ranges::any_of(client.stays(), [&](const StayLife& other) {
        const StayWord* word = other.at(time);
        return &other != &own && other.custody == own.custody && word != nullptr &&
               !word->cancelled && (own.custody || word->patient_class != 'O') &&
               word->start >= since;
    });
}

std::vector<UtcTime> news_of(const Foresight& client) {
    std::vector<UtcTime> times = client.told_times("ContactMade");
    for (const StayLife& stay : client.stays()) {
        append(times, word_times(stay));
    }
    return times;
}

// --- custody ---------------------------------------------------------------------------------

void foresee_custody(Foresight& client, const StayLife& stay) {
    client.expect({"CustodyStarted",
                   {stay.id},
                   word_times(stay),
                   [&](UtcTime time) {
                       const StayWord* word = stay.at(time);
                       return word != nullptr && !word->end;
                   },
                   "the jail lists the client"});
    const auto ended =
        std::ranges::find_if(stay.words, [](const StayWord& word) { return word.end.has_value(); });
    if (ended == stay.words.end()) {
        return;
    }
    client.expect({"CustodyReleased",
                   {stay.id},
                   news_of(client),
                   [&](UtcTime time) {
                       return time >= ended->at &&
                              !client.was_told("ContactMade", *ended->end, time) &&
                              !is_back(client, stay, *ended->end, time);
                   },
                   "out of custody, and nobody reached the client",
                   false,
                   *ended->end + kOldNews});
}

// --- hospital --------------------------------------------------------------------------------

/// Over, of that class, and into the community.
const StayWord* discharge_known(const StayLife& stay, char patient_class, UtcTime time) {
    constexpr std::array<std::string_view, 4> kCommunity = {"", "01", "06", kAgainstAdvice};
    const StayWord* word = stay.at(time);
    const bool over = word != nullptr && !word->cancelled && word->patient_class == patient_class &&
                      word->end &&
                      std::ranges::find(kCommunity, word->disposition) != kCommunity.end();
    return over ? word : nullptr;
}

bool was_seen(const Foresight& client, UtcTime from, UtcTime time) {
    const bool kept = std::ranges::any_of(client.lives(), [&](const Life& life) {
        const Word* word = life.at(time);
        return life.door == Door::Clinic && word != nullptr && word->standing == Standing::Kept &&
               word->start >= from;
    });
    return kept || std::ranges::any_of(client.stays(), [&](const StayLife& visit) {
               const StayWord* word = visit.at(time);
               return !visit.custody && word != nullptr && !word->cancelled &&
                      word->patient_class == 'O' && word->start >= from;
           });
}

/// A visit before `due` that is ahead, or so lately over that its outcome cannot be known.
bool is_booked(const Foresight& client, UtcTime due, UtcTime time) {
    return std::ranges::any_of(client.lives(), [&](const Life& life) {
        return life.door == Door::Clinic && life.is_scheduled(time) && life.at(time)->start < due &&
               life.at(time)->end + kGrace > time;
    });
}

std::vector<UtcTime> visit_turns(const Foresight& client) {
    std::vector<UtcTime> turns = news_of(client);
    for (const Life& life : client.lives()) {
        for (const Word& word : life.words) {
            turns.insert(turns.end(), {word.at, word.end + kGrace});
        }
    }
    return turns;
}

struct Window {
    std::string_view rule;
    UtcTime first_day;  ///< from which a visit counts
    UtcTime from;
    UtcTime until;
    std::string_view why;
    UtcTime lapses = UtcTime::max();
};

/// Nobody saw the client since the first day that counts, and nobody will in time.
void foresee_window(Foresight& client, const StayLife& stay, const Window& window) {
    const char patient_class = stay.words.back().patient_class;
    std::vector<UtcTime> turns = visit_turns(client);
    turns.insert(turns.end(), {window.from, window.until});
    client.expect({window.rule,
                   {stay.id},
                   std::move(turns),
                   [&](UtcTime time) {
                       const StayWord* left = discharge_known(stay, patient_class, time);
                       return left != nullptr && window.from <= time && time < window.until &&
                              !was_seen(client, window.first_day, time) &&
                              !is_booked(client, window.until, time) &&
                              !is_back(client, stay, *left->end, time);
                   },
                   window.why,
                   false,
                   window.lapses});
}

void foresee_discharge(Foresight& client, const StayLife& stay) {
    const StayWord& last = stay.words.back();
    if (!last.end || discharge_known(stay, 'I', last.at) == nullptr) {
        return;
    }
    const Date day_zero = client.date_of(*last.end);
    const int window =
        stay.place == PlaceName::PsychiatricWard ? kVisitDaysPsychiatric : kVisitDaysGeneral;
    // The day of the discharge itself does not count.
    const UtcTime first_day = client.midnight(day_zero + days{1});
    foresee_window(client, stay,
                   {"NoFollowUpBooked", first_day, client.midnight(day_zero + days{kWarnAfterDays}),
                    client.midnight(day_zero + days{window + 1}),
                    "three days after discharge no visit is booked"});
    foresee_window(
        client, stay,
        {"DischargeVisitDue30", first_day, client.midnight(day_zero + days{kLastCountedDay - 1}),
         client.midnight(day_zero + days{kLastCountedDay + 1}),
         "the month after discharge ends without a visit"});
    if (last.disposition != kAgainstAdvice) {
        return;
    }
    client.expect({"LeftAgainstAdvice",
                   {stay.id},
                   news_of(client),
                   [&](UtcTime time) {
                       const StayWord* left = discharge_known(stay, 'I', time);
                       return left != nullptr && left->disposition == kAgainstAdvice &&
                              !client.was_told("ContactMade", *left->end, time) &&
                              !is_back(client, stay, *left->end, time);
                   },
                   "left against advice, and nobody reached the client",
                   false,
                   *last.end + kOldNews});
}

/// Domain/07, FUM: eight days in all, the first of them counts.
void foresee_emergency(Foresight& client, const StayLife& stay) {
    const StayWord& last = stay.words.back();
    if (!last.end || discharge_known(stay, 'E', last.at) == nullptr ||
        stay.place != PlaceName::PsychiatricWard) {
        return;
    }
    const Date day_zero = client.date_of(*last.end);
    const UtcTime first_day = client.midnight(day_zero);
    const UtcTime over = client.midnight(day_zero + days{kVisitDaysPsychiatric + 1});
    foresee_window(client, stay,
                   {"NoFollowUpBooked", first_day, client.midnight(day_zero + days{kWarnAfterDays}),
                    over, "three days after an emergency visit no other is booked"});
    foresee_window(
        client, stay,
        {"EdFollowUpMh", first_day, client.midnight(day_zero + days{kVisitDaysPsychiatric - 1}),
         UtcTime::max(), "the week after an emergency visit ends without another",
         client.midnight(day_zero + days{kLastCountedDay + 1})});
}

void foresee_planned_end(Foresight& client, const StayLife& stay) {
    std::vector<UtcTime> turns = word_times(stay);
    for (const StayWord& word : stay.words) {
        turns.push_back(word.planned_end.value_or(word.at));
    }
    client.expect({"DischargePlanned",
                   {stay.id},
                   std::move(turns),
                   [&](UtcTime time) {
                       const StayWord* word = stay.at(time);
                       return word != nullptr && !word->cancelled && !word->end &&
                              word->planned_end && *word->planned_end > time;
                   },
                   "the ward plans a discharge"});
}

}  // namespace

void foresee_stays(Foresight& client) {
    for (const StayLife& stay : client.stays()) {
        if (stay.custody) {
            foresee_custody(client, stay);
        } else {
            foresee_planned_end(client, stay);
            foresee_discharge(client, stay);
            foresee_emergency(client, stay);
        }
    }
}

}  // namespace carehub::county
