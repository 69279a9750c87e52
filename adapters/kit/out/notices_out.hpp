// A target with the sender that serves it: what an adapter holds for as long as it tells notices.
//
// Threads: confined to one thread. Lifetime: borrows the link and the counts; nothing of it may run
// on the target's loop afterwards.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/io_context.hpp>

#include "adapters/kit/out/noticing_link.hpp"
#include "adapters/kit/runner.hpp"

namespace carehub::adapters {

class NoticesOut {
public:
    NoticesOut(std::unique_ptr<NoticeTarget> target, std::vector<EventKind> kinds, HubLink& link,
               Counts& counts)
        : target_(std::move(target)), sender_({*target_, link, clock_, counts, std::move(kinds)}) {}

    [[nodiscard]] NoticeSender& sender() { return sender_; }

private:
    SystemClock clock_;
    std::unique_ptr<NoticeTarget> target_;
    NoticeSender sender_;
};

/// Makes the sender on a loop; null where nothing is to be told.
using OpenNotices =
    std::function<Result<std::unique_ptr<NoticesOut>>(boost::asio::io_context& loop)>;

/// run_folder_adapter() that tells notices between its rounds, over the same session.
[[nodiscard]] Status run_folder_and_notices(RunnerOptions options, const OpenNotices& open,
                                            HubLink& link, const std::atomic<bool>& stop,
                                            Counts& counts);

}  // namespace carehub::adapters
