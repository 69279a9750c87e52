#include "adapters/kit/drop/calendar_entry.hpp"

#include <algorithm>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/out/out_message.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters {
namespace {

using enum EventKind;

/// What a kind does to its entry.
enum class Doing : std::uint8_t { Sets, Doubts, Cancels, Opens, Ends };

struct Deed {
    EventKind kind;
    Doing doing;
};

constexpr Deed kDeeds[] = {
    {AppointmentBooked, Doing::Sets},
    {AppointmentRescheduled, Doing::Sets},
    {AppointmentModified, Doing::Sets},
    {AppointmentCancelled, Doing::Cancels},
    {AppointmentDiscontinued, Doing::Cancels},
    {AppointmentDeleted, Doing::Cancels},
    {ScheduleBlocked, Doing::Sets},
    {ScheduleUnblocked, Doing::Cancels},
    {HearingScheduled, Doing::Sets},
    {HearingContinued, Doing::Sets},
    {HearingModified, Doing::Sets},
    {HearingCancelled, Doing::Cancels},
    // Gone from the court's list: nobody said that it will not be held.
    {HearingUnlisted, Doing::Doubts},
    {CheckInScheduled, Doing::Sets},
    {CheckInCancelled, Doing::Cancels},
    {EncounterStarted, Doing::Opens},
    {EncounterEnded, Doing::Ends},
    {EncounterStartCancelled, Doing::Cancels},
    {EncounterEndCancelled, Doing::Opens},
    {CustodyStarted, Doing::Opens},
    {CustodyEnded, Doing::Ends},
};

bool is_stay(Doing doing) { return doing == Doing::Opens || doing == Doing::Ends; }

/// "CourtAppearance" is "Court appearance".
std::string spaced(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const bool begins = c >= 'A' && c <= 'Z' && !words.empty();
        words += begins ? " " : "";
        words += begins ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

std::string what_it_is(const Submission& event) {
    if (const auto* claim = std::get_if<ObligationClaim>(&event.payload)) {
        const bool is_told = claim->obligation_class != ObligationClass::Unset &&
                             claim->obligation_class != ObligationClass::Other;
        return is_told ? spaced(name_of(claim->obligation_class)) : "Appointment";
    }
    if (std::holds_alternative<EncounterClaim>(event.payload)) {
        return "Stay";
    }
    return std::holds_alternative<JusticeClaim>(event.payload) ? "In custody" : "Busy";
}

std::string where_it_is(const Submission& event) {
    const auto* obligation = std::get_if<ObligationClaim>(&event.payload);
    const auto* stay = std::get_if<EncounterClaim>(&event.payload);
    const auto* custody = std::get_if<JusticeClaim>(&event.payload);
    const Place* place = obligation != nullptr ? &obligation->location
                         : stay != nullptr     ? &stay->location
                         : custody != nullptr  ? &custody->custody_place
                                               : nullptr;
    if (place == nullptr) {
        return {};
    }
    const std::string name = single_line(place->name.empty() ? place->id : place->name);
    return name.empty() && place->remote ? "By telephone or video" : name;
}

/// A stay's times, as far as this event tells them.
ToldPeriod stay_period(const Submission& event, Doing doing) {
    ToldPeriod period;
    if (const auto* stay = std::get_if<EncounterClaim>(&event.payload)) {
        period = {stay->start, stay->end, std::nullopt};
    }
    if (doing == Doing::Opens && period.start == kUnknownTime) {
        period.start = event.kind == CustodyStarted ? event.occurred_at : kUnknownTime;
    }
    if (doing == Doing::Ends && period.end == kUnknownTime) {
        period.end = event.occurred_at;
    }
    return period;
}

/// Puts a content together; one use each.
class Content {
public:
    Content(const Notice& notice, Doing doing, const EntryContent* known)
        : notice_(notice), event_(notice.event), doing_(doing), known_(known) {}

    std::optional<EntryContent> make() {
        if (doing_ == Doing::Cancels) {
            return cancelled();
        }
        if (!set_period()) {
            return std::nullopt;
        }
        const std::string who = single_line(event_.identifiers.front().value);
        content_.summary = what_it_is(event_) + " (" + who + ")";
        content_.location = where_it_is(event_);
        set_status();
        content_.clients = clients_of(notice_);
        describe();
        return std::move(content_);
    }

private:
    /// Of what nobody was told there is nothing to take back.
    std::optional<EntryContent> cancelled() {
        if (known_ == nullptr) {
            return std::nullopt;
        }
        EntryContent left = *known_;
        left.status = EntryStatus::Cancelled;
        left.is_open = false;
        return left;
    }

    bool set_period() {
        ToldPeriod& period = content_.period;
        period = is_stay(doing_) ? stay_period(event_, doing_) : period_of(event_);
        if (!period.has_start() && known_ != nullptr) {
            const bool tells_end = is_stay(doing_) || period.end != kUnknownTime;
            period = {known_->period.start, tells_end ? period.end : known_->period.end,
                      known_->period.date};
        }
        if (period.date) {
            period = {kUnknownTime, kUnknownTime, period.date};
            return true;
        }
        set_end();
        return period.has_start();
    }

    void set_end() {
        ToldPeriod& period = content_.period;
        const bool is_over = doing_ == Doing::Ends;
        const bool is_later = period.end > period.start;
        is_end_known_ = period.end != kNever && (is_over || is_later);
        if (is_end_known_ && is_later) {
            return;
        }
        content_.is_open = !is_over && (is_stay(doing_) || event_.kind == ScheduleBlocked);
        period.end = period.start + (content_.is_open ? Micros(kOpenEndLength) : kUnknownEndLength);
    }

    void set_status() {
        const auto* claim = std::get_if<ObligationClaim>(&event_.payload);
        const bool is_open =
            claim != nullptr && (claim->tentative || claim->status == ObligationStatus::Proposed ||
                                 claim->status == ObligationStatus::Waitlisted);
        const bool is_doubtful = doing_ == Doing::Doubts || is_open || content_.period.date;
        content_.status = is_doubtful ? EntryStatus::Tentative : EntryStatus::Confirmed;
        content_.takes_time = claim == nullptr || !claim->transparent;
    }

    void describe() {
        std::string& text = content_.description;
        const auto add = [&text](const std::string& line) {
            text += (text.empty() ? "" : "\n") + line;
        };
        if (!notice_.required_statement.empty()) {
            add(single_line(notice_.required_statement));
        }
        if (!notice_.discloser.empty()) {
            add("Told by " + single_line(notice_.discloser) + ".");
        }
        for (const std::string& client : content_.clients) {
            add(client);
        }
        if (content_.period.date) {
            add("Its time is not known.");
        } else if (!is_end_known_) {
            add("Its end is not known.");
        }
        if (doing_ == Doing::Doubts) {
            add("It is no longer on the court's list; ask the court.");
        }
    }

    const Notice& notice_;
    const Submission& event_;
    Doing doing_;
    const EntryContent* known_;
    EntryContent content_;
    bool is_end_known_ = false;
};

}  // namespace

std::vector<EventKind> calendar_kinds() {
    std::vector<EventKind> kinds;
    for (const Deed& deed : kDeeds) {
        kinds.push_back(deed.kind);
    }
    return kinds;
}

bool cancels_entry(EventKind kind) {
    const auto* const deed = std::ranges::find(kDeeds, kind, &Deed::kind);
    return deed != std::end(kDeeds) && deed->doing == Doing::Cancels;
}

tl::expected<std::optional<EntryContent>, Refusal> content_of(const Notice& notice,
                                                              const EntryContent* known) {
    const auto* const deed = std::ranges::find(kDeeds, notice.kind, &Deed::kind);
    const bool takes_back = cancels_entry(notice.kind);
    if (deed == std::end(kDeeds) || notice.alert || (takes_back && known == nullptr)) {
        return std::nullopt;
    }
    if (const auto refusal = names_nobody(notice); refusal && !takes_back) {
        return tl::unexpected<Refusal>(*refusal);
    }
    if (notice.event.business_key.empty()) {
        return tl::unexpected<Refusal>({RefusalReason::MissingField, "business_key",
                                        "Nothing ties this to what is told of it later."});
    }
    return Content(notice, deed->doing, known).make();
}

std::vector<std::string> clients_of(const Notice& notice) {
    std::vector<std::string> clients;
    for (const Identifier& one : notice.event.identifiers) {
        clients.push_back(single_line(one.authority + " " + one.type + " " + one.value));
    }
    return clients;
}

UtcTime begin_of(const EntryContent& content) {
    return content.period.date ? UtcTime(*content.period.date) : content.period.start;
}

UtcTime end_of(const EntryContent& content) {
    return content.period.date ? UtcTime(*content.period.date) + std::chrono::days{1}
                               : content.period.end;
}

}  // namespace carehub::adapters
