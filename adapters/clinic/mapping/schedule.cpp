#include "adapters/clinic/mapping/schedule.hpp"

#include <charconv>

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

std::optional<long> read_number(const Element& element) {
    constexpr long kNumberMax = 10'000'000;
    const std::string text = element.value();
    long number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number > kNumberMax || number < -kNumberMax) {
        return std::nullopt;
    }
    return number;
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

class ScheduleReader {
public:
    explicit ScheduleReader(Context& context)
        : context_(context),
          tq1_(context.message().first("TQ1")),
          sch_(context.message().first("SCH")) {}

    std::optional<Schedule> read();

private:
    [[nodiscard]] bool is_unknown_midnight(UtcTime time) const;
    [[nodiscard]] std::optional<Instant> resource_start();
    [[nodiscard]] std::optional<seconds> quantity(const Element& number, const std::string& unit,
                                                  const hl7::Location& where);
    [[nodiscard]] std::optional<seconds> duration();
    [[nodiscard]] UtcTime plausible_end(const std::optional<Instant>& end, UtcTime start,
                                        const hl7::Location& where);
    void fill_end(Schedule& schedule, bool sch_11_holds);

    Context& context_;
    Segment tq1_;
    Segment sch_;
    bool unit_assumed_ = false;
};

std::optional<Schedule> ScheduleReader::read() {
    const auto by_tq1 = context_.time(tq1_, 7);
    const auto by_sch = context_.time(sch_, 11, 4);
    const auto by_resource = resource_start();
    const auto start = by_tq1 ? by_tq1 : by_sch ? by_sch : by_resource;
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
    for (const Segment& segment : context_.message().segments()) {
        for (const ResourceFields& fields : kResources) {
            if (segment.name() != fields.segment) {
                continue;
            }
            auto start = context_.time(segment, fields.start);
            if (!start) {
                continue;
            }
            const std::string unit = segment.field(fields.offset_unit).value();
            const auto offset = read_number(segment.field(fields.offset));
            // Table of section 10: an offset without unit is in seconds.
            start->time -= offset.value_or(0) * unit_of(unit).value_or(seconds{1});
            if (!earliest || start->time < earliest->time) {
                earliest = start;
            }
        }
    }
    return earliest;
}

std::optional<seconds> ScheduleReader::quantity(const Element& number, const std::string& unit,
                                                const hl7::Location& where) {
    const auto count = read_number(number);
    if (!count || *count <= 0) {
        return std::nullopt;
    }
    const auto known = unit_of(unit);
    if (!known && !unit.empty()) {
        context_.note(where, "duration in a unit that is not known: ignored");
        return std::nullopt;
    }
    const bool in_seconds = *count >= kUnitlessSecondsMin;
    if (!known) {
        context_.note(
            where, in_seconds ? "duration without unit: taken as seconds"
                              : "duration without unit: too short for seconds, taken as minutes");
        unit_assumed_ = true;
    }
    const seconds one = known.value_or(in_seconds ? seconds{1} : seconds{60});
    const seconds length = *count * one;
    return length <= kDurationMax ? std::optional(length) : std::nullopt;
}

/// TQ1-6, SCH-11.3, SCH-9, AIS-7: the first that tells.
std::optional<seconds> ScheduleReader::duration() {
    const Element tq = tq1_.field(6);
    if (auto told = quantity(tq.component(1), tq.component(2).value(), {"TQ1", 6})) {
        return told;
    }
    const std::string unit = sch_.field(10).component(1).value();
    const Element sch_11 = sch_.field(11).component(3);
    if (auto told = tq_duration_of(sch_11.value())) {
        return told;
    }
    if (auto told = quantity(sch_11, unit, {"SCH", 11, 3})) {
        return told;
    }
    // Some senders write the unit behind the number instead of into SCH-10.
    const std::string beside = sch_.field(9).component(2).value();
    if (auto told = quantity(sch_.field(9), unit.empty() ? beside : unit, {"SCH", 9})) {
        return told;
    }
    const Segment service = context_.message().first("AIS");
    return quantity(service.field(7), service.field(8).component(1).value(), {"AIS", 7});
}

UtcTime ScheduleReader::plausible_end(const std::optional<Instant>& end, UtcTime start,
                                      const hl7::Location& where) {
    if (!end) {
        return kUnknownTime;
    }
    if (end->time <= start || end->time - start > kDurationMax) {
        context_.note(where, "not an end of this appointment: ignored");
        return kUnknownTime;
    }
    return end->time;
}

void ScheduleReader::fill_end(Schedule& schedule, bool sch_11_holds) {
    schedule.end = plausible_end(context_.time(tq1_, 8), schedule.start, {"TQ1", 8});
    if (schedule.end == kUnknownTime && sch_11_holds) {
        schedule.end = plausible_end(context_.time(sch_, 11, 5), schedule.start, {"SCH", 11, 5});
    }
    if (schedule.end != kUnknownTime) {
        return;
    }
    const auto told = duration();
    schedule.end = schedule.start + told.value_or(usual_duration(context_));
    if (!told || unit_assumed_) {
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

std::optional<Schedule> read_schedule(Context& context) { return ScheduleReader(context).read(); }

}  // namespace carehub::adapters::clinic
