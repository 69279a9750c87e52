#include "tests/unit/kit/raw_fixtures.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

const std::string kNotFound(name_of(ErrorCode::NotFound));
const std::string kDamaged(name_of(ErrorCode::Damaged));

/// Three messages with their events, and how large the file was before and after the second.
struct ThreeMessages {
    TemporaryFolder folder;
    std::size_t before = 0;
    std::size_t after = 0;
    std::string whole;

    ThreeMessages() {
        keep(*open_archive(folder), "one", {{1}});
        before = size();
        keep(*open_archive(folder), "two", {{2}});
        after = size();
        keep(*open_archive(folder), "three", {{3}});
        whole = read_text(segment_file(folder));
    }

    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(std::filesystem::file_size(segment_file(folder)));
    }
    void write(const std::string& bytes) const { write_text(segment_file(folder), bytes); }
    [[nodiscard]] std::string with_flipped(std::size_t at) const {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        return bytes;
    }
};

void clear(const TemporaryFolder& folder) {
    const auto paths = list_segments(folder.path() / "raw");
    REQUIRE(paths);
    for (const auto& path : *paths) {
        std::filesystem::remove(path);
    }
}

}  // namespace

TEST_CASE("an end torn at any byte is dropped, what was before stays, and it goes on",
          "[kit][raw]") {
    const ThreeMessages kept;
    for (std::size_t size = kept.after; size < kept.whole.size(); ++size) {
        INFO(size);
        clear(kept.folder);
        kept.write(kept.whole.substr(0, size));
        CHECK(by_event(kept.folder, 2) == "two");
        {
            const ArchivePtr archive = open_archive(kept.folder);
            CHECK(archive->damaged_segments() == 0);
            CHECK(by_event(kept.folder, 3) == kNotFound);
            keep(*archive, "four", {{4}});
        }
        CHECK(list_segments(kept.folder.path() / "raw")->size() == 1);
        CHECK(by_event(kept.folder, 1) == "one");
        CHECK(by_event(kept.folder, 2) == "two");
        CHECK(by_event(kept.folder, 4) == "four");
    }
}

TEST_CASE("an end of which only the size reached the disk is dropped", "[kit][raw]") {
    const ThreeMessages kept;
    kept.write(kept.whole.substr(0, kept.after) + std::string(10'000, '\0'));
    keep(*open_archive(kept.folder), "four", {{4}});
    CHECK(by_event(kept.folder, 2) == "two");
    CHECK(by_event(kept.folder, 4) == "four");
    CHECK(open_archive(kept.folder)->damaged_segments() == 0);
    CHECK(kept.size() < kept.after + 1'000);
}

TEST_CASE("room made ahead is no damage after a crash, and goes with the next end", "[kit][raw]") {
    const TemporaryFolder folder;
    std::string crashed;
    {
        const ArchivePtr archive = open_archive(folder);
        keep(*archive, "one", {{1}});
        crashed = read_text(segment_file(folder));
        CHECK(crashed.size() > kRawRoomBytes);
    }
    write_text(segment_file(folder), crashed);
    CHECK(by_event(folder, 1) == "one");
    CHECK(open_archive(folder)->damaged_segments() == 0);
    keep(*open_archive(folder), "two", {{2}});
    CHECK(by_event(folder, 2) == "two");
    CHECK(read_text(segment_file(folder)).size() < 1'000);
}

TEST_CASE("a flipped bit costs the record it hit, is told, and nothing else is lost",
          "[kit][raw]") {
    const ThreeMessages kept;
    for (std::size_t at = kept.before; at < kept.after; ++at) {
        INFO(at);
        clear(kept.folder);
        kept.write(kept.with_flipped(at));
        CHECK(by_event(kept.folder, 2) == kDamaged);
        CHECK(by_event(kept.folder, 1) == "one");
        CHECK(by_event(kept.folder, 3) == "three");
        const ArchivePtr archive = open_archive(kept.folder);
        CHECK(archive->damaged_segments() == 1);
        keep(*archive, "two", {{12}});  // a sender that repeats it is heard
        keep(*archive, "three", {{13}});
        CHECK(by_event(kept.folder, 12) == "two");
        CHECK(by_event(kept.folder, 13) == "three");
        CHECK(by_event(kept.folder, 1) == "one");
        CHECK(read_text(segment_file(kept.folder)) == kept.with_flipped(at));
    }
}

TEST_CASE("a flipped bit in an older segment does not stop the adapter", "[kit][raw]") {
    const ThreeMessages kept;
    keep(*open_archive(kept.folder), "of the next day", {{4}}, day(1));
    for (std::size_t at = 0; at < kept.whole.size(); ++at) {
        INFO(at);
        kept.write(kept.with_flipped(at));
        CHECK(open_archive(kept.folder)->messages() > 0);
        CHECK(by_event(kept.folder, 4) == "of the next day");
        std::size_t lost = 0;
        for (const auto& [event, text] : {std::pair(1, "one"), {2, "two"}, {3, "three"}}) {
            const std::string found = by_event(kept.folder, static_cast<std::uint64_t>(event));
            lost += found == kDamaged ? 1U : 0U;
            CHECK((found == text ? kDamaged : found) == kDamaged);
            const std::string same = by_digest(kept.folder, text);
            CHECK((same == text ? kDamaged : same) == kDamaged);
        }
        const bool in_head = at < raw_head_record_bytes();
        CHECK(lost == (in_head ? 3U : 1U));
    }
}

TEST_CASE("a start that a crash interrupted leaves nothing behind", "[kit][raw]") {
    const ThreeMessages kept;
    const std::string head = kept.whole.substr(0, raw_head_record_bytes());
    for (std::size_t size = 0; size < head.size(); ++size) {
        INFO(size);
        write_text(segment_file(kept.folder, 4), head.substr(0, size));
        CHECK(by_event(kept.folder, 3) == "three");
        const ArchivePtr archive = open_archive(kept.folder);
        CHECK(archive->damaged_segments() == 0);
        CHECK_FALSE(std::filesystem::exists(segment_file(kept.folder, 4)));
    }
    keep(*open_archive(kept.folder), "four", {{4}});
    CHECK(by_event(kept.folder, 4) == "four");
}

TEST_CASE("a newest segment without a head is kept, told, and not written over", "[kit][raw]") {
    const ThreeMessages kept;
    kept.write(kept.with_flipped(3));
    const ArchivePtr archive = open_archive(kept.folder);
    CHECK(archive->damaged_segments() == 1);
    keep(*archive, "four", {{4}});
    CHECK(by_event(kept.folder, 4) == "four");
    CHECK(by_event(kept.folder, 1) == kDamaged);
    CHECK(read_text(segment_file(kept.folder)) == kept.with_flipped(3));
}

TEST_CASE("a message exchanged for another one of the archive does not open", "[kit][raw]") {
    const ThreeMessages kept;
    RawMessage moved;
    {
        const auto file = File::open(segment_file(kept.folder), OpenFor::Reading);
        REQUIRE(file);
        const auto one = read_raw_message(*file, raw_head_record_bytes());
        REQUIRE(one);
        moved = *one;
    }
    moved.number = 9;  // an honest frame around sealed bytes of another place
    Bytes bytes;
    put_message(bytes, moved);
    put_events(bytes, 9, std::vector<Sequence>{{9}});
    kept.write(kept.whole + std::string(as_text(bytes)));
    CHECK(by_event(kept.folder, 9) == kDamaged);
    CHECK(by_event(kept.folder, 1) == "one");
}

TEST_CASE("a message that is damaged where it is kept is kept anew when it comes again",
          "[kit][raw]") {
    const ThreeMessages kept;
    keep(*open_archive(kept.folder), "of the next day", {{4}}, day(1));
    kept.write(kept.with_flipped(kept.before + 60));  // within what is sealed of "two"
    const ArchivePtr archive = open_archive(kept.folder);
    CHECK(by_digest(kept.folder, "two") == kDamaged);
    keep(*archive, "two", {{12}}, day(1));
    CHECK(by_event(kept.folder, 12) == "two");
    CHECK(by_digest(kept.folder, "two") == "two");
}
