#include "adapters/kit/out/exchanger.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace carehub::adapters {

bool Exchanger::is_usable() const {
    return stream_ != nullptr && std::chrono::steady_clock::now() - used_at_ <= kConnectionReuseMax;
}

void Exchanger::open(Done done) {
    if (is_usable()) {
        boost::asio::post(loop_, [done = std::move(done)] { done(Status{}); });
        return;
    }
    close();
    auto stream = std::make_shared<ClientStream>(loop_, tls_);
    stream->connect(endpoint_, [this, stream, done = std::move(done)](const Status& status) {
        if (!status) {
            return done(fail(ErrorCode::Unavailable, status.error().context));
        }
        stream_ = stream;
        used_at_ = std::chrono::steady_clock::now();
        done(status);
    });
}

void Exchanger::exchange(std::string bytes, std::chrono::milliseconds most, Taker taker,
                         Done done) {
    work_ = {std::move(bytes), most, std::move(taker), std::move(done)};
    if (is_usable()) {
        return exchange(false);
    }
    open([this](const Status& status) { status ? exchange(true) : tell(status); });
}

/// The work is over before its owner hears of it, and may give other work.
void Exchanger::tell(const Status& status) {
    const Work over = std::exchange(work_, {});
    over.done(status);
}

void Exchanger::exchange(bool is_fresh) {
    stream_->exchange(work_.bytes, work_.most, work_.taker(),
                      [this, is_fresh](const Status& status) { finished(status, is_fresh); });
}

void Exchanger::finished(const Status& status, bool is_fresh) {
    used_at_ = std::chrono::steady_clock::now();
    if (status) {
        return tell(status);
    }
    const bool was_let_go =
        !is_fresh && !stream_->has_read() && status.error().code == ErrorCode::Unavailable;
    close();
    if (was_let_go) {
        return open([this](const Status& opened) { opened ? exchange(true) : tell(opened); });
    }
    const ErrorCode code = status.error().code;
    // It was connected: what was sent may have been taken.
    tell(fail(code == ErrorCode::Unavailable ? ErrorCode::Io : code, status.error().context));
}

void Exchanger::close() {
    if (stream_ != nullptr) {
        stream_->close();
        stream_.reset();
    }
}

}  // namespace carehub::adapters
