// A notice as an HL7 v2.5.1 message: SIU for what is on a client's calendar, ADT for a stay or death.
//
//   SIU: MSH SCH TQ1 [NTE] PID RGS [AIS] [AIL] [AIP]     resources when the form tells them
//   ADT: MSH EVN PID PV1
//
// Contract: MSH-10 is the delivery id, the same whenever the notice is told again. SCH-1 and SCH-2
// carry the business key, the same for all versions of one obligation. Times are local with their
// offset, in UTC where no zone is told; a day known alone is written as a day. PID-3 has the
// recipient's own identifiers, PID-5 says that no name is told. Of a time that is only taken SCH-8
// says BUSY. The statement that has to go along stands in NTE-3 of SIU, in MSH-28 of ADT.
// Threads: confined to one thread.
#pragma once

#include "adapters/kit/known_zones.hpp"
#include "adapters/kit/out/out_message.hpp"

namespace carehub::adapters::clinic::out {

/// Who speaks to whom, table MSH.
struct Hl7Names {
    std::string sending_application = "CAREHUB";
    std::string sending_facility;
    std::string receiving_application;
    std::string receiving_facility;
    std::string processing_id = "P";
};

[[nodiscard]] Rendered render_hl7(const Notice& notice, const Hl7Names& names, UtcTime now,
                                  KnownZones& zones);

}  // namespace carehub::adapters::clinic::out
