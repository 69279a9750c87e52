#include "hub/core/inbox.hpp"

namespace carehub::core {

static_assert(sizeof(Inbox::Mark) == 32, "ten million marks fit into 400 MiB with their index");

void Inbox::put(const InboxMark& mark) {
    if (chunks_.empty() || chunks_.back().size() == kChunkMarks) {
        CAREHUB_CHECK(size_ < kMarksMax, "marks are numbered with 32 bits");
        chunks_.emplace_back().reserve(kChunkMarks);
    }
    chunks_.back().push_back(of_model(mark));
    index_.insert(word_of(mark.id.value), static_cast<std::uint32_t>(next_number_),
                  [this](std::uint32_t number) { return word_of(mark_at(number).id.value); });
    ++next_number_;
    ++size_;
}

const Inbox::Mark* Inbox::find(const SourceId& id) const {
    const auto number = index_.find(word_of(id.value),
                                    [&](std::uint32_t other) { return mark_at(other).id == id; });
    return number ? &mark_at(*number) : nullptr;
}

/// The chunk that is being filled stays, so that chunks begin at the same marks for ever.
void Inbox::forget_through(Sequence last) {
    while (chunks_.size() > 1 && chunks_.front().back().sequence <= last) {
        std::uint64_t number = first_number_;
        for (const Mark& mark : chunks_.front()) {
            index_.erase(word_of(mark.id.value), static_cast<std::uint32_t>(number++),
                         [this](std::uint32_t other) { return word_of(mark_at(other).id.value); });
        }
        size_ -= chunks_.front().size();
        first_number_ = number;
        chunks_.pop_front();
    }
}

std::size_t Inbox::memory_bytes() const {
    return chunks_.size() * (kChunkMarks * sizeof(Mark) + sizeof(chunks_.front())) +
           index_.memory_bytes();
}

bool Inbox::same_body(const Mark& mark, const Hash128& body) { return mark.body == word_of(body); }

InboxMark Inbox::to_model(const Mark& mark) {
    InboxMark out{mark.id, {}, mark.sequence};
    std::memcpy(out.body.data(), &mark.body, sizeof mark.body);
    return out;
}

/// The distance from the oldest mark is right modulo 2^32, whatever the numbers have grown to.
const Inbox::Mark& Inbox::mark_at(std::uint32_t number) const {
    const std::uint32_t distance = number - static_cast<std::uint32_t>(first_number_);
    return chunks_[distance / kChunkMarks][distance % kChunkMarks];
}

}  // namespace carehub::core
