// A folder that goes away, with a hub's data folder in it that has two clients.
#pragma once

#include <cstdlib>

#include "hub/daemon/local_hub.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::daemon {

class HubFolder {
public:
    HubFolder() {
        REQUIRE(init_folder(data(), {true, *parse_iso_time("2026-03-02T08:00:00-05:00")}));
        add("ada", "100");
        add("bob", "200");
    }
    HubFolder(const HubFolder&) = delete;
    HubFolder& operator=(const HubFolder&) = delete;

    [[nodiscard]] DataFolder data() const { return {root_.path() / "data"}; }
    [[nodiscard]] const std::filesystem::path& root() const { return root_.path(); }

    void add(const std::string& client, const std::string& id) const {
        RosterCommand row;
        row.client = client;
        row.partner = "clinic";
        row.identifier = {"CLINIC", "MR", id};
        row.owner = "ana";
        row.zone = "America/New_York";
        const auto hub = LocalHub::open(data());
        REQUIRE(hub);
        REQUIRE((*hub)->command(row)->status == ReceiptStatus::Accepted);
    }

    [[nodiscard]] std::vector<std::string> roster() const {
        const auto hub = LocalHub::open(data());
        REQUIRE(hub);
        const auto answer = (*hub)->ask("roster", {});
        REQUIRE(answer);
        return answer->lines;
    }

private:
    TemporaryFolder root_;
};

}  // namespace carehub::daemon
