// A link whose notices go to a sender, and whose other news goes on to whoever polls it: so one
// session serves the doors, or the spool, and the notices.
//
// Contract: as hub_link.hpp; notices never reach the caller of poll(). Without a sender it is the
// link it stands for. Threads: confined to one thread. Lifetime: borrows the link and the sender.
#pragma once

#include <algorithm>

#include "adapters/kit/out/notice_sender.hpp"

namespace carehub::adapters {

class NoticingLink final : public HubLink {
public:
    explicit NoticingLink(HubLink& link) : link_(link) {}
    void attach(NoticeSender& sender) { sender_ = &sender; }

    [[nodiscard]] std::size_t credit() const override { return link_.credit(); }
    [[nodiscard]] Status submit(std::uint64_t ticket, const Submission& submission) override {
        return link_.submit(ticket, submission);
    }
    void tell_last_receipt(const LastReceipt& last) override { link_.tell_last_receipt(last); }
    [[nodiscard]] Result<LinkNews> poll(std::chrono::milliseconds timeout) override {
        CAREHUB_TRY(LinkNews news,
                    link_.poll(is_busy() ? std::min(timeout, kBusyLoopWait) : timeout));
        if (sender_ != nullptr) {
            CAREHUB_TRY_DONE(sender_->take(news));
            news.notices.clear();
        }
        return news;
    }
    [[nodiscard]] int wake_fd() const override { return link_.wake_fd(); }
    [[nodiscard]] bool is_busy() const override { return sender_ != nullptr && sender_->is_busy(); }

private:
    HubLink& link_;
    NoticeSender* sender_ = nullptr;
};

}  // namespace carehub::adapters
