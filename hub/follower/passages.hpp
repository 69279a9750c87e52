// Where the journal tells what became of deliveries after the entry that first decided them:
// posting lists, so that a question reads a few entries and not the journal.
//
// Contract: apply() takes every released entry once, in order.
//   later_than(event): entries that decided about deliveries of that event or alert again: further
//       attempts, refusals, withdrawals, dead letters, replays.
//   acknowledged_within(): of a number that was acknowledged, where the acknowledgement is: among the
//       kEntriesPerMark entries after `after`, else at `until`. Of the acknowledgements one in
//       kAcknowledgementsPerMark, or per kEntriesPerMark entries, is marked, so that ten million take
//       about a mebibyte.
//   plain_commands(): commands that changed no record: moved clocks, accepted restores.
// In a snapshot, a chunk of kind Passages holds, as varints: a count of events and for each its
// sequence, a count, and the entries as differences; a count of recipients and for each its number,
// a count, and its marks as differences of number and sequence; a count of plain commands, and they
// as differences. A chunk continues what the chunks before it told.
// Threads: the follower's.
#pragma once

#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "hub/model/entry.hpp"
#include "hub/snapshot/state_chunks.hpp"

namespace carehub::follower {

inline constexpr std::uint64_t kEntriesPerMark = 1'024;
inline constexpr std::uint64_t kAcknowledgementsPerMark = 64;

class Passages {
public:
    void apply(const Entry& entry);

    [[nodiscard]] std::span<const Sequence> later_than(Sequence event) const;

    /// Both 0: none.
    struct Span {
        Sequence after;
        Sequence until;
    };
    [[nodiscard]] Span acknowledged_within(PartnerId recipient, std::uint64_t number) const;
    [[nodiscard]] const std::vector<Sequence>& plain_commands() const { return plain_commands_; }

    [[nodiscard]] Status save(const snapshot::ChunkSink& sink) const;
    [[nodiscard]] Status load(ByteView chunk);

private:
    struct Mark {
        std::uint64_t number = 0;
        Sequence entry;
    };
    struct Marks {
        std::vector<Mark> kept;   ///< ascending by number and by entry
        Mark last;                ///< the newest acknowledgement, kept or not
        std::uint64_t since = 0;  ///< acknowledgements after the newest one kept
    };

    void note(Sequence event, Sequence entry);
    void note(const Acknowledged& acknowledged, Sequence entry);

    std::unordered_map<Sequence, std::vector<Sequence>> later_;
    std::map<PartnerId, Marks> marks_;
    std::vector<Sequence> plain_commands_;
};

}  // namespace carehub::follower
