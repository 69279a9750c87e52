#include "adapters/clinic/out/told.hpp"

#include <algorithm>

#include "hub/base/check.hpp"

namespace carehub::adapters::clinic::out {
namespace {

constexpr Told kTold[] = {
    {EventKind::AppointmentBooked, "S12", "Booked"},
    {EventKind::AppointmentRescheduled, "S13", "Booked"},
    {EventKind::AppointmentModified, "S14", "Booked"},
    {EventKind::AppointmentCancelled, "S15", "Cancelled"},
    {EventKind::AppointmentDiscontinued, "S16", "Discontinued"},
    {EventKind::AppointmentDeleted, "S17", "Deleted"},
    {EventKind::AppointmentNoShow, "S26", "Noshow"},
    {EventKind::AppointmentArrived, "S14", "Started"},
    {EventKind::AppointmentCompleted, "S14", "Complete"},
    {EventKind::ScheduleBlocked, "S12", "Booked"},
    {EventKind::ScheduleUnblocked, "S15", "Cancelled"},
    {EventKind::HearingScheduled, "S12", "Booked"},
    {EventKind::HearingContinued, "S13", "Booked"},
    {EventKind::HearingModified, "S14", "Booked"},
    {EventKind::HearingCancelled, "S15", "Cancelled"},
    // Gone from the court's list: nobody said that it will not be held.
    {EventKind::HearingUnlisted, "S14", "Pending"},
    {EventKind::HearingHeld, "S14", "Complete"},
    {EventKind::FailureToAppear, "S26", "Noshow"},
    {EventKind::CheckInScheduled, "S12", "Booked"},
    {EventKind::CheckInCompleted, "S14", "Complete"},
    {EventKind::CheckInMissed, "S26", "Noshow"},
    {EventKind::CheckInCancelled, "S15", "Cancelled"},
    {EventKind::EncounterStarted, "A04", ""},
    {EventKind::EncounterEnded, "A03", ""},
    {EventKind::EncounterStartCancelled, "A11", ""},
    {EventKind::EncounterEndCancelled, "A13", ""},
    {EventKind::ClientDeceased, "A31", ""},
};

/// A01 is an inpatient's, A04 everybody else's.
bool is_admitted(const Notice& notice) {
    const auto* claim = std::get_if<EncounterClaim>(&notice.event.payload);
    return notice.kind == EventKind::EncounterStarted && claim != nullptr &&
           (claim->encounter_class == EncounterClass::Inpatient ||
            claim->encounter_class == EncounterClass::Observation);
}

constexpr StatusWords kStatusWords[] = {
    {"Booked", "booked"},          {"Pending", "pending"},          {"Waitlist", "waitlist"},
    {"Started", "arrived"},        {"Complete", "fulfilled"},       {"Cancelled", "cancelled"},
    {"Discontinued", "cancelled"}, {"Deleted", "entered-in-error"}, {"Noshow", "noshow"},
};

std::string_view filler_of(ObligationStatus status) {
    switch (status) {
        case ObligationStatus::Proposed:
        case ObligationStatus::Unlisted: return "Pending";
        case ObligationStatus::Waitlisted: return "Waitlist";
        case ObligationStatus::InProgress: return "Started";
        case ObligationStatus::Completed: return "Complete";
        case ObligationStatus::Missed: return "Noshow";
        case ObligationStatus::Cancelled: return "Cancelled";
        case ObligationStatus::Discontinued: return "Discontinued";
        case ObligationStatus::EnteredInError: return "Deleted";
        case ObligationStatus::Unset:
        case ObligationStatus::Scheduled:
        case ObligationStatus::Unconfirmed: break;
    }
    return "Booked";
}

}  // namespace

std::optional<Told> told_of(const Notice& notice) {
    const auto* const found = std::ranges::find(kTold, notice.kind, &Told::kind);
    if (found == std::end(kTold) || notice.alert) {
        return std::nullopt;
    }
    Told told = *found;
    if (is_admitted(notice)) {
        told.trigger = "A01";
    }
    return told;
}

std::vector<EventKind> hl7_kinds() {
    std::vector<EventKind> kinds;
    for (const Told& told : kTold) {
        kinds.push_back(told.kind);
    }
    return kinds;
}

StatusWords words_of(ObligationStatus status) { return words_of_filler(filler_of(status)); }

StatusWords words_of_filler(std::string_view filler) {
    const auto* const found = std::ranges::find(kStatusWords, filler, &StatusWords::filler);
    CAREHUB_CHECK(found != std::end(kStatusWords), "the status is one of the table");
    return *found;
}

const Identifier& best_identifier(const std::vector<Identifier>& identifiers) {
    CAREHUB_CHECK(!identifiers.empty(), "a notice without a person is refused before");
    const auto found = std::ranges::find(identifiers, std::string_view("MR"), &Identifier::type);
    return found == identifiers.end() ? identifiers.front() : *found;
}

bool lacks_time(const Told& told, const Submission& event, Format format) {
    if (told.trigger.front() != 'S' || period_of(event).has_start()) {
        return false;
    }
    const bool is_cancel = told.trigger == "S15" || told.trigger == "S16";
    const bool is_over = told.trigger == "S17" || told.trigger == "S26";
    return !std::holds_alternative<ObligationClaim>(event.payload) ||
           !(is_cancel || (is_over && format == Format::Hl7v2));
}

std::optional<Refusal> lacks(const Notice& notice) {
    if (auto refusal = names_nobody(notice)) {
        return refusal;
    }
    if (notice.event.business_key.empty() && notice.kind != EventKind::ClientDeceased) {
        return Refusal{RefusalReason::MissingField, "business_key",
                       "Nothing ties this to what is told of it later."};
    }
    return std::nullopt;
}

bool is_taken_back(const Submission& event, const PersonClaim& person) {
    return event.correction && person.deceased_at == kUnknownTime;
}

}  // namespace carehub::adapters::clinic::out
