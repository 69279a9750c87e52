// Ids of events that State has forgotten, or soon will: kept in files (journal/old_ids.hpp), and
// put on the input of an event before core decides.
//
// Contract: catch_up() takes the marks of old entries from the journal, ten days before State
// forgets them; what it did not get done is done by the next call, and a start does it before it
// serves. So an id is known for as long as its entry is kept. tell_earlier() adds the mark to each
// submission whose id State does not know.
// Errors: as OldIds and JournalReader; Unavailable when told to stop.
// Threads: any; files are added under a lock.
#pragma once

#include <atomic>

#include "hub/core/state.hpp"
#include "hub/gateway/input_maker.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/old_ids.hpp"
#include "hub/transport/guarded.hpp"

namespace carehub::daemon {

/// Marks older than this stand in files; State forgets them this long after.
inline constexpr std::chrono::days kIdArchiveSlack{10};
inline constexpr std::chrono::days kIdArchiveAfter = core::kInboxMemory - kIdArchiveSlack;
/// Entries between two looks into the journal, so that files are few and large.
inline constexpr std::uint64_t kIdArchiveEntriesMin = 100'000;

/// The last entry whose mark belongs into the files.
[[nodiscard]] Sequence archive_end(const core::State& state);
/// The last entry whose mark State may have forgotten.
[[nodiscard]] Sequence forgotten_end(const core::State& state);

class IdArchive {
public:
    /// Makes the folder when it is missing.
    [[nodiscard]] static Result<std::unique_ptr<IdArchive>> open(Disk& disk,
                                                                 const std::string& folder,
                                                                 const Hash128& journal);

    /// Marks of entries up to `end`.
    [[nodiscard]] Status catch_up(const journal::JournalReader& journal, Sequence end,
                                  const std::atomic<bool>& stop);
    /// The last entry that was looked at.
    [[nodiscard]] Sequence last() const;

    [[nodiscard]] Status tell_earlier(gateway::InputBatch& inputs, const core::State& state) const;

private:
    explicit IdArchive(journal::OldIds ids) : ids_(std::move(ids)) {
        is_empty_ = ids_.read([](const journal::OldIds& known) { return known.files() == 0; });
    }

    transport::Guarded<journal::OldIds> ids_;
    std::atomic<bool> is_empty_{true};
    std::atomic<std::uint64_t> looked_at_{0};
};

}  // namespace carehub::daemon
