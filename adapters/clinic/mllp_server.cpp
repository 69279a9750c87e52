#include "adapters/clinic/mllp_server.hpp"

#include <unistd.h>

#include <set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/clinic/courier.hpp"
#include "adapters/clinic/hl7/acknowledgment.hpp"
#include "adapters/clinic/mllp_session.hpp"
#include "adapters/clinic/read_message.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

tl::unexpected<Error> io_error(std::string_view what, const error_code& error) {
    return fail(ErrorCode::Io, std::string(what) + ": " + error.message());
}

hl7::Problem too_large() {
    return {hl7::Condition::ValueTooLong,
            {},
            RefusalReason::TooLarge,
            "send messages of at most 1,048,576 bytes"};
}

hl7::Answer answer_of(const Delivery& delivery) {
    if (!delivery.in_time) {
        return {hl7::Verdict::Reject, hl7::Problem{hl7::Condition::ApplicationError,
                                                   {},
                                                   RefusalReason::Overloaded,
                                                   "the hub did not answer in time: try again"}};
    }
    if (delivery.refusal) {
        return {hl7::Verdict::Error, hl7::problem_of(*delivery.refusal)};
    }
    return {};
}

}  // namespace

/// Listener, desk and link pump on one event loop.
class MllpServer::Door final : public MessageDesk {
public:
    Door(Site site, HubLink& link, Counts& counts)
        : site_(std::move(site)),
          link_(link),
          counts_(counts),
          acceptor_(loop_),
          timer_(loop_),
          wake_(loop_),
          courier_(link, counts) {}

    Status open(const ListenAt& at);
    Status run(const std::atomic<bool>& stop);

    void take(const Frame& frame, Reply reply) override;
    void closed() override { --connections_; }

    std::uint16_t port() const { return port_; }
    std::uint64_t not_acted_on() const { return not_acted_on_; }

private:
    void accept();
    void tick();
    void watch_link();
    void pump();
    [[nodiscard]] bool may_stop(const std::atomic<bool>& stop);
    [[nodiscard]] std::string answer(const hl7::Header& header, const hl7::Answer& answer);
    void refuse(const Reading& reading, const Reply& reply);
    void report(const std::vector<Finding>& findings);

    Site site_;
    HubLink& link_;
    Counts& counts_;
    SystemClock clock_;
    std::uint64_t not_acted_on_ = 0;
    std::set<std::string> known_findings_;
    std::uint64_t last_answer_ = 0;
    std::size_t connections_ = 0;
    std::uint16_t port_ = 0;
    int watched_fd_ = -1;
    bool watching_ = false;
    bool stopping_ = false;
    SteadyClock::time_point stop_latest_{};
    Status health_;
    error_code ignored_;
    // Sessions live in the loop's handlers and in the courier's callbacks. They need the loop, so
    // the courier goes before it; they report to the members above, so those go after it.
    boost::asio::io_context loop_{1};
    tcp::acceptor acceptor_;
    boost::asio::steady_timer timer_;
    boost::asio::posix::stream_descriptor wake_;
    Courier courier_;
};

Status MllpServer::Door::open(const ListenAt& at) {
    error_code error;
    const auto address = boost::asio::ip::make_address(at.address, error);
    if (error) {
        return fail(ErrorCode::Invalid, "[listen] address is no IP address");
    }
    const tcp::endpoint endpoint(address, at.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) {
        acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return io_error("cannot listen", error);
    }
    port_ = acceptor_.local_endpoint(error).port();
    return {};
}

void MllpServer::Door::accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
        if (!acceptor_.is_open() || stopping_) {
            return;
        }
        if (!error && connections_ < kConnectionsMax) {
            ++connections_;
            std::make_shared<MllpSession>(std::move(socket), *this)->proceed();
        } else if (!error) {
            log::warning("clinic", "a connection was closed: too many are open");
        }
        accept();
    });
}

void MllpServer::Door::take(const Frame& frame, Reply reply) {
    if (stopping_) {
        return;  // unanswered: the sender keeps it and tries again
    }
    Reading reading = read_message(frame.body, site_);
    if (frame.cut) {
        reading.disposal = Disposal::Refused;
        reading.parsed.refusals = {{{}, 0, hl7::refusal_of(too_large()), too_large().fix}};
        reading.problem = too_large();
    }
    report(reading.parsed.findings);
    switch (reading.disposal) {
        case Disposal::Refused: return refuse(reading, reply);
        case Disposal::NotActedOn: ++not_acted_on_; return reply(answer(reading.header, {}));
        case Disposal::Events: break;
    }
    courier_.deliver(std::move(reading.parsed.events), SteadyClock::now() + kAnswerMax,
                     [this, header = reading.header, reply = std::move(reply)](
                         const Delivery& delivery) { reply(answer(header, answer_of(delivery))); });
    pump();
    tick();
}

void MllpServer::Door::refuse(const Reading& reading, const Reply& reply) {
    const hl7::Problem& problem = *reading.problem;
    counts_.add_refusal(problem.reason);
    log::info("clinic", "message refused: " + std::string(name_of(problem.reason)) + " " +
                            hl7::path_of(problem.where));
    reply(answer(reading.header, {hl7::verdict_of(problem), problem}));
}

/// Each kind of finding once: the integration team wants to know it, not to count it.
void MllpServer::Door::report(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        const std::string text = "finding: " + finding.field + " " + finding.what;
        if (known_findings_.insert(text).second) {
            log::warning("clinic", text);
        }
    }
}

std::string MllpServer::Door::answer(const hl7::Header& header, const hl7::Answer& answer) {
    const UtcTime now = clock_.now();
    const std::string id =
        std::to_string(now.time_since_epoch().count()) + "-" + std::to_string(++last_answer_);
    return hl7::make_answer(header, answer, {now, id}).value_or("");
}

/// The link is asked often while something is with the hub, and now and then for its heartbeats.
void MllpServer::Door::tick() {
    watch_link();
    timer_.expires_after(courier_.is_idle() ? kLinkPollIdle : kLinkPollBusy);
    timer_.async_wait([this](error_code error) {
        if (!error) {
            pump();
            tick();
        }
    });
}

/// The descriptor may change with a new session. It is watched anew at a tick, not at once: one
/// that stays readable costs a wake a tick, never a spinning loop.
void MllpServer::Door::watch_link() {
    if (watched_fd_ != link_.wake_fd()) {
        wake_.close(ignored_);
        watching_ = false;
        watched_fd_ = link_.wake_fd();
        // The link keeps its own: the loop gets a duplicate that it may close.
        const int fd = watched_fd_ < 0 ? -1 : ::dup(watched_fd_);
        if (fd >= 0) {
            wake_.assign(fd, ignored_);
        }
    }
    if (watching_ || !wake_.is_open()) {
        return;
    }
    watching_ = true;
    wake_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](error_code error) {
        if (!error) {
            watching_ = false;
            pump();
        }
    });
}

void MllpServer::Door::pump() {
    if (!health_) {
        return;
    }
    health_ = courier_.pump(SteadyClock::now());
    if (!health_) {
        loop_.stop();
    }
}

bool MllpServer::Door::may_stop(const std::atomic<bool>& stop) {
    if (!stop) {
        return false;
    }
    if (!stopping_) {
        stopping_ = true;
        stop_latest_ = SteadyClock::now() + kDrainMax;
        acceptor_.close(ignored_);
    }
    return courier_.is_idle() || SteadyClock::now() >= stop_latest_;
}

Status MllpServer::Door::run(const std::atomic<bool>& stop) {
    accept();
    tick();
    while (health_ && !may_stop(stop)) {
        loop_.run_for(kLinkPollIdle);
    }
    // What was answered last still has to leave.
    if (health_) {
        loop_.poll();
    }
    return health_;
}

MllpServer::MllpServer(std::unique_ptr<Door> door) : door_(std::move(door)) {}
MllpServer::~MllpServer() = default;

Result<std::unique_ptr<MllpServer>> MllpServer::listen(Site site, const ListenAt& at, HubLink& link,
                                                       Counts& counts) {
    // Asio reports a lack of descriptors for its loop by throwing, nothing else here does.
    try {
        auto door = std::make_unique<Door>(std::move(site), link, counts);
        CAREHUB_TRY_DONE(door->open(at));
        return std::unique_ptr<MllpServer>(new MllpServer(std::move(door)));
    } catch (const boost::system::system_error& error) {
        return io_error("cannot start the event loop", error.code());
    }
}

std::uint16_t MllpServer::port() const { return door_->port(); }

Status MllpServer::run(const std::atomic<bool>& stop) { return door_->run(stop); }

std::uint64_t MllpServer::not_acted_on() const { return door_->not_acted_on(); }

}  // namespace carehub::adapters::clinic
