#include "hub/daemon/snapshotter.hpp"

#include "hub/daemon/open_hub.hpp"
#include "hub/daemon/replay.hpp"
#include "tests/unit/daemon/folders.hpp"
#include "tests/unit/daemon/sealed_folder.hpp"

namespace carehub::daemon {
namespace {

std::unique_ptr<OpenHub> open(const HubFolder& folder) {
    auto hub = OpenHub::open(folder.data());
    REQUIRE(hub);
    return std::move(*hub);
}

/// Writes one of everything there is; its sequence.
Sequence write_snapshot(const HubFolder& folder) {
    const auto hub = open(folder);
    SystemRandom random;
    Snapshotter snapshotter(hub->folder, *hub->vault, random);
    REQUIRE(snapshotter.write(std::atomic<bool>{false}));
    return hub->journal->last();
}

std::vector<std::string> names_in(const std::filesystem::path& path) {
    std::vector<std::string> names;
    std::error_code missing;
    for (const auto& file : std::filesystem::directory_iterator(path, missing)) {
        names.push_back(file.path().filename().string());
    }
    return names;
}

void flip(const std::filesystem::path& path) {
    SystemDisk disk;
    const auto file = disk.open(path.string(), OpenMode::Update);
    REQUIRE(file);
    const std::uint64_t at = *(*file)->size() / 2;
    Bytes byte(1);
    REQUIRE((*file)->read_at(at, byte));
    byte[0] ^= 1U;
    REQUIRE((*file)->write_at(at, byte));
}

}  // namespace

TEST_CASE("A start begins with the newest snapshot and ends where the journal ends",
          "[daemon][snapshot]") {
    const HubFolder folder;
    const auto before = folder.roster();
    const Sequence at = write_snapshot(folder);
    REQUIRE(open(folder)->begun_from == at);
    REQUIRE(folder.roster() == before);
    folder.add("cyd", "300");
    const auto hub = open(folder);
    REQUIRE(hub->begun_from == at);
    REQUIRE(hub->machine.state().last.value > at.value);
    hub->follower.read([&](const follower::Follower& follower) {
        REQUIRE(follower.state().last == hub->machine.state().last);
        REQUIRE(*snapshot::digest_of(follower.state()) ==
                *snapshot::digest_of(hub->machine.state()));
    });
}

TEST_CASE("What a snapshot remembers of events is known to both States of the next start",
          "[daemon][snapshot]") {
    const SealedFolder folder;
    const Submission visit =
        SealedFolder::obligation("ada", EventKind::AppointmentBooked, "visit-1");
    {
        Desk desk(folder.data());
        REQUIRE(desk.submit("clinic", visit).status == ReceiptStatus::Accepted);
        SystemRandom random;
        Snapshotter snapshotter(desk.hub->folder, *desk.hub->vault, random);
        REQUIRE(snapshotter.write(std::atomic<bool>{false}));
    }
    Desk desk(folder.data());
    REQUIRE(desk.hub->begun_from == desk.hub->journal->last());
    REQUIRE(desk.hub->machine.state().inbox.size() == 1);
    desk.hub->follower.read(
        [](const follower::Follower& follower) { REQUIRE(follower.state().inbox.size() == 1); });
    REQUIRE(desk.submit("clinic", visit).status == ReceiptStatus::Duplicate);
}

TEST_CASE("A snapshot is written from the one before and what came since", "[daemon][snapshot]") {
    const HubFolder folder;
    write_snapshot(folder);
    folder.add("cyd", "300");
    const auto before = folder.roster();
    const Sequence second = write_snapshot(folder);
    REQUIRE(open(folder)->begun_from == second);
    REQUIRE(folder.roster() == before);
    const auto report = replay_folder(folder.data(), {});
    REQUIRE(report);
    REQUIRE(report->snapshot == second);
    REQUIRE(report->snapshot_agrees);
}

TEST_CASE("A damaged snapshot is passed over: the one before, then the journal alone",
          "[daemon][snapshot]") {
    const HubFolder folder;
    const Sequence first = write_snapshot(folder);
    folder.add("cyd", "300");
    const Sequence second = write_snapshot(folder);
    const auto before = folder.roster();
    const auto path = [&](Sequence sequence) {
        return folder.data().snapshots() / snapshot::SnapshotFolder::name_of(sequence);
    };
    flip(path(second));
    REQUIRE(open(folder)->begun_from == first);
    REQUIRE(folder.roster() == before);
    flip(path(first));
    REQUIRE(open(folder)->begun_from == Sequence{});
    REQUIRE(folder.roster() == before);
    flip(path(first));
    flip(path(second));
    REQUIRE(open(folder)->begun_from == second);  // it was the bytes, nothing else
}

TEST_CASE("A snapshot of another journal is passed over", "[daemon][snapshot]") {
    const HubFolder folder;
    const HubFolder other;
    const Sequence at = write_snapshot(other);
    std::filesystem::copy(other.data().snapshots(), folder.data().snapshots());
    REQUIRE(open(folder)->journal->last() >= at);
    REQUIRE(open(folder)->begun_from == Sequence{});
}

TEST_CASE("Two snapshots are kept", "[daemon][snapshot]") {
    const HubFolder folder;
    for (const char* id : {"300", "400", "500"}) {
        folder.add(std::string("client") + id, id);
        write_snapshot(folder);
    }
    REQUIRE(names_in(folder.data().snapshots()).size() == 2);
}

TEST_CASE("A hub that stops does not wait for a snapshot", "[daemon][snapshot]") {
    const HubFolder folder;
    write_snapshot(folder);
    folder.add("cyd", "300");
    const auto hub = open(folder);
    SystemRandom random;
    Snapshotter snapshotter(hub->folder, *hub->vault, random);
    const Status stopped = snapshotter.write(std::atomic<bool>{true});
    REQUIRE_FALSE(stopped);
    REQUIRE(stopped.error().code == ErrorCode::Unavailable);
    REQUIRE(names_in(folder.data().snapshots()).size() == 1);
}

TEST_CASE("A snapshot is due when a start would gain by it", "[daemon][snapshot]") {
    const HubFolder folder;
    const auto hub = open(folder);
    SystemRandom random;
    Snapshotter snapshotter(hub->folder, *hub->vault, random);
    snapshotter.begin_from({0});
    REQUIRE_FALSE(snapshotter.is_due({kSnapshotEveryEntriesMin - 1}));
    REQUIRE(snapshotter.is_due({kSnapshotEveryEntriesMin}));
    snapshotter.begin_from({9'600'000});
    REQUIRE_FALSE(snapshotter.is_due({10'000'000}));
    REQUIRE(snapshotter.is_due({10'200'000}));
    snapshotter.begin_from({99'000'000});
    REQUIRE(snapshotter.is_due({100'000'000}));
    REQUIRE_FALSE(snapshotter.is_due_at_stop({100'000'000}));
}

}  // namespace carehub::daemon
