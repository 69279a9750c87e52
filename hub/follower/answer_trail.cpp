// The questions `trail_client` and `trail_event`: what was done with what came in.
#include "hub/follower/paging.hpp"
#include "hub/follower/span.hpp"
#include "hub/follower/trail_steps.hpp"

namespace carehub::follower {
namespace {

/// The entry of the event that the question names, when the asker may read it; else the refusal.
tl::expected<EntryPtr, Answer> readable_event(const Answering& question) {
    const auto sequence = question.event();
    const auto entry = sequence ? question.entries.entry(*sequence)
                                : Result<EntryPtr>(fail(ErrorCode::NotFound, ""));
    if (!entry || (*entry)->input_kind != InputKind::Submission) {
        return tl::unexpected(refuse(RefusalReason::NotFound, "event",
                                     "name an event id such as h-12 from its receipt"));
    }
    const core::Case* subject = question.state.find_case((*entry)->decisions.client);
    if (!question.reader_sees(**entry) || (subject != nullptr && !question.may_read(*subject))) {
        return tl::unexpected(
            refuse(RefusalReason::NotAllowed, "event", "ask the client's own case manager"));
    }
    return *entry;
}

}  // namespace

Answer answer_trail_client(const Answering& question) {
    const auto subject = question.known_case();
    if (!subject) {
        return subject.error();
    }
    const auto span = span_of(question, *subject);
    if (!span) {
        return span.error();
    }
    const auto page = page_of(question, 0);
    if (!page) {
        return page.error();
    }
    if (question.only_whether) {
        return {};
    }
    const std::vector<Sequence>& about = question.follower.entries_of(question.client);
    const auto at = [&](std::size_t place) { return time_of(question.entries, about[place]); };
    const Places places = places_of(about.size(), at, *span, *page);
    const TrailSteps steps(question, question.client);
    const bool only_broken = wants_broken_glass(question);
    Answer answer;
    for (std::size_t place = places.begin; place < places.end; ++place) {
        const auto entry = question.entries.entry(about[place]);
        if (!entry || !question.reader_sees(**entry)) {
            continue;
        }
        if (!only_broken) {
            steps.add(**entry, answer.lines);
        } else if (broke_glass(**entry)) {
            steps.add_act(**entry, answer.lines);
        }
    }
    return answer;
}

Answer answer_trail_event(const Answering& question) {
    const auto entry = readable_event(question);
    if (!entry) {
        return entry.error();
    }
    const auto span = span_of(question, question.state.find_case((*entry)->decisions.client));
    if (!span) {
        return span.error();
    }
    Answer answer;
    if (span->holds((*entry)->at)) {
        TrailSteps(question, (*entry)->decisions.client).add(**entry, answer.lines);
    }
    return answer;
}

}  // namespace carehub::follower
