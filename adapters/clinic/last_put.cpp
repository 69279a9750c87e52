#include "adapters/clinic/last_put.hpp"

#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic {

std::string LastPut::again(const std::string& address, const Hash256& body, UtcTime now) {
    const auto known = last_.find(address);
    if (known == last_.end()) {
        if (last_.size() == kPutAddressesMax) {
            last_.clear();
        }
        last_.emplace(address, Put{body, {}});
        return {};
    }
    if (known->second.body != body) {
        known->second = {body, std::to_string(now.time_since_epoch().count())};
    }
    return known->second.again;
}

}  // namespace carehub::adapters::clinic
