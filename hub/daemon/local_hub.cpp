#include "hub/daemon/local_hub.hpp"

#include "hub/base/check.hpp"
#include "hub/daemon/open_hub.hpp"
#include "hub/daemon/proof_desk.hpp"
#include "hub/daemon/question_stage.hpp"

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
          entries(*hub->journal, *hub->vault),
          proofs({*hub->journal, *hub->notary, *hub->clock,
                  [this]() -> Result<Sequence> { return hub->journal->last(); }}),
          questions(hub->follower, entries, *hub->fingerprints, *hub->clock, health, proofs,
                    hub->config.keep) {
        for (const auto& [name, zone] : hub->machine.state().zones) {
            maker.know_zone(zone.name);
        }
        session.number = kLocalSession;
        const core::State& state = hub->machine.state();
        const Partner* admin = state.partner_named(state.symbol("admin"));
        session.principal = admin == nullptr ? PartnerId{} : admin->id;
    }

    Result<Committed> commit_batch(gateway::InputBatch inputs) {
        std::vector<CoreBatch> batches;
        batches.push_back(core.tick());
        CAREHUB_TRY_DONE(hub->old_ids->tell_earlier(inputs, hub->machine.state()));
        batches.push_back(core.step(std::move(inputs)));
        return journal.commit(std::move(batches));
    }

    Result<std::vector<Receipt>> commit(gateway::InputBatch inputs) {
        CAREHUB_TRY(const Committed committed, commit_batch(std::move(inputs)));
        std::vector<Receipt> receipts;
        for (const gateway::PendingReceipt& pending : committed.released.receipts) {
            receipts.push_back(pending.receipt);
        }
        return receipts;
    }

    Result<Receipt> commit_one(gateway::InputBatch inputs) {
        CAREHUB_TRY(const std::vector<Receipt> receipts, commit(std::move(inputs)));
        CAREHUB_CHECK(receipts.size() == 1, "one message has one receipt");
        return receipts.front();
    }

    Result<ReadDone> commit_read(Input input) {
        gateway::InputBatch inputs;
        inputs.push_back(std::move(input));
        CAREHUB_TRY(const Committed committed, commit_batch(std::move(inputs)));
        CAREHUB_CHECK(committed.reads.size() == 1, "one reading is done once");
        return committed.reads.front();
    }

    std::unique_ptr<OpenHub> hub;
    CoreStage core;
    JournalStage journal;
    gateway::Stamp stamp;
    gateway::InputMaker maker;
    follower::EntryReader entries;
    GuardedHealth health;
    ProofDesk proofs;
    QuestionStage questions;
    gateway::Session session;
};

LocalHub::LocalHub(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LocalHub::~LocalHub() = default;

Result<std::unique_ptr<LocalHub>> LocalHub::open(const DataFolder& folder, AfterRestore after) {
    CAREHUB_TRY(auto hub, OpenHub::open(folder, after));
    return std::unique_ptr<LocalHub>(new LocalHub(std::make_unique<Parts>(std::move(hub))));
}

Result<Receipt> LocalHub::command(const CommandBody& command) {
    CAREHUB_TRY(const Bytes slice, codec::encode_command(command));
    gateway::InputBatch inputs;
    parts_->maker.command(parts_->session, 1, slice, inputs);
    return parts_->commit_one(std::move(inputs));
}

Result<std::vector<Receipt>> LocalHub::commands(std::span<const CommandBody> commands) {
    gateway::InputBatch inputs;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        CAREHUB_TRY(const Bytes slice, codec::encode_command(commands[i]));
        parts_->maker.command(parts_->session, i + 1, slice, inputs);
    }
    return parts_->commit(std::move(inputs));
}

Result<Receipt> LocalHub::submit(const Submission& submission) {
    CAREHUB_TRY(const Bytes slice, codec::encode_submission(submission));
    gateway::InputBatch inputs;
    parts_->maker.submission(parts_->session, 1, slice, inputs);
    return parts_->commit_one(std::move(inputs));
}

Result<std::vector<Receipt>> LocalHub::submit_as(const std::string& partner,
                                                 std::span<const Submission> submissions) {
    const core::State& state = parts_->hub->machine.state();
    const Partner* sender = state.partner_named(state.symbol(partner));
    if (sender == nullptr) {
        return fail(ErrorCode::NotFound, "there is no partner " + partner);
    }
    gateway::Session session = parts_->session;
    session.principal = sender->id;
    gateway::InputBatch inputs;
    for (std::size_t i = 0; i < submissions.size(); ++i) {
        CAREHUB_TRY(const Bytes slice, codec::encode_submission(submissions[i]));
        parts_->maker.submission(session, i + 1, slice, inputs);
    }
    return parts_->commit(std::move(inputs));
}

Result<follower::Answer> LocalHub::ask(const std::string& question,
                                       const follower::Arguments& arguments) {
    const core::State& state = parts_->hub->machine.state();
    const Partner* asker = state.partner(parts_->session.principal);
    CAREHUB_CHECK(asker != nullptr, "every folder has an operator");
    gateway::StaffQuestion asked;
    asked.session = kLocalSession;
    asked.ticket = 1;
    asked.asker = {asker->id, std::string(state.text(asker->name)), asker->kind, asker->role};
    asked.name = question;
    for (const auto& [name, value] : arguments) {
        asked.arguments.push_back({name, value});
    }
    QuestionStage::Taken taken = parts_->questions.take(std::move(asked));
    if (taken.read) {
        CAREHUB_TRY(const ReadDone read, parts_->commit_read(std::move(*taken.read)));
        taken.answer = parts_->questions.done(read);
    }
    CAREHUB_CHECK(taken.answer.has_value(), "what was read is answered");
    return follower::Answer{std::move(taken.answer->lines), std::move(taken.answer->refusal)};
}

Status LocalHub::speak_as(const std::string& name, const Hash256& public_key) {
    const core::State& state = parts_->hub->machine.state();
    const Partner* holder = state.partner_named(state.symbol(name));
    if (holder == nullptr || holder->removed || holder->public_key != public_key) {
        return fail(ErrorCode::NotFound, "this hub knows no such link of " + name);
    }
    parts_->session.principal = holder->id;
    return {};
}

UtcTime LocalHub::now() const { return parts_->hub->clock->now(); }

}  // namespace carehub::daemon
