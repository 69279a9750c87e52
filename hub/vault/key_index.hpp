// Which record of the key file holds a subject's key: 16 to 32 bytes a subject, whatever the file's
// size on disk.
//
// Contract: remembers the first 8 bytes of a subject (a uniform hash) and a number. Two subjects
// may share those bytes, so find() gives candidates: the caller reads the record and asks for the
// next one when it is another subject's.
// Threads: confined to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "hub/base/bytes.hpp"

namespace carehub::vault {

class KeyIndex {
public:
    KeyIndex();

    void add(const Hash128& subject, std::uint32_t number);
    void remove(const Hash128& subject, std::uint32_t number);

    /// Goes over the candidates of one subject.
    class Search {
    public:
        /// Nothing when there is no further one.
        [[nodiscard]] std::optional<std::uint32_t> next();

    private:
        friend class KeyIndex;
        Search(const KeyIndex& index, std::uint64_t word);
        const KeyIndex& index_;
        std::uint64_t word_;
        std::size_t at_;
    };
    [[nodiscard]] Search find(const Hash128& subject) const;

private:
    void grow();
    void place(std::uint64_t word, std::uint32_t number);
    [[nodiscard]] std::size_t home_of(std::uint64_t word) const {
        return static_cast<std::size_t>(word) & (words_.size() - 1);
    }

    // Open addressing; kFree ends a search, kRemoved does not.
    std::vector<std::uint64_t> words_;
    std::vector<std::uint32_t> numbers_;
    std::size_t used_ = 0;  ///< slots not free
};

}  // namespace carehub::vault
