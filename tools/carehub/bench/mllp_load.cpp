#include "tools/carehub/bench/mllp_load.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "hub/base/clock.hpp"
#include "tools/carehub/bench/accounts.hpp"

namespace carehub::tool::bench {
namespace {

constexpr char kStartBlock = '\x0B';
constexpr std::string_view kEndBlock = "\x1C\r";
constexpr int kStalledMaxMs = 60'000;
constexpr std::size_t kAnswerBytesMax = 16'384;

tl::unexpected<Error> io_error(std::string_view what) {
    return fail(ErrorCode::Io, std::string(what) + ": " + std::strerror(errno));
}

/// Frames are made before the clock starts: a sender's own work is not what is measured.
std::vector<std::string> frames_of(const MllpWork& work) {
    std::vector<std::string> frames;
    frames.reserve(work.messages);
    for (std::uint64_t index = 0; index < work.messages; ++index) {
        frames.push_back(kStartBlock + work.message(index) + std::string(kEndBlock));
    }
    return frames;
}

Result<int> connect_to(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return io_error("cannot make a socket");
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) {
        const auto error = io_error("cannot connect");
        ::close(fd);
        return error;
    }
    return fd;
}

class Load {
public:
    explicit Load(const MllpWork& work) : frames_(frames_of(work)) {
        latencies_.reserve(frames_.size());
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        for (const pollfd& waiting : waiting_) {
            ::close(waiting.fd);
        }
    }

    Status connect(const MllpWork& work) {
        for (std::size_t i = 0; i < work.connections; ++i) {
            CAREHUB_TRY(const int fd, connect_to(work.port));
            waiting_.push_back({fd, POLLIN, 0});
            sent_at_.push_back(0);
            answers_.emplace_back();
        }
        return {};
    }

    Result<MllpDone> run() {
        const double cpu_before = own_cpu_s();
        const std::int64_t begin = now_us();
        for (std::size_t i = 0; i < waiting_.size(); ++i) {
            CAREHUB_TRY_DONE(send_next(i));
        }
        while (latencies_.size() < frames_.size()) {
            CAREHUB_TRY_DONE(round());
        }
        const double seconds = static_cast<double>(now_us() - begin) / 1e6;
        MllpDone done;
        done.messages_per_s = static_cast<double>(frames_.size()) / seconds;
        done.latency_us = latency_of(latencies_);
        done.cpu_s = own_cpu_s() - cpu_before;
        return done;
    }

private:
    [[nodiscard]] static std::int64_t now_us() { return SystemClock().steady().count(); }

    Status round() {
        const int ready = ::poll(waiting_.data(), waiting_.size(), kStalledMaxMs);
        if (ready < 0 && errno != EINTR) {
            return io_error("cannot wait for answers");
        }
        if (ready == 0) {
            return fail(ErrorCode::Timeout, "no answer came any more");
        }
        for (std::size_t i = 0; i < waiting_.size(); ++i) {
            if (waiting_[i].revents != 0) {
                CAREHUB_TRY_DONE(read(i));
            }
        }
        return {};
    }

    /// A message is far smaller than a socket's buffer, and the one before it was taken.
    Status send_next(std::size_t connection) {
        if (next_ == frames_.size()) {
            return {};
        }
        const std::string& frame = frames_[next_++];
        sent_at_[connection] = now_us();
        const ssize_t sent =
            ::send(waiting_[connection].fd, frame.data(), frame.size(), MSG_NOSIGNAL);
        if (sent != static_cast<ssize_t>(frame.size())) {
            return io_error("cannot send a message");
        }
        return {};
    }

    Status read(std::size_t connection) {
        std::array<char, 4'096> buffer{};
        const ssize_t size = ::recv(waiting_[connection].fd, buffer.data(), buffer.size(), 0);
        if (size <= 0) {
            return io_error("a connection ended");
        }
        std::string& answer = answers_[connection];
        answer.append(buffer.data(), static_cast<std::size_t>(size));
        if (!answer.ends_with(kEndBlock)) {
            return answer.size() < kAnswerBytesMax
                       ? Status{}
                       : Status(fail(ErrorCode::Invalid, "an answer does not end"));
        }
        if (answer.find("MSA|AA|") == std::string::npos) {
            return fail(ErrorCode::Invalid, "a message was not accepted: " + answer);
        }
        answer.clear();
        latencies_.push_back(now_us() - sent_at_[connection]);
        return send_next(connection);
    }

    std::vector<std::string> frames_;
    std::uint64_t next_ = 0;
    std::vector<pollfd> waiting_;
    std::vector<std::int64_t> sent_at_;
    std::vector<std::string> answers_;
    std::vector<std::int64_t> latencies_;
};

}  // namespace

Result<MllpDone> send_messages(const MllpWork& work) {
    Load load(work);
    CAREHUB_TRY_DONE(load.connect(work));
    return load.run();
}

}  // namespace carehub::tool::bench
