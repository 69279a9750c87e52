// [out] of an adapter's configuration: which notices go to the partner's own system, how, and
// where.
//
//   [out]      format, kinds
//              endpoint, token_file, secret_file, answer_s, clear   of a format that is sent
//              folder, readable_by                                  of one that is dropped
//   [out.tls]  ca, certificate, key, name                           of one that is sent
//
// Contract: files are meant from the configuration file's folder. Absent `kinds`: every kind the
// format carries; a kind that it does not carry is refused by name. In clear only to this machine,
// unless `clear = true`. A secret or token stands in a file of its own, never in the configuration.
// Tables of the kind itself, named [out.FORMAT], are left to it.
// Errors: Invalid, naming the key and what to write. Threads: immutable.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/out/client_tls.hpp"
#include "adapters/kit/out/endpoint.hpp"
#include "adapters/kit/toml.hpp"
#include "hub/model/event_kind.hpp"

namespace carehub::adapters {

/// A format that a kind of adapter can write notices in.
struct OutFormat {
    std::string_view name;
    std::string_view scheme;  ///< in clear; with an "s" behind it through TLS
    std::uint16_t port = 0;   ///< of an address in clear that names none; 0: it has to
    std::uint16_t tls_port = 0;
    std::vector<EventKind> carries;
    bool needs_secret = false;
    bool may_identify = true;  ///< token_file and secret_file mean something
    bool is_dropped = false;   ///< into a folder; nothing above but name and kinds means anything
};
/// A format of files that the partner picks up.
[[nodiscard]] OutFormat folder_format(std::string_view name, std::vector<EventKind> carries);

/// Who may read a dropped file beside the adapter itself.
enum class Readers : std::uint8_t { Owner, Group };

struct OutConfig {
    std::string format;
    Endpoint endpoint;
    bool is_tls = false;
    ClientTlsFiles tls;
    std::vector<EventKind> kinds;
    std::filesystem::path token_file;   ///< empty: none
    std::filesystem::path secret_file;  ///< empty: none
    std::chrono::seconds answer_max = kAnswerUsual;
    std::filesystem::path folder;  ///< of a dropped format; absolute if the configuration's is
    Readers readers = Readers::Owner;
};

/// Nothing when the configuration has no [out].
[[nodiscard]] Result<std::optional<OutConfig>> read_out_config(const toml::table& root,
                                                               const std::filesystem::path& folder,
                                                               std::span<const OutFormat> formats);

/// The line in a file that nobody but its owner may read; empty without a file.
/// Errors: Invalid when others may read it, or it is no line of `bytes_min` to 4096 printable
/// characters.
[[nodiscard]] Result<std::string> read_secret_file(const std::filesystem::path& file,
                                                   std::size_t bytes_min = kSecretBytesMin);

}  // namespace carehub::adapters
