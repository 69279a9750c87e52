#include "tools/carehub/bench_world.hpp"

#include <array>

#include "hub/base/random.hpp"
#include "hub/daemon/local_hub.hpp"
#include "tools/carehub/bench_events.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRosterBatch = 1'000;
constexpr const char* kPublisher = kBenchAuthority;
constexpr const char* kSubscriber = "bench-housing";

adapters::LinkFile link_with(const std::string& name, PartnerKind kind,
                             const transport::CurveKeys& keys) {
    adapters::LinkFile link;
    link.name = name;
    link.kind = kind;
    link.public_key = keys.public_key;
    link.secret_key = keys.secret_key;
    return link;
}

Status must_accept(daemon::LocalHub& hub, const std::vector<CommandBody>& commands) {
    CAREHUB_TRY(const std::vector<Receipt> receipts, hub.commands(commands));
    for (const Receipt& receipt : receipts) {
        if (receipt.status == ReceiptStatus::Refused) {
            return fail(ErrorCode::Invalid, "the benchmark's world was refused: " +
                                                std::string(name_of(receipt.refusal.reason)) + " " +
                                                receipt.refusal.field);
        }
    }
    return {};
}

Result<adapters::LinkFile> add_partner(daemon::LocalHub& hub, const std::string& name,
                                       PartnerKind kind) {
    CAREHUB_TRY(const transport::CurveKeys keys, transport::make_curve_keys());
    PartnerCommand command;
    command.name = name;
    command.kind = kind;
    command.public_key = keys.public_key;
    CAREHUB_TRY_DONE(must_accept(hub, {command}));
    return link_with(name, kind, keys);
}

AgreementCommand agreement() {
    AgreementCommand command;
    command.discloser = kPublisher;
    command.recipient = kSubscriber;
    command.purpose = PurposeOfUse::CareCoordination;
    command.form = Form::Full;
    command.basis = "benchmark";
    command.valid_from = *make_date(2000, 1, 1);
    command.valid_until = *make_date(2100, 1, 1);
    return command;
}

Status add_roster(daemon::LocalHub& hub, std::uint64_t clients) {
    std::vector<CommandBody> rows;
    for (std::uint64_t client = 0; client < clients; ++client) {
        RosterCommand row;
        row.client = BenchEvents::client_name(client);
        row.identifier = BenchEvents::identifier(client);
        row.owner = "bench-manager";
        row.zone = "America/New_York";
        rows.emplace_back(std::move(row));
        if (rows.size() == kRosterBatch || client + 1 == clients) {
            CAREHUB_TRY_DONE(must_accept(hub, rows));
            rows.clear();
            print_progress("clients", client + 1, clients);
        }
    }
    return {};
}

}  // namespace

BenchFolder::BenchFolder() {
    std::array<std::uint8_t, 8> drawn{};
    SystemRandom random;
    random.fill(drawn);
    path_ = fs::temp_directory_path() / ("carehub-bench-" + to_hex(drawn));
}

BenchFolder::~BenchFolder() {
    std::error_code ignored;  // what is left behind is in the system's own temporary folder
    fs::remove_all(path_, ignored);
    fs::remove(log(), ignored);
}

Result<BenchLinks> make_bench_world(const daemon::DataFolder& folder, std::uint64_t clients) {
    CAREHUB_TRY(const transport::CurveKeys admin, daemon::init_folder(folder, {}));
    CAREHUB_TRY(const transport::CurveKeys hub_keys, daemon::read_hub_keys(folder));
    CAREHUB_TRY(const auto hub, daemon::LocalHub::open(folder));
    BenchLinks links;
    CAREHUB_TRY(links.publisher, add_partner(*hub, kPublisher, PartnerKind::Clinic));
    CAREHUB_TRY(links.subscriber, add_partner(*hub, kSubscriber, PartnerKind::HousingProvider));
    links.admin = link_with("admin", PartnerKind::Staff, admin);
    CAREHUB_TRY_DONE(must_accept(*hub, {agreement()}));
    CAREHUB_TRY_DONE(add_roster(*hub, clients));
    for (adapters::LinkFile* link : {&links.publisher, &links.subscriber, &links.admin}) {
        link->hub_public_key = hub_keys.public_key;
    }
    return links;
}

}  // namespace carehub::tool
