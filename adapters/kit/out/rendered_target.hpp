// A target that sends what was made of a notice over a kept connection: what HTTP and MLLP share.
//
// Contract: as notice_target.hpp. Whoever derives sends the message through `exchanger()` and then
// calls answer(), or no_answer() where the exchange failed, once.
// Threads: confined to the loop's thread. Lifetime: borrows the loop; outlives what is under way.
#pragma once

#include <utility>

#include <boost/asio/post.hpp>

#include "adapters/kit/out/exchanger.hpp"
#include "adapters/kit/out/out_message.hpp"

namespace carehub::adapters {

/// Handed over, as far as is known, and not decided.
[[nodiscard]] inline TargetAnswer undecided(std::string what) {
    return {Taking::Undecided,
            {RefusalReason::InvalidField, {}, "The recipient gave no answer to this notice."},
            std::move(what)};
}

class RenderedTarget : public NoticeTarget {
public:
    void open(Opened opened) final { exchanger_.open(std::move(opened)); }

    void hand_over(const Notice& notice, Answered answered) final {
        const Rendered rendered = render_(notice);
        if (rendered && *rendered) {
            answered_ = std::move(answered);
            return send(**rendered);
        }
        boost::asio::post(loop_, [answered = std::move(answered),
                                  answer = without_message(rendered)] { answered(answer); });
    }

protected:
    RenderedTarget(boost::asio::io_context& loop, Endpoint endpoint, ClientTls tls,
                   RenderNotice render)
        : loop_(loop),
          render_(std::move(render)),
          exchanger_(loop, std::move(endpoint), std::move(tls)) {}

    virtual void send(const OutMessage& message) = 0;
    [[nodiscard]] Exchanger& exchanger() { return exchanger_; }
    void answer(const TargetAnswer& told) { std::exchange(answered_, nullptr)(told); }
    /// Unavailable: nothing was handed over.
    void no_answer(const Error& error) {
        TargetAnswer told = undecided(error.context);
        told.taking = error.code == ErrorCode::Unavailable ? Taking::Away : Taking::Undecided;
        answer(told);
    }

private:
    boost::asio::io_context& loop_;
    RenderNotice render_;
    Exchanger exchanger_;
    Answered answered_;
};

}  // namespace carehub::adapters
