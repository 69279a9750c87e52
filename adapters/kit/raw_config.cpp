#include "adapters/kit/raw_config.hpp"

namespace carehub::adapters {
namespace {

constexpr std::uint64_t kMebibyte = 1'048'576;

}  // namespace

Result<RawArchiveLimits> read_raw_archive_limits(const toml::table& root) {
    CAREHUB_TRY(const toml::table table, table_of(root, "raw_archive"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(table, "[raw_archive]", {"keep_days", "keep_mib"}));
    RawArchiveLimits limits;
    CAREHUB_TRY(const std::int64_t days,
                number_within(table, "keep_days", limits.kept_for.count(), {1, kRawKeptDaysMax}));
    CAREHUB_TRY(const std::int64_t mib,
                number_within(table, "keep_mib",
                              static_cast<std::int64_t>(limits.kept_bytes_max / kMebibyte),
                              {kRawKeptMibMin, kRawKeptMibMax}));
    limits.kept_for = std::chrono::days{days};
    limits.kept_bytes_max = static_cast<std::uint64_t>(mib) * kMebibyte;
    return limits;
}

}  // namespace carehub::adapters
