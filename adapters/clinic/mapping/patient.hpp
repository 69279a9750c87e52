// Who a message is about (PID): identifiers always, the person only where the event is about them.
#pragma once

#include <initializer_list>
#include <vector>

#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic {

/// Identifiers of PID-3, then PID-2 and PID-4, each once; none when there is none to keep.
[[nodiscard]] std::vector<Identifier> read_identifiers(Context& context, const hl7::Segment& pid);
/// Those of these fields of a segment, each once.
[[nodiscard]] std::vector<Identifier> read_identifiers(Context& context,
                                                       const hl7::Segment& segment,
                                                       std::initializer_list<unsigned> fields);
/// Names, birth date, sex and telephones; addresses and everything else stay with the sender.
[[nodiscard]] PersonClaim read_person(Context& context, const hl7::Segment& pid);
/// PID-7 as printed; nothing of a year or month alone.
[[nodiscard]] std::optional<Date> read_birth(Context& context, const hl7::Segment& pid);
/// What senders write where they have nothing to tell: zeros, "NULL", "UNKNOWN".
[[nodiscard]] bool is_placeholder(std::string_view value);
/// PID-30 is Y.
[[nodiscard]] bool is_deceased(const hl7::Segment& pid);
/// ClientDeceased of that patient, at PID-29 or else when `otherwise` says.
[[nodiscard]] Submission death_event(Context& context, const hl7::Segment& pid,
                                     const std::vector<Identifier>& identifiers,
                                     const hl7::Instant& otherwise);
/// A death of that patient was told in error: ClientDeceased as a correction without a time of death.
[[nodiscard]] Submission survival_event(const Context& context,
                                        const std::vector<Identifier>& identifiers,
                                        const hl7::Instant& occurred);
[[nodiscard]] hl7::Problem no_identifier();

}  // namespace carehub::adapters::clinic
