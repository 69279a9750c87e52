#include "adapters/kit/zmq_staff_link.hpp"

namespace carehub::adapters {

Status ZmqStaffLink::subscribe(std::uint32_t credit) {
    return is_open() ? connection_.subscribe(codec::Subscribe{}, credit) : Status{};
}

Status ZmqStaffLink::judge(std::uint64_t number, VerdictOutcome outcome, const Refusal& refusal) {
    const codec::Verdict verdict{number, outcome, refusal};
    return connection_.tell_verdicts(std::span(&verdict, 1));
}

Status ZmqStaffLink::ask(const StaffQuestion& question) {
    if (!is_open()) {
        return {};
    }
    codec::Question asked{question.ticket, question.name, {}};
    for (const auto& [name, value] : question.arguments) {
        asked.arguments.push_back({name, value});
    }
    return connection_.send(codec::FrameType::Question, codec::encode_question(asked));
}

Result<StaffNews> ZmqStaffLink::poll(std::chrono::milliseconds timeout) {
    CAREHUB_TRY(auto came, connection_.poll(timeout));
    StaffNews news;
    news.opened = came.opened;
    news.notices = std::move(came.notices);
    for (codec::AnswerPart& part : came.answers) {
        auto& lines = parts_[part.ticket];
        lines.insert(lines.end(), std::make_move_iterator(part.lines.begin()),
                     std::make_move_iterator(part.lines.end()));
        if (!part.more) {
            news.answers.push_back({part.ticket, std::move(lines), std::move(part.refusal)});
            parts_.erase(part.ticket);
        }
    }
    if (news.opened) {
        parts_.clear();
    }
    return news;
}

Result<std::unique_ptr<StaffLink>> connect_staff(LinkFile link, std::string software) {
    ConnectionOptions options;
    options.link = std::move(link);
    options.purpose = codec::Purpose::Adapter;
    options.software = std::move(software);
    CAREHUB_TRY(auto connection, HubConnection::open(std::move(options)));
    return std::unique_ptr<StaffLink>(std::make_unique<ZmqStaffLink>(std::move(connection)));
}

}  // namespace carehub::adapters
