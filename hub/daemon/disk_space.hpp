// Room on the hub's disk: below a reserve, events are refused, so that commands, readings,
// acknowledgements and questions can still be written down.
//
// The reserve is 5 % of the file system or 256 MiB, whichever is larger, but never more than a
// quarter of it; carehub.toml may name another (`[hub] disk_reserve_mib`).
//
// Contract: is_low() looks at the disk at most every 200 ms, and when the journal's word on it
// changes. Once low it stays so for at least a second, and until an eighth of the reserve is free
// above it: no coming and going at the edge.
// While the journal finds no room in spite of the reserve (journal_is_full) it is low whatever the
// disk says. A disk that cannot be asked counts as roomy: the journal will tell.
// Threads: is_low() confined to the gateway's thread; journal_is_full() any.
// Lifetime: borrows clock and health.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "hub/base/clock.hpp"
#include "hub/base/error.hpp"
#include "hub/follower/health.hpp"
#include "hub/gateway/guards.hpp"
#include "hub/transport/guarded.hpp"

namespace carehub::daemon {

using GuardedHealth = transport::Guarded<follower::Health>;

inline constexpr std::uint64_t kDiskReserveMin = std::uint64_t{256} << 20U;
inline constexpr std::uint64_t kDiskReservePercent = 5;
/// Of a small file system, such as a test's.
inline constexpr std::uint64_t kDiskReservePartMax = 4;
inline constexpr Micros kDiskLookInterval = std::chrono::milliseconds{200};
inline constexpr Micros kDiskLowMin = std::chrono::seconds{1};

struct DiskRoom {
    std::uint64_t size = 0;
    std::uint64_t free = 0;  ///< for this user
};
[[nodiscard]] Result<DiskRoom> disk_room(const std::filesystem::path& folder);

/// `configured_mib` 0: by the size.
[[nodiscard]] std::uint64_t disk_reserve(std::uint64_t size, std::uint64_t configured_mib);

class DiskSpace final : public gateway::DiskSpace {
public:
    using Look = std::function<Result<DiskRoom>()>;

    DiskSpace(Look look, std::uint64_t reserve_mib, const Clock& clock, GuardedHealth& health)
        : look_(std::move(look)), reserve_mib_(reserve_mib), clock_(clock), health_(health) {}

    [[nodiscard]] bool is_low() override;
    void journal_is_full(bool full);

private:
    void look();
    void tell(const DiskRoom& room, std::uint64_t reserve);

    Look look_;
    std::uint64_t reserve_mib_;
    const Clock& clock_;
    GuardedHealth& health_;
    std::atomic<bool> journal_full_{false};
    bool low_ = false;
    bool looked_ = false;
    bool looked_full_ = false;  ///< whether the journal was full then
    Micros looked_at_{0};
    Micros low_since_{0};
};

}  // namespace carehub::daemon
