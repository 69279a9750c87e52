#include "adapters/kit/out/notices_out.hpp"

namespace carehub::adapters {

Status run_folder_and_notices(RunnerOptions options, const OpenNotices& open, HubLink& link,
                              const std::atomic<bool>& stop, Counts& counts) {
    boost::asio::io_context loop;
    NoticingLink noticing(link);
    CAREHUB_TRY(const std::unique_ptr<NoticesOut> notices, open(loop));
    if (notices != nullptr) {
        noticing.attach(notices->sender());
        options.on_round = [&loop, before = std::move(options.on_round)] {
            loop.restart();
            loop.poll();
            if (before) {
                before();
            }
        };
    }
    return run_folder_adapter(options, noticing, stop, counts);
}

}  // namespace carehub::adapters
