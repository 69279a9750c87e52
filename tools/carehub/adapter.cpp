// adapter KIND: a partner's own format at one end, the hub's wire at the other.
#include <unistd.h>

#include <csignal>
#include <iostream>

#include <boost/json.hpp>

#include "adapters/clinic/clinic_adapter.hpp"
#include "adapters/clinic/site_config.hpp"
#include "adapters/kit/drop/partner_out.hpp"
#include "adapters/kit/fetch/feed_fetcher.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/kit/zmq_hub_link.hpp"
#include "hub/codec/submission.hpp"
#include "tools/carehub/adapter_commands.hpp"
#include "tools/carehub/adapter_kinds.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/hub_time.hpp"
#include "tools/carehub/session.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

using adapters::Counts;
using adapters::HubLink;
using adapters::ParseFile;

std::atomic<bool> counts_asked{false};

void ask_for_counts(int /*signal*/) { counts_asked = true; }

void print_counts(const Counts& counts) { std::cout << counts.to_json() << std::endl; }

/// The link with the counts told on SIGUSR1: every adapter polls its link several times a second.
class TellingLink final : public HubLink {
public:
    TellingLink(HubLink& link, Counts& counts) : link_(link), counts_(counts) {}

    [[nodiscard]] std::size_t credit() const override { return link_.credit(); }
    [[nodiscard]] Status submit(std::uint64_t ticket, const Submission& submission) override {
        return link_.submit(ticket, submission);
    }
    void tell_last_receipt(const adapters::LastReceipt& last) override {
        link_.tell_last_receipt(last);
    }
    [[nodiscard]] Result<adapters::LinkNews> poll(std::chrono::milliseconds timeout) override {
        if (counts_asked.exchange(false)) {
            print_counts(counts_);
        }
        auto news = link_.poll(timeout);
        counts_.hub_differs = !link_.trouble().empty();
        return news;
    }
    [[nodiscard]] std::string trouble() const override { return link_.trouble(); }
    [[nodiscard]] int wake_fd() const override { return link_.wake_fd(); }
    [[nodiscard]] Status subscribe(const std::vector<EventKind>& kinds) override {
        return link_.subscribe(kinds);
    }
    [[nodiscard]] Status next_notice() override { return link_.next_notice(); }
    [[nodiscard]] Status acknowledge(std::uint64_t number) override {
        return link_.acknowledge(number);
    }
    [[nodiscard]] Status judge(std::uint64_t number, VerdictOutcome outcome,
                               const Refusal& refusal) override {
        return link_.judge(number, outcome, refusal);
    }

private:
    HubLink& link_;
    Counts& counts_;
};

/// What an adapter of any kind is run with.
struct Setting {
    fs::path config;
    adapters::LinkSecrets link_secrets;
    Hash256 hub_key;
    HubLink& link;
    HubTime& time;
    const std::atomic<bool>& stop;
    Counts& counts;
};

using Doors = std::vector<std::pair<std::string_view, std::string>>;

void print_ready(std::string_view kind, const Doors& doors) {
    json::object line{{"ready", true}, {"kind", kind}};
    for (const auto& [door, where] : doors) {
        line[door] = where;
    }
    line["pid"] = ::getpid();
    std::cout << json::serialize(line) << std::endl;
}

Result<Submission> decode(ByteView slice) {
    auto decoded = codec::decode_submission(slice);
    if (!decoded) {
        return fail(ErrorCode::Damaged,
                    "a spooled event does not decode: " + decoded.error().field);
    }
    return std::move(*decoded);
}

ReadingTime time_of(HubTime& time) {
    return {[&time] { return time.now(); },
            [&time](UtcTime real) { return time.instead_of(real); }};
}

Result<adapters::RunnerOptions> runner_options(const Setting& setting, const FileKind& kind) {
    CAREHUB_TRY(adapters::FeedConfig feed, adapters::read_feed_config(setting.config));
    const std::string watched = feed.watch ? feed.watch->folder.string() : "";
    adapters::RunnerOptions options;
    options.feed = std::move(feed);
    options.takes = kind.takes;
    options.state_folder = state_folder_of(setting.config);
    options.link_secrets = setting.link_secrets;
    options.hub_key = setting.hub_key;
    options.encode = codec::encode_submission;
    options.decode = decode;
    options.on_ready = [name = kind.name, watched] { print_ready(name, {{"watching", watched}}); };
    CAREHUB_TRY_DONE(adapters::make_folder(options.state_folder));
    return options;
}

/// Where the configuration has [fetch]: files come into the watched folder by themselves.
Result<std::unique_ptr<adapters::FeedFetcher>> fetcher_of(const Setting& setting,
                                                          const adapters::RunnerOptions& options) {
    static const SystemClock clock;
    CAREHUB_TRY(auto fetch, adapters::read_fetch_config(setting.config));
    if (!fetch || !options.feed.watch) {
        return std::unique_ptr<adapters::FeedFetcher>{};
    }
    return adapters::FeedFetcher::create(
        {std::move(*fetch), options.feed.watch->folder, options.state_folder / "fetch.json"},
        clock);
}

Status run_folder(const Setting& setting, const FileKind& kind) {
    CAREHUB_TRY(adapters::RunnerOptions options, runner_options(setting, kind));
    CAREHUB_TRY(const std::unique_ptr<adapters::FeedFetcher> fetcher, fetcher_of(setting, options));
    if (fetcher != nullptr) {
        options.on_round = [&fetcher] { fetcher->step(); };
    }
    CAREHUB_TRY(options.parse, kind.reader(setting.config, time_of(setting.time)));
    if (kind.large_reader != nullptr) {
        CAREHUB_TRY(options.read_large, kind.large_reader(setting.config));
    }
    return adapters::run_partner_adapter(std::move(options), setting.config, setting.link,
                                         setting.stop, setting.counts);
}

void print_doors(const adapters::clinic::OpenDoors& open) {
    Doors doors = {{"listen", open.mllp}};
    if (!open.fhir.empty()) {
        doors.emplace_back("fhir", open.fhir);
    }
    print_ready("clinic", doors);
}

Status run_clinic(const Setting& setting, const FileKind& kind) {
    CAREHUB_TRY(adapters::clinic::ClinicConfig config,
                adapters::clinic::load_config(setting.config));
    if (config.watches) {
        CAREHUB_TRY(adapters::RunnerOptions options, runner_options(setting, kind));
        return adapters::clinic::run_folder(std::move(config), std::move(options), setting.link,
                                            setting.stop, setting.counts);
    }
    const adapters::clinic::DoorSetting doors{state_folder_of(setting.config), setting.link_secrets,
                                              print_doors};
    return adapters::clinic::run_doors(std::move(config), doors, setting.link, setting.stop,
                                       setting.counts);
}

Status run_kind(const Setting& setting, const FileKind& kind) {
    return kind.name == "clinic" ? run_clinic(setting, kind) : run_folder(setting, kind);
}

Result<int> run_adapter(const Run& run, const FileKind& kind, const std::string& config) {
    if (run.link.empty()) {
        return fail(ErrorCode::Invalid,
                    "--link NAME.carehub is missing: `carehub partner add` writes it");
    }
    CAREHUB_TRY(const adapters::LinkFile link, link_of(run));
    const std::atomic<bool>& stop = stop_on_signals();
    std::signal(SIGUSR1, ask_for_counts);
    adapters::ConnectionOptions options;
    options.link = link;
    options.purpose = codec::Purpose::Adapter;
    options.software = "carehub adapter " + std::string(kind.name);
    // The first Hello leaves before the adapter has opened its state folder.
    const fs::path state = state_folder_of(fs::absolute(config));
    options.last_receipt =
        adapters::ReceiptMemory::open(adapters::last_receipt_file(state), link.hub_public_key)
            .last();
    CAREHUB_TRY_DONE(adapters::make_folder(state));
    options.checkpoints = adapters::CheckpointMemory::open(state, link.hub_public_key);
    CAREHUB_TRY(const std::unique_ptr<HubLink> hub, adapters::connect_hub(std::move(options)));
    Counts counts;
    TellingLink telling(*hub, counts);
    HubTime time(link);
    const Setting setting{fs::absolute(config),
                          {link.secret_key, link.earlier_keys},
                          link.hub_public_key,
                          telling,
                          time,
                          stop,
                          counts};
    const Status done = run_kind(setting, kind);
    print_counts(counts);
    CAREHUB_TRY_DONE(done);
    if (const std::string trouble = hub->trouble(); !trouble.empty()) {
        return fail(ErrorCode::Damaged, trouble);
    }
    return 0;
}

}  // namespace

void add_adapter(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "adapter",
                               "translate a partner's feed; SIGTERM stops, SIGUSR1 prints counts");
    command->require_subcommand(1);
    for (const FileKind& kind : file_kinds()) {
        auto config = std::make_shared<std::string>();
        auto* added =
            subcommand(*command, std::string(kind.name), "the adapter for this kind of partner");
        option(*added, "--config", *config, "TOML; its relative paths start at its own folder")
            ->required();
        runs(added, run, [&run, &kind, config] { return run_adapter(run, kind, *config); });
    }
    add_adapter_desk(*command, run);
    add_adapter_check(*command, run);
    add_adapter_init(*command, run);
    add_adapter_raw(*command, run);
}

}  // namespace carehub::tool
