#include "hub/daemon/disk_space.hpp"

#include "tests/support/catch.hpp"

namespace carehub::daemon {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30U;

class HandClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override { return UtcTime{steady_}; }
    [[nodiscard]] Micros steady() const override { return steady_; }
    Micros steady_{std::chrono::hours{1}};
};

struct Disk {
    HandClock clock;
    GuardedHealth health;
    Result<DiskRoom> room = DiskRoom{64 * kMebibyte, 64 * kMebibyte};
    int looks = 0;
    DiskSpace space{[this] {
                        ++looks;
                        return room;
                    },
                    0, clock, health};

    void free(std::uint64_t mebibytes) { room = DiskRoom{64 * kMebibyte, mebibytes * kMebibyte}; }
    bool is_low_after(std::chrono::milliseconds time) {
        clock.steady_ += time;
        return space.is_low();
    }
};

using std::chrono::milliseconds;

TEST_CASE("the reserve is the larger of 5 percent and 256 MiB, and of a small disk a quarter",
          "[daemon]") {
    CHECK(disk_reserve(100 * kGibibyte, 0) == 100 * kGibibyte / 100 * 5);
    CHECK(disk_reserve(4 * kGibibyte, 0) == 256 * kMebibyte);
    CHECK(disk_reserve(64 * kMebibyte, 0) == 16 * kMebibyte);
    CHECK(disk_reserve(64 * kMebibyte, 3) == 3 * kMebibyte);
}

TEST_CASE("below the reserve it is low, and it ends by itself when there is room again",
          "[daemon]") {
    Disk disk;
    CHECK_FALSE(disk.space.is_low());
    disk.free(15);
    CHECK(disk.is_low_after(milliseconds{200}));
    CHECK(disk.health.read([](const auto& health) { return health.disk_low; }));
    disk.free(64);
    CHECK(disk.is_low_after(milliseconds{300}));  // what a sender had under way is refused too
    CHECK_FALSE(disk.is_low_after(milliseconds{700}));
    CHECK_FALSE(disk.health.read([](const auto& health) { return health.disk_low; }));
}

TEST_CASE("at the edge it does not come and go", "[daemon]") {
    Disk disk;
    disk.free(15);
    CHECK(disk.space.is_low());
    disk.free(17);
    CHECK(disk.is_low_after(std::chrono::seconds{10}));
    disk.free(18);
    CHECK_FALSE(disk.is_low_after(std::chrono::seconds{10}));
    disk.free(16);
    CHECK_FALSE(disk.is_low_after(std::chrono::seconds{10}));
}

TEST_CASE("the disk is asked five times a second at most", "[daemon]") {
    Disk disk;
    for (int i = 0; i < 1'000; ++i) {
        (void)disk.is_low_after(milliseconds{1});
    }
    CHECK(disk.looks <= 6);
}

TEST_CASE("a journal that found no room is low whatever the disk says", "[daemon]") {
    Disk disk;
    disk.space.journal_is_full(true);
    CHECK(disk.space.is_low());
    CHECK(disk.health.read([](const auto& health) { return health.journal_full; }));
    disk.room = fail(ErrorCode::Io, "cannot ask");
    CHECK(disk.is_low_after(std::chrono::seconds{10}));
    disk.space.journal_is_full(false);
    CHECK_FALSE(disk.is_low_after(std::chrono::seconds{10}));
}

TEST_CASE("a journal that finds no room is low before the next look is due", "[daemon]") {
    Disk disk;
    CHECK_FALSE(disk.space.is_low());
    disk.space.journal_is_full(true);
    CHECK(disk.space.is_low());
    disk.space.journal_is_full(false);
    CHECK_FALSE(disk.is_low_after(std::chrono::seconds{1}));
}

TEST_CASE("a real folder tells its room", "[daemon]") {
    const auto room = disk_room("/");
    REQUIRE(room);
    CHECK(room->size > 0);
    CHECK(room->free <= room->size);
    CHECK_FALSE(disk_room("/no/such/folder"));
}

}  // namespace
}  // namespace carehub::daemon
