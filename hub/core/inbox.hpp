// The ids of the events that were accepted lately: what makes a repeat a duplicate.
//
// Marks are kept in order of arrival, in chunks, each a plain array; an index over them finds an id
// in a step or two. So ten million marks take less than 400 MiB, old ones leave a chunk at a time,
// and a snapshot is the chunks one after the other.
//
// A mark in memory is 32 bytes: id (16), the first 8 bytes of the body's hash, and the sequence.
// Half of the hash is enough: it only tells "the same again" from "another body under a known id".
//
// Contract: an id is put once. What is forgotten depends on what was put and asked alone, so that
// live, replayed and restored States agree.
// Threads: its owner's.
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "hub/core/id_index.hpp"
#include "hub/model/routing.hpp"

namespace carehub::core {

/// How long an id is known in State; older ones are looked up in files before core.
inline constexpr std::chrono::days kInboxMemory{90};

class Inbox {
public:
    struct Mark {
        SourceId id;
        std::uint64_t body = 0;
        Sequence sequence;
    };
    static constexpr std::size_t kChunkMarks = 4'096;
    /// Numbers stay unique modulo 2^32 with room to spare.
    static constexpr std::size_t kMarksMax = std::size_t{1} << 31U;

    /// The id must be new, and its entry later than those of all marks before.
    void put(const InboxMark& mark);
    /// As IdIndex::reserve.
    void reserve(std::size_t count) { index_.reserve(count); }
    [[nodiscard]] const Mark* find(const SourceId& id) const;
    /// As IdIndex::expect.
    void expect(const SourceId& id) const { index_.expect(word_of(id.value)); }
    /// Drops whole chunks whose marks are of entries up to that one.
    void forget_through(Sequence last);

    [[nodiscard]] std::size_t size() const { return size_; }
    /// What the marks and their index take.
    [[nodiscard]] std::size_t memory_bytes() const;

    /// The marks in order of arrival, run by run.
    [[nodiscard]] std::size_t runs() const { return chunks_.size(); }
    [[nodiscard]] std::span<const Mark> run(std::size_t index) const { return chunks_[index]; }

    [[nodiscard]] static bool same_body(const Mark& mark, const Hash128& body);
    /// As decisions and snapshots tell it: the kept half of the body's hash.
    [[nodiscard]] static InboxMark to_model(const Mark& mark);
    [[nodiscard]] static Mark of_model(const InboxMark& mark) {
        return {mark.id, word_of(mark.body), mark.sequence};
    }

private:
    [[nodiscard]] const Mark& mark_at(std::uint32_t number) const;

    std::deque<std::vector<Mark>> chunks_;  ///< each of kChunkMarks, but for the last
    std::uint64_t first_number_ = 0;  ///< number of the oldest mark: a multiple of kChunkMarks
    std::uint64_t next_number_ = 0;
    std::size_t size_ = 0;
    IdIndex index_;  ///< by a mark's number modulo 2^32
};

}  // namespace carehub::core
