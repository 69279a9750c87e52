// The hub of a demonstration as a process of its own, which may be killed and started again.
//
// Contract: after the first start every start uses the same port, so that link files stay true.
// Errors: as Process; Invalid when the ready line is none. Threads: as Process.
#pragma once

#include <optional>

#include "tools/carehub/demo_folder.hpp"
#include "tools/carehub/process.hpp"

namespace carehub::tool::demo {

class HubProcess {
public:
    [[nodiscard]] static Result<HubProcess> start(const DemoFolder& folder);

    [[nodiscard]] const std::string& endpoint() const { return endpoint_; }
    [[nodiscard]] std::string port() const { return endpoint_.substr(endpoint_.rfind(':') + 1); }
    /// SIGKILL, and a new process on the same folder and port.
    [[nodiscard]] Status kill_and_restart();
    [[nodiscard]] Status stop();
    [[nodiscard]] std::uint64_t kills() const { return kills_; }

private:
    explicit HubProcess(const DemoFolder& folder) : folder_(folder) {}
    [[nodiscard]] Status launch(const std::string& port);

    DemoFolder folder_;
    std::string endpoint_;
    std::optional<Process> process_;
    std::uint64_t kills_ = 0;
};

/// The value of `key` in the JSON line a process prints when it is ready.
[[nodiscard]] Result<std::string> ready_value(Process& process, const std::string& key);

}  // namespace carehub::tool::demo
