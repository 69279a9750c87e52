#include "adapters/kit/out/out_config.hpp"

#include <algorithm>

#include "adapters/kit/file.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters {
namespace {

constexpr std::string_view kWhere = "out";
constexpr std::string_view kTlsWhere = "out.tls";

tl::unexpected<Error> invalid(std::string what) {
    return fail(ErrorCode::Invalid, "[out] " + std::move(what));
}

Result<const OutFormat*> format_of(const toml::table& out, std::span<const OutFormat> formats) {
    CAREHUB_TRY(const std::string name, required_text(out, kWhere, "format"));
    const auto found = std::ranges::find(formats, std::string_view(name), &OutFormat::name);
    if (found != formats.end()) {
        return &*found;
    }
    std::string known;
    for (const OutFormat& format : formats) {
        known += (known.empty() ? "" : ", ") + std::string(format.name);
    }
    return invalid("format is one of " + known);
}

Result<bool> read_clear(const toml::table& out) {
    const toml::node* node = out.get("clear");
    const auto clear = node == nullptr ? std::optional(false) : node->value_exact<bool>();
    return clear ? Result<bool>(*clear) : invalid("clear is neither true nor false");
}

Status read_endpoint(const toml::table& out, const OutFormat& format, OutConfig& config) {
    CAREHUB_TRY(const std::string text, required_text(out, kWhere, "endpoint"));
    const std::string clear(format.scheme);
    const std::string with_tls = clear + "s";
    config.is_tls = text.starts_with(with_tls + "://");
    if (!config.is_tls && !text.starts_with(clear + "://")) {
        return invalid("endpoint of format \"" + config.format + "\" begins with " + with_tls +
                       ":// or " + clear + "://");
    }
    auto endpoint = parse_endpoint(text, config.is_tls ? format.tls_port : format.port);
    if (!endpoint) {
        return invalid("endpoint " + endpoint.error().context);
    }
    config.endpoint = std::move(*endpoint);
    CAREHUB_TRY(const bool may_be_clear, read_clear(out));
    if (!config.is_tls && !config.endpoint.is_loopback() && !may_be_clear) {
        return invalid("endpoint would tell of people in clear: use " + with_tls +
                       "://, or say clear = true where the line itself is protected");
    }
    return {};
}

Status read_tls(const toml::table& out, const std::filesystem::path& folder, OutConfig& config) {
    if (!out.contains("tls")) {
        return {};
    }
    if (!config.is_tls) {
        return invalid("endpoint speaks no TLS, so [out.tls] means nothing: leave it out");
    }
    CAREHUB_TRY(const toml::table tls, table_of(out, "tls"));
    CAREHUB_TRY_DONE(refuse_unknown_keys(tls, kTlsWhere, {"ca", "certificate", "key", "name"}));
    const auto file_of = [&](std::string_view key, std::filesystem::path& file) -> Status {
        CAREHUB_TRY(const std::string name, optional_text(tls, kTlsWhere, key));
        file = name.empty() ? std::filesystem::path{} : folder / name;
        return {};
    };
    CAREHUB_TRY_DONE(file_of("ca", config.tls.ca));
    CAREHUB_TRY_DONE(file_of("certificate", config.tls.certificate));
    CAREHUB_TRY_DONE(file_of("key", config.tls.key));
    CAREHUB_TRY(config.tls.name, optional_text(tls, kTlsWhere, "name"));
    if (config.tls.certificate.empty() != config.tls.key.empty()) {
        return invalid("[out.tls] certificate and key go together");
    }
    return {};
}

Status read_kinds(const toml::table& out, const OutFormat& format, OutConfig& config) {
    CAREHUB_TRY(const auto names, optional_texts(out, kWhere, "kinds", kEventKinds.size()));
    for (const std::string& name : names) {
        const auto kind = parse_event_kind(name);
        if (!kind || std::ranges::find(format.carries, *kind) == format.carries.end()) {
            return invalid("kinds: format \"" + config.format + "\" does not carry " +
                           (kind ? name : "one of them: it is no kind of event"));
        }
        config.kinds.push_back(*kind);
    }
    if (config.kinds.empty()) {
        config.kinds = format.carries;
    }
    return {};
}

Status read_files(const toml::table& out, const std::filesystem::path& folder,
                  const OutFormat& format, OutConfig& config) {
    CAREHUB_TRY(const std::string token, optional_text(out, kWhere, "token_file"));
    CAREHUB_TRY(const std::string secret, optional_text(out, kWhere, "secret_file"));
    if (!format.may_identify && !(token.empty() && secret.empty())) {
        return invalid("token_file and secret_file mean nothing to format \"" + config.format +
                       "\": prove who speaks with [out.tls] certificate");
    }
    if (format.needs_secret && secret.empty()) {
        return invalid("secret_file is missing: it holds the secret that signs each notice");
    }
    config.token_file = token.empty() ? std::filesystem::path{} : folder / token;
    config.secret_file = secret.empty() ? std::filesystem::path{} : folder / secret;
    if (!config.token_file.empty() && !config.is_tls && !config.endpoint.is_loopback()) {
        return invalid("token_file: a token is never sent in clear");
    }
    return {};
}

Status read_folder(const toml::table& out, const std::filesystem::path& folder, OutConfig& config) {
    CAREHUB_TRY(const std::string name, required_text(out, kWhere, "folder"));
    CAREHUB_TRY(const std::string readers, optional_text(out, kWhere, "readable_by"));
    if (!readers.empty() && readers != "owner" && readers != "group") {
        return invalid("readable_by is \"owner\" or \"group\"");
    }
    config.folder = (folder / name).lexically_normal();
    config.readers = readers == "group" ? Readers::Group : Readers::Owner;
    return {};
}

Status read_way(const toml::table& out, const std::filesystem::path& folder,
                const OutFormat& format, OutConfig& config) {
    if (format.is_dropped) {
        CAREHUB_TRY_DONE(refuse_unknown_keys(
            out, kWhere, {"format", "folder", "readable_by", "kinds", format.name}));
        return read_folder(out, folder, config);
    }
    CAREHUB_TRY_DONE(refuse_unknown_keys(out, kWhere,
                                         {"format", "endpoint", "kinds", "token_file",
                                          "secret_file", "answer_s", "clear", "tls", format.name}));
    CAREHUB_TRY_DONE(read_endpoint(out, format, config));
    CAREHUB_TRY_DONE(read_tls(out, folder, config));
    CAREHUB_TRY_DONE(read_files(out, folder, format, config));
    CAREHUB_TRY(const std::int64_t seconds, number_within(out, "answer_s", kAnswerUsual.count(),
                                                          {kAnswerSecondsMin, kAnswerSecondsMax}));
    config.answer_max = std::chrono::seconds{seconds};
    return {};
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

OutFormat folder_format(std::string_view name, std::vector<EventKind> carries) {
    OutFormat format;
    format.name = name;
    format.carries = std::move(carries);
    format.is_dropped = true;
    return format;
}

Result<std::optional<OutConfig>> read_out_config(const toml::table& root,
                                                 const std::filesystem::path& folder,
                                                 std::span<const OutFormat> formats) {
    if (!root.contains("out")) {
        return std::nullopt;
    }
    CAREHUB_TRY(const toml::table out, table_of(root, "out"));
    CAREHUB_TRY(const OutFormat* const format, format_of(out, formats));
    OutConfig config;
    config.format = format->name;
    CAREHUB_TRY_DONE(read_way(out, folder, *format, config));
    CAREHUB_TRY_DONE(read_kinds(out, *format, config));
    return config;
}

Result<std::string> read_secret_file(const std::filesystem::path& file, std::size_t bytes_min) {
    if (file.empty()) {
        return std::string{};
    }
    constexpr auto kOthers = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!error && (status.permissions() & kOthers) != std::filesystem::perms::none) {
        return fail(ErrorCode::Invalid,
                    file.filename().string() + " can be read by others: chmod 600 it");
    }
    CAREHUB_TRY(const Bytes bytes, read_file(file, kSecretBytesMax + 2));
    std::string_view text = as_text(bytes);
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    if (text.size() < bytes_min || text.size() > kSecretBytesMax || !is_printable(text)) {
        return fail(ErrorCode::Invalid, file.filename().string() + " has to hold one line of " +
                                            std::to_string(bytes_min) +
                                            " to 4096 letters, digits and signs");
    }
    return std::string(text);
}

}  // namespace carehub::adapters
