// adapter KIND: a partner's own format at one end, the hub's wire at the other.
#include <unistd.h>

#include <csignal>
#include <iostream>

#include <boost/json.hpp>

#include "adapters/clinic/clinic_adapter.hpp"
#include "adapters/clinic/site_config.hpp"
#include "adapters/court/court_reader.hpp"
#include "adapters/housing/read_export.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/kit/runner.hpp"
#include "adapters/kit/zmq_hub_link.hpp"
#include "adapters/supervision/read_file.hpp"
#include "hub/codec/submission.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/hub_time.hpp"
#include "tools/carehub/session.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

using adapters::Counts;
using adapters::HubLink;
using adapters::Parsed;
using adapters::ParseFile;

std::atomic<bool> counts_asked{false};

void ask_for_counts(int /*signal*/) { counts_asked = true; }

void print_counts(const Counts& counts) { std::cout << counts.to_json() << std::endl; }

/// The link with the counts told on SIGUSR1: every adapter polls its link several times a second.
class TellingLink final : public HubLink {
public:
    TellingLink(HubLink& link, const Counts& counts) : link_(link), counts_(counts) {}

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
        return link_.poll(timeout);
    }
    [[nodiscard]] int wake_fd() const override { return link_.wake_fd(); }

private:
    HubLink& link_;
    const Counts& counts_;
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

void print_ready(std::string_view kind, std::string_view door, const std::string& where) {
    std::cout << json::serialize(json::object{
                     {"ready", true}, {"kind", kind}, {door, where}, {"pid", ::getpid()}})
              << std::endl;
}

Result<Submission> decode(ByteView slice) {
    auto decoded = codec::decode_submission(slice);
    if (!decoded) {
        return fail(ErrorCode::Damaged,
                    "a spooled event does not decode: " + decoded.error().field);
    }
    return std::move(*decoded);
}

/// The spool and what the kind remembers: beside the configuration, `NAME-state` for NAME.toml.
fs::path state_folder_of(const fs::path& config) {
    return config.parent_path() / (config.stem().string() + "-state");
}

Status run_folder(const Setting& setting, std::string_view kind, adapters::Takes takes,
                  ParseFile parse) {
    CAREHUB_TRY(adapters::FeedConfig feed, adapters::read_feed_config(setting.config));
    const std::string watched = feed.watch ? feed.watch->folder.string() : "";
    adapters::RunnerOptions options;
    options.feed = std::move(feed);
    options.takes = takes;
    options.state_folder = state_folder_of(setting.config);
    options.link_secrets = setting.link_secrets;
    options.hub_key = setting.hub_key;
    options.parse = std::move(parse);
    options.encode = codec::encode_submission;
    options.decode = decode;
    options.on_ready = [kind, watched] { print_ready(kind, "watching", watched); };
    CAREHUB_TRY_DONE(adapters::make_folder(options.state_folder));
    return adapters::run_folder_adapter(options, setting.link, setting.stop, setting.counts);
}

Status run_clinic(const Setting& setting) {
    CAREHUB_TRY(const adapters::clinic::ClinicConfig config,
                adapters::clinic::load_config(setting.config));
    return adapters::clinic::run(
        setting.config, setting.link, setting.stop,
        [&config](std::uint16_t port) {
            print_ready("clinic", "listen", config.address + ":" + std::to_string(port));
        },
        setting.counts);
}

Status run_housing(const Setting& setting) {
    CAREHUB_TRY(const adapters::housing::Site site, adapters::housing::read_site(setting.config));
    return run_folder(setting, "housing", adapters::Takes::FilesAndSets,
                      [&site](const fs::path& file, std::string& state) {
                          return adapters::housing::read_export(file, site, state);
                      });
}

Result<Parsed> read_court_file(const fs::path& file, const adapters::court::Site& site,
                               HubTime& time, std::string& state) {
    CAREHUB_TRY(const UtcTime now, time.now());
    CAREHUB_TRY(adapters::court::SnapshotStore store,
                adapters::court::SnapshotStore::from_json(state));
    CAREHUB_TRY(Parsed parsed, adapters::court::read_file(file, site, store, now));
    state = store.to_json();
    return parsed;
}

Status run_court(const Setting& setting) {
    CAREHUB_TRY(const adapters::court::Site site, adapters::court::load_site(setting.config));
    return run_folder(setting, "court", adapters::Takes::Files,
                      [&site, &setting](const fs::path& file, std::string& state) {
                          return read_court_file(file, site, setting.time, state);
                      });
}

Result<Parsed> read_check_ins(const fs::path& file, const adapters::supervision::Site& site,
                              HubTime& time, std::string& state) {
    CAREHUB_TRY(auto known, adapters::supervision::KnownRows::from_text(state));
    CAREHUB_TRY(const UtcTime modified, adapters::modified_at(file));
    CAREHUB_TRY(const UtcTime file_time, time.instead_of(modified));
    CAREHUB_TRY(Parsed parsed, adapters::supervision::read_file(file, site, known, file_time));
    state = known.to_text();
    return parsed;
}

Status run_supervision(const Setting& setting) {
    CAREHUB_TRY(const adapters::supervision::Site site,
                adapters::supervision::read_site(setting.config));
    return run_folder(setting, "supervision", adapters::Takes::Files,
                      [&site, &setting](const fs::path& file, std::string& state) {
                          return read_check_ins(file, site, setting.time, state);
                      });
}

struct Kind {
    std::string_view name;
    Status (*run)(const Setting& setting);
};

constexpr Kind kKinds[] = {{"clinic", run_clinic},
                           {"housing", run_housing},
                           {"court", run_court},
                           {"supervision", run_supervision}};

Result<int> run_adapter(const Run& run, const Kind& kind, const std::string& config) {
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
    options.last_receipt =
        adapters::ReceiptMemory::open(
            adapters::last_receipt_file(state_folder_of(fs::absolute(config))), link.hub_public_key)
            .last();
    CAREHUB_TRY(const std::unique_ptr<HubLink> hub, adapters::connect_hub(std::move(options)));
    Counts counts;
    TellingLink telling(*hub, counts);
    HubTime time(link);
    const Status done = kind.run({fs::absolute(config),
                                  {link.secret_key, link.earlier_keys},
                                  link.hub_public_key,
                                  telling,
                                  time,
                                  stop,
                                  counts});
    print_counts(counts);
    CAREHUB_TRY_DONE(done);
    return 0;
}

}  // namespace

void add_adapter(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand(
        "adapter", "translate a partner's feed; SIGTERM stops, SIGUSR1 prints counts");
    command->require_subcommand(1);
    for (const Kind& kind : kKinds) {
        auto config = std::make_shared<std::string>();
        auto* added =
            command->add_subcommand(std::string(kind.name), "the adapter for this kind of partner");
        added->add_option("--config", *config, "TOML; its relative paths start at its own folder")
            ->required();
        runs(added, run, [&run, &kind, config] { return run_adapter(run, kind, *config); });
    }
}

}  // namespace carehub::tool
