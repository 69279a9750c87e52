// Where everything of a demonstration lies, and what it was asked to be.
//
//   county/     the partners' feeds, a folder a day, and truth.jsonl
//   hub/        the hub's data folder
//   links/      a link file for each partner and member of staff
//   KIND/       an adapter's configuration, its folders inbox, done, refused, and its state
//   logs/       what each process wrote to standard error
//   summary.json
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/utc_time.hpp"

namespace carehub::tool::demo {

inline constexpr std::array<std::string_view, 4> kPartners = {"clinic", "housing", "court",
                                                              "supervision"};
/// These take files from a folder; the clinic listens.
inline constexpr std::array<std::string_view, 3> kFilePartners = {"housing", "court",
                                                                  "supervision"};

struct DemoOptions {
    std::uint64_t clients = 200;
    unsigned days = 14;
    std::uint64_t seed = 7;
    Date start{};
    std::uint64_t kill_cycles = 0;  ///< times the hub is killed while it is fed
    bool keep = false;              ///< leave the processes running until interrupted
    std::string compare;            ///< another run's summary.json
};

struct DemoFolder {
    std::filesystem::path path;

    [[nodiscard]] std::filesystem::path county() const { return path / "county"; }
    [[nodiscard]] std::filesystem::path hub() const { return path / "hub"; }
    [[nodiscard]] std::filesystem::path links() const { return path / "links"; }
    [[nodiscard]] std::filesystem::path logs() const { return path / "logs"; }
    [[nodiscard]] std::filesystem::path summary() const { return path / "summary.json"; }
    [[nodiscard]] std::filesystem::path link(const std::string& name) const {
        return links() / (name + ".carehub");
    }
    [[nodiscard]] std::filesystem::path log(std::string_view name) const {
        return logs() / (std::string(name) + ".log");
    }
    [[nodiscard]] std::filesystem::path partner(std::string_view kind) const { return path / kind; }
    [[nodiscard]] std::filesystem::path inbox(std::string_view kind) const {
        return partner(kind) / "inbox";
    }
    [[nodiscard]] std::filesystem::path refused(std::string_view kind) const {
        return partner(kind) / "refused";
    }
    [[nodiscard]] std::filesystem::path config(std::string_view kind) const {
        return partner(kind) / (std::string(kind) + ".toml");
    }
    /// The adapter keeps it there while it has nothing pending (adapters/kit/runner.hpp).
    [[nodiscard]] std::filesystem::path idle_file(std::string_view kind) const {
        return partner(kind) / (std::string(kind) + "-state") / "idle.json";
    }
};

}  // namespace carehub::tool::demo
