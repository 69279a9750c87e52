#include "adapters/desk/desk_config.hpp"

#include <algorithm>

#include "adapters/desk/limits.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/out/http_out.hpp"
#include "adapters/kit/toml.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters::desk {
namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t kSubmissionPort = 587;     // RFC 6409
constexpr std::uint16_t kSubmissionTlsPort = 465;  // RFC 8314

Result<bool> read_flag(const toml::table& table, std::string_view where, std::string_view key) {
    const toml::node* node = table.get(key);
    const auto flag = node == nullptr ? std::optional(false) : node->value_exact<bool>();
    return flag ? Result<bool>(*flag)
                : fail(ErrorCode::Invalid, "[" + std::string(where) + "] " + std::string(key) +
                                               " is neither true nor false");
}

fs::path file_in(const fs::path& base, const std::string& name) {
    return name.empty() ? fs::path{} : (base / name).lexically_normal();
}

Status read_desk(const toml::table& desk, const fs::path& base, DeskConfig& config) {
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        desk, "desk", {"zone", "directory", "links", "names", "text", "digest_hour"}));
    CAREHUB_TRY(config.zone, required_text(desk, "desk", "zone"));
    CAREHUB_TRY([[maybe_unused]] const TimeZone known, load_zone(config.zone));
    CAREHUB_TRY(const std::string directory, required_text(desk, "desk", "directory"));
    config.directory = file_in(base, directory);
    CAREHUB_TRY(const auto links, optional_texts(desk, "desk", "links", kPersonsMax - 1));
    for (const std::string& link : links) {
        config.links.push_back(file_in(base, link));
    }
    CAREHUB_TRY(config.shows_names, read_flag(desk, "desk", "names"));
    CAREHUB_TRY(const std::string text, optional_text(desk, "desk", "text"));
    if (!text.empty() && text != "full" && text != "brief") {
        return fail(ErrorCode::Invalid, "[desk] text is \"full\" or \"brief\"");
    }
    config.text = text == "brief" ? TextAmount::Brief : TextAmount::Full;
    CAREHUB_TRY(const std::int64_t hour, number_within(desk, "digest_hour", kDigestHour, {0, 23}));
    config.digest_at = std::chrono::hours{hour};
    return {};
}

Status read_server(const toml::table& mail, std::string_view server, MailConfig& config) {
    config.is_tls_first = server.starts_with("smtps://");
    if (!config.is_tls_first && !server.starts_with("smtp://")) {
        return fail(ErrorCode::Invalid, "[mail] server begins with smtp:// (STARTTLS) or smtps://");
    }
    auto endpoint =
        parse_endpoint(server, config.is_tls_first ? kSubmissionTlsPort : kSubmissionPort);
    if (!endpoint) {
        return fail(ErrorCode::Invalid, "[mail] server " + endpoint.error().context);
    }
    config.server = std::move(*endpoint);
    CAREHUB_TRY(config.is_clear, read_flag(mail, "mail", "clear"));
    if (config.is_clear && config.is_tls_first) {
        return fail(ErrorCode::Invalid, "[mail] clear means nothing with smtps://: leave it out");
    }
    return {};
}

Result<MailConfig> read_mail(const toml::table& mail, const fs::path& base) {
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        mail, "mail", {"server", "from", "user", "password_file", "ca", "clear"}));
    MailConfig config;
    const Result<std::string> server = required_text(mail, "mail", "server");
    if (!server) {
        return tl::unexpected<Error>(server.error());
    }
    CAREHUB_TRY_DONE(read_server(mail, *server, config));
    CAREHUB_TRY(config.from, required_text(mail, "mail", "from"));
    if (!is_mail_address(config.from)) {
        return fail(ErrorCode::Invalid, "[mail] from is no mail address");
    }
    CAREHUB_TRY(config.user, optional_text(mail, "mail", "user"));
    CAREHUB_TRY(const std::string password, optional_text(mail, "mail", "password_file"));
    CAREHUB_TRY(const std::string ca, optional_text(mail, "mail", "ca"));
    config.password_file = file_in(base, password);
    config.ca = file_in(base, ca);
    if (config.user.empty() != password.empty()) {
        return fail(ErrorCode::Invalid, "[mail] user and password_file go together");
    }
    if (config.is_clear && !config.user.empty() && !config.server.is_loopback()) {
        return fail(ErrorCode::Invalid, "[mail] clear: a password is never sent in clear");
    }
    return config;
}

Result<CalendarConfig> read_calendar(const toml::table& table, const fs::path& base) {
    CAREHUB_TRY_DONE(refuse_unknown_keys(
        table, "calendar", {"folder", "readable_by", "keep_days", "refresh_minutes", "places"}));
    CalendarConfig config;
    CAREHUB_TRY(const std::string folder, required_text(table, "calendar", "folder"));
    config.folder = file_in(base, folder);
    CAREHUB_TRY(const std::string readers, optional_text(table, "calendar", "readable_by"));
    if (!readers.empty() && readers != "owner" && readers != "group") {
        return fail(ErrorCode::Invalid, "[calendar] readable_by is \"owner\" or \"group\"");
    }
    config.readers = readers == "group" ? Readers::Group : Readers::Owner;
    CAREHUB_TRY(const std::int64_t days,
                number_within(table, "keep_days", kCalendarKeepDays,
                              {kCalendarKeepDaysMin, kCalendarKeepDaysMax}));
    CAREHUB_TRY(const std::int64_t minutes, number_within(table, "refresh_minutes", kFeedRefresh,
                                                          {kFeedRefreshMin, kFeedRefreshMax}));
    config.keep = std::chrono::days{days};
    config.refresh = std::chrono::minutes{minutes};
    CAREHUB_TRY(config.shows_places, read_flag(table, "calendar", "places"));
    return config;
}

}  // namespace

bool is_mail_address(std::string_view text) {
    const auto may_stand = [](char c) {
        return c > ' ' && c < '\x7f' && c != '<' && c != '>' && c != ',' && c != ';' && c != '"';
    };
    const std::size_t at = text.find('@');
    return text.size() <= kAddressBytesMax && at != std::string_view::npos && at > 0 &&
           at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
           std::ranges::all_of(text, may_stand);
}

Result<DeskConfig> read_desk_config(const fs::path& file) {
    std::error_code error;
    const fs::path base = fs::absolute(file, error).parent_path();
    CAREHUB_TRY(const toml::table root, read_toml(file));
    for (const auto& [key, value] : root) {
        if (key != "desk" && key != "mail" && key != "out" && key != "calendar") {
            return fail(ErrorCode::Invalid,
                        "[" + std::string(key.str()) +
                            "] is not known; known here: desk, mail, out, calendar");
        }
    }
    DeskConfig config;
    CAREHUB_TRY(const toml::table desk, table_of(root, "desk"));
    CAREHUB_TRY_DONE(read_desk(desk, base, config));
    if (root.contains("mail")) {
        CAREHUB_TRY(const toml::table mail, table_of(root, "mail"));
        CAREHUB_TRY(config.mail, read_mail(mail, base));
    }
    const OutFormat webhook = webhook_format({EventKind::AlertRaised});
    CAREHUB_TRY(config.webhook, read_out_config(root, base, std::span(&webhook, 1)));
    if (root.contains("calendar")) {
        CAREHUB_TRY(const toml::table calendar, table_of(root, "calendar"));
        CAREHUB_TRY(config.calendar, read_calendar(calendar, base));
    }
    if (!config.mail && !config.webhook && !config.calendar) {
        return fail(ErrorCode::Invalid,
                    "the desk has nothing to tell over: write [mail], [out] or [calendar]");
    }
    return config;
}

}  // namespace carehub::adapters::desk
