#include "hub/daemon/id_archive.hpp"

#include <unistd.h>

#include <filesystem>

#include "hub/codec/entry.hpp"
#include "hub/journal/memory/memory_journal.hpp"
#include "tests/support/catch.hpp"

namespace carehub::daemon {
namespace {

using gateway::InputBatch;
using std::chrono::days;

constexpr UtcTime kBegin{Micros{1'780'000'000'000'000}};
const Hash128 kJournal{4, 5, 6};
const std::atomic<bool> kGoOn{false};

class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / unique()) {}
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    static std::string unique() {
        static int made = 0;
        return "id-archive-" + std::to_string(::getpid()) + "-" + std::to_string(++made);
    }
    std::filesystem::path path_;
};

SourceId id_of(std::uint64_t number) {
    SourceId id;
    std::memcpy(id.value.data(), &number, sizeof number);
    id.value.back() = 1;
    return id;
}

/// One accepted event a day: entry n is of day n.
struct County {
    explicit County(std::uint64_t days_lived) {
        for (std::uint64_t n = 1; n <= days_lived; ++n) {
            Entry entry;
            entry.sequence = Sequence{n};
            entry.decisions.now = kBegin + days(static_cast<int>(n));
            entry.decisions.inbox = {{id_of(n), {static_cast<std::uint8_t>(n)}, Sequence{n}}};
            const auto appended = journal.append(
                journal.last(),
                std::vector{journal::StoredEntry{entry.sequence, *codec::encode_entry(entry)}});
            REQUIRE(appended);
            core::evolve(state, entry.sequence, entry.decisions);
        }
    }
    journal::MemoryJournal journal{kJournal};
    core::State state;
};

InputBatch one_event(std::uint64_t number) {
    SubmissionInput submission;
    submission.source = id_of(number);
    Input input;
    input.body = submission;
    return {input};
}

std::optional<InboxMark> earlier(const IdArchive& archive, const core::State& state,
                                 std::uint64_t number) {
    auto inputs = one_event(number);
    REQUIRE(archive.tell_earlier(inputs, state));
    return std::get<SubmissionInput>(inputs.front().body).earlier;
}

TEST_CASE("ids are filed ten days before they may be forgotten", "[daemon][old-ids]") {
    const County county(200);
    CHECK(archive_end(county.state) == Sequence{119});  // day 200 - 80 is the first that stays out
    CHECK(forgotten_end(county.state) == Sequence{109});  // day 200 - 90 is still remembered
    const County young(50);
    CHECK(archive_end(young.state) == Sequence{});
    CHECK(forgotten_end(young.state) == Sequence{});
}

TEST_CASE("an event whose id State knows no more is told with its first entry",
          "[daemon][old-ids]") {
    const Folder folder;
    const County county(200);
    SystemDisk disk;
    const auto archive = IdArchive::open(disk, folder.path(), kJournal);
    REQUIRE(archive);
    const core::State forgetful;  // as if every chunk had been dropped
    CHECK_FALSE(earlier(**archive, forgetful, 7));
    REQUIRE((*archive)->catch_up(county.journal, archive_end(county.state), kGoOn));
    const auto mark = earlier(**archive, forgetful, 7);
    REQUIRE(mark);
    CHECK(mark->sequence == Sequence{7});
    CHECK(mark->body[0] == 7);
    CHECK_FALSE(earlier(**archive, forgetful, 120));     // not old enough to be filed
    CHECK_FALSE(earlier(**archive, county.state, 119));  // State still has it: nothing to tell
    CHECK_FALSE(earlier(**archive, forgetful, 1'000));
}

TEST_CASE("an archive goes on where it ended, also after it is opened again", "[daemon][old-ids]") {
    const Folder folder;
    const County county(200);
    SystemDisk disk;
    {
        const auto archive = IdArchive::open(disk, folder.path(), kJournal);
        REQUIRE((*archive)->catch_up(county.journal, Sequence{50}, kGoOn));
        REQUIRE((*archive)->catch_up(county.journal, Sequence{60}, kGoOn));
    }
    const auto archive = IdArchive::open(disk, folder.path(), kJournal);
    CHECK((*archive)->last() == Sequence{60});
    REQUIRE((*archive)->catch_up(county.journal, Sequence{119}, kGoOn));
    for (std::uint64_t n = 1; n <= 119; ++n) {
        REQUIRE(earlier(**archive, core::State{}, n)->sequence == Sequence{n});
    }
}

TEST_CASE("an archive told to stop has filed nothing twice", "[daemon][old-ids]") {
    const Folder folder;
    const County county(200);
    SystemDisk disk;
    const auto archive = IdArchive::open(disk, folder.path(), kJournal);
    const std::atomic<bool> stop{true};
    CHECK_FALSE((*archive)->catch_up(county.journal, Sequence{119}, stop));
    REQUIRE((*archive)->catch_up(county.journal, Sequence{119}, kGoOn));
    CHECK(earlier(**archive, core::State{}, 1)->sequence == Sequence{1});
}

}  // namespace
}  // namespace carehub::daemon
