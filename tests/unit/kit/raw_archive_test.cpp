#include "adapters/kit/raw_archive.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "adapters/kit/raw_config.hpp"
#include "tests/unit/kit/raw_fixtures.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

const std::string kNotFound(name_of(ErrorCode::NotFound));
const std::string kOtherKey(name_of(ErrorCode::Invalid));

unsigned mode_of(const std::filesystem::path& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

std::size_t segments_in(const TemporaryFolder& folder) {
    const auto paths = list_segments(folder.path() / "raw");
    REQUIRE(paths);
    return paths->size();
}

/// While it lives no file may grow beyond `bytes`, as on a full disk.
class NoRoomBeyond {
public:
    explicit NoRoomBeyond(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    NoRoomBeyond(const NoRoomBeyond&) = delete;
    NoRoomBeyond& operator=(const NoRoomBeyond&) = delete;
    ~NoRoomBeyond() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }

private:
    rlimit before_{};
};

std::string numbered(std::uint64_t n) { return "message " + std::to_string(n); }

void find_again_after_restart(std::uint64_t messages) {
    const TemporaryFolder folder;
    {
        const ArchivePtr archive = open_archive(folder, {.segment_bytes_max = 400'000});
        for (std::uint64_t n = 1; n <= messages; ++n) {
            REQUIRE(archive->put(as_bytes(numbered(n)), kFirstDay));
            if (n % 1'000 == 0) {
                REQUIRE(archive->tell(sha256(as_bytes(numbered(n))), std::vector<Sequence>{{n}},
                                      kFirstDay));
                REQUIRE(archive->sync());
            }
        }
        CHECK(archive->messages() == messages);
    }
    const ArchivePtr archive = open_archive(folder);
    CHECK(archive->messages() == messages);
    CHECK(archive->damaged_segments() == 0);
    const std::uint64_t before = archive->bytes_on_disk();
    for (std::uint64_t n = 7; n <= messages; n += 997) {
        REQUIRE(archive->put(as_bytes(numbered(n)), kFirstDay));
    }
    REQUIRE(archive->sync());
    CHECK(archive->bytes_on_disk() == before);
    CHECK(by_event(folder, messages - 3'000) == numbered(messages - 3'000));
    CHECK(by_digest(folder, numbered(3)) == numbered(3));
}

}  // namespace

TEST_CASE("a message is found by its digest and by every event that came of it", "[kit][raw]") {
    const TemporaryFolder folder;
    {
        const ArchivePtr archive = open_archive(folder);
        keep(*archive, "first", {{12}, {13}});
        keep(*archive, "second", {{14}});
        keep(*archive, "says nothing the hub acts on");
    }
    CHECK(by_event(folder, 12) == "first");
    CHECK(by_event(folder, 13) == "first");
    CHECK(by_event(folder, 14) == "second");
    CHECK(by_event(folder, 15) == kNotFound);
    CHECK(by_digest(folder, "second") == "second");
    CHECK(by_digest(folder, "says nothing the hub acts on") == "says nothing the hub acts on");
    CHECK(by_digest(folder, "third") == kNotFound);
}

TEST_CASE("an empty message and the largest are kept, a larger one is not", "[kit][raw]") {
    const TemporaryFolder folder;
    const ArchivePtr archive = open_archive(folder);
    const std::string largest(kRawMessageBytesMax, 'x');
    keep(*archive, "", {{1}});
    keep(*archive, largest, {{2}});
    CHECK(by_event(folder, 1).empty());
    CHECK(by_event(folder, 2) == largest);
    const auto refused = archive->put(as_bytes(largest + "x"), kFirstDay);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Invalid);
    CHECK(archive->messages() == 2);
}

TEST_CASE("the same bytes are kept once, and all their events are found", "[kit][raw]") {
    const TemporaryFolder folder;
    std::uint64_t bytes = 0;
    {
        const ArchivePtr archive = open_archive(folder);
        REQUIRE(archive->put(as_bytes("again and again"), kFirstDay));
        REQUIRE(archive->put(as_bytes("again and again"), kFirstDay));
        REQUIRE(archive->sync());
        bytes = archive->bytes_on_disk();
        REQUIRE(archive->put(as_bytes("again and again"), kFirstDay));
        REQUIRE(archive->sync());
        CHECK(archive->bytes_on_disk() == bytes);
        CHECK(archive->messages() == 1);
    }
    const ArchivePtr archive = open_archive(folder);
    CHECK(archive->bytes_on_disk() == bytes);
    keep(*archive, "again and again", {{5}}, day(1));
    keep(*archive, "again and again", {{6}}, day(2));
    CHECK(archive->messages() == 1);
    CHECK(by_event(folder, 5) == "again and again");
    CHECK(by_event(folder, 6) == "again and again");
}

TEST_CASE("a sequence told of two messages names the one told last", "[kit][raw]") {
    const TemporaryFolder folder;
    const ArchivePtr archive = open_archive(folder);
    keep(*archive, "before the restore", {{12}});
    keep(*archive, "after the restore", {{12}});
    CHECK(by_event(folder, 12) == "after the restore");
    keep(*archive, "on another day", {{12}}, day(1));
    CHECK(by_event(folder, 12) == "on another day");
}

TEST_CASE("events of a message that is not kept are let be", "[kit][raw]") {
    const TemporaryFolder folder;
    const ArchivePtr archive = open_archive(folder);
    CHECK(archive->tell(sha256(as_bytes("unknown")), std::vector<Sequence>{{1}}, kFirstDay));
    CHECK(archive->sync());
    CHECK(by_event(folder, 1) == kNotFound);
    CHECK(archive->bytes_on_disk() == 0);
}

TEST_CASE("each day has its segment, and goes after its time and not before", "[kit][raw]") {
    const TemporaryFolder folder;
    ArchivePtr archive = open_archive(folder);
    keep(*archive, "of day 0", {{1}}, day(0) + std::chrono::hours{23});
    keep(*archive, "of day 1", {{2}}, day(1));
    CHECK(segments_in(folder) == 2);
    REQUIRE(archive->let_go(day(90) + std::chrono::hours{23}));
    CHECK(by_event(folder, 1) == "of day 0");
    archive.reset();
    archive = open_archive(folder);
    REQUIRE(archive->let_go(day(91)));
    CHECK(by_event(folder, 1) == kNotFound);
    CHECK(by_event(folder, 2) == "of day 1");
    CHECK(archive->messages() == 1);
    REQUIRE(archive->let_go(day(92)));
    CHECK(segments_in(folder) == 0);
    CHECK(archive->bytes_on_disk() == 0);
    keep(*archive, "of day 0", {{3}}, day(92));
    CHECK(by_event(folder, 3) == "of day 0");
}

TEST_CASE("days on which only events are told make no trouble for numbers", "[kit][raw]") {
    const TemporaryFolder folder;
    ArchivePtr archive = open_archive(folder);
    keep(*archive, "a", {{1}});
    for (int d = 1; d < 4; ++d) {
        keep(*archive, "a", {{static_cast<std::uint64_t>(10 + d)}}, day(d));
    }
    archive.reset();
    archive = open_archive(folder);
    keep(*archive, "b", {{20}}, day(4));
    CHECK(segments_in(folder) == 5);
    CHECK(archive->damaged_segments() == 0);
    for (const std::uint64_t event : {1U, 11U, 12U, 13U}) {
        CHECK(by_event(folder, event) == "a");
    }
    CHECK(by_event(folder, 20) == "b");
}

TEST_CASE("beyond its bytes or messages the archive lets the oldest go", "[kit][raw]") {
    const TemporaryFolder folder;
    const RawArchiveLimits few_bytes{.segment_bytes_max = 1'000, .kept_bytes_max = 5'000};
    const RawArchiveLimits few_messages{.segment_bytes_max = 1'000, .messages_max = 20};
    const RawArchiveLimits limits = GENERATE_COPY(few_bytes, few_messages);
    const ArchivePtr archive = open_archive(folder, limits);
    for (std::uint64_t n = 1; n <= 100; ++n) {
        keep(*archive, std::string(100, 'x') + std::to_string(n), {{n}});
    }
    CHECK(archive->bytes_on_disk() < 6'500);
    CHECK(archive->messages() < 30);
    CHECK(by_event(folder, 1) == kNotFound);
    CHECK(by_event(folder, 100) == std::string(100, 'x') + "100");
}

TEST_CASE("what was put is on disk when sync returns, and may be read before", "[kit][raw]") {
    const TemporaryFolder folder;
    const ArchivePtr archive = open_archive(folder);
    const auto digest = archive->put(as_bytes("one of many"), kFirstDay);
    REQUIRE(digest);
    CHECK(by_digest(folder, "one of many") == kNotFound);
    REQUIRE(archive->tell(*digest, std::vector<Sequence>{{1}}, kFirstDay));
    REQUIRE(archive->sync());
    CHECK(by_event(folder, 1) == "one of many");
}

TEST_CASE("a reader reads while the adapter writes", "[kit][raw]") {
    const TemporaryFolder folder;
    const ArchivePtr archive = open_archive(folder, {.segment_bytes_max = 20'000});
    keep(*archive, "from the beginning", {{1}});
    std::atomic<bool> done{false};
    std::size_t wrong = 0;
    std::size_t reads = 0;
    std::thread reader([&] {
        const Sealing sealing = raw_sealing(7);
        while (!done || reads == 0) {
            wrong += by_event(folder, 1, sealing) == "from the beginning" ? 0U : 1U;
            ++reads;
        }
    });
    for (std::uint64_t n = 2; n <= 300; ++n) {
        const auto digest = archive->put(as_bytes(std::string(500, 'y') + std::to_string(n)),
                                         day(static_cast<int>(n / 50)));
        const bool told = digest && archive->tell(*digest, std::vector<Sequence>{{n}}, kFirstDay) &&
                          archive->sync();
        wrong += told ? 0U : 1U;
    }
    done = true;
    reader.join();
    CHECK(reads > 0);
    CHECK(wrong == 0);
}

TEST_CASE("only one may write", "[kit][raw]") {
    const TemporaryFolder folder;
    const ArchivePtr archive = open_archive(folder);
    const auto second = RawArchive::open(folder.path() / "raw", archive_key());
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::AnotherWriter);
}

TEST_CASE("nothing on disk shows a message or its digest, to nobody but the owner", "[kit][raw]") {
    const TemporaryFolder folder;
    const std::string text = "MSH|^~\\&|canary\rPID|||4711^^^X^MR||CANARYNAME^JANE\r";
    keep(*open_archive(folder), text, {{12}});
    CHECK(mode_of(folder.path() / "raw") == 0700U);
    const Hash256 digest = sha256(as_bytes(text));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "raw")) {
        INFO(entry.path().filename().string());
        CHECK(mode_of(entry.path()) == 0600U);
        const std::string bytes = read_text(entry.path());
        for (const std::string_view secret :
             {std::string_view("CANARYNAME"), std::string_view("4711"),
              as_text(digest).substr(0, 8)}) {
            CHECK(bytes.find(secret) == std::string::npos);
        }
        CHECK(entry.path().filename().string().find("CANARY") == std::string::npos);
    }
}

TEST_CASE("the archive's key is not the spool's", "[kit][raw]") {
    Sealing feed = sealing_of(7);
    Sealing raw = raw_sealing(7);
    CHECK(feed.key_name() != raw.key_name());
    CHECK(feed.keyed_hashes({}) != raw.keyed_hashes({}));
    const Bytes sealed = raw.seal(SealedAs::RawMessage, 1, as_bytes("text"));
    CHECK(raw.open(SealedAs::RawMessage, 1, sealed));
    CHECK_FALSE(feed.open(SealedAs::RawMessage, 1, sealed));
    CHECK_FALSE(raw.open(SealedAs::SpoolItem, 1, sealed));
    CHECK_FALSE(raw.open(SealedAs::RawMessage, 2, sealed));
}

TEST_CASE("another link's key is told as such", "[kit][raw]") {
    const TemporaryFolder folder;
    keep(*open_archive(folder), "sealed", {{12}});
    Sealing other = raw_sealing(8);
    const auto opened = RawArchive::open(folder.path() / "raw", other);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::Invalid);
    CHECK(opened.error().context.find("another link's key") != std::string::npos);
    CHECK(by_event(folder, 12, other) == kOtherKey);
    CHECK(by_digest(folder, "sealed", other) == kOtherKey);
    CHECK(by_event(folder, 12) == "sealed");
}

TEST_CASE("after a change of key old messages are read and known, new ones sealed anew",
          "[kit][raw]") {
    const TemporaryFolder folder;
    keep(*open_archive(folder), "old", {{1}});
    Sealing renewed = raw_sealing(8, {7});
    {
        const ArchivePtr archive = open_archive(folder, {}, renewed);
        keep(*archive, "old", {{2}});
        CHECK(archive->messages() == 1);
        keep(*archive, "new", {{3}});
    }
    CHECK(by_event(folder, 1, renewed) == "old");
    CHECK(by_event(folder, 2, renewed) == "old");
    CHECK(by_digest(folder, "old", renewed) == "old");
    CHECK(by_event(folder, 3, renewed) == "new");
    CHECK(by_event(folder, 3) == kOtherKey);
    // A link that has forgotten the first key still writes, and says what it cannot read.
    Sealing forgetful = raw_sealing(8);
    CHECK(open_archive(folder, {}, forgetful)->messages() == 1);
    CHECK(by_event(folder, 1, forgetful) == kOtherKey);
    CHECK(by_event(folder, 99, forgetful) == kOtherKey);
}

TEST_CASE("what finds no room on the disk waits, and is kept when there is room", "[kit][raw]") {
    const TemporaryFolder folder;
    ArchivePtr archive = open_archive(folder);
    keep(*archive, "before", {{1}});
    const std::string large(50'000, 'l');
    {
        const NoRoomBeyond full(archive->bytes_on_disk() + 10'000);
        const auto digest = archive->put(as_bytes(large), kFirstDay);
        REQUIRE(digest);
        REQUIRE(archive->tell(*digest, std::vector<Sequence>{{2}}, kFirstDay));
        for (int attempt = 0; attempt < 2; ++attempt) {
            const Status synced = archive->sync();
            REQUIRE_FALSE(synced);
            CHECK(synced.error().code == ErrorCode::Io);
        }
        const auto next_day = archive->put(as_bytes("of the next day"), day(1));
        REQUIRE_FALSE(next_day);
        CHECK(next_day.error().code == ErrorCode::Io);
        CHECK(archive->messages() == 2);
        CHECK(by_event(folder, 2) == kNotFound);
        CHECK(by_event(folder, 1) == "before");
    }
    REQUIRE(archive->sync());
    keep(*archive, "of the next day", {{3}}, day(1));
    archive.reset();
    archive = open_archive(folder);
    CHECK(archive->damaged_segments() == 0);
    CHECK(archive->messages() == 3);
    CHECK(by_event(folder, 2) == large);
    CHECK(by_event(folder, 3) == "of the next day");
}

TEST_CASE("a crash on a full disk leaves what was synced", "[kit][raw]") {
    const TemporaryFolder folder;
    {
        const ArchivePtr archive = open_archive(folder);
        keep(*archive, "before", {{1}});
        const NoRoomBeyond full(archive->bytes_on_disk() + 10'000);
        REQUIRE(archive->put(as_bytes(std::string(50'000, 'l')), kFirstDay));
        REQUIRE_FALSE(archive->sync());
    }
    const ArchivePtr archive = open_archive(folder);
    CHECK(archive->damaged_segments() == 0);
    CHECK(archive->messages() == 1);
    keep(*archive, "after", {{2}});
    CHECK(by_event(folder, 1) == "before");
    CHECK(by_event(folder, 2) == "after");
}

TEST_CASE("on a full disk no more waits in memory than the bound", "[kit][raw]") {
    const TemporaryFolder folder;
    const ArchivePtr archive = open_archive(folder);
    keep(*archive, "before");
    const NoRoomBeyond full(archive->bytes_on_disk() + 10'000);
    std::size_t taken = 0;
    while (taken < 100 &&
           archive->put(as_bytes(std::string(100'000, 'x') + std::to_string(taken)), kFirstDay)) {
        ++taken;
    }
    CHECK(taken > 5);
    CHECK(taken * 100'000 < kRawBufferBytes + 100'000);
    CHECK(archive->messages() == taken + 1);
}

TEST_CASE("ten thousand messages are found again after a restart", "[kit][raw]") {
    find_again_after_restart(10'000);
}

TEST_CASE("a hundred thousand messages are found again after a restart", "[kit][raw][.slow]") {
    find_again_after_restart(100'000);
}

TEST_CASE("a configuration says how long raw messages are kept", "[kit][raw]") {
    const auto limits_of = [](std::string_view text) {
        const auto root = parse_toml(text);
        REQUIRE(root);
        return read_raw_archive_limits(*root);
    };
    const auto plain = limits_of("");
    REQUIRE(plain);
    CHECK(*plain == RawArchiveLimits{});
    CHECK(plain->kept_for == std::chrono::days{90});
    const auto told = limits_of("[raw_archive]\nkeep_days = 30\nkeep_mib = 100");
    REQUIRE(told);
    CHECK(told->kept_for == std::chrono::days{30});
    CHECK(told->kept_bytes_max == 104'857'600);
    for (const char* bad : {"[raw_archive]\nkeep_days = 0", "[raw_archive]\nkeep_mib = 1",
                            "[raw_archive]\nkeep_day = 9", "raw_archive = 1"}) {
        INFO(bad);
        CHECK_FALSE(limits_of(bad));
    }
}
