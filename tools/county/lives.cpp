#include "tools/county/lives.hpp"

#include <iterator>

#include "tools/county/text.hpp"

namespace carehub::county {
namespace {

constexpr int kFeedMinute = 6 * 60;

template <class Told>
const Told* latest(const std::vector<Told>& words, UtcTime time) {
    const Told* found = nullptr;
    for (const Told& word : words) {
        if (word.at <= time) {
            found = &word;
        }
    }
    return found;
}

Word word_of(const World& world, int day, Slot slot, Standing standing) {
    return {feed_time(world, day), instant(world.zone(), {slot.date, slot.minute}),
            instant(world.zone(), {slot.date, slot.end()}), standing, false};
}

/// Another time than before, said of something that still stands.
void tell(Life& life, Word word) {
    if (!life.words.empty()) {
        const Word& before = life.words.back();
        word.moved = word.standing == Standing::Scheduled && word.start != before.start;
        if (word.start == before.start && word.standing == before.standing) {
            return;  // said again
        }
    }
    life.words.push_back(word);
}

// --- courts ----------------------------------------------------------------------------------

Standing standing_of(const HearingVersion& version) {
    return version.cancelled          ? Standing::Gone
           : version.result == "HELD" ? Standing::Kept
           : version.result == "FTA"  ? Standing::Missed
                                      : Standing::Scheduled;
}

/// "Missing from two in a row": the first list that leaves it out says nothing yet.
void tell_left_out(const World& world, const Hearing& hearing, std::size_t nth, Life& life) {
    const HearingVersion& version = hearing.versions[nth];
    const int certain = version.day + 1;
    const bool back = nth + 1 < hearing.versions.size() && hearing.versions[nth + 1].day <= certain;
    if (!back && certain <= world.days()) {
        tell(life, word_of(world, certain, version.slot, Standing::Unlisted));
    }
}

/// A day without an hour counts as its morning (13-decisions, all-day listing).
Slot counted_slot(const HearingVersion& version) {
    constexpr int kFrom = 8 * 60;
    constexpr int kUntil = 12 * 60;
    return version.all_day ? Slot{version.slot.date, kFrom, kUntil - kFrom} : version.slot;
}

Life hearing_life(const World& world, const Hearing& hearing) {
    const bool calendar = hearing.department == Department::Calendar;
    Life life;
    life.door = calendar                                        ? Door::Calendar
                : hearing.department == Department::HearingList ? Door::HearingList
                                                                : Door::Docket;
    life.key = calendar ? hearing.uid : hearing.case_number;
    life.transparent = hearing.transparent;
    for (std::size_t nth = 0; nth < hearing.versions.size(); ++nth) {
        const HearingVersion& version = hearing.versions[nth];
        if (version.unlisted) {
            tell_left_out(world, hearing, nth, life);
        } else {
            tell(life, word_of(world, version.day, counted_slot(version), standing_of(version)));
        }
    }
    return life;
}

/// Each week by itself; a week that is over is told as held the next morning.
void add_series(const World& world, const Hearing& hearing, std::vector<Life>& lives) {
    const HearingVersion& version = hearing.versions.front();
    for (const int week : weeks_held(*hearing.series)) {
        const Slot slot = in_week(version.slot, week);
        Life life;
        life.door = Door::Calendar;
        life.key = hearing.uid + "|" + utc_text(instant(world.zone(), {slot.date, slot.minute}));
        tell(life, word_of(world, version.day, slot, Standing::Scheduled));
        const int over = world.day_of(slot.date) + 1;
        if (over <= world.days()) {
            tell(life, word_of(world, over, slot, Standing::Kept));
        }
        lives.push_back(std::move(life));
    }
}

// --- agency, clinic --------------------------------------------------------------------------

Life check_in_life(const World& world, const CheckIn& check_in) {
    Life life;
    life.door = Door::CheckIns;
    life.key = check_in.id;
    life.drug_test = check_in.drug_test;
    for (const CheckInVersion& version : check_in.versions) {
        const Standing standing = version.status == "COMPLETED"   ? Standing::Kept
                                  : version.status == "MISSED"    ? Standing::Missed
                                  : version.status == "CANCELLED" ? Standing::Gone
                                                                  : Standing::Scheduled;
        tell(life, word_of(world, version.day, version.slot, standing));
    }
    return life;
}

Standing standing_of(const AppointmentMessage& message) {
    if (message.trigger == "S26" || message.reason == "NOSHOW") {
        return Standing::Missed;
    }
    if (message.trigger == "S15" || message.trigger == "S17") {
        return Standing::Gone;
    }
    return message.status == "Complete" ? Standing::Kept : Standing::Scheduled;
}

void add_message(const World& world, int day, const AppointmentMessage& message,
                 std::map<std::string, Life>& visits) {
    Word word = word_of(world, day, message.slot, standing_of(message));
    if (message.offset) {
        const auto wall = [&](int minute) {
            return UtcTime{message.slot.date} + std::chrono::minutes{minute} - *message.offset;
        };
        word.start = wall(message.slot.minute);
        word.end = wall(message.slot.end());
    }
    Life& life = visits[message.id];
    life.door = Door::Clinic;
    life.key = message.id;
    tell(life, word);
}

// --- stays -----------------------------------------------------------------------------------

StayWord told_visit(const World& world, int day, const VisitMessage& message) {
    StayWord word;
    word.at = feed_time(world, day);
    word.patient_class = message.patient_class;
    word.cancelled = message.trigger == "A11";
    word.start = instant(world.zone(), message.admitted);
    word.disposition = message.disposition;
    if (message.discharged) {
        word.end = instant(world.zone(), *message.discharged);
    }
    if (message.planned) {
        word.planned_end = instant(world.zone(), *message.planned);
    }
    return word;
}

void add_bookings(const World& world, const Booking& booking, std::vector<StayLife>& stays) {
    const auto told = [&](int day) {
        StayWord word;
        word.at = feed_time(world, day);
        return word;
    };
    StayLife* open = nullptr;
    for (const BookingVersion& version : booking.versions) {
        StayWord word = told(version.day);
        word.start = instant(world.zone(), version.booked);
        if (!version.listed) {
            word = told(version.day + 1);  // gone from two rosters in a row
            word.start = instant(world.zone(), version.booked);
            word.end = word.at;
        } else if (version.released && version.release != kToPrison) {
            word.end = instant(world.zone(), *version.released);
        }
        if (version.listed && !version.released) {
            const bool again = open != nullptr;  // the same number for another stay
            open =
                &stays.emplace_back(StayLife{booking.number + (again ? "|2" : ""), true, {}, {}});
        }
        open->words.push_back(word);
    }
}

}  // namespace

const Word* Life::at(UtcTime time) const { return latest(words, time); }

bool Life::is_scheduled(UtcTime time) const {
    const Word* word = at(time);
    return word != nullptr && word->standing == Standing::Scheduled;
}

bool Life::may_stand(UtcTime time) const {
    const Word* word = at(time);
    return is_scheduled(time) || (word != nullptr && word->standing == Standing::Unlisted);
}

UtcTime Life::dated_at(UtcTime time) const {
    const Word* word = at(time);
    while (word != &words.front() && std::prev(word)->start == word->start) {
        --word;
    }
    return word->at;
}

const StayWord* StayLife::at(UtcTime time) const { return latest(words, time); }

UtcTime feed_time(const World& world, int day) {
    return instant(world.zone(), {world.date_of(day), kFeedMinute});
}

std::vector<Life> lives_of(const World& world, const ClientPlan& plan) {
    std::vector<Life> lives;
    for (const Hearing& hearing : plan.hearings) {
        if (hearing.series) {
            add_series(world, hearing, lives);
        } else {
            lives.push_back(hearing_life(world, hearing));
        }
    }
    for (const CheckIn& check_in : plan.check_ins) {
        lives.push_back(check_in_life(world, check_in));
    }
    std::map<std::string, Life> visits;
    for (const ClinicMessage& message : plan.messages) {
        const auto* told = std::get_if<AppointmentMessage>(&message.body);
        // A late copy tells nothing new; of a stranger nothing is this client's life.
        if (told != nullptr && message.sent_day == message.day && !message.strange) {
            add_message(world, message.day, *told, visits);
        }
    }
    for (auto& [id, life] : visits) {
        lives.push_back(std::move(life));
    }
    return lives;
}

std::vector<StayLife> stays_of(const World& world, const ClientPlan& plan) {
    std::map<std::string, StayLife> visits;
    for (const ClinicMessage& message : plan.messages) {
        const auto* told = std::get_if<VisitMessage>(&message.body);
        if (told != nullptr && !told->id.empty()) {
            StayLife& stay = visits[told->id];
            stay.id = told->id;
            stay.place = told->place;
            stay.words.push_back(told_visit(world, message.day, *told));
        }
    }
    std::vector<StayLife> stays;
    for (auto& [id, stay] : visits) {
        stays.push_back(std::move(stay));
    }
    for (const Booking& booking : plan.bookings) {
        if (booking.inmate == numbered("J", plan.person.number)) {
            add_bookings(world, booking, stays);
        }
    }
    return stays;
}

}  // namespace carehub::county
