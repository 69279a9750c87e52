#include "adapters/desk/questions.hpp"

#include <utility>

#include "adapters/desk/limits.hpp"

namespace carehub::adapters::desk {

Status Questions::ask(std::string name, QuestionArguments arguments, Answered answered) {
    StaffQuestion question{++last_ticket_, std::move(name), std::move(arguments)};
    const bool is_heard = link_.is_open();
    const Micros late_at = clock_.steady() + (is_heard ? Micros(kTruthWaitMax) : Micros{0});
    open_[question.ticket] = {late_at, std::move(answered)};
    return link_.ask(question);
}

void Questions::take(const StaffNews& news) {
    for (const StaffAnswer& answer : news.answers) {
        if (auto found = open_.extract(answer.ticket)) {
            found.mapped().answered(&answer);
        }
    }
    const Micros now = clock_.steady();
    std::vector<Answered> unanswered;
    for (auto question = open_.begin(); question != open_.end();) {
        const bool is_over = news.opened || question->second.late_at <= now;
        if (is_over) {
            unanswered.push_back(std::move(question->second.answered));
        }
        question = is_over ? open_.erase(question) : std::next(question);
    }
    for (const Answered& answered : unanswered) {
        answered(nullptr);
    }
}

}  // namespace carehub::adapters::desk
