#include "adapters/kit/hub_client.hpp"

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::adapters {

using codec::FrameType;
using std::chrono::milliseconds;

namespace {

/// Longer than any answer of a living hub, restarts included.
constexpr milliseconds kAnswerMax{60'000};
constexpr milliseconds kSlice{1'000};
/// Notices that may be under way: as many as the hub lets one session have.
constexpr std::uint32_t kNoticesUnderWay = kNoticeCreditMax;

class Deadline {
public:
    explicit Deadline(milliseconds time) : until_(clock_.steady() + time) {}
    [[nodiscard]] milliseconds left() const {
        return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(until_ - clock_.steady()));
    }
    [[nodiscard]] bool is_over() const { return left() == milliseconds{0}; }

private:
    SystemClock clock_;
    Micros until_;
};

tl::unexpected<Error> no_answer() {
    return fail(ErrorCode::Timeout,
                "the hub did not answer: is it running, and is the link file its own?");
}

Status ignore(std::uint64_t, const Receipt&) { return {}; }

}  // namespace

Result<HubClient> HubClient::connect(ConnectionOptions options, milliseconds timeout) {
    CAREHUB_TRY(auto connection, HubConnection::open(std::move(options)));
    const Deadline deadline(timeout);
    while (!connection.is_open()) {
        if (deadline.is_over()) {
            return no_answer();
        }
        CAREHUB_TRY([[maybe_unused]] const auto news, connection.poll(deadline.left()));
    }
    return HubClient(std::move(connection));
}

Result<Receipt> HubClient::command(const CommandBody& body) {
    CAREHUB_TRY(Bytes slice, codec::encode_command(body));
    return now({0, FrameType::Command, std::move(slice)});
}

Result<Receipt> HubClient::submit(const Submission& submission) {
    CAREHUB_TRY(Bytes slice, codec::encode_submission(submission));
    return now({0, FrameType::Submit, std::move(slice)});
}

Status HubClient::command_later(std::uint64_t number, const CommandBody& body,
                                const ReceiptSink& sink) {
    CAREHUB_TRY(Bytes slice, codec::encode_command(body));
    return later({number, FrameType::Command, std::move(slice)}, sink);
}

Status HubClient::submit_later(std::uint64_t number, const Submission& submission,
                               const ReceiptSink& sink) {
    CAREHUB_TRY(Bytes slice, codec::encode_submission(submission));
    return later({number, FrameType::Submit, std::move(slice)}, sink);
}

Result<Receipt> HubClient::now(Unanswered message) {
    std::optional<Receipt> answer;
    const auto keep = [&answer](std::uint64_t, const Receipt& receipt) {
        answer = receipt;
        return Status{};
    };
    CAREHUB_TRY_DONE(later(std::move(message), keep));
    CAREHUB_TRY_DONE(finish(keep));
    if (!answer) {
        return no_answer();
    }
    return *answer;
}

Status HubClient::later(Unanswered message, const ReceiptSink& sink) {
    // Receipts are taken as they come, so that neither side's queue fills while an import runs.
    CAREHUB_TRY_DONE(poll(sink, milliseconds{0}));
    const Deadline deadline(kAnswerMax);
    while (connection_.credit() == 0 || !to_resend_.empty()) {
        if (deadline.is_over()) {
            return no_answer();
        }
        CAREHUB_TRY_DONE(poll(sink, kSlice));
    }
    const std::uint64_t ticket = connection_.queue(message.type, message.slice);
    under_way_.emplace(ticket, std::move(message));
    return {};
}

Status HubClient::finish(const ReceiptSink& sink) {
    std::size_t open = under_way_.size() + to_resend_.size();
    Deadline deadline(kAnswerMax);
    while (!under_way_.empty() || !to_resend_.empty()) {
        if (deadline.is_over()) {
            return no_answer();
        }
        CAREHUB_TRY_DONE(poll(sink, kSlice));
        const std::size_t left = under_way_.size() + to_resend_.size();
        if (left < open) {
            deadline = Deadline(kAnswerMax);
            open = left;
        }
    }
    return {};
}

Result<std::vector<std::string>> HubClient::ask(const std::string& name,
                                                const QuestionArguments& arguments) {
    question_ = codec::Question{++last_question_, name, arguments};
    lines_.clear();
    answered_.reset();
    if (connection_.is_open()) {
        CAREHUB_TRY_DONE(connection_.send(FrameType::Question, codec::encode_question(*question_)));
    }
    const Deadline deadline(kAnswerMax);
    while (!answered_) {
        if (deadline.is_over()) {
            return no_answer();
        }
        CAREHUB_TRY_DONE(poll(ignore, kSlice));
    }
    question_.reset();
    if (answered_->reason != RefusalReason::None) {
        return fail(ErrorCode::Invalid, std::string(name_of(answered_->reason)) + " " +
                                            answered_->field + ": " + answered_->fix);
    }
    return std::exchange(lines_, {});
}

Status HubClient::subscribe(codec::Subscribe subscription) {
    subscription_ = std::move(subscription);
    received_.clear();
    caught_up_ = false;
    return connection_.is_open() ? send_subscription() : Status{};
}

Result<std::vector<Notice>> HubClient::notices(milliseconds timeout) {
    if (received_.empty()) {
        CAREHUB_TRY_DONE(poll(ignore, timeout));
    }
    std::vector<Notice> taken(std::make_move_iterator(received_.begin()),
                              std::make_move_iterator(received_.end()));
    received_.clear();
    // Half of the room is given back at once, so that the hub need not wait for a single unit.
    if (notice_credit_used_ >= kNoticesUnderWay / 2 && connection_.is_open()) {
        CAREHUB_TRY_DONE(connection_.give_notice_credit(notice_credit_used_));
        notice_credit_used_ = 0;
    }
    return taken;
}

Status HubClient::poll(const ReceiptSink& sink, milliseconds timeout) {
    CAREHUB_TRY(auto news, connection_.poll(timeout));
    // A batch of news may hold the end of one session and the beginning of the next: receipts
    // first.
    for (const Receipt& receipt : news.receipts) {
        const auto message = under_way_.find(receipt.ticket);
        if (message == under_way_.end()) {
            continue;
        }
        const std::uint64_t number = message->second.number;
        under_way_.erase(message);
        CAREHUB_TRY_DONE(sink(number, receipt));
    }
    for (codec::AnswerPart& part : news.answers) {
        if (!question_ || part.ticket != question_->ticket) {
            continue;
        }
        lines_.insert(lines_.end(), std::make_move_iterator(part.lines.begin()),
                      std::make_move_iterator(part.lines.end()));
        if (!part.more) {
            answered_ = std::move(part.refusal);
        }
    }
    take_notices(std::move(news.notices));
    caught_up_ = caught_up_ || news.caught_up;
    if (news.opened) {
        CAREHUB_TRY_DONE(begin_again());
    }
    queue_resends();
    return {};
}

Status HubClient::begin_again() {
    for (auto& [ticket, message] : under_way_) {
        to_resend_.push_back(std::move(message));
    }
    under_way_.clear();
    if (question_ && !answered_) {
        lines_.clear();
        CAREHUB_TRY_DONE(connection_.send(FrameType::Question, codec::encode_question(*question_)));
    }
    return subscription_ ? send_subscription() : Status{};
}

void HubClient::queue_resends() {
    while (!to_resend_.empty() && connection_.credit() > 0) {
        Unanswered message = std::move(to_resend_.front());
        to_resend_.pop_front();
        const std::uint64_t ticket = connection_.queue(message.type, message.slice);
        under_way_.emplace(ticket, std::move(message));
    }
}

Status HubClient::send_subscription() {
    notice_credit_used_ = 0;
    return connection_.subscribe(*subscription_, kNoticesUnderWay);
}

void HubClient::take_notices(std::vector<Notice> came) {
    for (Notice& notice : came) {
        ++notice_credit_used_;
        if (subscription_ && notice.number > subscription_->after) {
            subscription_->after = notice.number;
            received_.push_back(std::move(notice));
        }
    }
}

}  // namespace carehub::adapters
