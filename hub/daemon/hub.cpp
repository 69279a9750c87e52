#include "hub/daemon/hub.hpp"

#include <sys/resource.h>

#include <cstdlib>
#include <thread>

#include <pthread.h>

#include "hub/base/log.hpp"
#include "hub/daemon/disk_space.hpp"
#include "hub/daemon/history.hpp"
#include "hub/daemon/lookups.hpp"
#include "hub/daemon/open_hub.hpp"
#include "hub/daemon/question_stage.hpp"
#include "hub/daemon/snapshotter.hpp"
#include "hub/daemon/sweeper.hpp"
#include "hub/daemon/witness_folder.hpp"
#include "hub/transport/router_port.hpp"
#include "hub/transport/zap_handler.hpp"

namespace carehub::daemon {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kInputBatchesMax = 64;  ///< gateway -> core
constexpr std::size_t kCoreBatchesMax = 64;   ///< core -> journal
constexpr std::size_t kReleasesMax = 256;     ///< journal -> gateway
constexpr std::size_t kQuestionsMax = 1'024;
constexpr std::size_t kCheckpointsMax = 4;
constexpr std::size_t kCommitEntriesMax = 4'096;  ///< of one append
constexpr milliseconds kTickWait{200};            ///< the longest a due tick waits
constexpr int kLowestPriority = 19;

/// A stage cannot go on: what it was doing is unknown, so nothing may leave any more.
[[noreturn]] void stop_process(const Error& error) {
    log::error("hub", to_string(error));
    std::_Exit(exit_code_of(error));
}

using SharedCommit = std::shared_ptr<const Committed>;

/// The threads of a running hub and the mailboxes between them.
class Running {
public:
    Running(OpenHub& hub, const HubOptions& options)
        : hub_(hub),
          options_(options),
          snapshots_(hub.folder, *hub.vault, snapshot_random_, options.snapshot_every) {
        snapshots_.begin_from(hub.begun_from);
        durable_ = hub.journal->last().value;
        if (const auto& erasures = hub.machine.state().erasures; !erasures.empty()) {
            sweeper_.erased(*erasures.rbegin());
        }
    }

    Status start(const std::function<void(const HubReady&)>& on_ready) {
        CAREHUB_TRY(context_, transport::Context::create());
        CAREHUB_TRY(zap_, transport::ZapHandler::start(*context_, keys_));
        CAREHUB_TRY(const transport::CurveKeys keys, read_hub_keys(hub_.folder));
        transport::RouterOptions router;
        const std::uint16_t port = options_.port.value_or(hub_.config.port);
        router.endpoint =
            "tcp://" + hub_.config.address + ":" + (port == 0 ? "*" : std::to_string(port));
        router.secret_key = keys.secret_key;
        admit_the_known();
        CAREHUB_TRY(port_, transport::RouterPort::open(*context_, router));
        CAREHUB_TRY(const std::string endpoint, port_->endpoint());
        CAREHUB_TRY_DONE(write_private(hub_.folder.endpoint(), endpoint + "\n"));
        CAREHUB_TRY(gateway_reader_, hub_.reader());
        CAREHUB_TRY(question_reader_, hub_.reader());
        const std::uint64_t sequence = hub_.journal->last().value;
        port_->hand_over();
        run("journal", &Running::run_journal);
        run("core", &Running::run_core);
        run("questions", &Running::run_questions);
        run("gateway", &Running::run_gateway);
        run("snapshots", &Running::run_snapshots);
        run("checkpoints", &Running::run_checkpoints);
        on_ready({endpoint, sequence, hub_.begun_from.value});
        return {};
    }

    /// In the ring's order: no new input, then each stage empties into the next.
    void stop() {
        stopping_ = true;
        for (std::thread& thread : threads_) {
            thread.join();
        }
        port_.reset();
        zap_.reset();
        std::error_code none;  // gone already: the same
        std::filesystem::remove(hub_.folder.endpoint(), none);
        if (snapshots_.is_due_at_stop({durable_})) {
            write_snapshot(std::atomic<bool>{false});
        }
    }

private:
    /// Before anybody can knock; from then on the gateway keeps the table.
    void admit_the_known() {
        for (const gateway::Principal& principal : hub_.gateway_options().principals) {
            if (!principal.removed) {
                keys_.admit(principal.public_key);
            }
        }
    }

    /// The name is what `top -H` and a profiler show; at most 15 characters.
    void run(const char* name, void (Running::*stage)()) {
        std::thread& thread = threads_.emplace_back([this, stage] { (this->*stage)(); });
        (void)::pthread_setname_np(thread.native_handle(), name);  // unnamed it runs as well
    }

    void run_gateway() {
        const follower::EntryReader entries(*gateway_reader_, *hub_.vault);
        const Lookups lookups(hub_.follower, entries);
        JournalHistory history({*gateway_reader_, entries, hub_.follower, health_});
        gateway::Gateway gateway({*port_, *hub_.clock, *hub_.fingerprints, lookups, lookups,
                                  lookups, keys_, inputs_, questions_, &history, &space_},
                                 hub_.gateway_options());
        transport::Poller poller;
        while (!stopping_) {
            check(gateway.step());
            poll(poller, gateway);
            release(gateway);
        }
        questions_.close();
        inputs_.close();
        while (!releases_.is_finished()) {  // the journal closes it when all was committed
            if (const auto commit = releases_.pop(kTickWait)) {
                check(gateway.release((*commit)->released));
            }
        }
        check(gateway.stop());
    }

    void poll(transport::Poller& poller, const gateway::Gateway& gateway) {
        poller.clear();
        poller.add_fd(releases_.wake_fd());
        poller.add_fd(answers_.wake_fd());
        poller.add_fd(checkpoints_.wake_fd());
        if (gateway.wants_input()) {
            port_->add_to(poller);
        }
        check(poller.wait(std::min(gateway.wait_max(), kTickWait)));
    }

    void release(gateway::Gateway& gateway) {
        while (const auto commit = releases_.try_pop()) {
            check(gateway.release((*commit)->released));
        }
        while (const auto answer = answers_.try_pop()) {
            check(gateway.answer(*answer));
        }
        while (auto made = checkpoints_.try_pop()) {
            check(gateway.tell_checkpoint(std::move(made->note), std::move(made->key)));
        }
    }

    void run_core() {
        CoreStage stage(hub_.machine, *hub_.clock, *hub_.page, {options_.fail_on_event});
        pass_on(stage.park_poison());
        hub_.page->witness_falls();
        while (!inputs_.is_finished()) {
            if (auto batch = inputs_.pop(kTickWait)) {
                check(hub_.old_ids->tell_earlier(*batch, hub_.machine.state()));
                pass_on(stage.step(std::move(*batch)));
            }
            pass_on(stage.tick());
        }
        batches_.close();
    }

    void pass_on(CoreBatch batch) {
        const bool empty = batch.entries.empty() && batch.receipts.empty() &&
                           batch.resumed.empty() && batch.reads.empty();
        if (!empty) {
            CAREHUB_CHECK(batches_.push(std::move(batch)),
                          "core alone closes its mailbox to the journal");
        }
    }

    void run_journal() {
        JournalStage stage(*hub_.journal, *hub_.vault, hub_.follower,
                           [this] { return wait_for_room(); });
        CheckpointPace pace(hub_.config.checkpoint_every);
        while (!batches_.is_finished()) {
            hand_to_notary(pace);
            const auto sweeping = sweeper_.has_work();
            check(sweeping);
            std::vector<CoreBatch> group = next_group(*sweeping ? milliseconds{0} : kTickWait);
            check(sweeper_.step());
            if (group.empty()) {
                continue;
            }
            auto committed = stage.commit(std::move(group));
            check(committed);
            space_.journal_is_full(false);
            sweeper_.erased(committed->last_erasure);
            durable_ = hub_.journal->last().value;
            const SharedCommit shared = std::make_shared<const Committed>(std::move(*committed));
            for (const ReadDone& read : shared->reads) {
                (void)reads_.push(read);  // closed only when nobody waits for answers any more
            }
            CAREHUB_CHECK(releases_.push(shared),
                          "the journal alone closes its mailbox to the gateway");
        }
        last_head_ = {hub_.journal->last().value, hub_.journal->root()};
        heads_.close();
        reads_.close();
        releases_.close();
    }

    /// While the notary is busy, the next one waits for the next look.
    void hand_to_notary(CheckpointPace& pace) {
        audit::TreeHead head{hub_.journal->last().value, hub_.journal->root()};
        if (heads_.has_room() && pace.take(head.size, wall_.steady())) {
            (void)heads_.try_push(head);
        }
    }

    /// Signs, tells partners, and writes to the witness folder, which may be another machine's disk:
    /// nobody waits for it.
    void run_checkpoints() {
        while (!heads_.is_finished()) {
            if (const auto head = heads_.pop(kTickWait)) {
                witness(*head);
            }
        }
        if (last_head_.size > 0) {
            witness(last_head_);
        }
    }

    void witness(const audit::TreeHead& head) {
        const SignedCheckpoint made = hub_.notary->sign(head, hub_.clock->now());
        SignedCheckpoint told = made;
        (void)checkpoints_.try_push(told);  // while the gateway is busy, the next one tells more
        const std::filesystem::path path = witness_path(hub_.folder, hub_.config);
        const Status kept =
            path.empty() ? Status{} : WitnessFolder(path, hub_.notary->key()).keep(made);
        const std::string trouble = kept ? "" : kept.error().context;
        if (std::exchange(witness_trouble_, trouble) != trouble && !kept) {
            log::error("hub", "no checkpoint is kept outside: " + trouble);
        }
    }

    /// The reserve was not enough: events are refused meanwhile, and nothing leaves that is not
    /// written. A hub that is told to stop while it waits gives up: what has no receipt comes
    /// again.
    bool wait_for_room() {
        space_.journal_is_full(true);
        std::this_thread::sleep_for(kTickWait);
        return !stopping_;
    }

    /// Everything that waits, up to one append's worth.
    std::vector<CoreBatch> next_group(milliseconds wait) {
        std::vector<CoreBatch> group;
        std::size_t entries = 0;
        auto next = batches_.pop(wait);
        while (next) {
            entries += next->entries.size();
            group.push_back(std::move(*next));
            next = entries < kCommitEntriesMax ? batches_.try_pop() : std::nullopt;
        }
        return group;
    }

    void run_questions() {
        const follower::EntryReader entries(*question_reader_, *hub_.vault);
        ProofDesk proofs({*question_reader_, *hub_.notary, *hub_.clock,
                          [this] { return question_reader_->last(); }});
        QuestionStage stage(hub_.follower, entries, *hub_.fingerprints, *hub_.clock, health_,
                            proofs, hub_.config.keep);
        transport::Poller poller;
        poller.add_fd(questions_.wake_fd());
        poller.add_fd(reads_.wake_fd());
        while (!reads_.is_finished()) {
            check(poller.wait(kTickWait));
            while (auto question = questions_.try_pop()) {
                take(stage.take(std::move(*question)));
            }
            while (const auto read = reads_.try_pop()) {
                take({std::nullopt, stage.done(*read)});
            }
        }
    }

    /// Lowest priority: what it does helps the next start alone.
    void run_snapshots() {
        (void)::setpriority(PRIO_PROCESS, 0, kLowestPriority);  // of this thread; else it is louder
        while (!stopping_) {
            std::this_thread::sleep_for(kTickWait);
            if (snapshots_.is_due({durable_})) {
                write_snapshot(stopping_);
            }
            file_old_ids();
        }
    }

    void file_old_ids() {
        const Sequence end = hub_.follower.read(
            [](const follower::Follower& follower) { return archive_end(follower.state()); });
        const bool soon_forgotten = hub_.follower.read([&](const follower::Follower& follower) {
            return forgotten_end(follower.state()) > hub_.old_ids->last();
        });
        if (end.value < hub_.old_ids->last().value + kIdArchiveEntriesMin && !soon_forgotten) {
            return;
        }
        auto reader = hub_.reader();
        const Status done = reader ? hub_.old_ids->catch_up(**reader, end, stopping_)
                                   : Status(tl::unexpected(reader.error()));
        if (!done && !stopping_) {
            log::warning("hub", "ids of old events are not filed: " + done.error().context);
        }
    }

    void write_snapshot(const std::atomic<bool>& stop) {
        const Status done = snapshots_.write(stop);
        if (!done && !stop) {
            log::warning("hub", "no snapshot was written: " + done.error().context +
                                    "; the next start reads more of the journal");
        }
    }

    /// While the hub stops, mailboxes are closed: what finds no way is asked again by its asker.
    void take(QuestionStage::Taken taken) {
        if (taken.read) {
            gateway::InputBatch batch;
            batch.push_back(std::move(*taken.read));
            (void)inputs_.push(std::move(batch));
        }
        if (taken.answer) {
            (void)answers_.try_push(*taken.answer);
        }
    }

    template <class ResultOrStatus>
    static void check(const ResultOrStatus& result) {
        if (!result) {
            stop_process(result.error());
        }
    }

    OpenHub& hub_;
    const HubOptions& options_;
    std::atomic<bool> stopping_{false};
    GuardedHealth health_;
    SystemClock wall_;
    DiskSpace space_{[this] { return disk_room(hub_.folder.path); }, hub_.config.disk_reserve_mib,
                     wall_, health_};
    transport::KeyTable keys_;
    std::optional<transport::Context> context_;
    std::unique_ptr<transport::ZapHandler> zap_;
    std::optional<transport::RouterPort> port_;
    std::unique_ptr<journal::SqliteReader> gateway_reader_;
    std::unique_ptr<journal::SqliteReader> question_reader_;
    transport::Mailbox<gateway::InputBatch> inputs_{kInputBatchesMax};
    transport::Mailbox<CoreBatch> batches_{kCoreBatchesMax};
    transport::Mailbox<SharedCommit> releases_{kReleasesMax};
    transport::Mailbox<gateway::StaffQuestion> questions_{kQuestionsMax};
    transport::Mailbox<ReadDone> reads_{kQuestionsMax};
    transport::Mailbox<gateway::StaffAnswer> answers_{kQuestionsMax};
    transport::Mailbox<audit::TreeHead> heads_{kCheckpointsMax};         ///< journal -> checkpoints
    transport::Mailbox<SignedCheckpoint> checkpoints_{kCheckpointsMax};  ///< -> gateway
    audit::TreeHead last_head_;              ///< of the journal's thread, before it closes `heads_`
    std::string witness_trouble_;            ///< what the log was told
    std::atomic<std::uint64_t> durable_{0};  ///< last entry on disk
    Sweeper sweeper_{*hub_.journal, *hub_.vault};  ///< of the journal's thread
    SystemRandom snapshot_random_;
    Snapshotter snapshots_;
    std::vector<std::thread> threads_;
};

}  // namespace

int exit_code_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::SyncFailed: return 70;
        case ErrorCode::Damaged:
        case ErrorCode::BehindLedger: return 71;
        case ErrorCode::AnotherWriter: return 72;
        case ErrorCode::Io:
        case ErrorCode::Full:
        case ErrorCode::Invalid:
        case ErrorCode::NotFound:
        case ErrorCode::Unsupported:
        case ErrorCode::Unavailable:
        case ErrorCode::Timeout: break;
    }
    return 1;
}

Status run_hub(const DataFolder& folder, const HubOptions& options, const std::atomic<bool>& stop,
               const std::function<void(const HubReady&)>& on_ready) {
    CAREHUB_TRY(const auto hub, OpenHub::open(folder));
    Running running(*hub, options);
    CAREHUB_TRY_DONE(running.start(on_ready));
    while (!stop) {
        std::this_thread::sleep_for(milliseconds{50});
    }
    running.stop();
    return {};
}

}  // namespace carehub::daemon
