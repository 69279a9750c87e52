// All doors of a clinic's adapter on one event loop, and the notices that go out beside them.
//
// Errors: open(): as Listener::open. run(): those of the link.
// Threads: run() owns everything until it returns; port() before or during.
// Lifetime: borrows the link, the archive and the counts.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "adapters/clinic/site_config.hpp"
#include "adapters/kit/counts.hpp"
#include "adapters/kit/hub_link.hpp"
#include "adapters/kit/raw_archive.hpp"

namespace carehub::adapters::clinic {

class ClinicServer {
public:
    /// Without an archive nothing is kept, without a folder no control id outlives the server: for
    /// tests of the doors.
    [[nodiscard]] static Result<std::unique_ptr<ClinicServer>> open(
        ClinicConfig config, HubLink& link, RawArchive* archive, Counts& counts,
        const std::filesystem::path& control_ids = {});
    ~ClinicServer();
    ClinicServer(const ClinicServer&) = delete;
    ClinicServer& operator=(const ClinicServer&) = delete;

    /// Of the MLLP door.
    [[nodiscard]] std::uint16_t port() const;
    /// Of the FHIR endpoint; 0: there is none.
    [[nodiscard]] std::uint16_t fhir_port() const;
    /// Serves until `stop`; then takes no new message and lets open ones have their answer.
    [[nodiscard]] Status run(const std::atomic<bool>& stop);
    /// Messages that were accepted and said nothing the hub acts on.
    [[nodiscard]] std::uint64_t not_acted_on() const;

private:
    struct Doors;
    explicit ClinicServer(std::unique_ptr<Doors> doors);

    std::unique_ptr<Doors> doors_;
};

}  // namespace carehub::adapters::clinic
