#include "hub/daemon/local_hub.hpp"

#include "hub/base/check.hpp"
#include "hub/daemon/open_hub.hpp"

namespace carehub::daemon {
namespace {

constexpr std::uint64_t kLocalSession = 1;  ///< no gateway runs: any number but 0 asks for receipts

}  // namespace

struct LocalHub::Parts {
    explicit Parts(std::unique_ptr<OpenHub> opened)
        : hub(std::move(opened)),
          core(hub->machine, *hub->clock, *hub->page, {}),
          journal(*hub->journal, *hub->vault, hub->follower),
          stamp(*hub->clock, hub->machine.state().now),
          maker(*hub->fingerprints, stamp),
          entries(*hub->journal, *hub->vault) {
        for (const auto& [name, zone] : hub->machine.state().zones) {
            maker.know_zone(zone.name);
        }
        session.number = kLocalSession;
        const core::State& state = hub->machine.state();
        const Partner* admin = state.partner_named(state.symbol("admin"));
        session.principal = admin == nullptr ? PartnerId{} : admin->id;
    }

    Result<std::vector<Receipt>> commit(const gateway::InputBatch& inputs) {
        std::vector<CoreBatch> batches;
        batches.push_back(core.tick());
        batches.push_back(core.step(inputs));
        CAREHUB_TRY(const Committed committed, journal.commit(std::move(batches)));
        std::vector<Receipt> receipts;
        for (const gateway::PendingReceipt& pending : committed.released.receipts) {
            receipts.push_back(pending.receipt);
        }
        return receipts;
    }

    Result<Receipt> commit_one(const gateway::InputBatch& inputs) {
        CAREHUB_TRY(const std::vector<Receipt> receipts, commit(inputs));
        CAREHUB_CHECK(receipts.size() == 1, "one message has one receipt");
        return receipts.front();
    }

    std::unique_ptr<OpenHub> hub;
    CoreStage core;
    JournalStage journal;
    gateway::Stamp stamp;
    gateway::InputMaker maker;
    follower::EntryReader entries;
    gateway::Session session;
};

LocalHub::LocalHub(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LocalHub::~LocalHub() = default;

Result<std::unique_ptr<LocalHub>> LocalHub::open(const DataFolder& folder) {
    CAREHUB_TRY(auto hub, OpenHub::open(folder));
    return std::unique_ptr<LocalHub>(new LocalHub(std::make_unique<Parts>(std::move(hub))));
}

Result<Receipt> LocalHub::command(const CommandBody& command) {
    CAREHUB_TRY(const Bytes slice, codec::encode_command(command));
    gateway::InputBatch inputs;
    parts_->maker.command(parts_->session, 1, slice, inputs);
    return parts_->commit_one(inputs);
}

Result<std::vector<Receipt>> LocalHub::commands(std::span<const CommandBody> commands) {
    gateway::InputBatch inputs;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        CAREHUB_TRY(const Bytes slice, codec::encode_command(commands[i]));
        parts_->maker.command(parts_->session, i + 1, slice, inputs);
    }
    return parts_->commit(inputs);
}

Result<Receipt> LocalHub::submit(const Submission& submission) {
    CAREHUB_TRY(const Bytes slice, codec::encode_submission(submission));
    gateway::InputBatch inputs;
    parts_->maker.submission(parts_->session, 1, slice, inputs);
    return parts_->commit_one(inputs);
}

Result<follower::Answer> LocalHub::ask(const std::string& question,
                                       const follower::Arguments& arguments) {
    const VaultFingerprints& fingerprints = *parts_->hub->fingerprints;
    return parts_->hub->follower.read([&](const follower::Follower& follower) {
        const follower::Answers answers(follower, parts_->entries, [&](std::string_view name) {
            return fingerprints.client(name);
        });
        return answers.answer({question, arguments, {StaffRole::Operator, "admin"}});
    });
}

UtcTime LocalHub::now() const { return parts_->hub->clock->now(); }

}  // namespace carehub::daemon
