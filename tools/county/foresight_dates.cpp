// What hearings, check-ins and visits raise by lying ahead, by changing, by staying without a
// result.
#include <algorithm>

#include "tools/county/foresight.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr days kAppearanceAhead{7};
constexpr days kChangeMatters{14};
constexpr days kCheckInAhead{3};
constexpr int kOutcomeBusinessDays = 2;
/// So long after its day the domain says no more of a date that is unlisted or without a result.
constexpr days kOldNews{30};
constexpr std::size_t kMissedEnough = 2;
constexpr days kMissedWithin{14};

std::vector<UtcTime> turns_of(const Life& life, Micros before) {
    std::vector<UtcTime> turns;
    for (const Word& word : life.words) {
        turns.insert(turns.end(), {word.at, word.start - before, word.start});
    }
    return turns;
}

void foresee_hearing(Foresight& client, const Life& hearing) {
    std::vector<UtcTime> turns = turns_of(hearing, kAppearanceAhead);
    const std::vector<UtcTime> informed = client.told_times("ClientInformed");
    turns.insert(turns.end(), informed.begin(), informed.end());
    const auto is_informed = [informed, &hearing](UtcTime time) {
        const UtcTime dated = hearing.dated_at(time);
        return std::ranges::any_of(informed,
                                   [&](UtcTime told) { return dated <= told && told <= time; });
    };
    client.expect({"CourtAppearanceUpcoming",
                   {hearing.key},
                   turns,
                   [&](UtcTime time) {
                       const Word* word = hearing.at(time);
                       return hearing.may_stand(time) && word->start > time &&
                              word->start - time <= kAppearanceAhead && !is_informed(time);
                   },
                   "a hearing within a week, and nobody told the client"});
    client.expect({"HearingChanged",
                   {hearing.key},
                   turns_of(hearing, kChangeMatters),
                   [&](UtcTime time) {
                       const Word* word = hearing.at(time);
                       return word != nullptr && word->moved && word->start > time &&
                              word->start - time <= kChangeMatters;
                   },
                   "the court moved a hearing of the next two weeks"});
    const auto unlisted = std::ranges::find(hearing.words, Standing::Unlisted, &Word::standing);
    if (unlisted != hearing.words.end()) {
        client.expect({"HearingUnlisted",
                       {hearing.key},
                       {unlisted->at},
                       [&](UtcTime time) { return hearing.at(time) == &*unlisted; },
                       "gone from two lists in a row, and nobody said why",
                       false,
                       unlisted->start + kOldNews});
    }
}

/// Does another date of the client stand in the way?
bool is_free(const Foresight& client, const Life& own, const Word& check_in, UtcTime time) {
    return std::ranges::none_of(client.lives(), [&](const Life& other) {
        const Word* word = other.at(time);
        return &other != &own && !other.transparent && other.may_stand(time) &&
               word->start < check_in.end && check_in.start < word->end;
    });
}

void foresee_check_in(Foresight& client, const Life& check_in) {
    std::vector<UtcTime> turns = turns_of(check_in, kCheckInAhead);
    const std::vector<UtcTime> words = client.word_times();
    turns.insert(turns.end(), words.begin(), words.end());
    client.expect({"CheckInUpcoming",
                   {check_in.key},
                   std::move(turns),
                   [&](UtcTime time) {
                       const Word* word = check_in.at(time);
                       return word != nullptr && word->standing == Standing::Scheduled &&
                              word->start > time && word->start - time <= kCheckInAhead &&
                              is_free(client, check_in, *word, time);
                   },
                   "a check-in within three days, and nothing in its way"});
}

void foresee_outcome(Foresight& client, const Life& life) {
    if (life.transparent) {
        return;
    }
    const auto asked_at = [&](const Word& word) {
        return client.close_of_business(
            client.world().business_day_after(client.date_of(word.end), kOutcomeBusinessDays));
    };
    std::vector<UtcTime> turns;
    for (const Word& word : life.words) {
        turns.insert(turns.end(), {word.at, asked_at(word)});
    }
    client.expect({"OutcomeUnknown",
                   {life.key},
                   std::move(turns),
                   [&](UtcTime time) {
                       const Word* word = life.at(time);
                       return word != nullptr && word->standing == Standing::Scheduled &&
                              asked_at(*word) <= time;
                   },
                   "two business days over, and nobody said what came of it",
                   false,
                   life.words.back().end + kOldNews});
}

struct Absence {
    UtcTime told;
    UtcTime start;
    const Life* life;
};

/// Two dates missed within two weeks, until somebody reaches the client or two weeks go by.
void foresee_disengagement(Foresight& client) {
    std::vector<Absence> missed;
    std::vector<UtcTime> turns = client.told_times("ContactMade");
    for (const Life& life : client.lives()) {
        for (const Word& word : life.words) {
            turns.insert(turns.end(), {word.at, word.start + kMissedWithin});
            if (word.standing == Standing::Missed) {
                missed.push_back({word.at, word.start, &life});
            }
        }
    }
    if (missed.size() < kMissedEnough) {
        return;
    }
    const auto counted = [&](UtcTime time) {
        std::vector<UtcTime> starts;
        for (const Absence& absence : missed) {
            const Word* word = absence.life->at(time);
            if (word != nullptr && word->standing == Standing::Missed) {
                starts.push_back(word->start);
            }
        }
        return starts;
    };
    const auto is_pattern = [](const std::vector<UtcTime>& starts, UtcTime time) {
        if (starts.empty() || std::ranges::max(starts) + kMissedWithin <= time) {
            return false;
        }
        const UtcTime since = std::ranges::max(starts) - kMissedWithin;
        return std::ranges::count_if(starts, [since](UtcTime start) { return start >= since; }) >=
               static_cast<std::ptrdiff_t>(kMissedEnough);
    };
    client.expect({"Disengagement",
                   {missed[0].life->key, missed[1].life->key},
                   std::move(turns),
                   [&](UtcTime time) {
                       const std::vector<UtcTime> starts = counted(time);
                       return is_pattern(starts, time) &&
                              !client.was_told("ContactMade", std::ranges::max(starts), time);
                   },
                   "two dates missed within two weeks"});
}

}  // namespace

void foresee_dates(Foresight& client) {
    for (const Life& life : client.lives()) {
        if (is_court(life.door)) {
            foresee_hearing(client, life);
        }
        if (life.door == Door::CheckIns) {
            foresee_check_in(client, life);
        }
        foresee_outcome(client, life);
    }
    foresee_disengagement(client);
    for (const Hearing& hearing : client.plan().hearings) {
        const auto issued = std::ranges::find(hearing.versions, "ISSUED", &HearingVersion::warrant);
        if (issued != hearing.versions.end()) {
            const UtcTime told = client.told_on(issued->day);
            client.expect({"WarrantIssued",
                           {numbered("WRT", client.plan().person.number)},
                           {told},
                           [told](UtcTime time) { return time >= told; },
                           "a warrant; also one that is recalled stays a person's to close",
                           true});
        }
    }
}

}  // namespace carehub::county
