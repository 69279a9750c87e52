#include "tools/carehub/hub_time.hpp"

#include "adapters/kit/hub_client.hpp"

namespace carehub::tool {
namespace {

/// A file waits rather than the adapter: its other files and receipts need the thread.
constexpr std::chrono::milliseconds kAnswerMax{3'000};

}  // namespace

Result<UtcTime> HubTime::now() { return instead_of(clock_.now()); }

Result<UtcTime> HubTime::instead_of(UtcTime real) {
    CAREHUB_TRY(const std::optional<UtcTime> business, invented());
    return business.value_or(real);
}

Result<std::optional<UtcTime>> HubTime::invented() {
    if (is_real_) {
        return std::optional<UtcTime>();
    }
    adapters::ConnectionOptions options;
    options.link = link_;
    options.purpose = codec::Purpose::Send;
    CAREHUB_TRY(adapters::HubClient client,
                adapters::HubClient::connect(std::move(options), kAnswerMax));
    const codec::Welcome welcome = client.welcome();
    client.leave();
    is_real_ = !welcome.simulation;
    return is_real_ ? std::optional<UtcTime>() : std::optional(welcome.time);
}

}  // namespace carehub::tool
