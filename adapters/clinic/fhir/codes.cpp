#include "adapters/clinic/fhir/codes.hpp"

#include <algorithm>

#include "adapters/clinic/mapping/codes.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

template <class T>
struct Row {
    std::string_view code;
    T value;
};

template <class T, std::size_t N>
std::optional<T> look_up(const Row<T> (&table)[N], std::string_view code) {
    const auto* found = std::find_if(std::begin(table), std::end(table),
                                     [&](const Row<T>& row) { return row.code == code; });
    return found == std::end(table) ? std::nullopt : std::optional(found->value);
}

constexpr Row<AppointmentStatus> kAppointmentStatuses[] = {
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

constexpr Row<EncounterStatus> kEncounterStatuses[] = {
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

constexpr Row<EventKind> kMessageEvents[] = {
    {"notification-admit", EventKind::EncounterStarted},
    {"notification-transfer", EventKind::EncounterTransferred},
    {"notification-discharge", EventKind::EncounterEnded},
    {"A01", EventKind::EncounterStarted},
    {"A02", EventKind::EncounterTransferred},
    {"A03", EventKind::EncounterEnded},
    {"A04", EventKind::EncounterStarted},
    {"A05", EventKind::AdmissionPlanned},
    {"A06", EventKind::EncounterClassChanged},
    {"A07", EventKind::EncounterClassChanged},
    {"A09", EventKind::EncounterTransferred},
    {"A10", EventKind::EncounterTransferred},
    {"A11", EventKind::EncounterStartCancelled},
    {"A12", EventKind::EncounterTransferCancelled},
    {"A13", EventKind::EncounterEndCancelled},
    {"A14", EventKind::AdmissionPlanned},
    {"A16", EventKind::DischargePlanned},
    {"A21", EventKind::LeaveStarted},
    {"A22", EventKind::LeaveEnded},
    {"A25", EventKind::DischargePlanCancelled},
    {"A27", EventKind::AdmissionPlanCancelled},
    {"A38", EventKind::AdmissionPlanCancelled},
    {"A52", EventKind::LeaveStartCancelled},
    {"A53", EventKind::LeaveEndCancelled},
    {"S12", EventKind::AppointmentBooked},
    {"S13", EventKind::AppointmentRescheduled},
    {"S14", EventKind::AppointmentModified},
};

constexpr Row<SecurityLabel> kSecurityLabels[] = {
    {"SUD", SecurityLabel::Part2},
    {"ETH", SecurityLabel::Part2},
    {"ETHUD", SecurityLabel::Part2},
    {"OPIOIDUD", SecurityLabel::Part2},
    {"42CFRPart2", SecurityLabel::Part2},
    {"PSY", SecurityLabel::MentalHealth},
    {"PSYTHPN", SecurityLabel::Psychotherapy},
    {"HIV", SecurityLabel::Hiv},
};

}  // namespace

std::optional<AppointmentStatus> appointment_status_of(std::string_view code) {
    return look_up(kAppointmentStatuses, code);
}

std::optional<EncounterStatus> encounter_status_of(std::string_view code) {
    return look_up(kEncounterStatuses, code);
}

std::optional<EventKind> message_event_of(std::string_view code) {
    return look_up(kMessageEvents, code);
}

std::optional<Disposition> discharge_disposition_of(std::string_view code) {
    // UB-04 has no word for it; to everybody else it is a home too.
    return code == "alt-home" ? std::optional(Disposition::Home) : disposition_of(code);
}

std::optional<SecurityLabel> security_label_of(std::string_view code) {
    return look_up(kSecurityLabels, code);
}

bool is_test_data(std::string_view code) { return code == "HTEST"; }

bool is_correction(EventKind kind) {
    return kind == EventKind::AppointmentDeleted || kind == EventKind::EncounterStartCancelled ||
           kind == EventKind::EncounterEndCancelled;
}

bool is_cancel(EventKind kind) {
    constexpr EventKind kCancels[] = {
        EventKind::EncounterStartCancelled,    EventKind::EncounterEndCancelled,
        EventKind::EncounterTransferCancelled, EventKind::AdmissionPlanCancelled,
        EventKind::DischargePlanCancelled,     EventKind::LeaveStartCancelled,
        EventKind::LeaveEndCancelled};
    return std::find(std::begin(kCancels), std::end(kCancels), kind) != std::end(kCancels);
}

}  // namespace carehub::adapters::clinic::fhir
