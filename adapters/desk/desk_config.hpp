// A desk's configuration: whom it serves, and over which channels.
//
//   [desk]      zone, directory, links, names, text, digest_hour
//   [mail]      server, from, user, password_file, ca, clear
//   [out]       a signed webhook (kit/out/out_config.hpp, format "webhook" alone)
//   [calendar]  folder, readable_by, keep_days, refresh_minutes, places
//
// Contract: files are meant from the configuration file's folder. One of [mail], [out] and
// [calendar] has to be there. In clear only to this machine, unless `clear = true`. Passwords and
// secrets stand in files of their own. Errors: Invalid, naming the key and what to write.
// Threads: immutable.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/kit/out/out_config.hpp"

namespace carehub::adapters::desk {

/// How much of an alert a message says.
enum class TextAmount : std::uint8_t {
    Full,   ///< as the hub words it for this reader
    Brief,  ///< that there is one, of whom and until when
};

struct MailConfig {
    Endpoint server;
    bool is_tls_first = false;  ///< smtps; else STARTTLS
    bool is_clear = false;      ///< no TLS at all
    std::string from;
    std::string user;  ///< empty: the server asks for none
    std::filesystem::path password_file;
    std::filesystem::path ca;  ///< empty: the system's
};

struct CalendarConfig {
    std::filesystem::path folder;
    Readers readers = Readers::Owner;
    std::chrono::days keep{};
    std::chrono::minutes refresh{};
    bool shows_places = false;
};

struct DeskConfig {
    std::string zone;  ///< of persons for whom the directory tells none
    std::filesystem::path directory;
    std::vector<std::filesystem::path> links;  ///< of further persons
    bool shows_names = false;
    TextAmount text = TextAmount::Full;
    std::chrono::hours digest_at{};  ///< after local midnight
    std::optional<MailConfig> mail;
    std::optional<OutConfig> webhook;
    std::optional<CalendarConfig> calendar;
};

[[nodiscard]] Result<DeskConfig> read_desk_config(const std::filesystem::path& file);

/// Something that may stand after MAIL FROM and RCPT TO as it is.
[[nodiscard]] bool is_mail_address(std::string_view text);

}  // namespace carehub::adapters::desk
