#include "adapters/kit/runner.hpp"

#include <boost/json.hpp>

#include "adapters/kit/file.hpp"
#include "adapters/kit/raw_archive.hpp"

namespace carehub::adapters {

FolderAdapter::FolderAdapter(const RunnerOptions& options, HubLink& link, const Clock& clock,
                             Counts& counts)
    : idle_file_(options.state_folder / "idle.json"),
      link_(link),
      clock_(clock),
      counts_(counts),
      raw_archive_(options.raw_archive) {}

Result<std::unique_ptr<FolderAdapter>> FolderAdapter::open(const RunnerOptions& options,
                                                           HubLink& link, const Clock& clock,
                                                           Counts& counts) {
    if (!options.feed.watch) {
        return fail(ErrorCode::Invalid, "[watch] folder is missing");
    }
    std::unique_ptr<FolderAdapter> adapter(new FolderAdapter(options, link, clock, counts));
    SystemRandom random;
    CAREHUB_TRY(Sealing sealing, Sealing::of_link(options.link_secrets, random));
    adapter->sealing_ = std::make_unique<Sealing>(std::move(sealing));
    SpoolLimits limits;
    limits.kept_bytes_max = options.feed.watch->kept_bytes_max;
    limits.kept_for = options.feed.watch->kept_for;
    CAREHUB_TRY(adapter->spool_,
                Spool::open(options.state_folder / "spool", *adapter->sealing_, limits));
    adapter->receipts_ =
        ReceiptMemory::open(last_receipt_file(options.state_folder), options.hub_key);
    CAREHUB_TRY_DONE(remove_file(adapter->idle_file_));
    FileFeedOptions feed;
    feed.feed = options.feed.name;
    feed.folders = *options.feed.watch;
    feed.takes = options.takes;
    feed.state_folder = options.state_folder;
    feed.parse = options.parse;
    feed.read_large = options.read_large;
    feed.encode = options.encode;
    CAREHUB_TRY(adapter->feed_,
                FileFeed::open(std::move(feed), *adapter->spool_, *adapter->sealing_, counts));
    FileFeed* told = adapter->feed_.get();
    adapter->sender_ = std::make_unique<SpoolSender>(SpoolSender::Parts{
        *adapter->spool_, link, clock, counts, *adapter->receipts_, options.decode,
        [told](const RecordRefusal& refusal) { return told->tell_refusal(refusal); },
        [told](const std::vector<Finding>& findings) { return told->tell_findings(findings); },
        adapter->tell_event()});
    adapter->look_at_ = clock.steady();
    return adapter;
}

Status FolderAdapter::step(std::chrono::milliseconds wait) {
    if (clock_.steady() >= look_at_) {
        CAREHUB_TRY_DONE(feed_->step());
        look_at_ = clock_.steady() + kLookInterval;
    }
    CAREHUB_TRY_DONE(sender_->send());
    CAREHUB_TRY(const LinkNews news, link_.poll(wait));
    CAREHUB_TRY_DONE(sender_->take(news));
    if (raw_archive_ != nullptr) {
        CAREHUB_TRY_DONE(raw_archive_->sync());
    }
    CAREHUB_TRY_DONE(let_go());
    return tell_idle();
}

TellEvent FolderAdapter::tell_event() const {
    if (raw_archive_ == nullptr) {
        return nullptr;
    }
    return [archive = raw_archive_, &clock = clock_](const Hash256& raw_sha256, Sequence event) {
        return archive->tell(raw_sha256, std::span(&event, 1), clock.now());
    };
}

Status FolderAdapter::let_go() {
    if (clock_.steady() < let_go_at_) {
        return {};
    }
    let_go_at_ = clock_.steady() + kSpoolLetGoInterval;
    if (raw_archive_ != nullptr) {
        CAREHUB_TRY_DONE(raw_archive_->let_go(clock_.now()));
    }
    return spool_->let_go(clock_.now());
}

Status FolderAdapter::close() {
    CAREHUB_TRY_DONE(spool_->save());
    return receipts_->save();
}

Status FolderAdapter::tell_idle() {
    if (!is_idle()) {
        if (!idle_told_.empty()) {
            idle_told_.clear();
            return remove_file(idle_file_);
        }
        return {};
    }
    std::string text =
        boost::json::serialize(boost::json::object{{"idle", true},
                                                   {"files_done", feed_->files_done()},
                                                   {"files_refused", feed_->files_refused()},
                                                   {"spooled", spool_->pending()},
                                                   {"accepted", counts_.accepted},
                                                   {"duplicate", counts_.duplicate},
                                                   {"refused", counts_.refused}}) +
        "\n";
    if (text == idle_told_) {
        return {};
    }
    CAREHUB_TRY_DONE(close());
    CAREHUB_TRY_DONE(replace_file(idle_file_, as_bytes(text)));
    idle_told_ = std::move(text);
    return {};
}

Status run_folder_adapter(const RunnerOptions& options, HubLink& link,
                          const std::atomic<bool>& stop, Counts& counts) {
    const SystemClock clock;
    CAREHUB_TRY(const std::unique_ptr<FolderAdapter> adapter,
                FolderAdapter::open(options, link, clock, counts));
    if (options.on_ready) {
        options.on_ready();
    }
    while (!stop.load()) {
        CAREHUB_TRY_DONE(adapter->step(kLoopWait));
        if (options.on_round) {
            options.on_round();
        }
    }
    return adapter->close();
}

}  // namespace carehub::adapters
