#include "hub/follower/span.hpp"

namespace carehub::follower {
namespace {

/// A bound that the question names: a time, or a date for its beginning where the client lives.
tl::expected<UtcTime, Answer> bound_of(const Answering& question, const core::Case* subject,
                                       const std::string& name, UtcTime otherwise) {
    const std::string text = question.argument(name);
    if (text.empty()) {
        return otherwise;
    }
    if (const auto time = parse_iso_time(text)) {
        return *time;
    }
    if (const auto date = parse_iso_date(text)) {
        return subject == nullptr ? UtcTime{*date}
                                  : core::beginning_of(question.state, *subject, *date);
    }
    return tl::unexpected(
        refuse(RefusalReason::InvalidField, name,
               "use a time such as 2026-07-10T09:00:00-04:00, or a date such as 2026-07-10"));
}

}  // namespace

tl::expected<Span, Answer> span_of(const Answering& question, const core::Case* subject,
                                   Span otherwise) {
    const auto from = bound_of(question, subject, "from", otherwise.from);
    if (!from) {
        return tl::unexpected(from.error());
    }
    const auto to = bound_of(question, subject, "to", otherwise.to);
    if (!to) {
        return tl::unexpected(to.error());
    }
    return Span{*from, *to};
}

}  // namespace carehub::follower
