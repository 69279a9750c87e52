// A target that is a folder: each notice is on disk before it is answered.
//
// Contract: as notice_target.hpp: callbacks come by way of the loop. Whoever derives does its work
// in prepare() and take(), which may block for as long as a disk takes.
// Threads: confined to the loop's thread. Lifetime: borrows the loop.
#pragma once

#include <boost/asio/post.hpp>

#include "adapters/kit/out/notice_target.hpp"

namespace carehub::adapters {

class DropTarget : public NoticeTarget {
public:
    void open(Opened opened) final {
        boost::asio::post(loop_, [this, opened = std::move(opened)] { opened(prepare()); });
    }
    void hand_over(const Notice& notice, Answered answered) final {
        boost::asio::post(
            loop_, [answer = take(notice), answered = std::move(answered)] { answered(answer); });
    }

protected:
    explicit DropTarget(boost::asio::io_context& loop) : loop_(loop) {}

    /// Also after a take() that ended with Away: what is in doubt is settled here.
    [[nodiscard]] virtual Status prepare() = 0;
    [[nodiscard]] virtual TargetAnswer take(const Notice& notice) = 0;

private:
    boost::asio::io_context& loop_;
};

[[nodiscard]] inline TargetAnswer away(const Error& error) {
    return {Taking::Away, {}, error.context};
}

}  // namespace carehub::adapters
