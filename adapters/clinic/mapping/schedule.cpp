#include "adapters/clinic/mapping/schedule.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "adapters/clinic/mapping/codes.hpp"

namespace carehub::adapters::clinic {
namespace {

using hl7::Element;
using hl7::Instant;
using hl7::Segment;
using std::chrono::seconds;

/// Where a resource segment keeps its start, offset and duration.
struct ResourceFields {
    std::string_view segment;
    unsigned start;
    unsigned offset;
    unsigned offset_unit;
};
constexpr ResourceFields kResources[] = {
    {"AIS", 4, 5, 6}, {"AIP", 6, 7, 8}, {"AIL", 6, 7, 8}, {"AIG", 8, 9, 10}};

/// NM: a sign, digits and a decimal point (2A.3.43).
std::optional<double> read_number(const Element& element) {
    constexpr double kNumberMax = 10'000'000;
    std::string text = element.value();
    if (text.starts_with('+')) {
        text.erase(0, 1);
    }
    const bool has_digit = text.find_first_of("0123456789") != std::string::npos;
    if (!has_digit || text.find_first_not_of("0123456789.-") != std::string::npos ||
        text.rfind('-') != text.find_first_of('-') || text.find('-', 1) != std::string::npos) {
        return std::nullopt;
    }
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || std::abs(number) > kNumberMax) {
        return std::nullopt;
    }
    return number;
}

seconds rounded(double count, seconds unit) {
    return std::chrono::round<seconds>(std::chrono::duration<double>(unit) * count);
}

/// A pattern that repeats; ONCE says that none does.
bool repeats(const Element& pattern) {
    const std::string code = hl7::to_upper(pattern.value());
    return !code.empty() && code != "ONCE";
}

/// The profile's length of this kind of appointment, else of any.
seconds usual_duration(const Context& context) {
    const Site& site = context.site();
    for (const std::string& code : appointment_codes(context.message())) {
        if (const auto known = site.durations.find(hl7::to_upper(code));
            known != site.durations.end()) {
            return known->second;
        }
    }
    return site.default_duration;
}

/// Table 0206: the resource goes, the appointment's time is not its.
bool is_taken_away(const Segment& resource) {
    return hl7::to_upper(resource.field(2).value()) == "D";
}

/// One of the places that tell start and end together: a TQ1, or a repetition of SCH-11.
struct Timing {
    std::optional<Instant> start;
    Element end;
    hl7::Location end_at;
    Element duration;
    bool repeats = false;
};

class ScheduleReader {
public:
    ScheduleReader(Context& context, Resources resources)
        : context_(context), resources_(resources), sch_(context.message().first("SCH")) {}

    std::optional<Schedule> read();

private:
    void read_tq1();
    void read_sch_11();
    void take(Timing timing, Timing& first, const hl7::Location& where);
    [[nodiscard]] bool is_unknown_midnight(UtcTime time) const;
    [[nodiscard]] std::optional<Instant> resource_start();
    [[nodiscard]] std::optional<seconds> quantity(const Element& number, const std::string& unit,
                                                  const hl7::Location& where);
    [[nodiscard]] std::optional<seconds> duration();
    [[nodiscard]] UtcTime end_of_services(UtcTime start);
    [[nodiscard]] UtcTime plausible_end(const Timing& timing, UtcTime start);
    void fill_end(Schedule& schedule, bool sch_11_holds);

    Context& context_;
    Resources resources_;
    Segment sch_;
    Timing tq1_;
    Timing sch_11_;
    bool assumed_ = false;  ///< of the duration: that it is told so, or its unit
};

/// The first timing that tells a start counts; without one, the first.
void ScheduleReader::take(Timing timing, Timing& first, const hl7::Location& where) {
    if (timing.repeats) {
        context_.note(where,
                      "a repeat pattern: the first time alone is taken, send each occurrence");
    }
    if (!first.start) {
        if (timing.start || first.end_at.segment.empty()) {
            first = std::move(timing);
        }
    } else if (timing.start && timing.start->time != first.start->time) {
        context_.note(where, "further times: the first alone is taken, send each occurrence");
    }
}

void ScheduleReader::read_tq1() {
    for (const Segment& segment : context_.message().segments()) {
        if (segment.name() == "TQ1") {
            take({context_.time(segment, 7),
                  segment.field(8).component(1),
                  {"TQ1", 8},
                  segment.field(6),
                  repeats(segment.field(3).component(1))},
                 tq1_, {"TQ1"});
        }
    }
}

/// TQ.2 is the interval (RI), TQ.3 the duration, TQ.4 the start, TQ.5 the end.
void ScheduleReader::read_sch_11() {
    for (const Element& tq : sch_.field(11).repetitions()) {
        take({context_.time(tq.component(4), {"SCH", 11, 4}),
              tq.component(5),
              {"SCH", 11, 5},
              tq.component(3),
              repeats(tq.component(2))},
             sch_11_, {"SCH", 11});
    }
}

std::optional<Schedule> ScheduleReader::read() {
    read_tq1();
    read_sch_11();
    const auto& by_sch = sch_11_.start;
    const auto by_resource = resource_start();
    const auto start = tq1_.start ? tq1_.start : by_sch ? by_sch : by_resource;
    if (!start) {
        return std::nullopt;
    }
    if (by_sch && by_sch->time != start->time) {
        context_.note({"SCH", 11, 4}, "contradicts TQ1-7, which is taken");
    }
    if (by_resource && by_resource->time != start->time) {
        context_.note({"AIS", 4}, "a resource contradicts the appointment's start: ignored");
    }
    Schedule schedule;
    schedule.start = start->time;
    schedule.flags = start->flags;
    if (start->precision == Precision::Day || is_unknown_midnight(start->time)) {
        schedule.flags.add(TimeFlag::DateOnly);
        schedule.date = local_date(context_.zone(), start->time);
        return schedule;
    }
    fill_end(schedule, !by_sch || by_sch->time == start->time);
    return schedule;
}

/// Some senders print midnight where they know the day alone; the profile says so.
bool ScheduleReader::is_unknown_midnight(UtcTime time) const {
    return context_.site().midnight_is_date &&
           start_of_day(context_.zone(), local_date(context_.zone(), time)) == time;
}

/// The appointment begins where a resource would without its offset.
std::optional<Instant> ScheduleReader::resource_start() {
    std::optional<Instant> earliest;
    if (resources_ == Resources::TellThemselves) {
        return earliest;
    }
    for (const Segment& segment : context_.message().segments()) {
        for (const ResourceFields& fields : kResources) {
            if (segment.name() != fields.segment || is_taken_away(segment)) {
                continue;
            }
            auto start = context_.time(segment, fields.start);
            if (!start) {
                continue;
            }
            const std::string unit = segment.field(fields.offset_unit).value();
            const Element told = segment.field(fields.offset);
            const auto offset = read_number(told);
            if (!offset && !told.value().empty()) {
                context_.note({std::string(fields.segment), fields.offset},
                              "not a number: the offset is ignored");
            }
            // Table of section 10: an offset without unit is in seconds.
            start->time -= rounded(offset.value_or(0), unit_of(unit).value_or(seconds{1}));
            if (!earliest || start->time < earliest->time) {
                earliest = start;
            }
        }
    }
    return earliest;
}

std::optional<seconds> ScheduleReader::quantity(const Element& number, const std::string& unit,
                                                const hl7::Location& where) {
    if (number.value().empty()) {
        return std::nullopt;
    }
    const auto count = read_number(number);
    if (!count) {
        context_.note(where, "a duration that is no number: ignored");
        return std::nullopt;
    }
    const auto known = unit_of(unit);
    if (!known && !unit.empty()) {
        context_.note(where, "duration in a unit that is not known: ignored");
        return std::nullopt;
    }
    const bool in_seconds = *count >= kUnitlessSecondsMin;
    const seconds length = rounded(*count, known.value_or(in_seconds ? seconds{1} : seconds{60}));
    if (length <= seconds{0} || length > kDurationMax) {
        context_.note(where, "not a duration of an appointment: ignored");
        return std::nullopt;
    }
    if (!known) {
        context_.note(
            where, in_seconds ? "duration without unit: taken as seconds"
                              : "duration without unit: too short for seconds, taken as minutes");
        assumed_ = true;
    }
    return length;
}

/// TQ1-6, SCH-11.3, SCH-9: the first that tells.
std::optional<seconds> ScheduleReader::duration() {
    const Element tq = tq1_.duration;
    if (auto told = quantity(tq.component(1), tq.component(2).value(), {"TQ1", 6})) {
        return told;
    }
    const std::string unit = sch_.field(10).component(1).value();
    if (auto told = tq_duration_of(sch_11_.duration.value())) {
        return told;
    }
    if (auto told = quantity(sch_11_.duration, unit, {"SCH", 11, 3})) {
        return told;
    }
    // Some senders write the unit behind the number instead of into SCH-10.
    const std::string beside = sch_.field(9).component(2).value();
    return quantity(sch_.field(9), unit.empty() ? beside : unit, {"SCH", 9});
}

/// Of several services (AIS-4 and AIS-7) the client is needed until the last one ends.
UtcTime ScheduleReader::end_of_services(UtcTime start) {
    UtcTime end = start;
    UtcTime last_begin = start;
    for (const Segment& segment : context_.message().segments()) {
        if (segment.name() != "AIS" || is_taken_away(segment)) {
            continue;
        }
        const auto told = context_.time(segment, 4);
        const bool fits =
            told && resources_ == Resources::TellAll && told->time - start <= kDurationMax;
        const UtcTime begin = fits ? std::max(told->time, start) : start;
        last_begin = std::max(last_begin, begin);
        const auto length =
            quantity(segment.field(7), segment.field(8).component(1).value(), {"AIS", 7});
        if (length) {
            if (end != start && begin > end) {
                context_.note({"AIS", 4}, "services apart from each other: taken as one time");
            }
            end = std::max(end, begin + *length);
        }
    }
    if (last_begin >= end) {
        end = last_begin + usual_duration(context_);
        assumed_ = true;
    }
    return end;
}

UtcTime ScheduleReader::plausible_end(const Timing& timing, UtcTime start) {
    const auto end = context_.time(timing.end, timing.end_at);
    if (!end || (timing.repeats && end->time - start > std::chrono::hours{24})) {
        return kUnknownTime;
    }
    if (end->time <= start || end->time - start > kDurationMax) {
        context_.note(timing.end_at, "not an end of this appointment: ignored");
        return kUnknownTime;
    }
    return end->time;
}

void ScheduleReader::fill_end(Schedule& schedule, bool sch_11_holds) {
    schedule.end = plausible_end(tq1_, schedule.start);
    if (schedule.end == kUnknownTime && sch_11_holds) {
        schedule.end = plausible_end(sch_11_, schedule.start);
    }
    if (schedule.end != kUnknownTime) {
        return;
    }
    const auto told = duration();
    schedule.end = told ? schedule.start + *told : end_of_services(schedule.start);
    if (assumed_) {
        schedule.flags.add(TimeFlag::AssumedDuration);
    }
}

}  // namespace

std::vector<std::string> appointment_codes(const hl7::Message& message) {
    std::vector<std::string> codes = {message.first("SCH").field(8).component(1).value()};
    for (const Segment& segment : message.segments()) {
        if (segment.name() == "AIS") {
            codes.push_back(segment.field(3).component(1).value());
        }
    }
    codes.push_back(message.first("AIL").field(3).component(1).value());
    return codes;
}

std::optional<Schedule> read_schedule(Context& context, Resources resources) {
    return ScheduleReader(context, resources).read();
}

}  // namespace carehub::adapters::clinic
