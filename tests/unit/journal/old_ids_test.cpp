#include "hub/journal/old_ids.hpp"

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::journal;

namespace {

const Hash128 kJournal{1, 2, 3};

class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("old-ids-" + unique())) {
        std::filesystem::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> out;
        for (const auto& found : std::filesystem::directory_iterator(path_)) {
            out.push_back(found.path());
        }
        return out;
    }

private:
    static std::string unique() {
        static int made = 0;
        return std::to_string(::getpid()) + "-" + std::to_string(++made);
    }
    std::filesystem::path path_;
};

SourceId id_of(std::uint64_t number) {
    const std::uint64_t words[2] = {number * 0x9E3779B97F4A7C15U, number};
    SourceId id;
    std::memcpy(id.value.data(), words, sizeof words);
    return id;
}

std::vector<InboxMark> marks(std::uint64_t first, std::uint64_t last) {
    std::vector<InboxMark> out;
    for (std::uint64_t n = first; n <= last; ++n) {
        out.push_back({id_of(n), {static_cast<std::uint8_t>(n)}, Sequence{n}});
    }
    return out;
}

void require_all(const OldIds& ids, std::uint64_t last) {
    for (std::uint64_t n = 1; n <= last; ++n) {
        const auto found = ids.find(id_of(n));
        REQUIRE(found);
        REQUIRE(*found);
        REQUIRE((*found)->sequence.value == n);
        REQUIRE((*found)->body[0] == static_cast<std::uint8_t>(n));
    }
    const auto unknown = ids.find(id_of(last + 1));
    REQUIRE(unknown);
    CHECK_FALSE(*unknown);
}

}  // namespace

TEST_CASE("old ids are found after merging and after opening again", "[journal][old-ids]") {
    const Folder folder;
    SystemDisk disk;
    auto ids = OldIds::open(disk, folder.path(), kJournal);
    REQUIRE(ids);
    CHECK(ids->last() == Sequence{});
    std::uint64_t last = 0;
    for (const std::uint64_t count : {1U, 126U, 127U, 128U, 1'000U, 500U, 300U, 7U}) {
        REQUIRE(ids->add(marks(last + 1, last + count)));
        last += count;
        require_all(*ids, last);
    }
    CHECK(ids->files() < 5);
    CHECK(ids->last().value == last);
    const auto again = OldIds::open(disk, folder.path(), kJournal);
    REQUIRE(again);
    CHECK(again->files() == ids->files());
    require_all(*again, last);
}

TEST_CASE("any changed byte of the marks is told by the file's name", "[journal][old-ids]") {
    const Folder folder;
    SystemDisk disk;
    {
        auto ids = OldIds::open(disk, folder.path(), kJournal);
        REQUIRE(ids->add(marks(1, 200)));
    }
    const auto path = folder.files().front();
    for (const std::streamoff at : {0, 20, 36, 50, 4'096, 5'000, 4'096 + 4'063, 8'192 + 17}) {
        const auto flip = [&] {
            std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
            file.seekg(at);
            const int byte = file.get();
            file.seekp(at);
            file.put(static_cast<char>(byte ^ 4));
        };
        flip();
        const auto damaged = OldIds::open(disk, folder.path(), kJournal);
        REQUIRE_FALSE(damaged);
        CHECK(damaged.error().context.find(path.filename().string()) != std::string::npos);
        flip();
    }
    CHECK(OldIds::open(disk, folder.path(), kJournal));
}

TEST_CASE("files of another journal are refused", "[journal][old-ids]") {
    const Folder folder;
    SystemDisk disk;
    REQUIRE(OldIds::open(disk, folder.path(), kJournal)->add(marks(1, 3)));
    const auto other = OldIds::open(disk, folder.path(), Hash128{9});
    REQUIRE_FALSE(other);
    CHECK(other.error().code == ErrorCode::Damaged);
}

TEST_CASE("what a crash left of a merge counts once", "[journal][old-ids]") {
    const Folder folder;
    const Folder kept;
    SystemDisk disk;
    {
        auto ids = OldIds::open(disk, folder.path(), kJournal);
        REQUIRE(ids->add(marks(1, 100)));
        std::filesystem::copy(folder.path(), kept.path(),
                              std::filesystem::copy_options::overwrite_existing);
        REQUIRE(ids->add(marks(101, 300)));  // merged with the first, which goes
        CHECK(ids->files() == 1);
    }
    for (const auto& part : kept.files()) {
        std::filesystem::copy(part, folder.path() / part.filename());
    }
    const auto ids = OldIds::open(disk, folder.path(), kJournal);
    REQUIRE(ids);
    CHECK(ids->files() == 1);
    require_all(*ids, 300);
}
