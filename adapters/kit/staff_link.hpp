// A staff principal's end of the wire for a program that goes on working while it waits: notices
// come in within its credit, questions go out and their answers come back.
//
// Contract: a new session (`opened`) has no subscription and no question: the caller subscribes and
// asks again; answers to earlier questions do not come. A ticket names one question within this
// object, ascending from 1. Without a session nothing is sent, and nothing of it is an error.
// Errors: of poll(): those of hub_connection.hpp. Threads: confined to one thread.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/model/notice.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters {

struct StaffQuestion {
    std::uint64_t ticket = 0;
    std::string name;
    std::vector<std::pair<std::string, std::string>> arguments;
};

/// The whole answer to one question.
struct StaffAnswer {
    std::uint64_t ticket = 0;
    std::vector<std::string> lines;  ///< each one JSON object
    Refusal refusal;                 ///< reason None: answered
};

struct StaffNews {
    bool opened = false;
    std::vector<Notice> notices;
    std::vector<StaffAnswer> answers;
};

/// Seam with two real sides: the wire (connect_staff) and a hub in memory for tests.
class StaffLink {
public:
    virtual ~StaffLink() = default;
    [[nodiscard]] virtual bool is_open() const = 0;
    /// Asks for everything that is owed and not acknowledged, and gives credit.
    [[nodiscard]] virtual Status subscribe(std::uint32_t credit) = 0;
    /// Gives credit for so many more.
    [[nodiscard]] virtual Status next_notices(std::uint32_t count) = 0;
    /// Up to and including that number.
    [[nodiscard]] virtual Status acknowledge(std::uint64_t number) = 0;
    /// Of a notice of this session; after it was acknowledged it is for the trail alone.
    [[nodiscard]] virtual Status judge(std::uint64_t number, VerdictOutcome outcome,
                                       const Refusal& refusal) = 0;
    [[nodiscard]] virtual Status ask(const StaffQuestion& question) = 0;
    /// Waits up to `timeout` for news; keeps heartbeats and reconnects going.
    [[nodiscard]] virtual Result<StaffNews> poll(std::chrono::milliseconds timeout) = 0;
};

}  // namespace carehub::adapters
