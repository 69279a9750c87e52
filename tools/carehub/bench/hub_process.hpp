// A hub on a folder, as a child process.
//
// Errors: as Process. Threads: confined to the thread that started it.
#pragma once

#include "tools/carehub/process.hpp"

namespace carehub::tool::bench {

struct HubProcess {
    Process process;
    std::string endpoint;
    std::uint64_t sequence = 0;  ///< the journal's last when it was ready
    double start_s = 0;          ///< from the process's start to its ready line

    [[nodiscard]] static Result<HubProcess> start(const std::filesystem::path& folder,
                                                  const std::filesystem::path& log);
    [[nodiscard]] Status stop();
};

}  // namespace carehub::tool::bench
