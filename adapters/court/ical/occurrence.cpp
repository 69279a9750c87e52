#include "adapters/court/ical/occurrence.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "adapters/court/ical/event_length.hpp"
#include "adapters/court/ical/recurrence.hpp"
#include "adapters/court/limits.hpp"

namespace carehub::adapters::court {
namespace {

/// An event whose length is known: it can be placed in time.
struct Placed {
    const CalendarEvent* event = nullptr;
    EventLength length;
};

/// All that a file says under one UID.
struct Series {
    std::optional<Placed> master;
    std::map<std::string, Placed> overrides;  ///< by original start
    std::vector<RuleRequest> rules;           ///< then the exception rules
    std::vector<Expansion> expansions;        ///< answers, in the same order
};

/// True when `candidate` is the later version of the same event.
bool supersedes(const CalendarEvent& candidate, const CalendarEvent& known) {
    const auto rank = [](const CalendarEvent& event) {
        return std::tuple(event.sequence, event.cancelled_by_method, event.stamped_at,
                          event.changed_at);
    };
    return rank(candidate) >= rank(known);
}

std::string spell_original(const CalendarTime& time, UtcTime instant) {
    if (time.date_only) {
        return spell_date(
            Date{std::chrono::floor<std::chrono::days>(time.local).time_since_epoch()});
    }
    return spell_local(LocalTime{instant.time_since_epoch()}) + "Z";
}

class OccurrenceLister {
public:
    OccurrenceLister(std::deque<ZoneResolver>& zones, const OccurrenceOptions& options,
                     Report& report)
        : zones_(zones), options_(options), report_(report) {}

    Result<std::vector<Occurrence>> list(std::span<const CalendarEvent> events) {
        gather(events);
        CAREHUB_TRY_DONE(expand());
        for (auto& [uid, series] : series_) {
            emit(series);
        }
        return std::move(out_);
    }

private:
    ZoneResolver& zones_of(const CalendarEvent& event) { return zones_[event.calendar]; }

    // --- Sorting out versions ---------------------------------------------------------------

    void gather(std::span<const CalendarEvent> events) {
        for (const CalendarEvent& event : events) {
            if (event.undated) {
                continue;
            }
            auto length = length_of(event, zones_of(event), options_.site.ical.default_length);
            if (!length) {
                report_.refuse(event.line, std::move(length).error());
                continue;
            }
            file({&event, *length});
        }
    }

    void file(const Placed& placed) {
        const CalendarEvent& event = *placed.event;
        Series& series = series_[event.uid];
        if (!event.recurrence_id) {
            keep_newest(series.master, placed);
            return;
        }
        const UtcTime original = zones_of(event).resolve(*event.recurrence_id).time;
        const std::string id = spell_original(*event.recurrence_id, original);
        std::optional<Placed> known;
        if (const auto at = series.overrides.find(id); at != series.overrides.end()) {
            known = at->second;
        }
        keep_newest(known, placed);
        series.overrides[id] = *known;
    }

    void keep_newest(std::optional<Placed>& known, const Placed& candidate) {
        if (known && !supersedes(*candidate.event, *known->event)) {
            report_.note(candidate.event->line, "SEQUENCE",
                         "an older version of this event: ignored");
            return;
        }
        if (known) {
            report_.note(known->event->line, "SEQUENCE", "an older version of this event: ignored");
        }
        known = candidate;
    }

    // --- Rules ------------------------------------------------------------------------------

    Status expand() {
        std::vector<RuleRequest> all;
        for (auto& [uid, series] : series_) {
            if (series.master) {
                plan_rules(series);
                all.insert(all.end(), series.rules.begin(), series.rules.end());
            }
        }
        if (all.empty()) {
            return {};
        }
        CAREHUB_TRY(const std::vector<Expansion> answers, expand_rules(all));
        auto next = answers.begin();
        for (auto& [uid, series] : series_) {
            for (std::size_t i = 0; i < series.rules.size(); ++i) {
                series.expansions.push_back(*next++);
            }
        }
        return {};
    }

    void plan_rules(Series& series) {
        const CalendarEvent& event = *series.master->event;
        if (event.rules.size() + event.exception_rules.size() > kRulesPerEventMax) {
            report_.refuse(event.line,
                           {RefusalReason::TooManyItems, "RRULE", "the event has too many rules",
                            "Write one RRULE (RFC 5545 3.8.5.3)."});
            series.master.reset();
            return;
        }
        for (const std::string& rule : event.rules) {
            series.rules.push_back(request_for(event, rule));
        }
        for (const std::string& rule : event.exception_rules) {
            series.rules.push_back(request_for(event, rule));
        }
    }

    RuleRequest request_for(const CalendarEvent& event, const std::string& text) {
        const ChosenZone zone = zones_of(event).zone_of(event.start);
        const RuleParts parts = split_rule(text);
        RuleRequest request;
        request.rule = parts.rule;
        request.start = event.start.local;
        request.date_only = event.start.date_only;
        request.from = to_local(*zone.zone, options_.now - kExpansionBack);
        request.to = to_local(*zone.zone, options_.now + kExpansionAhead);
        request.count_max = kInstancesMax;
        if (parts.until) {
            request.until = until_on_clock(event, *parts.until, *zone.zone);
        }
        return request;
    }

    /// UNTIL should be UTC for a zoned start and a date for a date; other forms are read as meant.
    LocalTime until_on_clock(const CalendarEvent& event, const CalendarTime& until,
                             const TimeZone& zone) {
        const bool expected = event.start.date_only ? until.date_only
                              : !event.start.utc && event.start.tzid.empty()
                                  ? !until.utc && !until.date_only
                                  : until.utc;
        if (!expected) {
            report_.note(event.line, "RRULE.UNTIL",
                         "is of another type than DTSTART asks for; read as meant");
        }
        if (event.start.date_only) {
            return std::chrono::floor<std::chrono::days>(
                until.utc ? to_local(zone, UtcTime{until.local.time_since_epoch()}) : until.local);
        }
        if (until.date_only) {
            return until.local + std::chrono::days{1} - std::chrono::seconds{1};
        }
        return until.utc ? to_local(zone, UtcTime{until.local.time_since_epoch()}) : until.local;
    }

    // --- Occurrences ------------------------------------------------------------------------

    void emit(Series& series) {
        if (series.master) {
            emit_master(series);
        }
        for (const auto& [id, placed] : series.overrides) {
            emit_at(placed, placed.event->start.local, id);
        }
    }

    void emit_master(Series& series) {
        const CalendarEvent& event = *series.master->event;
        if (event.rules.empty() && event.added.empty() && series.overrides.empty()) {
            emit_at(*series.master, event.start.local, "-");
            return;
        }
        if (!judge(event, series)) {
            return;
        }
        const std::set<std::string> excluded = excluded_ids(event, series);
        for (const auto& [start, own] : starts_of(event, series)) {
            const std::string id = id_at(event, start);
            if (excluded.contains(id)) {
                continue;
            }
            const auto replaced = find_override(event, series, id);
            if (replaced == series.overrides.end()) {
                emit_at({&event, own.value_or(series.master->length)}, start, id);
                continue;
            }
            emit_at(replaced->second, replaced->second.event->start.local, id);
            series.overrides.erase(replaced);
        }
        note_mismatches(event, series);
    }

    /// False, with a refusal, when a rule gave no answer one can rely on.
    bool judge(const CalendarEvent& event, const Series& series) {
        for (const Expansion& expansion : series.expansions) {
            if (expansion.end == ExpansionEnd::TooSlow) {
                report_.refuse(event.line,
                               {RefusalReason::RecurrenceTooLarge, "RRULE",
                                "the rule takes too long to expand",
                                "Write a simpler rule, or list the dates (RFC 5545 3.8.5.2)."});
                return false;
            }
            if (expansion.end == ExpansionEnd::Unreadable) {
                report_.refuse(event.line, {RefusalReason::InvalidField, "RRULE",
                                            "the recurrence rule cannot be read",
                                            "Write the rule by the standard (RFC 5545 3.3.10)."});
                return false;
            }
            if (expansion.end == ExpansionEnd::Capped) {
                report_.note(event.line, "RRULE",
                             "gives more instances than are listed; the first ones are");
            }
        }
        return true;
    }

    /// Each start with a length of its own, where it has one.
    using Starts = std::map<LocalTime, std::optional<EventLength>>;

    Starts starts_of(const CalendarEvent& event, const Series& series) {
        Starts starts;
        for (std::size_t i = 0; i < event.rules.size(); ++i) {
            for (const LocalTime start : series.expansions[i].starts) {
                starts.try_emplace(start);
            }
        }
        const ChosenZone zone = zones_of(event).zone_of(event.start);
        const LocalTime from = to_local(*zone.zone, options_.now - kExpansionBack);
        const LocalTime to = to_local(*zone.zone, options_.now + kExpansionAhead);
        const auto add = [&](LocalTime start, const std::optional<EventLength>& length) {
            if (start >= from && start <= to && starts.size() < kInstancesMax) {
                starts.try_emplace(start, length);
            }
        };
        if (event.rules.empty()) {
            add(event.start.local, {});
        }
        for (const AddedTime& added : event.added) {
            if (added.start.date_only == event.start.date_only) {
                add(on_clock_of(event, added.start, *zone.zone), length_of_period(event, added));
            } else {
                report_.note(event.line, "RDATE",
                             "is of another value type than DTSTART: no effect");
            }
        }
        return starts;
    }

    std::optional<EventLength> length_of_period(const CalendarEvent& event,
                                                const AddedTime& added) {
        if (!added.end && !added.length) {
            return std::nullopt;
        }
        CalendarEvent period;
        period.start = added.start;
        period.end = added.end;
        period.length = added.length;
        const auto length = length_of(period, zones_of(event), options_.site.ical.default_length);
        if (!length) {
            report_.note(event.line, "RDATE",
                         "the period's end cannot be; the event's length counts");
            return std::nullopt;
        }
        return *length;
    }

    /// The same instant on the clock of the event's own zone.
    LocalTime on_clock_of(const CalendarEvent& event, const CalendarTime& time,
                          const TimeZone& zone) {
        const bool same =
            time.date_only || (time.utc == event.start.utc && time.tzid == event.start.tzid);
        return same ? time.local : to_local(zone, zones_of(event).resolve(time).time);
    }

    std::set<std::string> excluded_ids(const CalendarEvent& event, const Series& series) {
        std::set<std::string> ids;
        for (const CalendarTime& excluded : event.excluded) {
            if (excluded.date_only == event.start.date_only) {
                ids.insert(spell_original(excluded, zones_of(event).resolve(excluded).time));
            } else {
                report_.note(event.line, "EXDATE",
                             "is of another value type than DTSTART: no effect");
            }
        }
        for (std::size_t i = event.rules.size(); i < series.expansions.size(); ++i) {
            for (const LocalTime start : series.expansions[i].starts) {
                ids.insert(id_at(event, start));
            }
        }
        return ids;
    }

    std::string id_at(const CalendarEvent& event, LocalTime start) {
        CalendarTime time = event.start;
        time.local = start;
        return spell_original(time, zones_of(event).resolve(time).time);
    }

    /// The override of that instance. A RECURRENCE-ID with a time may name a day of an all-day
    /// series: it replaces that day.
    std::map<std::string, Placed>::iterator find_override(const CalendarEvent& event,
                                                          Series& series, const std::string& id) {
        auto at = series.overrides.find(id);
        if (at != series.overrides.end() || !event.start.date_only) {
            return at;
        }
        return std::find_if(
            series.overrides.begin(), series.overrides.end(), [&](const auto& known) {
                const CalendarTime& original = *known.second.event->recurrence_id;
                if (original.date_only) {
                    return false;
                }
                const UtcTime instant = zones_of(*known.second.event).resolve(original).time;
                return spell_date(local_date(zones_of(event).feed_zone(), instant)) == id;
            });
    }

    void note_mismatches(const CalendarEvent& event, const Series& series) {
        for (const auto& [id, placed] : series.overrides) {
            if (placed.event->recurrence_id->date_only != event.start.date_only) {
                report_.note(placed.event->line, "RECURRENCE-ID",
                             "is of another value type than DTSTART: listed on its own");
            }
        }
    }

    void emit_at(const Placed& placed, LocalTime start, const std::string& id) {
        const CalendarEvent& event = *placed.event;
        ZoneResolver& zones = zones_of(event);
        const ChosenZone zone = zones.zone_of(event.start);
        Occurrence out;
        out.event = &event;
        out.recurrence_id = id;
        out.zone = zone.zone->name;
        out.date_only = event.start.date_only;
        out.cancelled = event.cancelled;
        if (out.date_only) {
            place_soft_block(zones.feed_zone(), start, placed.length.days, out);
        } else {
            const Instant began = ZoneResolver::resolve_in(zone, start);
            const Instant after_days = ZoneResolver::resolve_in(zone, start + placed.length.days);
            out.start = began.time;
            out.end = after_days.time + placed.length.exact;
            out.flags = began.flags;
        }
        if (placed.length.assumed) {
            out.flags.add(TimeFlag::AssumedDuration);
        }
        out.local_day = local_date(zones.feed_zone(), out.start);
        out_.push_back(std::move(out));
    }

    /// A day, or several, without a time: the hours the profile names, from the first to the last.
    void place_soft_block(const TimeZone& zone, LocalTime day, std::chrono::days days,
                          Occurrence& out) {
        out.start = to_utc(zone, day + options_.site.soft_from).time;
        out.end = to_utc(zone, day + days - std::chrono::days{1} + options_.site.soft_until).time;
        out.flags.add(TimeFlag::DateOnly);
        out.flags.add(TimeFlag::TimeUncertain);
    }

    std::deque<ZoneResolver>& zones_;
    const OccurrenceOptions& options_;
    Report& report_;
    std::map<std::string, Series> series_;
    std::vector<Occurrence> out_;
};

}  // namespace

Result<std::vector<Occurrence>> list_occurrences(std::span<const CalendarEvent> events,
                                                 std::deque<ZoneResolver>& zones,
                                                 const OccurrenceOptions& options, Report& report) {
    return OccurrenceLister(zones, options, report).list(events);
}

}  // namespace carehub::adapters::court
