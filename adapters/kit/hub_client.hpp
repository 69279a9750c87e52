// What the command line asks of a running hub: commands, events, questions, notices.
//
// Contract: a call waits until the hub has answered or its time is up. Imports use the pipelined
// calls: any number under way within credit, receipts handed to a function as they come. When the
// session breaks in the middle, everything without a receipt is sent again: commands that changed
// something already are then answered Duplicate.
// Errors: Timeout; Unavailable, Unsupported, AnotherWriter as in hub_connection.hpp; Invalid when a
// message does not encode or the hub refuses a question (the text says why).
// Threads: confined to one thread.
#pragma once

#include <functional>
#include <map>
#include <variant>

#include "adapters/kit/hub_connection.hpp"
#include "hub/model/command.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters {

using QuestionArguments = std::vector<codec::Argument>;
/// Gets the number that was given with the message, and its receipt.
using ReceiptSink = std::function<Status(std::uint64_t number, const Receipt& receipt)>;

class HubClient {
public:
    /// Waits for the session.
    [[nodiscard]] static Result<HubClient> connect(ConnectionOptions options,
                                                   std::chrono::milliseconds timeout);
    HubClient(HubClient&&) = default;
    HubClient& operator=(HubClient&&) = delete;
    ~HubClient() = default;

    [[nodiscard]] const codec::Welcome& welcome() const { return connection_.welcome(); }

    [[nodiscard]] Result<Receipt> command(const CommandBody& body);
    [[nodiscard]] Result<Receipt> submit(const Submission& submission);
    /// Takes the message, waiting only for credit; receipts that come meanwhile go to the sink.
    [[nodiscard]] Status command_later(std::uint64_t number, const CommandBody& body,
                                       const ReceiptSink& sink);
    [[nodiscard]] Status submit_later(std::uint64_t number, const Submission& submission,
                                      const ReceiptSink& sink);
    /// Waits until everything taken has its receipt.
    [[nodiscard]] Status finish(const ReceiptSink& sink);

    /// The lines of the answer, each one JSON object.
    [[nodiscard]] Result<std::vector<std::string>> ask(const std::string& name,
                                                       const QuestionArguments& arguments);

    /// Subscribes, again after every break, with the last number received.
    [[nodiscard]] Status subscribe(codec::Subscribe subscription);
    /// Notices that came within `timeout`; each is received once.
    [[nodiscard]] Result<std::vector<Notice>> notices(std::chrono::milliseconds timeout);
    /// Everything that was owed at subscribe() came.
    [[nodiscard]] bool caught_up() const { return caught_up_; }
    [[nodiscard]] Status acknowledge(std::uint64_t number) {
        return connection_.acknowledge(number);
    }
    /// What became of notices at their recipient; each was received and not judged yet. Refused
    /// ones come again by themselves, with numbers of their own.
    [[nodiscard]] Status tell_verdicts(std::span<const codec::Verdict> verdicts) {
        return connection_.tell_verdicts(verdicts);
    }
    void leave() { connection_.leave(); }

private:
    struct Unanswered {
        std::uint64_t number;
        codec::FrameType type;
        Bytes slice;
    };

    explicit HubClient(HubConnection connection) : connection_(std::move(connection)) {}
    [[nodiscard]] Status later(Unanswered message, const ReceiptSink& sink);
    [[nodiscard]] Result<Receipt> now(Unanswered message);
    [[nodiscard]] Status poll(const ReceiptSink& sink, std::chrono::milliseconds timeout);
    [[nodiscard]] Status begin_again();
    void queue_resends();
    [[nodiscard]] Status send_subscription();
    void take_notices(std::vector<Notice> came);

    HubConnection connection_;
    std::map<std::uint64_t, Unanswered> under_way_;  // by ticket of the present session
    std::deque<Unanswered> to_resend_;
    std::optional<codec::Subscribe> subscription_;
    std::uint32_t notice_credit_used_ = 0;
    bool caught_up_ = false;
    std::deque<Notice> received_;
    std::optional<codec::Question> question_;
    std::vector<std::string> lines_;
    std::optional<Refusal> answered_;
    std::uint64_t last_question_ = 0;
};

}  // namespace carehub::adapters
