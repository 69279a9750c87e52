// One HL7 v2 message of a clinic or hospital becomes events, or an answer that says why not.
//
// Contract: pure: same bytes, same site, same events. Read are ADT A01-A14, A16, A18, A21, A22, A24,
// A25, A27-A29, A31, A34, A37, A38, A40, A52, A53 and SIU S12-S24, S26, S27; anything else readable
// is kept and not acted on, or rejected where the site says so. Every message ends as exactly one of
// the three readings. Neither findings nor problems hold a value of the message.
// Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "adapters/clinic/hl7/header.hpp"
#include "adapters/clinic/hl7/problem.hpp"
#include "adapters/clinic/site.hpp"
#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::clinic {

enum class Disposal : std::uint8_t {
    Events,      ///< `parsed.events` holds at least one
    NotActedOn,  ///< accepted, and says nothing the hub acts on
    Refused,     ///< `problem` says why; so does `parsed.refusals`
};

struct Reading {
    Disposal disposal = Disposal::Refused;
    hl7::Header header;  ///< as far as it could be read: what an answer needs
    Parsed parsed;
    std::optional<hl7::Problem> problem;
    std::optional<UtcTime> made;  ///< MSH-7; nothing when it tells no time
};

[[nodiscard]] Reading read_message(ByteView message, const Site& site);

}  // namespace carehub::adapters::clinic
