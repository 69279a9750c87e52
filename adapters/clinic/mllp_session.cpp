#include "adapters/clinic/mllp_session.hpp"

#include <boost/asio/post.hpp>

#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {

using boost::system::error_code;

void MllpSession::start() {
    end_after(kHandshakeMax, "connection closed: no TLS handshake in time");
    guest_.stream.handshake(guest_.names, [self = shared_from_this()](error_code error) {
        self->no_hurry();
        if (error) {
            log::warning("clinic", "connection closed: TLS handshake failed: " + error.message());
            return;
        }
        self->sender_.peer = self->guest_.stream.peer();
        self->proceed();
    });
}

void MllpSession::proceed() {
    const auto frame = decoder_.next();
    if (!frame) {
        if (decoder_.is_broken()) {
            log::warning("clinic", "connection closed: 0x1C was not followed by 0x0D");
            return;
        }
        return read();
    }
    no_hurry();
    desk_.take(*frame, sender_,
               [self = shared_from_this()](const std::string& answer) { self->reply(answer); });
}

/// By way of the loop: many frames in one read must not nest as many calls.
void MllpSession::proceed_later() {
    boost::asio::post(guest_.stream.executor(), [self = shared_from_this()] { self->proceed(); });
}

/// Told once: a sender that speaks TLS to a plain port would else wait in silence.
bool MllpSession::is_no_mllp() {
    if (decoder_.dropped_bytes() == 0) {
        return false;
    }
    if (!told_stray_) {
        told_stray_ = true;
        log::warning("clinic",
                     "bytes outside of frames: is the sender set to MLLP, with TLS as this port?");
    }
    return decoder_.dropped_bytes() > kStrayBytesMax;
}

void MllpSession::read() {
    if (is_no_mllp()) {
        log::warning("clinic", "connection closed: it speaks no MLLP");
        return;
    }
    if (decoder_.is_inside() && !hurried_) {
        end_after(kFrameMax, "connection closed: a message did not end in time");
    }
    guest_.stream.read_some(boost::asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                                if (error) {
                                    return self->no_hurry();
                                }
                                self->decoder_.feed(ByteView(self->buffer_).first(size));
                                self->proceed();
                            });
}

void MllpSession::reply(const std::string& answer) {
    if (answer.empty()) {
        return proceed_later();
    }
    outgoing_ = make_frame(answer);
    const std::size_t gone = guest_.stream.write_now(boost::asio::buffer(outgoing_));
    if (gone == outgoing_.size()) {
        return proceed_later();
    }
    end_after(kReplyMax, "connection closed: an answer was not taken in time");
    guest_.stream.write(boost::asio::buffer(outgoing_) + gone,
                        [self = shared_from_this()](error_code error, std::size_t) {
                            self->no_hurry();
                            if (!error) {
                                self->proceed();
                            }
                        });
}

void MllpSession::end_after(std::chrono::seconds time, const char* why) {
    hurried_ = true;
    deadline_.expires_after(time);
    deadline_.async_wait([self = shared_from_this(), why](error_code error) {
        if (!error) {
            log::warning("clinic", why);
            self->guest_.stream.close();
        }
    });
}

void MllpSession::no_hurry() {
    if (hurried_) {
        hurried_ = false;
        deadline_.cancel();
    }
}

}  // namespace carehub::adapters::clinic
