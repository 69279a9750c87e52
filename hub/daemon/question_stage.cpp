#include "hub/daemon/question_stage.hpp"

#include "hub/codec/control.hpp"

namespace carehub::daemon {
namespace {

constexpr std::string_view kHealth = "health";

bool reads_about_clients(std::string_view question) {
    return question != "status" && question != "counts" && question != "rules" &&
           question != "partners" && question != kHealth && !ProofDesk::answers(question);
}

constexpr std::string_view kExport = "trail_export";

follower::Asked asked_of(const gateway::StaffQuestion& question) {
    follower::Asked asked;
    asked.name = question.name;
    for (const gateway::QuestionArgument& argument : question.arguments) {
        asked.arguments[argument.name] = argument.value;
    }
    asked.reader = {question.asker.role, question.asker.name, question.asker.id};
    return asked;
}

/// What the trail keeps of it: the question and what it named, without the asker's number.
Result<Bytes> bytes_of(const gateway::StaffQuestion& question) {
    codec::Question kept;
    kept.name = question.name;
    for (const gateway::QuestionArgument& argument : question.arguments) {
        kept.arguments.push_back({argument.name, argument.value});
    }
    return codec::encode_question(kept);
}

}  // namespace

QuestionStage::Taken QuestionStage::take(gateway::StaffQuestion question) {
    if (!reads_about_clients(question.name)) {
        return {std::nullopt, answer(question)};
    }
    const follower::Asked asked = asked_of(question);
    if (Refusal wrong = follower::refuse_reason(asked); wrong.reason != RefusalReason::None) {
        return {std::nullopt,
                gateway::StaffAnswer{question.session, question.ticket, {}, std::move(wrong)}};
    }
    auto bytes = bytes_of(question);
    if (!bytes) {
        return {std::nullopt, gateway::StaffAnswer{question.session,
                                                   question.ticket,
                                                   {},
                                                   {RefusalReason::TooLarge, "arguments",
                                                    "An argument is too long."}}};
    }
    Input input;
    input.received_at = clock_.now();
    input.principal = question.asker.id;
    input.session = question.session;
    input.ticket = question.ticket;
    input.wire = std::move(*bytes);
    input.body = read_of(asked);
    waiting_.insert_or_assign({question.session, question.ticket}, std::move(question));
    return {std::move(input), std::nullopt};
}

std::optional<gateway::StaffAnswer> QuestionStage::done(const ReadDone& read) {
    const auto question = waiting_.find({read.session, read.ticket});
    if (question == waiting_.end()) {
        return std::nullopt;
    }
    gateway::StaffAnswer ready =
        read.refusal.reason == RefusalReason::None
            ? answer(question->second)
            : gateway::StaffAnswer{read.session, read.ticket, {}, read.refusal};
    waiting_.erase(question);
    return ready;
}

ReadInput QuestionStage::read_of(const follower::Asked& asked) const {
    return follower_.read([&](const follower::Follower& follower) {
        const follower::Answers answers(follower, entries_, hashes_of(fingerprints_));
        return ReadInput{asked.name, answers.client_of(asked), follower::breaks_glass(asked),
                         answers.refusal(asked)};
    });
}

gateway::StaffAnswer QuestionStage::answer(const gateway::StaffQuestion& question) {
    follower::Answer found = find(question);
    return {question.session, question.ticket, std::move(found.lines), std::move(found.refusal)};
}

follower::Answer QuestionStage::find(const gateway::StaffQuestion& question) {
    follower::Asked asked = asked_of(question);
    asked.keep = keep_;
    if (question.name == kHealth && question.asker.is_staff()) {
        return health_.read(follower::answer_health);
    }
    if (ProofDesk::answers(question.name)) {
        return proofs_.answer(question.name, asked.arguments);
    }
    follower::Answer found = follower_.read([&](const follower::Follower& follower) {
        return follower::Answers(follower, entries_, hashes_of(fingerprints_)).answer(asked);
    });
    // Proofs read the journal for long: not while the follower is held.
    return question.name == kExport ? proofs_.prove(std::move(found), asked.arguments)
                                    : std::move(found);
}

}  // namespace carehub::daemon
