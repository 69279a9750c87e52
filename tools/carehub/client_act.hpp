// What somebody says of a client, told to the hub: client link, hold and their like.
//
// Contract: prints the sentence, which is told whether anything changed; with --json one object:
// `{"client","act","status","sequence"}`.
// Errors: a refusal, which says why and what to do.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "hub/model/command.hpp"
#include "tools/carehub/command.hpp"

namespace carehub::tool {

struct ClientAct {
    CommandBody command;
    std::string client;  ///< its name in the roster
    std::string_view word;
    std::function<std::string(bool changed)> sentence;
};
[[nodiscard]] Result<int> tell_act(const Run& run, const ClientAct& act);

}  // namespace carehub::tool
