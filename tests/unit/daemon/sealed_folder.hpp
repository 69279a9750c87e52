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

/// A simulation folder that goes away: partners clinic and court, supervisor sue, clients ada and bob.
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
        PartnerCommand sue;
        sue.name = "sue";
        sue.kind = PartnerKind::Staff;
        sue.role = StaffRole::Supervisor;
        sue.public_key.fill(0x55);
        accept((*hub)->command(sue));
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
    Receipt command(const CommandBody& body, const std::string& by = "admin") {
        const auto slice = codec::encode_command(body);
        REQUIRE(slice);
        gateway::InputBatch inputs;
        maker->command(session_of(by), 1, *slice, inputs);
        return commit(inputs);
    }
    /// By the supervisor; how many keys are destroyed.
    std::uint64_t erase(const std::string& name) {
        RetentionCommand told;
        told.act = RetentionAct::Erase;
        told.client = name;
        told.reason = "asked-for-on-paper";
        const std::uint64_t before = hub->vault->counts().erased;
        SealedFolder::accept(command(told, "sue"));
        return hub->vault->counts().erased - before;
    }
    /// Two commands and an event in one batch.
    std::vector<Receipt> all_at_once(const std::string& supervisor, const CommandBody& first,
                                     const CommandBody& second, const std::string& partner,
                                     const Submission& event) {
        gateway::InputBatch inputs;
        maker->command(session_of(supervisor), 1, *codec::encode_command(first), inputs);
        maker->command(session_of("admin"), 2, *codec::encode_command(second), inputs);
        maker->submission(session_of(partner), 3, *codec::encode_submission(event), inputs);
        return commit_all(std::move(inputs));
    }
    std::vector<Receipt> commit_all(gateway::InputBatch inputs) {
        std::vector<CoreBatch> batches;
        batches.push_back(core->step(std::move(inputs)));
        const auto committed = journal->commit(std::move(batches));
        REQUIRE(committed);
        std::vector<Receipt> receipts;
        for (const gateway::PendingReceipt& pending : committed->released.receipts) {
            receipts.push_back(pending.receipt);
        }
        return receipts;
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

    [[nodiscard]] gateway::Session session_of(const std::string& principal) const {
        const core::State& state = hub->machine.state();
        const Partner* known = state.partner_named(state.symbol(principal));
        REQUIRE(known != nullptr);
        gateway::Session session;
        session.number = 1;
        session.principal = known->id;
        return session;
    }

private:
    Receipt commit(gateway::InputBatch inputs) {
        const std::vector<Receipt> receipts = commit_all(std::move(inputs));
        REQUIRE(receipts.size() == 1);
        return receipts.front();
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
