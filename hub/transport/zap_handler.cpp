#include "hub/transport/zap_handler.hpp"

#include <algorithm>
#include <future>
#include <vector>

#include "hub/base/log.hpp"
#include "hub/transport/poller.hpp"

namespace carehub::transport {
namespace {

constexpr const char* kZapEndpoint = "inproc://zeromq.zap.01";
constexpr std::chrono::milliseconds kForever{-1};

// Frames of a question: version, request id, domain, address, identity, mechanism, public key.
enum QuestionFrame : std::size_t {
    kVersion,
    kRequestId,
    kDomain,
    kAddress,
    kIdentity,
    kMechanism,
    kKey,
    kCount
};

using Question = std::vector<Bytes>;

/// All frames of one message, or nothing when none is there. The number kept is bounded.
Result<std::optional<Question>> read_question(Socket& socket) {
    Question question;
    for (;;) {
        CAREHUB_TRY(auto frame, socket.receive());
        if (!frame) {
            return question.empty() ? std::optional<Question>{}
                                    : std::optional<Question>(std::move(question));
        }
        if (question.size() <= kCount) {
            question.push_back(std::move(frame->bytes));
        }
        if (!frame->more) {
            return std::optional<Question>(std::move(question));
        }
    }
}

/// The User-Id to give, or nothing for a no.
std::optional<std::string> judge(const Question& question, const KeyTable& keys) {
    if (question.size() != kCount || as_text(question[kVersion]) != "1.0" ||
        as_text(question[kDomain]) != kZapDomain || as_text(question[kMechanism]) != "CURVE") {
        return std::nullopt;
    }
    Hash256 key{};
    if (question[kKey].size() != key.size()) {
        return std::nullopt;
    }
    std::ranges::copy(question[kKey], key.begin());
    return keys.is_admitted(key) ? std::optional(to_z85(key)) : std::nullopt;
}

Status answer(Socket& socket, const Question& question, const std::optional<std::string>& user_id) {
    const ByteView request_id =
        question.size() > kRequestId ? ByteView(question[kRequestId]) : ByteView{};
    const std::string_view code = user_id ? "200" : "400";
    const std::string_view text = user_id ? "OK" : "refused";
    const ByteView frames[] = {as_bytes("1.0"),
                               request_id,
                               as_bytes(code),
                               as_bytes(text),
                               as_bytes(user_id ? *user_id : std::string_view{}),
                               ByteView{}};
    for (const ByteView& frame : frames) {
        const auto end = &frame == std::end(frames) - 1 ? FrameEnd::Last : FrameEnd::More;
        CAREHUB_TRY(const SendResult sent, socket.send(frame, end));
        if (sent != SendResult::Sent) {
            return fail(ErrorCode::Unavailable, "an authentication answer was not taken");
        }
    }
    return {};
}

Status answer_all(Socket& socket, const KeyTable& keys) {
    for (;;) {
        CAREHUB_TRY(const auto question, read_question(socket));
        if (!question) {
            return {};
        }
        const auto user_id = judge(*question, keys);
        if (!user_id) {
            log::warning("zap", "refused a connection: key, domain or mechanism not admitted");
        }
        CAREHUB_TRY_DONE(answer(socket, *question, user_id));
    }
}

Result<Socket> bind_handler(const Context& context) {
    CAREHUB_TRY(auto socket, Socket::create(context, SocketKind::Rep));
    CAREHUB_TRY_DONE(socket.bind(kZapEndpoint));
    return socket;
}

bool is_signalled(int fd) {
    Poller poller;
    poller.add_fd(fd);
    return poller.wait(std::chrono::milliseconds{0}).value_or(false);
}

void serve(Socket& socket, const KeyTable& keys, int stop_fd) {
    Poller poller;
    poller.add(socket);
    poller.add_fd(stop_fd);
    while (!is_signalled(stop_fd)) {
        const auto woken = poller.wait(kForever);
        const Status served =
            woken ? answer_all(socket, keys) : Status(tl::unexpected(woken.error()));
        if (!served) {
            log::error("zap", "the authentication handler stops; nobody new can connect: " +
                                  to_string(served.error()));
            return;
        }
    }
}

}  // namespace

Result<std::unique_ptr<ZapHandler>> ZapHandler::start(const Context& context,
                                                      const KeyTable& keys) {
    std::unique_ptr<ZapHandler> handler(new ZapHandler);
    std::promise<Status> bound;
    auto bound_later = bound.get_future();
    handler->thread_ = std::thread(
        [&context, &keys, stop_fd = handler->stop_.fd(), bound = std::move(bound)]() mutable {
            auto socket = bind_handler(context);
            bound.set_value(socket ? Status{} : Status(tl::unexpected(socket.error())));
            if (socket) {
                serve(*socket, keys, stop_fd);
            }
        });
    CAREHUB_TRY_DONE(bound_later.get());
    return handler;
}

ZapHandler::~ZapHandler() {
    stop_.signal();
    if (thread_.joinable()) {
        thread_.join();
    }
}

}  // namespace carehub::transport
