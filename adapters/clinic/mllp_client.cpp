#include "adapters/clinic/mllp_client.hpp"

#include <array>
#include <chrono>
#include <optional>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "adapters/clinic/hl7/message.hpp"
#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/message_file.hpp"
#include "adapters/clinic/mllp_frame.hpp"

namespace carehub::adapters::clinic {

using boost::asio::ip::tcp;
using boost::system::error_code;

struct MllpClient::Wire {
    boost::asio::io_context loop{1};
    tcp::socket socket{loop};
    FrameDecoder decoder;

    /// Runs the operation just started until it is done or `most` has passed.
    Status finish(std::optional<error_code>& outcome, std::chrono::milliseconds most) {
        loop.restart();
        loop.run_for(most);
        if (!outcome) {
            error_code ignored;
            socket.close(ignored);
            loop.restart();
            loop.run();  // the aborted operation still refers to this frame of the stack
            return fail(ErrorCode::Timeout, "the receiver did not answer in time");
        }
        if (*outcome) {
            return fail(ErrorCode::Unavailable,
                        "connection to the receiver: " + outcome->message());
        }
        return {};
    }
};

MllpClient::MllpClient(std::unique_ptr<Wire> wire) : wire_(std::move(wire)) {}
MllpClient::MllpClient(MllpClient&&) noexcept = default;
MllpClient& MllpClient::operator=(MllpClient&&) noexcept = default;
MllpClient::~MllpClient() = default;

Result<MllpClient> MllpClient::connect(const std::string& host, std::uint16_t port) {
    try {
        auto wire = std::make_unique<Wire>();
        error_code error;
        tcp::resolver resolver(wire->loop);
        const auto endpoints = resolver.resolve(host, std::to_string(port), error);
        if (error) {
            return fail(ErrorCode::Unavailable, "cannot find the receiver: " + error.message());
        }
        std::optional<error_code> outcome;
        boost::asio::async_connect(wire->socket, endpoints,
                                   [&](error_code done, const tcp::endpoint&) { outcome = done; });
        CAREHUB_TRY_DONE(wire->finish(outcome, kClientConnectMax));
        return MllpClient(std::move(wire));
    } catch (const boost::system::system_error& error) {
        return fail(ErrorCode::Io, std::string("cannot start the event loop: ") + error.what());
    }
}

Status MllpClient::send_raw(std::string_view bytes) {
    std::optional<error_code> outcome;
    boost::asio::async_write(wire_->socket, boost::asio::buffer(bytes.data(), bytes.size()),
                             [&](error_code done, std::size_t) { outcome = done; });
    return wire_->finish(outcome, kClientAnswerMax);
}

Result<std::string> MllpClient::receive() {
    std::array<std::uint8_t, kReadBytes> buffer{};
    while (true) {
        if (const auto frame = wire_->decoder.next()) {
            return std::string(as_text(frame->body));
        }
        std::optional<error_code> outcome;
        std::size_t size = 0;
        wire_->socket.async_read_some(boost::asio::buffer(buffer),
                                      [&](error_code done, std::size_t read) {
                                          outcome = done;
                                          size = read;
                                      });
        CAREHUB_TRY_DONE(wire_->finish(outcome, kClientAnswerMax));
        wire_->decoder.feed(ByteView(buffer).first(size));
    }
}

Result<std::string> MllpClient::exchange(std::string_view message) {
    CAREHUB_TRY_DONE(send_raw(as_text(make_frame(message))));
    return receive();
}

std::string answer_code(std::string_view answer) {
    const auto message = hl7::Message::read(as_bytes(answer), {});
    return message ? message->first("MSA").field(1).value() : std::string{};
}

Result<Sent> send_file(const std::filesystem::path& path, const std::string& host,
                       std::uint16_t port) {
    CAREHUB_TRY(const auto messages, read_message_file(path));
    CAREHUB_TRY(MllpClient client, MllpClient::connect(host, port));
    Sent sent;
    for (const std::string& message : messages) {
        const auto answer = client.exchange(message);
        if (!answer) {
            return fail(answer.error().code, answer.error().context + " (answered before: " +
                                                 std::to_string(sent.sent) + " messages)");
        }
        const std::string code = answer_code(*answer);
        ++sent.sent;
        sent.aa += code == "AA" || code == "CA" ? 1U : 0U;
        sent.ae += code == "AE" || code == "CE" ? 1U : 0U;
        sent.ar += code == "AR" || code == "CR" ? 1U : 0U;
        if (sent.sent != sent.aa + sent.ae + sent.ar) {
            return fail(ErrorCode::Damaged, "the receiver's answer is no acknowledgment");
        }
    }
    return sent;
}

}  // namespace carehub::adapters::clinic
