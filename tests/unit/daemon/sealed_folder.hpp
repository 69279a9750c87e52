// A hub's folder with two people in it, for tests of what the vault seals: fed as partners and
// staff feed it, without a wire.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "hub/codec/command.hpp"
#include "hub/daemon/core_stage.hpp"
#include "hub/daemon/local_hub.hpp"
#include "hub/daemon/open_hub.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::daemon {

/// A simulation folder that goes away: partners clinic and court, clients ada and bob.
class SealedFolder {
public:
    SealedFolder() {
        REQUIRE(init_folder(data(), {true, *parse_iso_time("2026-03-02T08:00:00-05:00")}));
        const auto hub = LocalHub::open(data());
        REQUIRE(hub);
        for (const auto& [partner, kind] :
             {std::pair{"clinic", PartnerKind::Clinic}, std::pair{"court", PartnerKind::Court}}) {
            PartnerCommand command;
            command.name = partner;
            command.kind = kind;
            command.public_key.fill(static_cast<std::uint8_t>(kind));
            accept((*hub)->command(command));
        }
        for (const std::string client : {"ada", "bob"}) {
            accept((*hub)->command(row(client, {"CLINIC", "MR", "MRN-" + client})));
            accept((*hub)->command(row(client, {"COURT", "CASE", "CASE-" + client})));
        }
    }
    SealedFolder(const SealedFolder&) = delete;
    SealedFolder& operator=(const SealedFolder&) = delete;

    [[nodiscard]] DataFolder data() const { return {root_.path() / "data"}; }
    [[nodiscard]] const std::filesystem::path& root() const { return root_.path(); }

    static void accept(const Result<Receipt>& receipt) {
        REQUIRE(receipt);
        REQUIRE(receipt->status == ReceiptStatus::Accepted);
    }

    static RosterCommand row(const std::string& client, const Identifier& identifier) {
        RosterCommand command;
        command.client = client;
        command.identifier = identifier;
        command.owner = "ana";
        command.zone = "America/New_York";
        command.family_name = "Family-of-" + client;
        command.given_name = "Given-" + client;
        return command;
    }

    /// A visit and a hearing at the same hour collide; each carries texts of its own.
    static Submission obligation(const std::string& client, EventKind kind, const std::string& id) {
        const bool visit = kind == EventKind::AppointmentBooked;
        Submission event;
        event.kind = kind;
        event.feed = "feed";
        event.source_msg_id = id;
        event.business_key = "key-" + id;
        event.identifiers = {visit ? Identifier{"CLINIC", "MR", "MRN-" + client}
                                   : Identifier{"COURT", "CASE", "CASE-" + client}};
        event.occurred_at = *parse_iso_time("2026-03-01T08:00:00-05:00");
        event.zone = "America/New_York";
        ObligationClaim claim;
        claim.obligation_class =
            visit ? ObligationClass::ClinicVisit : ObligationClass::CourtAppearance;
        claim.status = ObligationStatus::Scheduled;
        claim.start = *parse_iso_time("2026-03-15T10:00:00-04:00");
        claim.end = claim.start + std::chrono::hours{1};
        claim.owner_org = visit ? "clinic" : "court";
        claim.location.name = "Place-of-" + client;
        claim.provider.name = "Dr-of-" + client;
        claim.reason_code = "because-of-" + client;
        event.payload = claim;
        return event;
    }

private:
    TemporaryFolder root_;
};

/// The folder opened, with the stages of the ring beside it.
class Desk {
public:
    explicit Desk(const DataFolder& folder) {
        auto opened = OpenHub::open(folder);
        INFO((opened ? std::string() : to_string(opened.error())));
        REQUIRE(opened);
        hub = std::move(*opened);
        core.emplace(hub->machine, *hub->clock, *hub->page, CoreStage::Options{});
        journal.emplace(*hub->journal, *hub->vault, hub->follower);
        stamp.emplace(*hub->clock, hub->machine.state().now);
        maker.emplace(*hub->fingerprints, *stamp);
        entries.emplace(*hub->journal, *hub->vault);
    }

    Receipt submit(const std::string& partner, const Submission& event) {
        const auto slice = codec::encode_submission(event);
        REQUIRE(slice);
        gateway::InputBatch inputs;
        maker->submission(session_of(partner), 1, *slice, inputs);
        return commit(inputs);
    }
    Receipt command(const CommandBody& body) {
        const auto slice = codec::encode_command(body);
        REQUIRE(slice);
        gateway::InputBatch inputs;
        maker->command(session_of("admin"), 1, *slice, inputs);
        return commit(inputs);
    }
    [[nodiscard]] ClientId client(const std::string& name) const {
        return hub->fingerprints->client(name);
    }

    std::unique_ptr<OpenHub> hub;
    std::optional<CoreStage> core;
    std::optional<JournalStage> journal;
    std::optional<gateway::Stamp> stamp;
    std::optional<gateway::InputMaker> maker;
    std::optional<follower::EntryReader> entries;

private:
    [[nodiscard]] gateway::Session session_of(const std::string& principal) const {
        const core::State& state = hub->machine.state();
        const Partner* known = state.partner_named(state.symbol(principal));
        REQUIRE(known != nullptr);
        gateway::Session session;
        session.number = 1;
        session.principal = known->id;
        return session;
    }
    Receipt commit(const gateway::InputBatch& inputs) {
        std::vector<CoreBatch> batches;
        batches.push_back(core->step(inputs));
        const auto committed = journal->commit(std::move(batches));
        REQUIRE(committed);
        REQUIRE(committed->released.receipts.size() == 1);
        return committed->released.receipts.front().receipt;
    }
};

/// The files under a folder that hold the text, by name.
inline std::vector<std::string> files_with(const std::filesystem::path& folder,
                                           const std::string& text) {
    std::vector<std::string> found;
    for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
        if (item.is_regular_file()) {
            std::ostringstream bytes;
            bytes << std::ifstream(item.path(), std::ios::binary).rdbuf();
            if (bytes.str().find(text) != std::string::npos) {
                found.push_back(item.path().filename().string());
            }
        }
    }
    return found;
}

}  // namespace carehub::daemon
