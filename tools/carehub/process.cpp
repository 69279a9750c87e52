#include "tools/carehub/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

namespace carehub::tool {
namespace {

using std::chrono::milliseconds;

constexpr const char* kThisProgram = "/proc/self/exe";
constexpr milliseconds kKillMax{10'000};  ///< the kernel ends a killed child well within it
constexpr milliseconds kLookAgain{5};     ///< between two looks at a child that has to end
constexpr std::size_t kReadBytes = 64 * 1024;
constexpr int kCannotRun = 127;

/// Only calls that are allowed between fork and exec.
[[noreturn]] void become(char* const* arguments, int output, int log, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) {
        ::_exit(kCannotRun);
    }
    if (::dup2(output, STDOUT_FILENO) >= 0 && ::dup2(log, STDERR_FILENO) >= 0) {
        ::execv(kThisProgram, arguments);
    }
    ::_exit(kCannotRun);
}

int code_of(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::string command_text(const std::vector<std::string>& arguments) {
    std::string text = "carehub";
    for (const std::string& argument : arguments) {
        text += " " + argument;
    }
    return text;
}

}  // namespace

milliseconds Countdown::left() const {
    const auto left = std::chrono::ceil<milliseconds>(until_ - std::chrono::steady_clock::now());
    return std::max(milliseconds{0}, left);
}

Result<Process> Process::start(const std::vector<std::string>& arguments,
                               const std::filesystem::path& log) {
    std::vector<std::string> texts = {"carehub"};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    const int log_file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0) {
        return fail_errno(ErrorCode::Io, "cannot open the log " + log.string());
    }
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        ::close(log_file);
        return fail_errno(ErrorCode::Io, "cannot make a pipe");
    }
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        become(pointers.data(), ends[1], log_file, parent);
    }
    ::close(ends[1]);
    ::close(log_file);
    if (child < 0) {
        ::close(ends[0]);
        return fail_errno(ErrorCode::Io, "cannot start a process");
    }
    return Process(child, ends[0], log);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      log_(std::move(other.log_)),
      text_(std::move(other.text_)),
      code_(other.code_) {}

Process& Process::operator=(Process&& other) noexcept {
    if (this != &other) {
        end();
        pid_ = std::exchange(other.pid_, -1);
        output_ = std::exchange(other.output_, -1);
        log_ = std::move(other.log_);
        text_ = std::move(other.text_);
        code_ = other.code_;
    }
    return *this;
}

Process::~Process() { end(); }

void Process::end() {
    if (pid_ > 0) {
        [[maybe_unused]] const Status killed = kill();  // nothing is left to be done if it fails
    }
    if (output_ >= 0) {
        ::close(std::exchange(output_, -1));
    }
}

Result<bool> Process::read_more(milliseconds timeout) {
    pollfd watched{output_, POLLIN, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(timeout.count()));
    if (ready < 0 && errno != EINTR) {
        return fail_errno(ErrorCode::Io, "cannot wait for a child's output");
    }
    if (ready <= 0) {
        return true;
    }
    std::array<char, kReadBytes> buffer{};
    const ssize_t size = ::read(output_, buffer.data(), buffer.size());
    if (size < 0) {
        return fail_errno(ErrorCode::Io, "cannot read a child's output");
    }
    text_.append(buffer.data(), static_cast<std::size_t>(size));
    return size > 0;
}

Result<std::string> Process::read_line(milliseconds timeout) {
    const Countdown countdown(timeout);
    while (text_.find('\n') == std::string::npos) {
        if (countdown.is_over()) {
            return fail(ErrorCode::Timeout,
                        "a child printed nothing in time; see " + log_.string());
        }
        CAREHUB_TRY(const bool more, read_more(countdown.left()));
        if (!more) {
            return fail(ErrorCode::Unavailable, "a child ended early; see " + log_.string());
        }
    }
    const std::size_t end = text_.find('\n');
    std::string line = text_.substr(0, end);
    text_.erase(0, end + 1);
    return line;
}

Result<std::string> Process::read_rest(milliseconds timeout) {
    const Countdown countdown(timeout);
    while (true) {
        CAREHUB_TRY(const bool more, read_more(countdown.left()));
        if (!more) {
            return std::exchange(text_, {});
        }
        if (countdown.is_over()) {
            return fail(ErrorCode::Timeout,
                        "a child did not come to its end; see " + log_.string());
        }
    }
}

Result<int> Process::wait(milliseconds timeout) {
    const Countdown countdown(timeout);
    while (!code_) {
        int status = 0;
        const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
        if (ended < 0 && errno != EINTR) {
            return fail_errno(ErrorCode::Io, "cannot wait for a child");
        }
        if (ended == pid_) {
            code_ = code_of(status);
            pid_ = -1;
        } else if (countdown.is_over()) {
            return fail(ErrorCode::Timeout, "a child did not end in time; see " + log_.string());
        } else {
            std::this_thread::sleep_for(kLookAgain);
        }
    }
    return *code_;
}

Result<int> Process::stop(milliseconds timeout) {
    if (pid_ > 0 && ::kill(pid_, SIGTERM) != 0) {
        return fail_errno(ErrorCode::Io, "cannot stop a child");
    }
    return wait(timeout);
}

Status Process::kill() {
    if (pid_ > 0 && ::kill(pid_, SIGKILL) != 0) {
        return fail_errno(ErrorCode::Io, "cannot kill a child");
    }
    CAREHUB_TRY([[maybe_unused]] const int code, wait(kKillMax));
    return {};
}

Result<Finished> run_command(const std::vector<std::string>& arguments,
                             const std::filesystem::path& log, milliseconds timeout) {
    const Countdown countdown(timeout);
    CAREHUB_TRY(Process process, Process::start(arguments, log));
    Finished finished;
    CAREHUB_TRY(finished.output, process.read_rest(countdown.left()));
    CAREHUB_TRY(finished.code, process.wait(countdown.left()));
    return finished;
}

Result<std::string> must_run(const std::vector<std::string>& arguments,
                             const std::filesystem::path& log, milliseconds timeout) {
    CAREHUB_TRY(Finished finished, run_command(arguments, log, timeout));
    if (finished.code != 0) {
        return fail(ErrorCode::Invalid, "`" + command_text(arguments) + "` ended with " +
                                            std::to_string(finished.code) + "; see " +
                                            log.string());
    }
    return std::move(finished.output);
}

}  // namespace carehub::tool
