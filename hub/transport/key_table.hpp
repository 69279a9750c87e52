// Which public keys may connect: written by the gateway as the registry changes, read by ZAP.
//
// Contract: a key that is not here is refused at the handshake. Because ZAP runs only then, whoever
// reads messages asks again for each of them.
// Threads: any thread.
#pragma once

#include <mutex>
#include <unordered_set>

#include "hub/transport/curve_keys.hpp"

namespace carehub::transport {

class KeyTable {
public:
    void admit(const Hash256& public_key);
    void revoke(const Hash256& public_key);
    [[nodiscard]] bool is_admitted(const Hash256& public_key) const;
    [[nodiscard]] std::size_t size() const;

private:
    mutable std::mutex mutex_;
    std::unordered_set<std::string> keys_;  // as Z85: the same spelling as the User-Id
};

}  // namespace carehub::transport
