#include "tools/carehub/session.hpp"

#include <csignal>

#include "tools/carehub/door.hpp"

namespace carehub::tool {
namespace {

constexpr std::chrono::milliseconds kConnectMax{10'000};

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal's handler may set it");

void ask_to_stop(int /*signal*/) { stop_asked = true; }

}  // namespace

Result<adapters::HubClient> connect_client(const Run& run, codec::Purpose purpose) {
    CAREHUB_TRY(adapters::LinkFile link, link_of(run));
    adapters::ConnectionOptions options;
    options.link = std::move(link);
    options.purpose = purpose;
    return adapters::HubClient::connect(std::move(options), kConnectMax);
}

const std::atomic<bool>& stop_on_signals() {
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    return stop_asked;
}

}  // namespace carehub::tool
