#include "tools/carehub/demo_seen.hpp"

namespace carehub::tool::demo {

std::string AlertSeen::state_class() const {
    if (state == "Raised" || state == "Acknowledged") {
        return latched ? "latched" : "open";
    }
    return state == "ClearedUnseen" ? "cleared"
           : state == "Shelved"     ? "shelved"
           : is_suppressed()        ? "suppressed"
                                    : "closed";
}

}  // namespace carehub::tool::demo
