// The adapters of a demonstration, a process for each partner.
//
// Errors: as Process; Timeout when a day's files are not dealt with in time. Threads: as Process.
#pragma once

#include <map>

#include "tools/carehub/demo_folder.hpp"
#include "tools/carehub/process.hpp"

namespace carehub::tool::demo {

class Adapters {
public:
    /// Copies the county's configurations into the adapters' folders and starts them all.
    [[nodiscard]] static Result<Adapters> start(const DemoFolder& folder);

    /// Where the clinic's adapter listens.
    [[nodiscard]] std::uint16_t mllp_port() const { return mllp_port_; }
    /// Puts a file or a set into the partner's watched folder under `name`, whole and with its
    /// times.
    [[nodiscard]] Status deliver(const std::string& partner, const std::filesystem::path& file,
                                 const std::string& name);
    /// Waits until everything delivered was read, sent and answered by the hub.
    [[nodiscard]] Status wait_until_idle() const;
    [[nodiscard]] std::uint64_t delivered() const;
    [[nodiscard]] std::size_t count() const { return processes_.size(); }
    [[nodiscard]] Status stop();

private:
    explicit Adapters(const DemoFolder& folder) : folder_(folder) {}
    [[nodiscard]] Status prepare(const DemoPartner& partner) const;
    [[nodiscard]] Status launch(const DemoPartner& partner);
    [[nodiscard]] bool is_idle(const std::string& partner, std::uint64_t files) const;

    DemoFolder folder_;
    std::map<std::string, Process> processes_;
    std::map<std::string, std::uint64_t> delivered_;
    std::uint16_t mllp_port_ = 0;
};

}  // namespace carehub::tool::demo
