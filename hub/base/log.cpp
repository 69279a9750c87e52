#include "hub/base/log.hpp"

#include <memory>
#include <string>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace carehub::log {
namespace {

spdlog::logger& logger() {
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = spdlog::stderr_logger_mt("carehub");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%f%z %l %v");
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::Debug: return spdlog::level::debug;
        case Level::Info: return spdlog::level::info;
        case Level::Warning: return spdlog::level::warn;
        case Level::Error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

/// Keeps a line one line: log injection needs a control character.
std::string printable(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        safe.push_back(code < 0x20U || code == 0x7FU ? '?' : c);
    }
    return safe;
}

}  // namespace

void set_level(Level level) { logger().set_level(to_spdlog(level)); }

void write(Level level, std::string_view name, std::string_view text) {
    logger().log(to_spdlog(level), "{}: {}", name, printable(text));
}

}  // namespace carehub::log
