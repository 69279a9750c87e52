#include "adapters/kit/fetch/fetch_config.hpp"

#include "adapters/kit/toml.hpp"

namespace carehub::adapters {
namespace {

constexpr std::uint16_t kHttpsPort = 443;

Status read_url(const toml::table& fetch, FetchConfig& config) {
    CAREHUB_TRY(const std::string url, required_text(fetch, "fetch", "url"));
    auto endpoint = parse_endpoint(url, kHttpsPort);
    if (!endpoint) {
        return fail(ErrorCode::Invalid, "[fetch] url " + endpoint.error().context);
    }
    if (endpoint->scheme != "https") {
        return fail(ErrorCode::Invalid, "[fetch] url has to begin with https://");
    }
    config.endpoint = std::move(*endpoint);
    return {};
}

/// The name that the address ends in, without what is asked of it.
std::string last_part(const std::string& target) {
    const std::string path = target.substr(0, target.find('?'));
    return path.substr(path.rfind('/') + 1);
}

}  // namespace

Result<std::optional<FetchConfig>> read_fetch_config(const std::filesystem::path& file) {
    CAREHUB_TRY(const toml::table root, read_toml(file));
    if (!root.contains("fetch")) {
        return std::optional<FetchConfig>{};
    }
    CAREHUB_TRY(const toml::table fetch, table_of(root, "fetch"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(fetch, "fetch", {"url", "every_minutes", "ca", "file"}));
    FetchConfig config;
    CAREHUB_TRY_DONE(read_url(fetch, config));
    CAREHUB_TRY(const std::int64_t minutes,
                number_within(fetch, "every_minutes", config.every.count(),
                              {kFetchEveryMin.count(), kFetchWaitMax.count()}));
    config.every = std::chrono::minutes{minutes};
    CAREHUB_TRY(const std::string ca, optional_text(fetch, "fetch", "ca"));
    if (!ca.empty()) {
        config.ca = std::filesystem::absolute(file).parent_path() / ca;
    }
    CAREHUB_TRY(const std::string name, optional_text(fetch, "fetch", "file"));
    config.file = name.empty() ? last_part(config.endpoint.target) : name;
    if (config.file.empty() || config.file.has_parent_path() || !config.file.has_extension()) {
        return fail(ErrorCode::Invalid,
                    "[fetch] file: a name that tells the kind of file, such as \"docket.ics\"");
    }
    return std::optional<FetchConfig>(std::move(config));
}

}  // namespace carehub::adapters
