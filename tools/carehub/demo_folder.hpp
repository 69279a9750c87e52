// Where everything of a demonstration lies, and what it was asked to be.
//
//   county/     the partners' feeds, a folder a day, and truth.jsonl
//   hub/        the hub's data folder
//   links/      a link file for each partner and member of staff
//   PARTNER/    an adapter's configuration, its folders inbox, done, refused, and its state
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

/// A partner with its feed: a link takes one adapter, an adapter one profile.
struct DemoPartner {
    std::string_view name;  ///< of its folder and its configuration too
    std::string_view kind;
    std::string_view adapter;
};
inline constexpr std::array<DemoPartner, 9> kPartners = {
    {{"clinic", "clinic", "clinic"},
     {"housing", "housing", "housing"},
     {"court", "court", "court"},
     {"municipal", "court", "court"},
     {"supervision", "supervision", "supervision"},
     {"terms", "supervision", "supervision"},
     {"conditions", "supervision", "supervision"},
     {"violations", "supervision", "supervision"},
     {"jail", "jail", "supervision"}}};
/// This one listens; the others take files from a folder.
inline constexpr std::string_view kListens = "clinic";

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
    [[nodiscard]] std::filesystem::path partner(std::string_view name) const { return path / name; }
    [[nodiscard]] std::filesystem::path inbox(std::string_view name) const {
        return partner(name) / "inbox";
    }
    [[nodiscard]] std::filesystem::path refused(std::string_view name) const {
        return partner(name) / "refused";
    }
    [[nodiscard]] std::filesystem::path config(std::string_view name) const {
        return partner(name) / (std::string(name) + ".toml");
    }
    /// The adapter keeps it there while it has nothing pending (adapters/kit/runner.hpp).
    [[nodiscard]] std::filesystem::path idle_file(std::string_view name) const {
        return partner(name) / (std::string(name) + "-state") / "idle.json";
    }
};

}  // namespace carehub::tool::demo
