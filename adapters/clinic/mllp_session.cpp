#include "adapters/clinic/mllp_session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {

using boost::system::error_code;

void MllpSession::proceed() {
    const auto frame = decoder_.next();
    if (!frame) {
        if (decoder_.is_broken()) {
            log::warning("clinic", "connection closed: 0x1C was not followed by 0x0D");
            return;
        }
        return read();
    }
    desk_.take(*frame,
               [self = shared_from_this()](const std::string& answer) { self->reply(answer); });
}

void MllpSession::read() {
    socket_.async_read_some(boost::asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                                if (!error) {
                                    self->decoder_.feed(ByteView(self->buffer_).first(size));
                                    self->proceed();
                                }
                            });
}

void MllpSession::reply(const std::string& answer) {
    if (answer.empty()) {
        // By way of the loop: many frames in one read must not nest as many calls.
        return boost::asio::post(socket_.get_executor(),
                                 [self = shared_from_this()] { self->proceed(); });
    }
    outgoing_ = make_frame(answer);
    boost::asio::async_write(socket_, boost::asio::buffer(outgoing_),
                             [self = shared_from_this()](error_code error, std::size_t) {
                                 if (!error) {
                                     self->proceed();
                                 }
                             });
}

}  // namespace carehub::adapters::clinic
