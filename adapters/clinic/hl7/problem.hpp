// Why a message is not accepted, in the standard's own terms: table 0357 and a place in the
// message.
//
// Contract: the text says how to fix it and never holds a value of the message.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/model/refusal.hpp"

namespace carehub::adapters::clinic::hl7 {

/// HL7 table 0357, the codes we send.
enum class Condition : std::uint16_t {
    Accepted = 0,
    SegmentSequence = 100,
    RequiredFieldMissing = 101,
    DataType = 102,
    TableValueNotFound = 103,
    ValueTooLong = 104,
    Cardinality = 198,
    OtherError = 199,
    UnsupportedMessageType = 200,
    UnsupportedEvent = 201,
    UnsupportedProcessingId = 202,
    UnknownKey = 204,
    DuplicateKey = 205,
    ApplicationError = 207,
};
[[nodiscard]] std::string_view text_of(Condition condition);

/// Where in a message; 0 stands for "not told".
struct Location {
    std::string segment;
    unsigned field = 0;
    unsigned component = 0;
    friend bool operator==(const Location&, const Location&) = default;
};
/// "SCH-11.4"
[[nodiscard]] std::string path_of(const Location& where);

struct Problem {
    Condition condition = Condition::Accepted;
    Location where;
    RefusalReason reason = RefusalReason::None;
    std::string fix;  ///< one sentence
};

/// The problem as the hub's lists of refusals tell it.
[[nodiscard]] Refusal refusal_of(const Problem& problem);
/// A refusal of the hub as a problem of the message that caused it.
[[nodiscard]] Problem problem_of(const Refusal& refusal);

}  // namespace carehub::adapters::clinic::hl7
