// Questions of staff: the gateway passes them on and carries the answers back.
#pragma once

#include <string>
#include <vector>

#include "hub/gateway/principals.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::gateway {

struct QuestionArgument {
    std::string name;
    std::string value;
};

struct StaffQuestion {
    std::uint64_t session = 0;
    std::uint64_t ticket = 0;
    Principal asker;
    std::string name;
    std::vector<QuestionArgument> arguments;
};

/// Each line is one JSON object. A refusal says that no (more) lines come.
struct StaffAnswer {
    std::uint64_t session = 0;
    std::uint64_t ticket = 0;
    std::vector<std::string> lines;
    Refusal refusal;
};

}  // namespace carehub::gateway
