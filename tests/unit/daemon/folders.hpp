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
        PartnerCommand link;
        link.name = "sue";
        link.kind = PartnerKind::Staff;
        link.role = StaffRole::Supervisor;
        link.public_key = reviewer_key();
        const auto hub = LocalHub::open(data());
        REQUIRE(hub);
        REQUIRE((*hub)->command(link)->status == ReceiptStatus::Accepted);
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

    [[nodiscard]] std::vector<std::string> roster() const { return roster_of(data()); }
    /// As a supervisor reads it.
    [[nodiscard]] static std::vector<std::string> roster_of(const DataFolder& folder) {
        const auto hub = LocalHub::open(folder);
        REQUIRE(hub);
        REQUIRE((*hub)->speak_as("sue", reviewer_key()));
        const auto answer = (*hub)->ask("roster", {{follower::kReason, "to compare them"}});
        REQUIRE(answer);
        return answer->lines;
    }

private:
    static Hash256 reviewer_key() {
        Hash256 key{};
        key.fill(77);
        return key;
    }

    TemporaryFolder root_;
};

}  // namespace carehub::daemon
