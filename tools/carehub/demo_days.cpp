#include "tools/carehub/demo_days.hpp"

#include "hub/base/zone_database.hpp"

namespace carehub::tool::demo {
namespace {

constexpr const char* kZone = "America/New_York";
constexpr std::chrono::hours kDayBegins{6};

}  // namespace

Result<Days> Days::create(const DemoOptions& options) {
    CAREHUB_TRY(TimeZone zone, load_zone(kZone));
    return Days(options.start, std::move(zone));
}

UtcTime Days::begin(unsigned day) const {
    return to_utc(zone_, LocalTime{date(day).time_since_epoch() + kDayBegins}).time;
}

}  // namespace carehub::tool::demo
