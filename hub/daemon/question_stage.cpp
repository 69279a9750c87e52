#include "hub/daemon/question_stage.hpp"

namespace carehub::daemon {
namespace {

constexpr std::string_view kHealth = "health";

bool reads_about_clients(std::string_view question) {
    return question != "status" && question != "counts" && question != "rules" &&
           question != "partners" && question != kHealth;
}

follower::Asked asked_of(const gateway::StaffQuestion& question) {
    follower::Asked asked;
    asked.name = question.name;
    for (const gateway::QuestionArgument& argument : question.arguments) {
        asked.arguments[argument.name] = argument.value;
    }
    asked.reader = {question.asker.role, question.asker.name, question.asker.id};
    return asked;
}

}  // namespace

QuestionStage::Taken QuestionStage::take(gateway::StaffQuestion question) {
    if (!reads_about_clients(question.name)) {
        return {std::nullopt, answer(question)};
    }
    Input input;
    input.received_at = clock_.now();
    input.principal = question.asker.id;
    input.session = question.session;
    input.ticket = question.ticket;
    input.body = ReadInput{question.name, client_of(question)};
    waiting_.insert_or_assign({question.session, question.ticket}, std::move(question));
    return {std::move(input), std::nullopt};
}

std::optional<gateway::StaffAnswer> QuestionStage::done(const ReadDone& read) {
    const auto question = waiting_.find({read.session, read.ticket});
    if (question == waiting_.end()) {
        return std::nullopt;
    }
    gateway::StaffAnswer ready = answer(question->second);
    waiting_.erase(question);
    return ready;
}

ClientId QuestionStage::client_of(const gateway::StaffQuestion& question) const {
    return follower_.read([&](const follower::Follower& follower) {
        return follower::Answers(follower, entries_, hashes_of(fingerprints_))
            .client_of(asked_of(question));
    });
}

gateway::StaffAnswer QuestionStage::answer(const gateway::StaffQuestion& question) const {
    if (question.name == kHealth && question.asker.is_staff()) {
        follower::Answer told = health_.read(follower::answer_health);
        return {question.session, question.ticket, std::move(told.lines), {}};
    }
    return follower_.read([&](const follower::Follower& follower) {
        const follower::Answers answers(follower, entries_, hashes_of(fingerprints_));
        follower::Answer found = answers.answer(asked_of(question));
        return gateway::StaffAnswer{question.session, question.ticket, std::move(found.lines),
                                    std::move(found.refusal)};
    });
}

}  // namespace carehub::daemon
