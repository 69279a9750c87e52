#include "tools/carehub/bench/accounts.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace carehub::tool::bench {
namespace {

constexpr int kFieldsBeforeTimes = 11;  ///< of /proc/PID/stat, from state (3) to cmajflt (13)

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string path_of(pid_t pid, const char* file) {
    return "/proc/" + std::to_string(pid) + "/" + file;
}

/// The number behind `key` at the beginning of a line.
std::uint64_t number_after(const std::string& path, const std::string& key) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(key)) {
            return std::stoull(line.substr(key.size()));
        }
    }
    return 0;
}

}  // namespace

double own_cpu_s() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double cpu_s_of(pid_t pid) {
    std::ifstream stat(path_of(pid, "stat"));
    const std::string text((std::istreambuf_iterator<char>(stat)),
                           std::istreambuf_iterator<char>());
    std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string skipped;
    for (int i = 0; i < kFieldsBeforeTimes; ++i) {
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t bytes_written_by(pid_t pid) {
    return number_after(path_of(pid, "io"), "write_bytes: ");
}

std::uint64_t resident_bytes_of(pid_t pid) {
    return number_after(path_of(pid, "status"), "VmRSS:") * 1'024;
}

}  // namespace carehub::tool::bench
