#include "adapters/kit/link_file.hpp"

#include <sstream>

#include "adapters/kit/file.hpp"
#include "adapters/kit/toml.hpp"
#include "hub/transport/curve_keys.hpp"

namespace carehub::adapters {
namespace {

constexpr std::string_view kTable = "link";

Status check_private(const std::filesystem::path& path) {
    std::error_code error;
    const auto mode = std::filesystem::status(path, error).permissions();
    if (error) {
        return fail(ErrorCode::NotFound, "cannot read link file " + path.filename().string());
    }
    using std::filesystem::perms;
    if ((mode & (perms::group_all | perms::others_all)) != perms::none) {
        return fail(
            ErrorCode::Invalid,
            path.filename().string() + " holds a secret key and others may open it: chmod 600 it");
    }
    return {};
}

Result<Hash256> key_of(const std::string& text, std::string_view name) {
    const auto key = transport::from_z85(text);
    if (!key) {
        return fail(ErrorCode::Invalid,
                    "[link] " + std::string(name) + " is not a key of 40 Z85 characters");
    }
    return *key;
}

Result<Hash256> read_key(const toml::table& table, std::string_view name) {
    CAREHUB_TRY(const std::string text, required_text(table, kTable, name));
    return key_of(text, name);
}

template <class E>
Result<E> read_word(const toml::table& table, std::string_view name) {
    CAREHUB_TRY(const std::string text, required_text(table, kTable, name));
    const auto value = parse_name<E>(text);
    if (!value) {
        return fail(ErrorCode::Invalid, "[link] " + std::string(name) + " is not known: " + text);
    }
    return *value;
}

}  // namespace

Result<LinkFile> read_link_file(const std::filesystem::path& path) {
    CAREHUB_TRY_DONE(check_private(path));
    CAREHUB_TRY(const toml::table root, read_toml(path));
    CAREHUB_TRY_DONE(refuse_unknown_keys(root, "", {kTable}));
    CAREHUB_TRY(const toml::table table, table_of(root, kTable));
    CAREHUB_TRY_DONE(refuse_unknown_keys(table, kTable,
                                         {"name", "kind", "role", "endpoint", "hub_public_key",
                                          "public_key", "secret_key", "earlier_keys"}));
    LinkFile link;
    CAREHUB_TRY(link.name, required_text(table, kTable, "name"));
    CAREHUB_TRY(link.kind, read_word<PartnerKind>(table, "kind"));
    if (link.kind == PartnerKind::Staff) {
        CAREHUB_TRY(link.role, read_word<StaffRole>(table, "role"));
    }
    CAREHUB_TRY(link.endpoint, optional_text(table, kTable, "endpoint"));
    CAREHUB_TRY(link.hub_public_key, read_key(table, "hub_public_key"));
    CAREHUB_TRY(link.public_key, read_key(table, "public_key"));
    CAREHUB_TRY(const std::string secret, optional_text(table, kTable, "secret_key"));
    if (!secret.empty()) {
        CAREHUB_TRY(link.secret_key, read_key(table, "secret_key"));
    }
    CAREHUB_TRY(const auto earlier, optional_texts(table, kTable, "earlier_keys", kEarlierKeysMax));
    for (const std::string& one : earlier) {
        CAREHUB_TRY(const Hash256 key, key_of(one, "earlier_keys"));
        link.earlier_keys.push_back(key);
    }
    return link;
}

Status write_link_file(const std::filesystem::path& path, const LinkFile& link) {
    toml::table table;
    table.insert("name", link.name);
    table.insert("kind", name_of(link.kind));
    if (link.kind == PartnerKind::Staff) {
        table.insert("role", name_of(link.role));
    }
    table.insert("endpoint", link.endpoint);
    table.insert("hub_public_key", transport::to_z85(link.hub_public_key));
    table.insert("public_key", transport::to_z85(link.public_key));
    if (link.secret_key != Hash256{}) {
        table.insert("secret_key", transport::to_z85(link.secret_key));
    }
    toml::array earlier;
    for (const Hash256& key : link.earlier_keys) {
        earlier.push_back(transport::to_z85(key));
    }
    if (!earlier.empty()) {
        table.insert("earlier_keys", earlier);
    }
    std::ostringstream text;
    text << "# A connection to a carehub. It holds a secret key: keep it to yourself.\n"
         << toml::table{{kTable, table}} << '\n';
    // The folder is synced as well, so it must have a name, also for a file in the present one.
    return replace_file(std::filesystem::absolute(path), as_bytes(text.str()));
}

}  // namespace carehub::adapters
