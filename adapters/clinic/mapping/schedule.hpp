// When an appointment is: TQ1, SCH-11 and the resources each say it in their own way (section 10).
//
// Contract: start = TQ1-7, else SCH-11.4, else the earliest resource less its offset. End = TQ1-8,
// SCH-11.5, start + TQ1-6, + SCH-11.3, + SCH-9, the last end of the services (AIS-4, AIS-7), else the
// feed's default, flagged. A resource that is taken away (action D) tells no time. A source that contradicts the start is a finding. Of several TQ1, or repetitions of SCH-11, the first that
// tells a start is read and the others are findings; so is a repeat pattern (TQ1-3, SCH-11.2), whose
// end more than a day on is the end of the series and not of this appointment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic {

struct Schedule {
    UtcTime start = kUnknownTime;
    std::optional<Date> date;  ///< the day alone is known; `start` is then its first moment
    UtcTime end = kUnknownTime;
    TimeFlags flags;
};

/// What may say which kind of appointment it is: SCH-8, each AIS-3, the location of AIL-3.
[[nodiscard]] std::vector<std::string> appointment_codes(const hl7::Message& message);

/// Whose time the resources tell.
enum class Resources : std::uint8_t {
    TellAll,         ///< the appointment's, of which they are all there are
    TellThemselves,  ///< S18 to S22: the ones that come, change or go
};

/// Nothing when no source tells at least a day.
[[nodiscard]] std::optional<Schedule> read_schedule(Context& context,
                                                    Resources resources = Resources::TellAll);

}  // namespace carehub::adapters::clinic
