#include "hub/daemon/config.hpp"

// One way of reporting in the whole program: two would be two definitions of the same parser.
#define TOML_EXCEPTIONS 0
#include <algorithm>
#include <array>

#include <toml++/toml.h>

namespace carehub::daemon {
namespace {

constexpr std::array<std::string_view, 9> kKnown = {"hub.address",
                                                    "hub.port",
                                                    "hub.disk_reserve_mib",
                                                    "retention.years",
                                                    "retention.housing_years",
                                                    "simulation.start",
                                                    "vault.key",
                                                    "witness.folder",
                                                    "witness.every_s"};
constexpr std::uint8_t kRetentionYearsMax = 100;
constexpr std::int64_t kDiskReserveMibMax = 1'048'576;  ///< a tebibyte

std::string known_keys() {
    std::string list;
    for (const std::string_view key : kKnown) {
        list.append(list.empty() ? "" : ", ").append(key);
    }
    return list;
}

Status check_known(const toml::table& file) {
    for (const auto& [section, content] : file) {
        const toml::table* table = content.as_table();
        if (table == nullptr) {
            return fail(ErrorCode::Invalid, "carehub.toml: '" + std::string(section.str()) +
                                                "' stands outside a section");
        }
        for (const auto& [key, value] : *table) {
            const std::string name = std::string(section.str()) + "." + std::string(key.str());
            if (std::ranges::find(kKnown, name) == kKnown.end()) {
                return fail(ErrorCode::Invalid,
                            "carehub.toml: unknown key '" + name + "'; known are " + known_keys());
            }
        }
    }
    return {};
}

/// Years that data are kept: the law says how few, nobody says how many.
Status read_years(const toml::table& file, const char* key, std::uint8_t least,
                  std::uint8_t& years) {
    const std::int64_t told = file["retention"][key].value_or(std::int64_t{years});
    if (told < least || told > kRetentionYearsMax) {
        return fail(ErrorCode::Invalid, "carehub.toml: retention." + std::string(key) +
                                            " must be " + std::to_string(least) + " to " +
                                            std::to_string(kRetentionYearsMax));
    }
    years = static_cast<std::uint8_t>(told);
    return {};
}

Result<Config> to_config(const toml::table& file) {
    CAREHUB_TRY_DONE(check_known(file));
    Config config;
    config.address = file["hub"]["address"].value_or(config.address);
    const std::int64_t port = file["hub"]["port"].value_or(std::int64_t{config.port});
    if (port < 0 || port > 65'535) {
        return fail(ErrorCode::Invalid, "carehub.toml: hub.port must be 0 to 65535");
    }
    config.port = static_cast<std::uint16_t>(port);
    const std::int64_t reserve = file["hub"]["disk_reserve_mib"].value_or(std::int64_t{0});
    if (reserve < 0 || reserve > kDiskReserveMibMax) {
        return fail(ErrorCode::Invalid, "carehub.toml: hub.disk_reserve_mib must be 0 to 1048576");
    }
    config.disk_reserve_mib = static_cast<std::uint64_t>(reserve);
    config.vault_key = file["vault"]["key"].value_or(config.vault_key);
    config.witness_folder = file["witness"]["folder"].value_or(config.witness_folder);
    const std::int64_t every =
        file["witness"]["every_s"].value_or(std::int64_t{config.checkpoint_every.count()});
    if (every < 1 || every > kCheckpointIntervalMax.count()) {
        return fail(ErrorCode::Invalid, "carehub.toml: witness.every_s must be 1 to 60");
    }
    config.checkpoint_every = std::chrono::seconds{every};
    CAREHUB_TRY_DONE(read_years(file, "years", core::kRetentionYearsMin, config.keep.general));
    CAREHUB_TRY_DONE(
        read_years(file, "housing_years", core::kHousingYearsMin, config.keep.housing));
    if (file.contains("simulation")) {
        const auto start = parse_iso_time(file["simulation"]["start"].value_or(std::string_view{}));
        if (!start) {
            return fail(ErrorCode::Invalid,
                        "carehub.toml: simulation.start must be like 2026-03-02T06:00:00-05:00");
        }
        config.simulation = true;
        config.start = *start;
    }
    return config;
}

}  // namespace

Result<Config> read_config(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) {
        return fail(ErrorCode::NotFound,
                    "no carehub.toml here: make the folder with `carehub init`");
    }
    const toml::parse_result parsed = toml::parse_file(file.string());
    if (!parsed) {
        return fail(ErrorCode::Invalid,
                    "carehub.toml: " + std::string(parsed.error().description()));
    }
    return to_config(parsed.table());
}

std::string to_toml(const Config& config) {
    std::string text =
        "# Settings of this hub. `carehub doctor` prints the values in force.\n[hub]\naddress = "
        "\"" +
        config.address + "\"\nport = " + std::to_string(config.port) + "\n";
    if (config.disk_reserve_mib != 0) {
        text += "disk_reserve_mib = " + std::to_string(config.disk_reserve_mib) + "\n";
    }
    if (!config.vault_key.empty()) {
        text += "\n[vault]\nkey = \"" + config.vault_key + "\"\n";
    }
    if (!config.witness_folder.empty()) {
        text += "\n[witness]\nfolder = \"" + config.witness_folder + "\"\n";
    }
    if (config.simulation) {
        text +=
            "\n# A simulation: business time stands still until `carehub clock advance` moves "
            "it.\n[simulation]\nstart = \"" +
            to_iso(config.start) + "\"\n";
    }
    return text;
}

}  // namespace carehub::daemon
