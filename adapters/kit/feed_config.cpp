#include "adapters/kit/feed_config.hpp"

#include <limits>
#include <system_error>

#include "adapters/kit/toml.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters {
namespace {

using std::filesystem::path;

constexpr std::uint64_t kMebibyte = 1'048'576;

Result<WatchFolders> read_watch(const toml::table& table, const path& base) {
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        table, "watch", {"folder", "done_folder", "refused_folder", "keep_days", "keep_mib"}));
    CAREHUB_TRY(const std::string folder, required_text(table, "watch", "folder"));
    CAREHUB_TRY(const std::string done, optional_text(table, "watch", "done_folder"));
    CAREHUB_TRY(const std::string refused, optional_text(table, "watch", "refused_folder"));
    WatchFolders folders;
    folders.folder = (base / folder).lexically_normal();
    folders.done = done.empty() ? folders.folder / "done" : (base / done).lexically_normal();
    folders.refused =
        refused.empty() ? folders.folder / "refused" : (base / refused).lexically_normal();
    CAREHUB_TRY(const std::int64_t days,
                number_within(table, "keep_days", kSpoolKeptFor.count(), {1, kSpoolKeptDaysMax}));
    CAREHUB_TRY(const std::int64_t mib,
                number_within(table, "keep_mib", std::int64_t{kSpoolKeptBytesMax / kMebibyte},
                              {0, kSpoolKeptMibMax}));
    folders.kept_for = std::chrono::days{days};
    folders.kept_bytes_max = static_cast<std::uint64_t>(mib) * kMebibyte;
    return folders;
}

Result<ListenAddress> read_listen(const toml::table& table) {
    CAREHUB_TRY_DONE(refuse_unknown_keys(table, "listen", {"address", "port"}));
    CAREHUB_TRY(const std::string address, required_text(table, "listen", "address"));
    CAREHUB_TRY(const std::int64_t port,
                number_within(table, "port", 0, {0, std::numeric_limits<std::uint16_t>::max()}));
    return ListenAddress{address, static_cast<std::uint16_t>(port)};
}

}  // namespace

Result<FeedConfig> read_feed_config(const path& file) {
    std::error_code error;
    const path base = std::filesystem::absolute(file, error).parent_path();
    CAREHUB_TRY(const toml::table root, read_toml(file));
    CAREHUB_TRY(const toml::table feed, table_of(root, "feed"));
    FeedConfig config;
    CAREHUB_TRY(config.name, required_text(feed, "feed", "name"));
    CAREHUB_TRY(const std::string zone, required_text(feed, "feed", "zone"));
    CAREHUB_TRY(config.zone, load_zone(zone));
    CAREHUB_TRY(config.authority, optional_text(feed, "feed", "authority"));
    if (root.contains("watch")) {
        CAREHUB_TRY(const toml::table watch, table_of(root, "watch"));
        CAREHUB_TRY(config.watch, read_watch(watch, base));
    }
    if (root.contains("listen")) {
        CAREHUB_TRY(const toml::table listen, table_of(root, "listen"));
        CAREHUB_TRY(config.listen, read_listen(listen));
    }
    return config;
}

}  // namespace carehub::adapters
