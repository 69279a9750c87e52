#include "tools/carehub/bench/start.hpp"

#include "adapters/kit/hub_client.hpp"
#include "hub/base/clock.hpp"
#include "hub/daemon/local_hub.hpp"
#include "tools/carehub/bench/accounts.hpp"
#include "tools/carehub/bench/events.hpp"
#include "tools/carehub/bench/hub_process.hpp"
#include "tools/carehub/bench/world.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kEventBatch = 4'096;
constexpr std::size_t kRosterBatch = 1'000;
constexpr std::chrono::milliseconds kConnectMax{60'000};
constexpr std::chrono::minutes kStopMax{10};

double seconds_since(const Clock& clock, Micros begin) {
    return std::chrono::duration<double>(clock.steady() - begin).count();
}

Status must_accept(const Result<std::vector<Receipt>>& receipts) {
    if (!receipts) {
        return tl::unexpected<Error>(receipts.error());
    }
    for (const Receipt& receipt : *receipts) {
        if (receipt.status == ReceiptStatus::Refused) {
            return fail(ErrorCode::Invalid, "the benchmark's hub refused: " +
                                                std::string(name_of(receipt.refusal.reason)) + " " +
                                                receipt.refusal.field);
        }
    }
    return {};
}

/// The long journal. No hub runs: the same code decides in batches of its own.
class LongJournal {
public:
    LongJournal(const Options& options, const Folder& folder)
        : options_(options), folder_{folder.path()} {}

    /// The link of the publisher, its endpoint empty.
    Result<adapters::LinkFile> make() {
        CAREHUB_TRY([[maybe_unused]] const auto admin, daemon::init_folder(folder_, {}));
        CAREHUB_TRY(hub_, daemon::LocalHub::open(folder_));
        CAREHUB_TRY(const transport::CurveKeys keys, transport::make_curve_keys());
        CAREHUB_TRY(const transport::CurveKeys hub_keys, daemon::read_hub_keys(folder_));
        adapters::LinkFile link;
        link.name = Events::publisher_name(0);
        link.kind = PartnerKind::Clinic;
        link.public_key = keys.public_key;
        link.secret_key = keys.secret_key;
        link.hub_public_key = hub_keys.public_key;
        const std::vector<CommandBody> partner = {
            partner_command(link.name, link.kind, keys.public_key)};
        CAREHUB_TRY_DONE(must_accept(hub_->commands(partner)));
        CAREHUB_TRY_DONE(add_roster());
        CAREHUB_TRY_DONE(add_events(link.name));
        hub_.reset();
        return link;
    }

private:
    Status add_roster() {
        std::vector<CommandBody> rows;
        for (std::uint64_t client = 0; client < options_.clients; ++client) {
            rows.emplace_back(roster_command(client));
            if (rows.size() == kRosterBatch || client + 1 == options_.clients) {
                CAREHUB_TRY_DONE(must_accept(hub_->commands(rows)));
                rows.clear();
                print_progress("clients", client + 1, options_.clients);
            }
        }
        return {};
    }

    Status add_events(const std::string& partner) {
        CAREHUB_TRY(const Events events, Events::create(options_, SystemClock().now()));
        std::vector<Submission> batch;
        for (std::uint64_t index = 0; index < options_.events; ++index) {
            batch.push_back(events.event(index));
            if (batch.size() == kEventBatch || index + 1 == options_.events) {
                CAREHUB_TRY_DONE(must_accept(hub_->submit_as(partner, batch)));
                batch.clear();
                print_progress("events", index + 1, options_.events);
            }
        }
        return {};
    }

    const Options& options_;
    daemon::DataFolder folder_;
    std::unique_ptr<daemon::LocalHub> hub_;
};

std::uint64_t bytes_in(const fs::path& folder) {
    std::uint64_t bytes = 0;
    std::error_code none;
    for (const auto& file : fs::directory_iterator(folder, none)) {
        bytes += file.file_size(none);
    }
    return bytes;
}

/// One event more, by a partner that waits at the door.
Status first_receipt(adapters::LinkFile link, const std::string& endpoint, const Options& options) {
    link.endpoint = endpoint;
    adapters::ConnectionOptions connection;
    connection.link = std::move(link);
    connection.purpose = codec::Purpose::Send;
    CAREHUB_TRY(auto client, adapters::HubClient::connect(std::move(connection), kConnectMax));
    CAREHUB_TRY(const Events events, Events::create(options, SystemClock().now()));
    CAREHUB_TRY(const Receipt receipt, client.submit(events.event(options.events)));
    client.leave();
    return receipt.status == ReceiptStatus::Accepted
               ? Status{}
               : fail(ErrorCode::Invalid, "the first event after the start was not accepted");
}

}  // namespace

Result<boost::json::object> measure_start(const Options& options) {
    const SystemClock clock;
    const Folder folder;
    CAREHUB_TRY(const adapters::LinkFile link, LongJournal(options, folder).make());
    CAREHUB_TRY(HubProcess first, HubProcess::start(folder.path(), folder.log()));
    const Micros stop = clock.steady();
    CAREHUB_TRY([[maybe_unused]] const int code, first.process.stop(kStopMax));
    const double stop_s = seconds_since(clock, stop);

    const Micros begin = clock.steady();
    CAREHUB_TRY(HubProcess second, HubProcess::start(folder.path(), folder.log()));
    CAREHUB_TRY_DONE(first_receipt(link, second.endpoint, options));
    const double receipt_s = seconds_since(clock, begin);
    const std::uint64_t memory = resident_bytes_of(second.process.pid());
    CAREHUB_TRY([[maybe_unused]] const int again, second.process.stop(kStopMax));
    return boost::json::object{{"entries", second.sequence},
                               {"clients", options.clients},
                               {"start_without_s", first.start_s},
                               {"stop_s", stop_s},
                               {"snapshot_bytes", bytes_in(folder.path() / "snapshots")},
                               {"start_s", second.start_s},
                               {"first_receipt_s", receipt_s},
                               {"memory_bytes", memory}};
}

}  // namespace carehub::tool::bench
