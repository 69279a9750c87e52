// A hub over real CURVE on the loopback: transport and gateway as they are, and in place of the
// core something that accepts every submission and command and delivers it to the link "watcher".
#pragma once

#include <atomic>
#include <map>
#include <thread>

#include "adapters/kit/link_file.hpp"
#include "hub/codec/submission.hpp"
#include "hub/gateway/gateway.hpp"
#include "hub/transport/router_port.hpp"
#include "hub/transport/zap_handler.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters {

class NoHashes final : public gateway::Fingerprints {
public:
    [[nodiscard]] SubjectHash subject(const Identifier&) const override { return {}; }
    [[nodiscard]] SourceId source(PartnerId, std::string_view, std::string_view) const override {
        return {};
    }
    [[nodiscard]] Hash128 business_key(PartnerId, std::string_view) const override { return {}; }
    [[nodiscard]] Hash128 body(ByteView) const override { return {}; }
    [[nodiscard]] ConsentId consent(const SubjectHash&, std::string_view) const override {
        return {};
    }
    [[nodiscard]] ClientId client(std::string_view) const override { return {}; }
};

class NoNames final : public gateway::Names {
public:
    [[nodiscard]] std::string partner(PartnerId) const override { return "feeder"; }
    [[nodiscard]] std::string client(const ClientId&) const override { return {}; }
    [[nodiscard]] std::vector<Identifier> identifiers(const ClientId&, PartnerId) const override {
        return {};
    }
    [[nodiscard]] std::string consent_scope(const Delivery&) const override { return {}; }
};

class NoAlerts final : public gateway::AlertRenderer {
public:
    [[nodiscard]] std::optional<AlertNotice> render(const ClientId&,
                                                    const AlertId&) const override {
        return {};
    }
};

class MapBacklog final : public gateway::BacklogReader {
public:
    [[nodiscard]] Result<gateway::EntryPtr> entry(Sequence sequence) const override {
        const auto found = entries.find(sequence.value);
        return found == entries.end()
                   ? Result<gateway::EntryPtr>(fail(ErrorCode::NotFound, "no entry"))
                   : Result<gateway::EntryPtr>(found->second);
    }
    [[nodiscard]] Result<gateway::Backlog> deliveries(PartnerId, std::uint64_t, Sequence,
                                                      std::size_t) const override {
        return gateway::Backlog{{}, {}, true};
    }
    [[nodiscard]] Result<Sequence> first_since(UtcTime) const override { return Sequence{1}; }
    std::map<std::uint64_t, gateway::EntryPtr> entries;
};

/// Says what a test wants of every receipt told in Hello.
class SaidHistory final : public gateway::History {
public:
    [[nodiscard]] gateway::Recall judge(const gateway::Principal&, Sequence sequence,
                                        const Hash256&) override {
        told = sequence.value;
        return says;
    }
    std::atomic<gateway::Recall> says{gateway::Recall::Known};
    std::atomic<std::uint64_t> told{0};
};

class LoopbackHub {
public:
    static constexpr PartnerId kFeeder{1};
    static constexpr PartnerId kWatcher{2};

    LoopbackHub() { start(); }
    ~LoopbackHub() { stop(); }
    LoopbackHub(const LoopbackHub&) = delete;
    LoopbackHub& operator=(const LoopbackHub&) = delete;

    [[nodiscard]] LinkFile feeder() const {
        return link(kFeeder, PartnerKind::Clinic, feeder_keys_);
    }
    [[nodiscard]] LinkFile watcher() const {
        return link(kWatcher, PartnerKind::Staff, watcher_keys_);
    }
    [[nodiscard]] LinkFile stranger() const {
        return link({9}, PartnerKind::Clinic, *transport::make_curve_keys());
    }
    /// A new hub process, as far as a client can tell: no session of the old one lives.
    void restart() {
        stop();
        start();
    }
    [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
    [[nodiscard]] std::uint64_t verdicts() const { return verdicts_; }
    [[nodiscard]] SaidHistory& history() { return history_; }
    /// To every session, and to new ones until the next restart.
    void tell_checkpoint(const std::string& note, const std::string& key) {
        REQUIRE(checkpoints_.push({note, key}));
    }
    /// What the next questions are answered with.
    void answer_with(const std::string& line) { REQUIRE(answers_.push(line)); }

private:
    [[nodiscard]] LinkFile link(PartnerId id, PartnerKind kind,
                                const transport::CurveKeys& keys) const {
        LinkFile file;
        file.name = "link-" + std::to_string(id.value);
        file.kind = kind;
        file.role = kind == PartnerKind::Staff ? StaffRole::Operator : StaffRole::Unset;
        file.endpoint = endpoint_;
        file.hub_public_key = own_.public_key;
        file.public_key = keys.public_key;
        file.secret_key = keys.secret_key;
        return file;
    }
    [[nodiscard]] std::vector<gateway::Principal> principals() const {
        return {{kFeeder, "feeder", PartnerKind::Clinic, StaffRole::Unset, feeder_keys_.public_key,
                 false},
                {kWatcher, "watcher", PartnerKind::Staff, StaffRole::Operator,
                 watcher_keys_.public_key, false}};
    }

    void start() {
        stopping_ = false;
        context_.emplace(*transport::Context::create());
        zap_ = *transport::ZapHandler::start(*context_, keys_);
        auto opened = transport::RouterPort::open(
            *context_, {endpoint_.empty() ? "tcp://127.0.0.1:0" : endpoint_, own_.secret_key,
                        transport::IpVersion::V4});
        REQUIRE(opened);
        endpoint_ = *opened->endpoint();
        opened->hand_over();
        thread_ = std::thread([this, port = std::move(*opened)]() mutable { run(port); });
    }
    void stop() {
        stopping_ = true;
        if (thread_.joinable()) {
            thread_.join();
        }
        zap_.reset();
        // Waits until libzmq has closed every socket: only then is the port free again.
        context_.reset();
    }

    void run(transport::RouterPort& port) {
        transport::Mailbox<gateway::InputBatch> inputs(8);
        transport::Mailbox<gateway::StaffQuestion> questions(8);
        gateway::Gateway gateway(
            {port, clock_, hashes_, names_, alerts_, backlog_, keys_, inputs, questions, &history_},
            {{}, 1, kUnknownTime, {}, principals()});
        transport::Poller poller;
        port.add_to(poller);
        while (!stopping_) {
            if (!gateway.step()) {
                return;
            }
            while (auto batch = inputs.try_pop()) {
                if (!gateway.release(decide(*batch))) {
                    return;
                }
            }
            while (const auto told = checkpoints_.try_pop()) {
                if (!gateway.tell_checkpoint(told->first, told->second)) {
                    return;
                }
            }
            while (auto question = questions.try_pop()) {
                if (!gateway.answer(
                        {question->session,
                         question->ticket,
                         {answers_.try_pop().value_or("{\"name\":\"" + question->name + "\"}")},
                         {}})) {
                    return;
                }
            }
            if (!poller.wait(std::min(gateway.wait_max(), std::chrono::milliseconds{20}))) {
                return;
            }
        }
    }

    gateway::Released decide(const gateway::InputBatch& batch) {
        gateway::Released released;
        for (const Input& input : batch) {
            if (input.kind() == InputKind::Submission || input.kind() == InputKind::Command) {
                accept(input, released);
            } else if (input.kind() == InputKind::Acknowledge) {
                acknowledged_ = std::get<AcknowledgeInput>(input.body).number;
            } else if (input.kind() == InputKind::Resume) {
                resume(input, released);
            } else if (input.kind() == InputKind::Verdict) {
                ++verdicts_;
            }
        }
        return released;
    }
    void accept(const Input& input, gateway::Released& released) {
        const std::uint64_t sequence = ++accepted_;
        auto entry = std::make_shared<Entry>();
        entry->sequence = {sequence};
        entry->input_kind = input.kind();
        entry->principal = input.principal;
        entry->input = input.wire;
        released.entries.push_back(entry);
        backlog_.entries[sequence] = entry;
        released.receipts.push_back(
            {input.session, {input.ticket, ReceiptStatus::Accepted, {sequence}, {}, {}}});
        if (input.kind() == InputKind::Submission) {
            released.deliveries.push_back(delivery_of(sequence));
        }
    }
    void resume(const Input& input, gateway::Released& released) const {
        const auto& ask = std::get<ResumeInput>(input.body);
        gateway::Resumed resumed;
        resumed.recipient = input.principal;
        resumed.session = input.session;
        for (std::uint64_t number = std::max(ask.after, acknowledged_) + 1; number <= accepted_;
             ++number) {
            if (input.principal == kWatcher && resumed.deliveries.size() < ask.count_max) {
                resumed.deliveries.push_back(delivery_of(number));
            }
        }
        resumed.more = resumed.deliveries.size() == ask.count_max;
        released.resumed.push_back(std::move(resumed));
    }
    static Delivery delivery_of(std::uint64_t sequence) {
        Delivery delivery;
        delivery.recipient = kWatcher;
        delivery.number = sequence;
        delivery.state = DeliveryState::Queued;
        delivery.entry = {sequence};
        delivery.form = Form::Full;
        return delivery;
    }

    std::optional<transport::Context> context_;
    transport::KeyTable keys_;
    transport::CurveKeys own_ = *transport::make_curve_keys();
    transport::CurveKeys feeder_keys_ = *transport::make_curve_keys();
    transport::CurveKeys watcher_keys_ = *transport::make_curve_keys();
    std::unique_ptr<transport::ZapHandler> zap_;
    std::string endpoint_;
    SystemClock clock_;
    NoHashes hashes_;
    NoNames names_;
    NoAlerts alerts_;
    MapBacklog backlog_;
    std::atomic<bool> stopping_{false};
    std::atomic<std::uint64_t> accepted_{0};
    std::atomic<std::uint64_t> verdicts_{0};
    SaidHistory history_;
    transport::Mailbox<std::pair<std::string, std::string>> checkpoints_{8};
    transport::Mailbox<std::string> answers_{8};
    std::uint64_t acknowledged_ = 0;
    std::thread thread_;
};

inline Submission make_event(std::uint64_t number) {
    Submission submission;
    submission.kind = EventKind::AppointmentBooked;
    submission.feed = "front-desk";
    submission.source_msg_id = "e" + std::to_string(number);
    submission.business_key = "front-desk|" + submission.source_msg_id;
    submission.identifiers = {{"CLINIC", "MR", "12345"}};
    submission.occurred_at = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 7 / 8}};
    submission.zone = "America/New_York";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.status = ObligationStatus::Scheduled;
    claim.start = submission.occurred_at + std::chrono::hours{38};
    claim.end = claim.start + std::chrono::minutes{20};
    claim.owner_org = "Main Street Clinic";
    submission.payload = claim;
    return submission;
}

}  // namespace carehub::adapters
