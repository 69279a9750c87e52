// The one door to spdlog. Logs go to stderr, one line each; never personal data, never payloads.
//
// Contract: texts are literals with placeholders for ids, counts, codes and partner names only.
// Control characters of arguments are escaped. Threads: any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace carehub::log {

enum class Level : std::uint8_t { Debug, Info, Warning, Error };

/// Lines below this level are not written. Default: Info.
void set_level(Level level);
/// Writes "time level name: text"; `name` is the program's part, for example "hub" or "adapter".
void write(Level level, std::string_view name, std::string_view text);

inline void info(std::string_view name, std::string_view text) { write(Level::Info, name, text); }
inline void warning(std::string_view name, std::string_view text) {
    write(Level::Warning, name, text);
}
inline void error(std::string_view name, std::string_view text) { write(Level::Error, name, text); }

}  // namespace carehub::log
