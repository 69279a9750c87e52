#include "hub/daemon/id_archive.hpp"

#include <filesystem>

#include "hub/codec/entry.hpp"

namespace carehub::daemon {
namespace {

/// Marks held at a time while the journal is read: 48 MiB.
constexpr std::size_t kMarksAtOnceMax = 1'000'000;

/// The last entry of the last day before that one.
Sequence end_before(const core::State& state, Date day) {
    const auto after = state.day_ends.lower_bound(day);
    return after == state.day_ends.begin() ? Sequence{} : std::prev(after)->second;
}

Date today(const core::State& state) { return std::chrono::floor<std::chrono::days>(state.now); }

}  // namespace

Sequence archive_end(const core::State& state) {
    return end_before(state, today(state) - kIdArchiveAfter);
}

Sequence forgotten_end(const core::State& state) {
    return end_before(state, today(state) - core::kInboxMemory);
}

Result<std::unique_ptr<IdArchive>> IdArchive::open(Disk& disk, const std::string& folder,
                                                   const Hash128& journal) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        return fail(ErrorCode::Io, "cannot make the folder of old ids: " + failed.message());
    }
    CAREHUB_TRY(journal::OldIds ids, journal::OldIds::open(disk, folder, journal));
    return std::unique_ptr<IdArchive>(new IdArchive(std::move(ids)));
}

Sequence IdArchive::last() const {
    const Sequence filed = ids_.read([](const journal::OldIds& ids) { return ids.last(); });
    return std::max(filed, Sequence{looked_at_});
}

Status IdArchive::catch_up(const journal::JournalReader& journal, Sequence end,
                           const std::atomic<bool>& stop) {
    const Sequence known = last();
    if (end <= known) {
        return {};
    }
    std::vector<InboxMark> marks;
    const auto file_them = [&]() -> Status {
        const Status added = ids_.write([&](journal::OldIds& ids) { return ids.add(marks); });
        is_empty_ = is_empty_ && (!added || marks.empty());
        marks.clear();
        return added;
    };
    CAREHUB_TRY_DONE(journal.read(
        {known.value + 1}, end.value - known.value,
        [&](const journal::StoredEntry& stored) -> Status {
            CAREHUB_TRY(Decisions decisions, codec::decode_decisions_only(stored.bytes));
            marks.insert(marks.end(), decisions.inbox.begin(), decisions.inbox.end());
            if (stop) {
                return fail(ErrorCode::Unavailable, "told to stop");
            }
            return marks.size() < kMarksAtOnceMax ? Status{} : file_them();
        },
        journal::Sealed::Leave));
    CAREHUB_TRY_DONE(file_them());
    looked_at_ = end.value;
    return {};
}

Status IdArchive::tell_earlier(gateway::InputBatch& inputs, const core::State& state) const {
    if (is_empty_) {
        return {};
    }
    for (Input& input : inputs) {
        auto* submission = std::get_if<SubmissionInput>(&input.body);
        if (submission == nullptr || state.inbox.find(submission->source) != nullptr) {
            continue;
        }
        CAREHUB_TRY(submission->earlier, ids_.read([&](const journal::OldIds& ids) {
            return ids.find(submission->source);
        }));
    }
    return {};
}

}  // namespace carehub::daemon
