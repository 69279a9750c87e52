#include "adapters/clinic/fhir/codes.hpp"

#include <algorithm>

#include "adapters/clinic/mapping/adt.hpp"
#include "adapters/clinic/mapping/code_table.hpp"
#include "adapters/clinic/mapping/codes.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr CodeRow<AppointmentStatus> kAppointmentStatuses[] = {
    {"proposed", {EventKind::AppointmentBooked, ObligationStatus::Proposed}},
    {"pending", {EventKind::AppointmentBooked, ObligationStatus::Proposed}},
    {"booked", {EventKind::AppointmentBooked, ObligationStatus::Scheduled}},
    {"waitlist", {EventKind::AppointmentBooked, ObligationStatus::Waitlisted}},
    {"arrived", {EventKind::AppointmentArrived, ObligationStatus::InProgress}},
    {"checked-in", {EventKind::AppointmentArrived, ObligationStatus::InProgress}},
    {"fulfilled", {EventKind::AppointmentCompleted, ObligationStatus::Completed}},
    {"cancelled", {EventKind::AppointmentCancelled, ObligationStatus::Cancelled}},
    {"noshow", {EventKind::AppointmentNoShow, ObligationStatus::Missed}},
    {"entered-in-error", {EventKind::AppointmentDeleted, ObligationStatus::EnteredInError}},
};

constexpr CodeRow<EncounterStatus> kEncounterStatuses[] = {
    {"planned", {EventKind::AdmissionPlanned}},
    {"arrived", {EventKind::EncounterStarted}},
    {"triaged", {EventKind::EncounterStarted}},
    {"in-progress", {EventKind::EncounterStarted}},
    {"onleave", {EventKind::LeaveStarted}},
    {"finished", {EventKind::EncounterEnded}},
    {"cancelled", {EventKind::EncounterStartCancelled}},
    {"entered-in-error", {EventKind::EncounterStartCancelled}},
    {"unknown", {EventKind::Unset}},
    {"discharged", {EventKind::EncounterEnded, false}},
    {"completed", {EventKind::EncounterEnded, false}},
    // On hold is more than on leave, and discontinued is no discharge: neither says the same.
    {"on-hold", {EventKind::Unset, false}},
    {"discontinued", {EventKind::Unset, false}},
};

constexpr CodeRow<EventKind> kMessageEvents[] = {
    {"notification-admit", EventKind::EncounterStarted},
    {"notification-transfer", EventKind::EncounterTransferred},
    {"notification-discharge", EventKind::EncounterEnded},
    {"S12", EventKind::AppointmentBooked},
    {"S13", EventKind::AppointmentRescheduled},
    {"S14", EventKind::AppointmentModified},
};

}  // namespace

std::optional<AppointmentStatus> appointment_status_of(std::string_view code) {
    return look_up(kAppointmentStatuses, code);
}

std::optional<EncounterStatus> encounter_status_of(std::string_view code) {
    return look_up(kEncounterStatuses, code);
}

std::optional<EventKind> message_event_of(std::string_view code) {
    const auto event = look_up(kMessageEvents, code);
    return event ? event : encounter_event_of(code);
}

std::optional<Disposition> discharge_disposition_of(std::string_view code) {
    // UB-04 has no word for it; to everybody else it is a home too.
    return code == "alt-home" ? std::optional(Disposition::Home) : disposition_of(code);
}

bool is_test_data(std::string_view code) { return code == "HTEST"; }

bool is_cancel(EventKind kind) {
    constexpr EventKind kCancels[] = {
        EventKind::EncounterStartCancelled,    EventKind::EncounterEndCancelled,
        EventKind::EncounterTransferCancelled, EventKind::AdmissionPlanCancelled,
        EventKind::DischargePlanCancelled,     EventKind::LeaveStartCancelled,
        EventKind::LeaveEndCancelled};
    return std::find(std::begin(kCancels), std::end(kCancels), kind) != std::end(kCancels);
}

}  // namespace carehub::adapters::clinic::fhir
