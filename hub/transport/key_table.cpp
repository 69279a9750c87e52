#include "hub/transport/key_table.hpp"

namespace carehub::transport {

void KeyTable::admit(const Hash256& public_key) {
    const std::scoped_lock lock(mutex_);
    keys_.insert(to_z85(public_key));
}

void KeyTable::revoke(const Hash256& public_key) {
    const std::scoped_lock lock(mutex_);
    keys_.erase(to_z85(public_key));
}

bool KeyTable::is_admitted(const Hash256& public_key) const {
    const std::scoped_lock lock(mutex_);
    return keys_.contains(to_z85(public_key));
}

std::size_t KeyTable::size() const {
    const std::scoped_lock lock(mutex_);
    return keys_.size();
}

}  // namespace carehub::transport
