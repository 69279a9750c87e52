#include <fstream>

#include "hub/snapshot/snapshot_folder.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/journal/samples.hpp"

using namespace carehub;
using namespace carehub::snapshot;

namespace {

void touch(const std::string& path) { std::ofstream(path) << "x"; }

}  // namespace

TEST_CASE("snapshots are listed newest first, and other files are left alone",
          "[snapshot][folder]") {
    const TemporaryFolder root;
    SystemDisk disk;
    const SnapshotFolder folder(disk, root.file("snapshots"));
    CHECK(folder.list().empty());
    REQUIRE(folder.make());
    REQUIRE(folder.make());
    for (const std::uint64_t sequence : {9U, 100U, 20U}) {
        touch(folder.path_of({sequence}));
    }
    touch(root.file("snapshots/notes.txt"));
    touch(root.file("snapshots/snapshot-12.chs"));
    touch(folder.path_of({300}) + ".new");
    CHECK(folder.list() == std::vector<Sequence>{{100}, {20}, {9}});

    REQUIRE(folder.tidy(2));
    CHECK(folder.list() == std::vector<Sequence>{{100}, {20}});
    CHECK_FALSE(*disk.exists(folder.path_of({300}) + ".new"));
    CHECK(*disk.exists(root.file("snapshots/notes.txt")));
    CHECK(*disk.exists(root.file("snapshots/snapshot-12.chs")));
}

TEST_CASE("names sort as numbers do", "[snapshot][folder]") {
    CHECK(SnapshotFolder::name_of({7}) == "snapshot-00000000000000000007.chs");
    CHECK(SnapshotFolder::name_of({9}) < SnapshotFolder::name_of({10}));
}
