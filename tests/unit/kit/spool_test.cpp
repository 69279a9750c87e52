#include "adapters/kit/spool.hpp"

#include <algorithm>

#include "adapters/kit/segment_files.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

using SpoolPtr = std::unique_ptr<Spool>;

Sealing& own_sealing() {
    static Sealing sealing = sealing_of(7);
    return sealing;
}

SpoolPtr reopen(const TemporaryFolder& folder, const SpoolLimits& limits = {}) {
    auto spool = Spool::open(folder.path() / "spool", own_sealing(), limits);
    INFO((spool ? std::string() : to_string(spool.error())));
    REQUIRE(spool);
    return std::move(*spool);
}

void put(Spool& spool, const std::vector<std::string>& items, const std::string& note) {
    for (const std::string& item : items) {
        REQUIRE(spool.add(as_bytes(item)));
    }
    REQUIRE(spool.commit(note));
}

std::vector<std::string> pending(const Spool& spool) {
    std::vector<std::string> items;
    for (std::uint64_t n = spool.first_pending(); n < spool.next(); ++n) {
        if (spool.is_pending(n)) {
            const auto bytes = spool.read(n);
            REQUIRE(bytes);
            items.emplace_back(as_text(*bytes));
        }
    }
    return items;
}

std::filesystem::path only_segment(const TemporaryFolder& folder) {
    return folder.path() / "spool" / segment_name(1);
}

}  // namespace

TEST_CASE("committed items and their note survive, open ones do not", "[kit]") {
    const TemporaryFolder folder;
    {
        const SpoolPtr spool = reopen(folder);
        put(*spool, {"a", ""}, "1");
        REQUIRE(spool->add(as_bytes("never committed")));
    }
    const SpoolPtr spool = reopen(folder);
    CHECK(pending(*spool) == std::vector<std::string>{"a", ""});
    CHECK(spool->note() == "1");
    CHECK(spool->next() == 3);
}

TEST_CASE("a transaction torn at any byte is dropped as a whole and the rest stays", "[kit]") {
    const TemporaryFolder folder;
    std::uintmax_t before = 0;
    {
        const SpoolPtr spool = reopen(folder);
        put(*spool, {"one"}, "1");
        before = std::filesystem::file_size(only_segment(folder));
        put(*spool, {"two", "three"}, "2");
    }
    const std::string whole = read_text(only_segment(folder));
    for (std::size_t size = before; size < whole.size(); ++size) {
        INFO(size);
        write_text(only_segment(folder), whole.substr(0, size));
        const SpoolPtr spool = reopen(folder);
        CHECK(pending(*spool) == std::vector<std::string>{"one"});
        CHECK(spool->note() == "1");
        CHECK(std::filesystem::file_size(only_segment(folder)) == before);
    }
}

TEST_CASE("a damaged byte in the last transaction drops it, and writing goes on", "[kit]") {
    const TemporaryFolder folder;
    {
        const SpoolPtr spool = reopen(folder);
        put(*spool, {"one"}, "1");
        put(*spool, {"two"}, "2");
    }
    std::string bytes = read_text(only_segment(folder));
    bytes[bytes.size() - 1] = static_cast<char>(bytes[bytes.size() - 1] ^ 1);
    write_text(only_segment(folder), bytes);
    {
        const SpoolPtr spool = reopen(folder);
        put(*spool, {"second"}, "2");
    }
    CHECK(pending(*reopen(folder)) == std::vector<std::string>{"one", "second"});
}

TEST_CASE("acknowledgements take any order and are remembered once saved", "[kit]") {
    const TemporaryFolder folder;
    {
        const SpoolPtr spool = reopen(folder);
        put(*spool, {"1", "2", "3", "4"}, "x");
        REQUIRE(spool->acknowledge(3));
        REQUIRE(spool->acknowledge(1));
        REQUIRE(spool->acknowledge(1));
        CHECK(pending(*spool) == std::vector<std::string>{"2", "4"});
        CHECK(spool->pending() == 2);
        CHECK(spool->first_pending() == 2);
        REQUIRE(spool->save());
    }
    CHECK(pending(*reopen(folder)) == std::vector<std::string>{"2", "3", "4"});
}

TEST_CASE("acknowledged segments go, and the numbers and the note outlive them", "[kit]") {
    const TemporaryFolder folder;
    const SpoolLimits small{.bytes_max = 4'096, .segment_bytes_max = 200};
    {
        const SpoolPtr spool = reopen(folder, small);
        for (int round = 1; round <= 50; ++round) {
            put(*spool, {std::string(100, 'x')}, std::to_string(round));
            REQUIRE(spool->acknowledge(static_cast<std::uint64_t>(round)));
        }
        CHECK(spool->bytes_on_disk() < 600);
    }
    const SpoolPtr spool = reopen(folder, small);
    CHECK(spool->note() == "50");
    CHECK(spool->next() == 51);
    std::size_t segments = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "spool")) {
        segments += entry.path().filename().string().starts_with("segment-") ? 1U : 0U;
    }
    CHECK(segments <= 2);
}

TEST_CASE("a full spool says so, and an abandoned transaction leaves its room", "[kit]") {
    const TemporaryFolder folder;
    const SpoolLimits small{.bytes_max = 700, .segment_bytes_max = 200};
    const SpoolPtr spool = reopen(folder, small);
    put(*spool, {std::string(200, 'a')}, "1");
    REQUIRE(spool->add(as_bytes(std::string(200, 'b'))));
    const Status full = spool->add(as_bytes(std::string(200, 'c')));
    REQUIRE_FALSE(full);
    CHECK(full.error().code == ErrorCode::Full);
    REQUIRE(spool->abandon());
    REQUIRE(spool->acknowledge(1));
    put(*spool, {std::string(200, 'd')}, "2");
    CHECK(pending(*spool) == std::vector<std::string>{std::string(200, 'd')});
}

TEST_CASE("an older segment that is damaged or missing is not passed over", "[kit]") {
    const TemporaryFolder folder;
    const SpoolLimits small{.bytes_max = 4'096, .segment_bytes_max = 1};
    {
        const SpoolPtr spool = reopen(folder, small);
        put(*spool, {"a"}, "1");
        put(*spool, {"b"}, "2");
        put(*spool, {"c"}, "3");
    }
    const std::filesystem::path middle = folder.path() / "spool" / segment_name(2);
    const std::string whole = read_text(middle);
    write_text(middle, whole.substr(0, whole.size() - 1));
    CHECK(Spool::open(folder.path() / "spool", own_sealing()).error().code == ErrorCode::Damaged);
    std::filesystem::remove(middle);
    CHECK(Spool::open(folder.path() / "spool", own_sealing()).error().code == ErrorCode::Damaged);
    write_text(middle, whole);
    CHECK(pending(*reopen(folder, small)) == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("a segment whose start was interrupted is started again", "[kit]") {
    const TemporaryFolder folder;
    put(*reopen(folder), {"a"}, "1");
    write_text(folder.path() / "spool" / segment_name(2), "torn");
    const SpoolPtr spool = reopen(folder);
    put(*spool, {"b"}, "2");
    CHECK(pending(*spool) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("two adapters cannot share one spool", "[kit]") {
    const TemporaryFolder folder;
    const SpoolPtr spool = reopen(folder);
    CHECK(Spool::open(folder.path() / "spool", own_sealing()).error().code ==
          ErrorCode::AnotherWriter);
}

TEST_CASE("what is spooled is readable by its owner alone", "[kit]") {
    const TemporaryFolder folder;
    const SpoolPtr spool = reopen(folder);
    const auto mode = std::filesystem::status(only_segment(folder)).permissions();
    CHECK((mode & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("what is spooled shows nothing of its items", "[kit]") {
    const TemporaryFolder folder;
    const SpoolPtr spool = reopen(folder);
    put(*spool, {"Quirrelwood of Elm House"}, "note");
    const std::string bytes = read_text(only_segment(folder));
    CHECK(bytes.find("Quirrelwood") == std::string::npos);
    CHECK(bytes.find("note") != std::string::npos);  // the search does find what is there
    CHECK(pending(*spool) == std::vector<std::string>{"Quirrelwood of Elm House"});
}

TEST_CASE("two spooled items exchanged on disk are refused, both", "[kit]") {
    const TemporaryFolder folder;
    std::uintmax_t begin = 0;
    {
        const SpoolPtr spool = reopen(folder);
        put(*spool, {}, "1");
        begin = std::filesystem::file_size(only_segment(folder));
        put(*spool, {"first", "other"}, "2");
    }
    const std::size_t record = kRecordHeadBytes + kSealedOverheadBytes + 5;
    std::string bytes = read_text(only_segment(folder));
    std::swap_ranges(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                     bytes.begin() + static_cast<std::ptrdiff_t>(begin + record),
                     bytes.begin() + static_cast<std::ptrdiff_t>(begin + record));
    write_text(only_segment(folder), bytes);
    const SpoolPtr spool = reopen(folder);
    REQUIRE(spool->pending() == 2);
    CHECK(spool->read(1).error().code == ErrorCode::Damaged);
    CHECK(spool->read(2).error().code == ErrorCode::Damaged);
}

TEST_CASE("a spool of another link is told by name and left as it is", "[kit]") {
    const TemporaryFolder folder;
    put(*reopen(folder), {"a"}, "1");
    Sealing other = sealing_of(8);
    const auto refused = Spool::open(folder.path() / "spool", other);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Invalid);
    CHECK_THAT(refused.error().context, Catch::Matchers::Contains("another link's key"));
    CHECK(pending(*reopen(folder)) == std::vector<std::string>{"a"});
}

TEST_CASE("after a change of the link's key the spool goes on", "[kit]") {
    const TemporaryFolder folder;
    put(*reopen(folder), {"a"}, "1");
    for (int starts = 0; starts < 2; ++starts) {
        Sealing fresh = sealing_of(8, {7});
        const auto spool = Spool::open(folder.path() / "spool", fresh);
        REQUIRE(spool);
        CHECK((*spool)->note() == "1");
        CHECK(pending(**spool) == std::vector<std::string>{"a"});
    }
    Sealing fresh = sealing_of(8, {7});
    const auto spool = *Spool::open(folder.path() / "spool", fresh);
    put(*spool, {"b"}, "2");
    CHECK(pending(*spool) == std::vector<std::string>{"a", "b"});
    REQUIRE(spool->acknowledge(1));
    // What came since is sealed with the new key alone.
    Sealing alone = sealing_of(8);
    CHECK(alone.open(SealedAs::SpoolItem, 2, fresh.seal(SealedAs::SpoolItem, 2, as_bytes("b"))));
    CHECK_FALSE(sealing_of(7).open(SealedAs::SpoolItem, 2,
                                   fresh.seal(SealedAs::SpoolItem, 2, as_bytes("b"))));
}

TEST_CASE("an empty spool begins anew under a new key", "[kit]") {
    const TemporaryFolder folder;
    { const SpoolPtr empty = reopen(folder); }
    Sealing fresh = sealing_of(8, {7});
    {
        const auto spool = *Spool::open(folder.path() / "spool", fresh);
        put(*spool, {"a"}, "1");
    }
    Sealing alone = sealing_of(8);
    CHECK(pending(**Spool::open(folder.path() / "spool", alone)) == std::vector<std::string>{"a"});
}

namespace {

/// Every segment holds one item.
constexpr SpoolLimits kOneEach{
    .bytes_max = 4'096, .segment_bytes_max = 1, .kept_bytes_max = 4'096, .kept_for = {}};

SpoolLimits keeping(std::uint64_t bytes, std::chrono::seconds time = kSpoolKeptFor) {
    SpoolLimits limits = kOneEach;
    limits.kept_bytes_max = bytes;
    limits.kept_for = time;
    return limits;
}

void put_and_acknowledge(Spool& spool, const std::vector<std::string>& items) {
    for (const std::string& item : items) {
        const std::uint64_t number = spool.next();
        put(spool, {item}, item);
        REQUIRE(spool.acknowledge(number));
    }
}

}  // namespace

TEST_CASE("what was acknowledged is kept, and is pending again when it is asked for", "[kit]") {
    const TemporaryFolder folder;
    {
        const SpoolPtr spool = reopen(folder, keeping(4'096));
        put_and_acknowledge(*spool, {"a", "b", "c"});
        CHECK(spool->pending() == 0);
        put(*spool, {"d"}, "d");
        REQUIRE(spool->save());
    }
    {
        const SpoolPtr spool = reopen(folder, keeping(4'096));
        CHECK(pending(*spool) == std::vector<std::string>{"d"});
        REQUIRE(spool->begin_again());
        CHECK(pending(*spool) == std::vector<std::string>{"a", "b", "c", "d"});
        CHECK(spool->note() == "d");
    }
    const SpoolPtr spool = reopen(folder, keeping(4'096));  // that too is durable
    CHECK(pending(*spool) == std::vector<std::string>{"a", "b", "c", "d"});
    put(*spool, {"e"}, "e");
    CHECK(pending(*spool).back() == "e");
}

TEST_CASE("of what is kept the oldest goes when it is too much", "[kit]") {
    const TemporaryFolder folder;
    const SpoolPtr spool = reopen(folder, keeping(400));
    put_and_acknowledge(*spool, {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"});
    CHECK(spool->bytes_kept() <= 400);
    CHECK(spool->bytes_kept() > 0);
    REQUIRE(spool->begin_again());
    const auto again = pending(*spool);
    CHECK(again.size() >= 2);
    CHECK(again.size() < 10);
    CHECK(again.back() == "j");
}

TEST_CASE("what was kept long enough goes, also from a file that never filled", "[kit]") {
    const TemporaryFolder folder;
    SpoolLimits limits = keeping(4'096, std::chrono::hours{1});
    const SpoolPtr spool = reopen(folder, limits);
    put_and_acknowledge(*spool, {"a", "b"});
    const UtcTime now = SystemClock().now();
    REQUIRE(spool->let_go(now));
    REQUIRE(spool->begin_again());
    CHECK(pending(*spool) == std::vector<std::string>{"a", "b"});
    REQUIRE(spool->acknowledge(1));
    REQUIRE(spool->acknowledge(2));
    REQUIRE(spool->let_go(now + std::chrono::hours{2}));
    CHECK(spool->bytes_kept() == 0);
    REQUIRE(spool->begin_again());
    CHECK(spool->pending() == 0);
    CHECK(spool->next() == 3);
    CHECK(spool->note() == "b");
}

TEST_CASE("what is pending is never let go, however old", "[kit]") {
    const TemporaryFolder folder;
    const SpoolPtr spool = reopen(folder, keeping(0, std::chrono::hours{1}));
    put(*spool, {"a"}, "a");
    REQUIRE(spool->let_go(SystemClock().now() + std::chrono::hours{24 * 365}));
    CHECK(pending(*spool) == std::vector<std::string>{"a"});
}

TEST_CASE("a damaged file among those kept costs what is older, and nothing newer", "[kit]") {
    const TemporaryFolder folder;
    const SpoolPtr spool = reopen(folder, keeping(4'096));
    put_and_acknowledge(*spool, {"a", "b", "c", "d"});
    const std::filesystem::path second = folder.path() / "spool" / segment_name(2);
    std::string bytes = read_text(second);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write_text(second, bytes);
    REQUIRE(spool->begin_again());
    CHECK(pending(*spool) == std::vector<std::string>{"c", "d"});
}

TEST_CASE("a start that a crash interrupted does not hide what is kept", "[kit]") {
    const TemporaryFolder folder;
    {
        const SpoolPtr spool = reopen(folder, keeping(4'096));
        put_and_acknowledge(*spool, {"a", "b", "c"});
        REQUIRE(spool->save());
    }
    write_text(folder.path() / "spool" / segment_name(4), "torn");
    const SpoolPtr spool = reopen(folder, keeping(4'096));
    CHECK(spool->next() == 4);
    CHECK(spool->note() == "c");
    REQUIRE(spool->begin_again());
    CHECK(pending(*spool) == std::vector<std::string>{"a", "b", "c"});
}
