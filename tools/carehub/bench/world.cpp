#include "tools/carehub/bench/world.hpp"

#include "adapters/kit/hub_client.hpp"
#include "hub/daemon/local_hub.hpp"
#include "tools/carehub/bench/events.hpp"
#include "tools/carehub/bench/hub_process.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRosterBatch = 1'000;
constexpr std::uint64_t kProgressEvery = 10'000;
constexpr std::chrono::milliseconds kConnectMax{20'000};

adapters::LinkFile link_with(const std::string& name, PartnerKind kind,
                             const transport::CurveKeys& keys) {
    adapters::LinkFile link;
    link.name = name;
    link.kind = kind;
    link.public_key = keys.public_key;
    link.secret_key = keys.secret_key;
    return link;
}

Status must_accept(const Receipt& receipt) {
    if (receipt.status == ReceiptStatus::Refused) {
        return fail(ErrorCode::Invalid, "the benchmark's world was refused: " +
                                            std::string(name_of(receipt.refusal.reason)) + " " +
                                            receipt.refusal.field);
    }
    return {};
}

Status must_accept(daemon::LocalHub& hub, const std::vector<CommandBody>& commands) {
    CAREHUB_TRY(const std::vector<Receipt> receipts, hub.commands(commands));
    for (const Receipt& receipt : receipts) {
        CAREHUB_TRY_DONE(must_accept(receipt));
    }
    return {};
}

Result<adapters::LinkFile> add_partner(daemon::LocalHub& hub, const std::string& name,
                                       PartnerKind kind) {
    CAREHUB_TRY(const transport::CurveKeys keys, transport::make_curve_keys());
    CAREHUB_TRY_DONE(must_accept(hub, {partner_command(name, kind, keys.public_key)}));
    return link_with(name, kind, keys);
}

Status add_roster(daemon::LocalHub& hub, std::uint64_t clients) {
    std::vector<CommandBody> rows;
    for (std::uint64_t client = 0; client < clients; ++client) {
        rows.emplace_back(roster_command(client));
        if (rows.size() == kRosterBatch || client + 1 == clients) {
            CAREHUB_TRY_DONE(must_accept(hub, rows));
            rows.clear();
            print_progress("clients", client + 1, clients);
        }
    }
    return {};
}

/// The folder with its principals and its roster, while no hub runs on it.
Status make_registry(const Options& options, World& world) {
    const daemon::DataFolder folder{world.folder.path()};
    CAREHUB_TRY(const transport::CurveKeys admin, daemon::init_folder(folder, {}));
    CAREHUB_TRY(const transport::CurveKeys hub_keys, daemon::read_hub_keys(folder));
    CAREHUB_TRY(const auto hub, daemon::LocalHub::open(folder));
    Links& links = world.links;
    links.admin = link_with("admin", PartnerKind::Staff, admin);
    links.admin.hub_public_key = hub_keys.public_key;
    for (std::uint64_t number = 0; number < options.publishers; ++number) {
        CAREHUB_TRY(auto link,
                    add_partner(*hub, Events::publisher_name(number), PartnerKind::Clinic));
        link.hub_public_key = hub_keys.public_key;
        links.publishers.push_back(std::move(link));
    }
    for (std::uint64_t number = 0; number < options.subscribers; ++number) {
        CAREHUB_TRY(auto link, add_partner(*hub, Events::subscriber_name(number),
                                           PartnerKind::HousingProvider));
        link.hub_public_key = hub_keys.public_key;
        links.subscribers.push_back(std::move(link));
    }
    return add_roster(*hub, options.clients);
}

Status send_consents(const adapters::LinkFile& admin, std::uint64_t clients) {
    adapters::ConnectionOptions connection;
    connection.link = admin;
    connection.purpose = codec::Purpose::Staff;
    CAREHUB_TRY(auto client, adapters::HubClient::connect(std::move(connection), kConnectMax));
    const adapters::ReceiptSink sink = [&](std::uint64_t number, const Receipt& receipt) {
        if (number % kProgressEvery == 0) {
            print_progress("consents", number, clients);
        }
        return must_accept(receipt);
    };
    for (std::uint64_t number = 0; number < clients; ++number) {
        CAREHUB_TRY_DONE(client.submit_later(number + 1, Events::consent(number), sink));
    }
    CAREHUB_TRY_DONE(client.finish(sink));
    client.leave();
    return {};
}

}  // namespace

void Links::set_endpoint(const std::string& endpoint) {
    admin.endpoint = endpoint;
    for (adapters::LinkFile& link : publishers) {
        link.endpoint = endpoint;
    }
    for (adapters::LinkFile& link : subscribers) {
        link.endpoint = endpoint;
    }
}

PartnerCommand partner_command(const std::string& name, PartnerKind kind,
                               const Hash256& public_key) {
    PartnerCommand command;
    command.name = name;
    command.kind = kind;
    command.public_key = public_key;
    return command;
}

RosterCommand roster_command(std::uint64_t client) {
    RosterCommand row;
    row.client = Events::client_name(client);
    row.identifier = Events::identifier(client);
    row.owner = "bench-manager";
    row.zone = "America/New_York";
    return row;
}

Result<std::unique_ptr<World>> make_world(const Options& options) {
    auto world = std::make_unique<World>();
    CAREHUB_TRY_DONE(make_registry(options, *world));
    CAREHUB_TRY(HubProcess hub, HubProcess::start(world->folder.path(), world->folder.log()));
    adapters::LinkFile admin = world->links.admin;
    admin.endpoint = hub.endpoint;
    CAREHUB_TRY_DONE(send_consents(admin, options.clients));
    CAREHUB_TRY_DONE(hub.stop());
    return world;
}

Status copy_world(const World& world, const Folder& to) {
    std::error_code error;
    fs::copy(world.folder.path(), to.path(), fs::copy_options::recursive, error);
    if (error) {
        return fail(ErrorCode::Io, "cannot copy the benchmark's world: " + error.message());
    }
    return {};
}

}  // namespace carehub::tool::bench
