#include "hub/vault/key_index.hpp"

#include <cstring>
#include <utility>

namespace carehub::vault {
namespace {

constexpr std::size_t kFirstSlots = 1'024;
constexpr std::uint32_t kFree = 0;
constexpr std::uint32_t kRemoved = 0xFFFF'FFFF;

std::uint64_t word_of(const Hash128& subject) {
    std::uint64_t word = 0;
    std::memcpy(&word, subject.data(), sizeof word);
    return word;
}

}  // namespace

KeyIndex::KeyIndex() : words_(kFirstSlots), numbers_(kFirstSlots, kFree) {}

void KeyIndex::add(const Hash128& subject, std::uint32_t number) {
    if (4 * (used_ + 1) > 3 * words_.size()) {
        grow();
    }
    place(word_of(subject), number);
}

void KeyIndex::place(std::uint64_t word, std::uint32_t number) {
    std::size_t at = home_of(word);
    while (numbers_[at] != kFree) {
        at = (at + 1) & (words_.size() - 1);
    }
    words_[at] = word;
    numbers_[at] = number;
    ++used_;
}

void KeyIndex::remove(const Hash128& subject, std::uint32_t number) {
    const std::uint64_t word = word_of(subject);
    for (std::size_t at = home_of(word); numbers_[at] != kFree;
         at = (at + 1) & (words_.size() - 1)) {
        if (words_[at] == word && numbers_[at] == number) {
            numbers_[at] = kRemoved;
            return;
        }
    }
}

void KeyIndex::grow() {
    const std::vector<std::uint64_t> words = std::exchange(words_, {});
    const std::vector<std::uint32_t> numbers = std::exchange(numbers_, {});
    words_.resize(2 * words.size());
    numbers_.resize(2 * words.size(), kFree);
    used_ = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (numbers[i] != kFree && numbers[i] != kRemoved) {
            place(words[i], numbers[i]);
        }
    }
}

KeyIndex::Search::Search(const KeyIndex& index, std::uint64_t word)
    : index_(index), word_(word), at_(index.home_of(word)) {}

KeyIndex::Search KeyIndex::find(const Hash128& subject) const { return {*this, word_of(subject)}; }

std::optional<std::uint32_t> KeyIndex::Search::next() {
    while (index_.numbers_[at_] != kFree) {
        const std::size_t at = at_;
        at_ = (at_ + 1) & (index_.words_.size() - 1);
        if (index_.words_[at] == word_ && index_.numbers_[at] != kRemoved) {
            return index_.numbers_[at];
        }
    }
    return std::nullopt;
}

}  // namespace carehub::vault
