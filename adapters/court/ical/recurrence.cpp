// Bytes on the pipe, child to parent, for each request in order, in the host's own layout:
//   Header{end, count} then `count` times int64 microseconds on the local clock.
#include "adapters/court/ical/recurrence.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "adapters/court/ical/rule_walk.hpp"
#include "adapters/court/limits.hpp"

namespace carehub::adapters::court {
namespace {

struct Header {
    std::uint32_t end;
    std::uint32_t count;
};

// --- The child --------------------------------------------------------------------------------

bool write_all(int pipe, const void* bytes, std::size_t size) {
    const char* at = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t written = ::write(pipe, at, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        at += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

bool answer(int pipe, const Expansion& expansion) {
    const Header header{static_cast<std::uint32_t>(expansion.end),
                        static_cast<std::uint32_t>(expansion.starts.size())};
    std::vector<std::int64_t> micros;
    for (const LocalTime start : expansion.starts) {
        micros.push_back(start.time_since_epoch().count());
    }
    return write_all(pipe, &header, sizeof header) &&
           write_all(pipe, micros.data(), micros.size() * sizeof(std::int64_t));
}

/// CPU of this process from now on; the default action of the signal ends it.
void arm_timer() {
    itimerval timer{};
    timer.it_value.tv_usec = std::chrono::microseconds{kExpansionCpuMax}.count();
    ::setitimer(ITIMER_PROF, &timer, nullptr);
}

/// Whatever ends the child ends it at once: no handler of the parent's runs in its copy.
void confine_child() {
    for (const int signal :
         {SIGPROF, SIGPIPE, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM, SIGINT, SIGUSR1}) {
        ::signal(signal, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
}

[[noreturn]] void run_child(int pipe, std::span<const RuleRequest> requests) {
    confine_child();
    stop_nowhere();
    for (const RuleRequest& request : requests) {
        arm_timer();
        if (!answer(pipe, walk_rule(request))) {
            break;
        }
    }
    ::_exit(0);
}

// --- The parent -------------------------------------------------------------------------------

class Child {
public:
    static Result<Child> start(std::span<const RuleRequest> requests) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return fail_errno(ErrorCode::Io, "cannot open a pipe for expanding recurrences");
        }
        const pid_t pid = ::fork();
        if (pid < 0) {
            auto error =
                fail_errno(ErrorCode::Io, "cannot start a process for expanding recurrences");
            ::close(ends[0]);
            ::close(ends[1]);
            return error;
        }
        if (pid == 0) {
            ::close(ends[0]);
            run_child(ends[1], requests);
        }
        ::close(ends[1]);
        return Child(pid, ends[0]);
    }

    Child(Child&& other) noexcept
        : pid_(std::exchange(other.pid_, -1)), pipe_(std::exchange(other.pipe_, -1)) {}
    Child& operator=(Child&&) = delete;
    ~Child() {
        if (pid_ > 0) {
            ::close(pipe_);
            ::kill(pid_, SIGKILL);  // it has nothing to finish
            while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
            }
        }
    }

    /// The next answer; nothing when the child ended or fell silent before giving it whole.
    std::optional<Expansion> next(std::uint32_t count_max) {
        Header header{};
        if (!read_all(&header, sizeof header) || header.count > count_max) {
            return std::nullopt;
        }
        std::vector<std::int64_t> micros(header.count);
        if (!read_all(micros.data(), micros.size() * sizeof(std::int64_t))) {
            return std::nullopt;
        }
        Expansion expansion;
        expansion.end = static_cast<ExpansionEnd>(header.end);
        for (const std::int64_t value : micros) {
            expansion.starts.push_back(LocalTime{Micros{value}});
        }
        return expansion;
    }

private:
    Child(pid_t pid, int pipe) : pid_(pid), pipe_(pipe) {}

    bool read_all(void* out, std::size_t size) {
        char* at = static_cast<char*>(out);
        while (size > 0) {
            pollfd wanted{pipe_, POLLIN, 0};
            const int ready = ::poll(&wanted, 1, static_cast<int>(kExpansionSilenceMax.count()));
            if (ready < 0 && errno == EINTR) {
                continue;
            }
            const ssize_t got = ready > 0 ? ::read(pipe_, at, size) : 0;
            if (got <= 0) {
                return false;
            }
            at += got;
            size -= static_cast<std::size_t>(got);
        }
        return true;
    }

    pid_t pid_;
    int pipe_;
};

}  // namespace

Result<std::vector<Expansion>> expand_rules(std::span<const RuleRequest> requests) {
    std::vector<Expansion> answers;
    std::size_t stopped = 0;
    while (answers.size() < requests.size() && stopped < kStoppedRulesMax) {
        CAREHUB_TRY(Child child, Child::start(requests.subspan(answers.size())));
        while (answers.size() < requests.size()) {
            auto answered = child.next(requests[answers.size()].count_max);
            if (!answered) {
                break;
            }
            answers.push_back(std::move(*answered));
        }
        if (answers.size() < requests.size()) {
            answers.push_back({ExpansionEnd::TooSlow, {}});
            ++stopped;
        }
    }
    answers.resize(requests.size(), Expansion{ExpansionEnd::TooSlow, {}});
    return answers;
}

}  // namespace carehub::adapters::court
