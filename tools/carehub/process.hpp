// A child process that runs this same program with other arguments.
//
// Contract: the child's standard output comes back line by line, its standard error is appended to
// a log file. The child is asked to stop when this process dies, and is ended by the destructor.
// Errors: Io when the process cannot be made; Timeout; Unavailable when the child ended instead of
// printing a line, with the log file to read.
// Threads: confined to the thread that started the child, which has to outlive it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/error.hpp"

namespace carehub::tool {

class Process {
public:
    /// `arguments` without the program's name.
    [[nodiscard]] static Result<Process> start(const std::vector<std::string>& arguments,
                                               const std::filesystem::path& log);
    Process(Process&& other) noexcept;
    Process& operator=(Process&& other) noexcept;
    ~Process();

    [[nodiscard]] pid_t pid() const { return pid_; }
    /// The next line without its line end.
    [[nodiscard]] Result<std::string> read_line(std::chrono::milliseconds timeout);
    /// Everything the child prints until it closes its standard output.
    [[nodiscard]] Result<std::string> read_rest(std::chrono::milliseconds timeout);
    /// The exit code; 128 + the signal for a child that was killed.
    [[nodiscard]] Result<int> wait(std::chrono::milliseconds timeout);
    /// SIGTERM, then waits.
    [[nodiscard]] Result<int> stop(std::chrono::milliseconds timeout);
    /// SIGKILL, then waits.
    [[nodiscard]] Status kill();

private:
    Process(pid_t pid, int output, std::filesystem::path log)
        : pid_(pid), output_(output), log_(std::move(log)) {}
    /// Adds what comes within the time to `text_`; false at the end of the output.
    Result<bool> read_more(std::chrono::milliseconds timeout);
    void end();

    pid_t pid_ = -1;  ///< -1: none, or its end was seen
    int output_ = -1;
    std::filesystem::path log_;
    std::string text_;  ///< read, not handed out yet
    std::optional<int> code_;
};

struct Finished {
    int code = 0;
    std::string output;
};

/// Runs the command to its end.
[[nodiscard]] Result<Finished> run_command(const std::vector<std::string>& arguments,
                                           const std::filesystem::path& log,
                                           std::chrono::milliseconds timeout);
/// As above; Invalid when the exit code is not 0.
[[nodiscard]] Result<std::string> must_run(const std::vector<std::string>& arguments,
                                           const std::filesystem::path& log,
                                           std::chrono::milliseconds timeout);

/// Milliseconds that are left of a time given once.
class Countdown {
public:
    explicit Countdown(std::chrono::milliseconds time)
        : until_(std::chrono::steady_clock::now() + time) {}
    [[nodiscard]] std::chrono::milliseconds left() const;
    [[nodiscard]] bool is_over() const { return left() == std::chrono::milliseconds{0}; }

private:
    std::chrono::steady_clock::time_point until_;
};

}  // namespace carehub::tool
