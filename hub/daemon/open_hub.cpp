#include "hub/daemon/open_hub.hpp"

#include <thread>

#include "hub/base/log.hpp"
#include "hub/daemon/backup.hpp"
#include "hub/daemon/recovery.hpp"
#include "hub/daemon/vault_files.hpp"
#include "hub/daemon/witness_check.hpp"
#include "hub/rules/registry.hpp"

namespace carehub::daemon {
namespace {

/// A command on an idle folder holds it for so long at most; a hub tells its endpoint.
constexpr Micros kBusyMax = std::chrono::seconds{2};
constexpr Micros kBusyPause = std::chrono::milliseconds{20};

/// A hub set back by a restore must not go on as if nothing was lost.
Status refuse_gap(const DataFolder& folder) {
    CAREHUB_TRY(const auto gap, gap_of(folder));
    if (!gap) {
        return {};
    }
    return fail(ErrorCode::BehindLedger,
                "this folder was restored from a backup of " + to_iso(gap->at) +
                    ": entries after " + std::to_string(gap->head.size) +
                    " that were acknowledged since may be lost here; accept that with `carehub "
                    "restore --accept-gap --data " +
                    folder.path.string() + "`");
}

}  // namespace

OpenHub::OpenHub(DataFolder where)
    : folder(std::move(where)), machine(rules::all_rules()), follower(rules::all_rules()) {}

Result<std::unique_ptr<OpenHub>> OpenHub::open(const DataFolder& folder, AfterRestore after) {
    if (after == AfterRestore::Refuse) {
        CAREHUB_TRY_DONE(refuse_gap(folder));
    }
    const SystemClock clock;
    const Micros begin = clock.steady();
    for (;;) {
        auto hub = try_open(folder, after);
        const bool busy = !hub && hub.error().code == ErrorCode::AnotherWriter;
        if (!busy || std::filesystem::exists(folder.endpoint()) ||
            clock.steady() - begin > kBusyMax) {
            return hub;
        }
        std::this_thread::sleep_for(kBusyPause);
    }
}

Result<std::unique_ptr<OpenHub>> OpenHub::try_open(const DataFolder& folder, AfterRestore after) {
    std::unique_ptr<OpenHub> hub(new OpenHub(folder));
    CAREHUB_TRY(hub->config, read_config(folder.settings()));
    journal::SqliteOptions options;
    options.folder = folder.path.string();
    options.missing = journal::Missing::Create;
    CAREHUB_TRY(hub->journal, journal::SqliteJournal::open(options, hub->disk, hub->random));
    // After the journal, whose lock says that nobody else makes keys.
    CAREHUB_TRY(hub->vault,
                vault::Vault::open(hub->disk, vault_files(folder, hub->config), hub->random));
    std::error_code
        none;  // a hub that was killed left it; a folder that cannot be written fails next
    std::filesystem::remove(folder.endpoint(), none);
    hub->fingerprints.emplace(*hub->vault, hub->journal->id());
    CAREHUB_TRY(hub->page, PoisonPage::open(folder.page()));
    CAREHUB_TRY(hub->notary, Notary::of(folder, hub->config, hub->journal->id()));
    const std::filesystem::path witness = witness_path(folder, hub->config);
    if (after == AfterRestore::Refuse && !witness.empty()) {
        CAREHUB_TRY_DONE(check_witness(WitnessFolder(witness, hub->notary->key()), *hub->journal,
                                       hub->journal->last()));
    }
    CAREHUB_TRY_DONE(hub->load_snapshot());
    CAREHUB_TRY_DONE(hub->replay());
    CAREHUB_TRY_DONE(hub->finish_erasures());
    CAREHUB_TRY_DONE(hub->open_old_ids());
    if (hub->config.simulation) {
        hub->clock.emplace(std::max(hub->config.start, hub->machine.state().now));
    } else {
        hub->clock.emplace();
    }
    return hub;
}

Status OpenHub::load_snapshot() {
    const snapshot::SnapshotFolder snapshots(disk, folder.snapshots().string());
    const auto both = [this](const std::string& path) -> Status {
        return follower.write([&](follower::Follower& fresh) -> Status {
            fresh = follower::Follower(rules::all_rules());
            fresh.open_people_with(*vault);
            CAREHUB_TRY(core::State state, load_both(disk, path, fresh));
            machine.start_from(std::move(state));
            return {};
        });
    };
    CAREHUB_TRY(begun_from, load_newest({disk, snapshots, journal->id(), *journal}, both));
    if (begun_from.value == 0) {
        follower.write([](follower::Follower& fresh) {
            fresh = follower::Follower(rules::all_rules());  // nothing is left of one that failed
        });
    }
    return {};
}

Status OpenHub::replay() {
    vault::Unsealer unsealer(*vault);
    core::State state = machine.take_state();
    const Status done = follower.write([&](follower::Follower& fresh) {
        return replay_both(*journal, journal->last(), state, unsealer, fresh);
    });
    machine.start_from(std::move(state));
    return done;
}

Status OpenHub::open_old_ids() {
    CAREHUB_TRY(old_ids, IdArchive::open(disk, folder.old_ids().string(), journal->id()));
    return old_ids->catch_up(*journal, forgotten_end(machine.state()), std::atomic<bool>{false});
}

Status OpenHub::finish_erasures() {
    const follower::EntryReader entries(*journal, *vault);
    std::size_t destroyed = 0;
    for (const Sequence sequence : machine.state().erasures) {
        CAREHUB_TRY(const Entry entry, entries.head(sequence));
        for (const Erasure& erasure : entry.decisions.erasures) {
            CAREHUB_TRY(const std::size_t keys, vault->erase(erasure.subjects, entry.keys_to));
            destroyed += keys;
        }
    }
    if (destroyed > 0) {
        log::warning("hub", std::to_string(destroyed) +
                                " keys of erased people were still there: now they are destroyed");
    }
    return {};
}

Result<std::unique_ptr<journal::SqliteReader>> OpenHub::reader() const {
    return journal::SqliteReader::open(folder.path.string());
}

gateway::GatewayOptions OpenHub::gateway_options() const {
    gateway::GatewayOptions options;
    options.facts = {journal->id(), config.simulation};
    // Sessions are never numbered twice: a second of wall time carries at most a million.
    options.first_session =
        static_cast<std::uint64_t>(SystemClock().now().time_since_epoch().count());
    options.last_received_at = machine.state().now;
    for (const auto& [name, zone] : machine.state().zones) {
        options.zones.push_back(zone.name);
    }
    for (const auto& [id, partner] : machine.state().partners) {
        options.principals.push_back(principal_of(machine.state(), partner));
    }
    return options;
}

}  // namespace carehub::daemon
