// Events as the JSON lines of `carehub send`: what the samples of an adapter expect is readable.
#pragma once

#include <string>
#include <vector>

#include <boost/json/serialize.hpp>

#include "adapters/kit/json/json_event.hpp"

namespace carehub::testing {

[[nodiscard]] inline std::string event_lines(const std::vector<Submission>& events) {
    adapters::EventPrinter printer;
    std::string lines;
    for (Submission event : events) {
        event.raw_sha256 = {};
        lines += boost::json::serialize(printer.event_json(event)) + "\n";
    }
    return lines;
}

}  // namespace carehub::testing
