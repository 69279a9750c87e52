// What MSH says about a message: who sent it, what it is, how it wants to be answered.
//
// Contract: `raw` members keep the sender's own escapes and separators: the answer echoes them.
#pragma once

#include <string>

#include "adapters/clinic/hl7/message.hpp"

namespace carehub::adapters::clinic::hl7 {

struct Header {
    Delimiters delimiters;
    std::string encoding_characters;    ///< MSH-2 as received
    std::string sending_application;    ///< MSH-3, raw
    std::string sending_facility;       ///< MSH-4, raw
    std::string receiving_application;  ///< MSH-5, raw
    std::string receiving_facility;     ///< MSH-6, raw
    std::string message_type;           ///< MSH-9.1
    std::string trigger;                ///< MSH-9.2
    std::string control_id;             ///< MSH-10, raw
    std::string processing_id;          ///< MSH-11, raw
    std::string version;                ///< MSH-12, raw
    std::string accept_ack;             ///< MSH-15: AL, NE, ER, SU
    std::string application_ack;        ///< MSH-16: the same
};

[[nodiscard]] Header read_header(const Segment& msh);
/// The header of a message that cannot be read, as far as it can be told; never fails.
[[nodiscard]] Header salvage_header(ByteView bytes);

}  // namespace carehub::adapters::clinic::hl7
