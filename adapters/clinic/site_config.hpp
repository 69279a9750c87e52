// The clinic adapter's TOML file: who sends, how to read it, where to listen.
//
// Errors: NotFound when the file is missing; Invalid names the key that is unknown, missing or of
// the wrong kind. Nothing is guessed: an unknown key is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "adapters/clinic/site.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

struct ClinicConfig {
    Site site;
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one, told when ready
};

[[nodiscard]] Result<ClinicConfig> parse_config(std::string_view text);
[[nodiscard]] Result<ClinicConfig> load_config(const std::filesystem::path& path);

}  // namespace carehub::adapters::clinic
