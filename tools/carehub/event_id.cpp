#include "tools/carehub/event_id.hpp"

namespace carehub::tool {
namespace {

bool is_hub_id(const std::string& id) {
    const bool prefixed = id.starts_with("h-") || id.starts_with("a-");
    return prefixed && id.find_first_not_of("0123456789-", 2) == std::string::npos;
}

}  // namespace

Result<follower::Arguments> event_arguments(const std::string& id) {
    if (is_hub_id(id)) {
        return follower::Arguments{{"event", id}};
    }
    const std::size_t slash = id.find('/');
    if (slash == std::string::npos) {
        return fail(ErrorCode::Invalid,
                    "name an event (h-12), an alert (a-12-0), or PARTNER/ID with the partner's own "
                    "id of the event");
    }
    return follower::Arguments{{"partner", id.substr(0, slash)}, {"id", id.substr(slash + 1)}};
}

}  // namespace carehub::tool
