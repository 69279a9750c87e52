#include "hub/daemon/open_hub.hpp"

#include <thread>

#include "hub/rules/registry.hpp"

namespace carehub::daemon {
namespace {

/// A command on an idle folder holds it for so long at most; a hub tells its endpoint.
constexpr Micros kBusyMax = std::chrono::seconds{2};
constexpr Micros kBusyPause = std::chrono::milliseconds{20};

}  // namespace

OpenHub::OpenHub(DataFolder where)
    : folder(std::move(where)), machine(rules::all_rules()), follower(rules::all_rules()) {}

Result<std::unique_ptr<OpenHub>> OpenHub::open(const DataFolder& folder) {
    const SystemClock clock;
    const Micros begin = clock.steady();
    for (;;) {
        auto hub = try_open(folder);
        const bool busy = !hub && hub.error().code == ErrorCode::AnotherWriter;
        if (!busy || std::filesystem::exists(folder.endpoint()) ||
            clock.steady() - begin > kBusyMax) {
            return hub;
        }
        std::this_thread::sleep_for(kBusyPause);
    }
}

Result<std::unique_ptr<OpenHub>> OpenHub::try_open(const DataFolder& folder) {
    std::unique_ptr<OpenHub> hub(new OpenHub(folder));
    CAREHUB_TRY(hub->config, read_config(folder.settings()));
    CAREHUB_TRY(hub->vault, vault::Vault::load(folder.vault_key().string()));
    journal::SqliteOptions options;
    options.folder = folder.path.string();
    options.missing = journal::Missing::Create;
    CAREHUB_TRY(hub->journal, journal::SqliteJournal::open(options, hub->disk, hub->random));
    std::error_code
        none;  // a hub that was killed left it; a folder that cannot be written fails next
    std::filesystem::remove(folder.endpoint(), none);
    hub->fingerprints.emplace(*hub->vault, hub->journal->id());
    CAREHUB_TRY(hub->page, PoisonPage::open(folder.page()));
    CAREHUB_TRY_DONE(hub->replay());
    if (hub->config.simulation) {
        hub->clock.emplace(std::max(hub->config.start, hub->machine.state().now));
    } else {
        hub->clock.emplace();
    }
    return hub;
}

Status OpenHub::replay() {
    return journal->read(
        {1}, journal->last().value, [this](const journal::StoredEntry& stored) -> Status {
            CAREHUB_TRY(Entry entry, codec::decode_entry_without_input(stored.bytes));
            machine.replay(entry.sequence, entry.decisions);
            follower.write([&](follower::Follower& second) -> Status {
                if (second.people().wants(entry)) {
                    CAREHUB_TRY(entry, follower::load(stored.bytes, *vault));
                }
                second.apply(entry);
                return {};
            });
            return {};
        });
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
