// The clinic adapter as `carehub adapter clinic` runs it: its doors, or its folder of batch files.
//
// Contract: with [watch] in the configuration the files of that folder are read, else the doors
// open; both at once are refused: one link has one way in. What comes is kept in the raw archive of
// the state folder. Errors: those of the configuration, the listeners, the archive and the link.
// Threads: one call owns everything until it returns; `stop` may be set from anywhere.
#pragma once

#include <atomic>
#include <functional>

#include "adapters/clinic/site_config.hpp"
#include "adapters/kit/runner.hpp"

namespace carehub::adapters::clinic {

/// Where the doors are: "address:port"; empty: there is none.
struct OpenDoors {
    std::string mllp;
    std::string fhir;
};
using OnOpen = std::function<void(const OpenDoors&)>;

/// What the doors need beside their configuration.
struct DoorSetting {
    std::filesystem::path state_folder;
    LinkSecrets link_secrets;
    OnOpen on_open;
};
[[nodiscard]] Status run_doors(ClinicConfig config, const DoorSetting& setting, HubLink& link,
                               const std::atomic<bool>& stop, Counts& counts);

/// Reads batch files (batch_file.hpp); `options` come with everything but the reader.
[[nodiscard]] Status run_folder(ClinicConfig config, RunnerOptions options, HubLink& link,
                                const std::atomic<bool>& stop, Counts& counts);

}  // namespace carehub::adapters::clinic
