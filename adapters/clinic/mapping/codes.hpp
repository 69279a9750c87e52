// The code tables of HL7 v2 and UB-04 that decide what an event says.
//
// Contract: compared without regard to case; an unknown code is std::nullopt, never a guess.
// Threads: any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "hub/model/event_kind.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::clinic {

/// PV1-2, table 0004, and the words and codes of v3-ActCode that some senders put there.
[[nodiscard]] std::optional<EncounterClass> encounter_class_of(std::string_view code);
/// PV1-36, table 0112 filled from UB-04 FL17.
[[nodiscard]] std::optional<Disposition> disposition_of(std::string_view code);
/// UB-04 30: the bill goes out, the patient stays.
[[nodiscard]] bool is_still_patient(std::string_view code);

/// SCH-25 and AIS-10, table 0278. `client_obligation` is false for a blocked slot.
struct FillerStatus {
    ObligationStatus status = ObligationStatus::Unset;
    bool client_obligation = true;
};
[[nodiscard]] std::optional<FillerStatus> filler_status_of(std::string_view code);

/// What was told before was an error, not a change: it applies even when it is older (glossary
/// section 3).
[[nodiscard]] bool is_correction(EventKind kind);

/// One of the unit, "MIN" or "h"; nothing when the unit is not known.
[[nodiscard]] std::optional<std::chrono::seconds> unit_of(std::string_view unit);
/// "M30" of the TQ data type: 30 minutes.
[[nodiscard]] std::optional<std::chrono::seconds> tq_duration_of(std::string_view text);

}  // namespace carehub::adapters::clinic
