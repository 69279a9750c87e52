#include "adapters/housing/site_config.hpp"

#include "adapters/housing/limits.hpp"
#include "adapters/kit/feed_config.hpp"
#include "adapters/kit/text.hpp"
#include "adapters/kit/toml.hpp"

namespace carehub::adapters::housing {
namespace {

Status check_length(std::string_view key, std::string_view value, std::size_t bytes_max) {
    if (value.size() > bytes_max || has_control(value)) {
        return fail(ErrorCode::Invalid, "[feed] " + std::string(key) + " has at most " +
                                            std::to_string(bytes_max) +
                                            " characters and no control characters");
    }
    return {};
}

}  // namespace

Result<Site> read_site(const std::filesystem::path& config_file) {
    CAREHUB_TRY(const toml::table root, read_toml(config_file));
    CAREHUB_TRY_DONE(refuse_unknown_keys(root, "the configuration", {"feed", "watch", "out"}));
    CAREHUB_TRY(const toml::table feed, table_of(root, "feed"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(feed, "[feed]", {"name", "zone", "authority"}));
    CAREHUB_TRY(FeedConfig config, read_feed_config(config_file));
    CAREHUB_TRY_DONE(check_length("name", config.name, kFeedNameBytesMax));
    CAREHUB_TRY_DONE(check_length("authority", config.authority, kAuthorityBytesMax));
    return Site{std::move(config.name), std::move(config.zone), std::move(config.authority)};
}

}  // namespace carehub::adapters::housing
