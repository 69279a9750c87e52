// A line of the trail as a sentence.
//
// Contract: pure; the words of hub/follower/trail_steps.hpp's lines.
#pragma once

#include <string>

#include <boost/json/object.hpp>

namespace carehub::tool {

/// "ana read the page of C-0001", "clinic was sent a notice about C-0001 (full)".
[[nodiscard]] std::string trail_sentence(const boost::json::object& line);

/// What the question does to what it reads.
enum class ReadAct : std::uint8_t { Read, Search, Export };
[[nodiscard]] ReadAct read_act(std::string_view question);

}  // namespace carehub::tool
