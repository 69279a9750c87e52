#include "hub/gateway/principals.hpp"

namespace carehub::gateway {

void Principals::put(const Principal& principal) {
    if (const auto known = by_id_.find(principal.id); known != by_id_.end()) {
        forget_key(known->second.public_key);
    }
    by_id_[principal.id] = principal;
    if (!principal.removed) {
        by_user_id_[transport::to_z85(principal.public_key)] = principal.id;
        admission_.admit(principal.public_key);
    }
}

const Principal* Principals::find(const std::string& user_id) const {
    const auto id = by_user_id_.find(user_id);
    return id == by_user_id_.end() ? nullptr : find(id->second);
}

const Principal* Principals::find(PartnerId id) const {
    const auto principal = by_id_.find(id);
    return principal == by_id_.end() ? nullptr : &principal->second;
}

void Principals::forget_key(const Hash256& public_key) {
    by_user_id_.erase(transport::to_z85(public_key));
    admission_.revoke(public_key);
}

}  // namespace carehub::gateway
