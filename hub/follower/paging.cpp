#include "hub/follower/paging.hpp"

#include <charconv>

namespace carehub::follower {

tl::expected<std::size_t, Answer> page_of(const Answering& question, std::size_t when_not_asked) {
    const std::string text = question.argument("page");
    if (text.empty()) {
        return when_not_asked;
    }
    constexpr std::size_t kPageMax = 1'000'000'000;
    std::size_t page = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), page);
    const bool is_number = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    if (!is_number || page == 0 || page > kPageMax) {
        return tl::unexpected(
            refuse(RefusalReason::InvalidField, "page", "count pages from 1, such as 2"));
    }
    return page;
}

bool wants_broken_glass(const Answering& question) {
    return question.argument("only") == kBreakGlass;
}

UtcTime time_of(const EntryReader& entries, Sequence sequence) {
    const auto head = entries.head(sequence);
    return head ? head->at : UtcTime::min();
}

}  // namespace carehub::follower
