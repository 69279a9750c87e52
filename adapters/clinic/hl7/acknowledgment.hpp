// The answer to a message: MSH of its own, MSA, and ERR where something is wrong (section 2.9).
//
// Contract: original mode when MSH-15 is empty (AA, AE, AR), else enhanced accept mode (CA, CE,
// CR), sent or kept back as MSH-15 asks. Where that wants none (NE), the application answer (AA, AE,
// AR) takes its place, as MSH-16 asks (section 2.9.3): the receipt is as good as both. After an accept
// answer none follows. An acknowledgment is never acknowledged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/clinic/hl7/header.hpp"
#include "adapters/clinic/hl7/problem.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::clinic::hl7 {

enum class Verdict : std::uint8_t {
    Accept,  ///< stored for good
    Error,   ///< the content is at fault: sending it again changes nothing
    Reject,  ///< type, version or processing id not acceptable, or not possible now
};

struct Answer {
    Verdict verdict = Verdict::Accept;
    std::optional<Problem> problem;
};

/// The answer's own MSH-7 and MSH-10.
struct AnswerStamp {
    UtcTime at = kUnknownTime;
    std::string control_id;
};

/// Error or Reject, as the standard sorts a problem.
[[nodiscard]] Verdict verdict_of(const Problem& problem);

/// "MSH|...\rMSA|AA|...\r"; nothing when the sender wants none.
[[nodiscard]] std::optional<std::string> make_answer(const Header& incoming, const Answer& answer,
                                                     const AnswerStamp& stamp);

}  // namespace carehub::adapters::clinic::hl7
