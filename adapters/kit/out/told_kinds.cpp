#include "adapters/kit/out/told_kinds.hpp"

namespace carehub::adapters {

std::vector<EventKind> kinds_for_others() {
    using enum EventKind;
    return {AppointmentBooked,
            AppointmentRescheduled,
            AppointmentModified,
            AppointmentCancelled,
            AppointmentDiscontinued,
            AppointmentDeleted,
            AppointmentArrived,
            AppointmentCompleted,
            ScheduleBlocked,
            ScheduleUnblocked,
            HearingScheduled,
            HearingContinued,
            HearingModified,
            HearingCancelled,
            HearingUnlisted,
            HearingHeld,
            FailureToAppear,
            CheckInScheduled,
            CheckInCompleted,
            CheckInMissed,
            CheckInCancelled,
            EncounterStarted,
            EncounterEnded,
            EncounterStartCancelled,
            EncounterEndCancelled,
            DischargePlanned,
            DischargePlanCancelled,
            ClientDeceased,
            HousingEnrollmentStarted,
            HousingMoveIn,
            HousingExit,
            LivingSituationRecorded,
            HousingReferral,
            TenancyNotice,
            HousingLossReported,
            TenancySecured,
            MovePlanned,
            SupervisionStarted,
            SupervisionEnded,
            CustodyStarted,
            CustodyEnded};
}

std::vector<EventKind> kinds_for_care() {
    std::vector<EventKind> kinds = kinds_for_others();
    kinds.push_back(EventKind::AppointmentNoShow);
    return kinds;
}

}  // namespace carehub::adapters
