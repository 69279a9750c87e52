// The code tables of FHIR R4 that decide what an event says.
//
// Contract: codes are compared exactly, as FHIR asks of a code; an unknown one is std::nullopt,
// never a guess. Classes and dispositions are those of mapping/codes.hpp. Threads: any thread.
#pragma once

#include <optional>
#include <string_view>

#include "hub/model/submission.hpp"

namespace carehub::adapters::clinic::fhir {

/// What a status says happened.
struct AppointmentStatus {
    EventKind kind = EventKind::Unset;
    ObligationStatus status = ObligationStatus::Unset;
};
/// Appointment.status, value set appointmentstatus.
[[nodiscard]] std::optional<AppointmentStatus> appointment_status_of(std::string_view code);

struct EncounterStatus {
    EventKind kind = EventKind::Unset;  ///< Unset: nothing the hub acts on
    bool is_r4 = true;                  ///< false: a code of R5 alone
};
/// Encounter.status, value set encounter-status; those of R5 where they say the same.
[[nodiscard]] std::optional<EncounterStatus> encounter_status_of(std::string_view code);

/// MessageHeader.event[x]: Da Vinci notification-event, or an HL7 v2 trigger (v2-0003).
[[nodiscard]] std::optional<EventKind> message_event_of(std::string_view code);

/// hospitalization.dischargeDisposition: discharge-disposition, UB-04.
[[nodiscard]] std::optional<Disposition> discharge_disposition_of(std::string_view code);

/// meta.security or meta.tag of test data (ActReason HTEST).
[[nodiscard]] bool is_test_data(std::string_view code);

/// Takes back an event of an encounter.
[[nodiscard]] bool is_cancel(EventKind kind);

}  // namespace carehub::adapters::clinic::fhir
