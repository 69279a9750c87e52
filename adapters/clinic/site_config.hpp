// The clinic adapter's TOML file: who sends, how to read it, where to listen, how long
// to keep what came.
//
// Errors: NotFound when the file is missing; Invalid names the key that is unknown, missing or of
// the wrong kind. Nothing is guessed: an unknown key is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/clinic/listen_at.hpp"
#include "adapters/clinic/out/notices_out.hpp"
#include "adapters/clinic/site.hpp"
#include "adapters/kit/raw_config.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

struct ClinicConfig {
    Site site;
    ListenAt listen;
    std::optional<FhirListen> fhir;
    std::optional<out::ClinicOut> out;  ///< absent: nothing is told
    bool watches = false;               ///< a folder of batch files instead of doors
    RawArchiveLimits raw_archive;
};

/// Files of a relative path are meant from `folder`.
[[nodiscard]] Result<ClinicConfig> parse_config(std::string_view text,
                                                const std::filesystem::path& folder = {});
[[nodiscard]] Result<ClinicConfig> load_config(const std::filesystem::path& path);

}  // namespace carehub::adapters::clinic
