// What a clinic's system is told of, in the words of HL7: one table for v2 and FHIR.
//
// Contract: an event of the Obligation family is a trigger of the SIU messages; of an encounter and
// of a death, of the ADT messages. A time that is only known to be taken (BusyOnly) is an
// appointment of type BUSY: told with S12, new or known; freed with S15, which then says no more than
// that the time is free.
// Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "adapters/kit/out/out_message.hpp"
#include "adapters/kit/out/told_period.hpp"

namespace carehub::adapters::clinic::out {

struct Told {
    EventKind kind;
    std::string_view trigger;  ///< table 0003
    std::string_view status;   ///< table 0278 of appointments, where the claim tells none
};

/// Nothing for a kind that HL7 has no words for.
[[nodiscard]] std::optional<Told> told_of(const Notice& notice);
/// What the HL7 formats carry.
[[nodiscard]] std::vector<EventKind> hl7_kinds();

/// Table 0278, FHIR appointmentstatus.
struct StatusWords {
    std::string_view filler;
    std::string_view fhir;
};
[[nodiscard]] StatusWords words_of(ObligationStatus status);
[[nodiscard]] StatusWords words_of_filler(std::string_view filler);

/// The identifier to name the person by where one has room: the medical record number, else the
/// first. Requires one.
[[nodiscard]] const Identifier& best_identifier(const std::vector<Identifier>& identifiers);

/// A death that was told is taken back.
[[nodiscard]] bool is_taken_back(const Submission& event, const PersonClaim& person);

/// A notice about time without any: the time is known to whom it was told. A cancel needs none, nor
/// in HL7 v2 what was deleted or missed (FHIR R4 invariant app-3).
enum class Format : std::uint8_t { Hl7v2, Fhir };
[[nodiscard]] bool lacks_time(const Told& told, const Submission& event, Format format);

/// What no format can do without: who is concerned and, of what changes later, under which key.
[[nodiscard]] std::optional<Refusal> lacks(const Notice& notice);

}  // namespace carehub::adapters::clinic::out
