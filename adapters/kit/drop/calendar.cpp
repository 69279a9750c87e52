#include "adapters/kit/drop/calendar.hpp"

#include <algorithm>

#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

std::uint64_t first_number_of(const Notice& notice) {
    return notice.first_number == 0 ? notice.number : notice.first_number;
}

/// Told once more after a refusal or on purpose: something newer may stand there by now.
bool is_older(const Notice& notice, const CalendarEntry& known) {
    return notice.first_number != 0 && notice.first_number < known.number;
}

/// Of two that last, the one may have been moved on.
bool says_the_same(const EntryContent& known, const EntryContent& told) {
    EntryContent compared = told;
    if (known.is_open && told.is_open) {
        compared.period.end = known.period.end;
    }
    return known == compared;
}

/// Where what lasts is shown to end by now; the end it has where that is far enough away.
UtcTime lasting_end(const EntryContent& content, UtcTime now) {
    const ToldPeriod& period = content.period;
    const bool is_near = period.end < now + kOpenEndLength / 2;
    return content.is_open && is_near
               ? std::clamp<UtcTime>(now + kOpenEndLength, period.end,
                                     std::max(period.end, period.start + kOpenEndMax))
               : period.end;
}

}  // namespace

const CalendarEntry* Calendar::find(const std::string& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
}

PlannedEntry Calendar::plan(const Notice& notice, UtcTime now) const {
    const CalendarEntry* const known = find(notice.event.business_key);
    if (known != nullptr && is_older(notice, *known)) {
        return *known;
    }
    auto content = content_of(notice, known != nullptr ? &known->content : nullptr);
    if (!content) {
        return tl::unexpected<Refusal>(content.error());
    }
    if (!*content) {
        return std::nullopt;
    }
    if (known != nullptr && says_the_same(known->content, **content)) {
        return *known;
    }
    CalendarEntry entry{notice.event.business_key,
                        known != nullptr ? known->sequence + 1 : 0,
                        now,
                        first_number_of(notice),
                        notice.series,
                        std::move(**content)};
    entry.content.period.end = lasting_end(entry.content, now);
    if (known == nullptr && is_outlived(entry, now)) {
        return std::nullopt;
    }
    if (known == nullptr && entries_.size() >= kCalendarEntriesMax) {
        return tl::unexpected<Refusal>({RefusalReason::TooManyItems,
                                        {},
                                        "The calendar is full: set [out.ical] keep_days lower, or "
                                        "[out] kinds to fewer."});
    }
    return entry;
}

std::vector<CalendarEntry> Calendar::ended_with(const Notice& notice, UtcTime now) const {
    std::vector<CalendarEntry> ended;
    if (!cancels_entry(notice.kind)) {
        return ended;
    }
    const std::vector<std::string> clients = clients_of(notice);
    for (const auto& [key, entry] : entries_) {
        const bool is_of_it = !entry.series.empty() && key != notice.event.business_key &&
                              notice.event.business_key.starts_with(entry.series) &&
                              entry.content.clients == clients;
        if (is_of_it && !is_older(notice, entry) && begin_of(entry.content) > now &&
            entry.content.status != EntryStatus::Cancelled) {
            CalendarEntry& cancelled = ended.emplace_back(entry);
            cancelled.content.status = EntryStatus::Cancelled;
            cancelled.number = first_number_of(notice);
            cancelled.stamp = now;
            ++cancelled.sequence;
        }
    }
    return ended;
}

void Calendar::put(CalendarEntry entry) {
    const std::string key = entry.key;
    entries_.insert_or_assign(key, std::move(entry));
}

bool Calendar::is_outlived(const CalendarEntry& entry, UtcTime now) const {
    const bool is_cancelled = entry.content.status == EntryStatus::Cancelled;
    return (is_cancelled ? entry.stamp : end_of(entry.content)) + keep_ <= now;
}

std::vector<CalendarEntry> Calendar::lasting(UtcTime now) const {
    std::vector<CalendarEntry> moved;
    for (const auto& [key, entry] : entries_) {
        const UtcTime end = lasting_end(entry.content, now);
        if (end != entry.content.period.end) {
            CalendarEntry& later = moved.emplace_back(entry);
            later.content.period.end = end;
            later.stamp = now;
            ++later.sequence;
        }
    }
    return moved;
}

std::vector<std::string> Calendar::outlived(UtcTime now) const {
    std::vector<std::string> keys;
    for (const auto& [key, entry] : entries_) {
        if (is_outlived(entry, now)) {
            keys.push_back(key);
        }
    }
    return keys;
}

}  // namespace carehub::adapters
