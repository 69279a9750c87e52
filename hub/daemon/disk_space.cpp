#include "hub/daemon/disk_space.hpp"

#include <sys/statvfs.h>

#include <algorithm>

#include "hub/base/log.hpp"

namespace carehub::daemon {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
/// Room above the reserve that ends the want, as a part of it: no coming and going at the edge.
constexpr std::uint64_t kEndsAbovePart = 8;

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes / kMebibyte) + " MiB"; }

}  // namespace

Result<DiskRoom> disk_room(const std::filesystem::path& folder) {
    struct statvfs room {};
    if (::statvfs(folder.c_str(), &room) != 0) {
        return fail_errno(ErrorCode::Io, "cannot ask how much room the disk has");
    }
    return DiskRoom{std::uint64_t{room.f_blocks} * room.f_frsize,
                    std::uint64_t{room.f_bavail} * room.f_frsize};
}

std::uint64_t disk_reserve(std::uint64_t size, std::uint64_t configured_mib) {
    if (configured_mib != 0) {
        return configured_mib * kMebibyte;
    }
    const std::uint64_t wanted = std::max(kDiskReserveMin, size / 100 * kDiskReservePercent);
    return std::min(wanted, size / kDiskReservePartMax);
}

bool DiskSpace::is_low() {
    const Micros now = clock_.steady();
    const bool full = journal_full_;
    if (!looked_ || full != looked_full_ || now - looked_at_ >= kDiskLookInterval) {
        looked_ = true;
        looked_full_ = full;
        looked_at_ = now;
        look();
    }
    return low_;
}

void DiskSpace::look() {
    const auto room = look_();
    if (!room && !journal_full_) {
        low_ = false;
        return;
    }
    const DiskRoom known = room ? *room : DiskRoom{};
    const std::uint64_t reserve = disk_reserve(known.size, reserve_mib_);
    const std::uint64_t enough = low_ ? reserve + reserve / kEndsAbovePart : reserve;
    const bool short_of_room = journal_full_ || known.free < enough;
    if (short_of_room && !low_) {
        low_ = true;
        low_since_ = looked_at_;
        log::error("hub", "the disk is almost full: " + mebibytes(known.free) + " free of " +
                              mebibytes(reserve) +
                              " kept in reserve; events are refused until there is room again");
    } else if (!short_of_room && low_ && looked_at_ - low_since_ >= kDiskLowMin) {
        low_ = false;
        log::info("hub", "the disk has room again: events are taken");
    }
    tell(known, reserve);
}

void DiskSpace::tell(const DiskRoom& room, std::uint64_t reserve) {
    health_.write([&](follower::Health& health) {
        health.disk_low = low_;
        health.journal_full = journal_full_;
        health.disk_free_bytes = room.free;
        health.disk_reserve_bytes = reserve;
    });
}

void DiskSpace::journal_is_full(bool full) {
    if (journal_full_.exchange(full) == full) {
        return;
    }
    health_.write([full](follower::Health& health) { health.journal_full = full; });
}

}  // namespace carehub::daemon
