#include "tools/carehub/bench/mllp_echo.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <iostream>

namespace carehub::tool::bench {
namespace {

constexpr std::string_view kAnswer =
    "\x0BMSH|^~\\&|HUB||||20260701090000+0000||ACK|1|P|2.5.1\rMSA|AA|1\r\x1C\r";
constexpr std::size_t kReadBytes = 65'536;

tl::unexpected<Error> io_error(std::string_view what) {
    return fail(ErrorCode::Io, std::string(what) + ": " + std::strerror(errno));
}

/// As many answers as messages end in what came; false when the peer has gone.
bool answer(int fd) {
    std::array<char, kReadBytes> buffer;
    const ssize_t size = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (size <= 0) {
        return false;
    }
    const std::string_view text(buffer.data(), static_cast<std::size_t>(size));
    for (const char c : text) {
        if (c == '\x1C' && ::send(fd, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL) < 0) {
            return false;
        }
    }
    return true;
}

Result<int> listen_on_loopback() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (fd < 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(fd, SOMAXCONN) != 0 ||
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        return io_error("cannot listen");
    }
    std::cout << ntohs(address.sin_port) << std::endl;
    return fd;
}

Result<int> serve() {
    CAREHUB_TRY(const int listener, listen_on_loopback());
    std::vector<pollfd> waiting = {{listener, POLLIN, 0}};
    while (true) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) {
            return io_error("cannot wait for messages");
        }
        for (std::size_t i = 1; i < waiting.size(); ++i) {
            if (waiting[i].revents != 0 && !answer(waiting[i].fd)) {
                ::close(waiting[i].fd);
                waiting[i].fd = -1;  // poll() passes it over
            }
        }
        if (waiting[0].revents != 0) {
            const int peer = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
            const int on = 1;
            ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            waiting.push_back({peer, POLLIN, 0});
        }
    }
}

}  // namespace

void add_mllp_echo(CLI::App& bench, Run& run) {
    auto* command = subcommand(bench, "mllp-echo", "the raw limit of `mllp`")->group("");
    runs(command, run, [] { return serve(); });
}

}  // namespace carehub::tool::bench
