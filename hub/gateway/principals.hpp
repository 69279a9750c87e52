// Who has a key: the gateway's own copy of that part of the registry, kept current by releases.
//
// Contract: a user id is the Z85 text of a public key. A removed principal, or one whose key was
// replaced, is not found under the old key any more.
// Threads: confined to the gateway's thread.
#pragma once

#include <string>
#include <unordered_map>

#include "hub/model/ids.hpp"
#include "hub/model/vocabulary.hpp"
#include "hub/transport/key_table.hpp"

namespace carehub::gateway {

struct Principal {
    PartnerId id;
    std::string name;
    PartnerKind kind = PartnerKind::Unset;
    StaffRole role = StaffRole::Unset;
    Hash256 public_key{};
    bool removed = false;
    bool paused = false;  ///< it is sent nothing; what it is owed waits

    [[nodiscard]] bool is_staff() const { return kind == PartnerKind::Staff; }
};

class Principals {
public:
    /// `admission` is told of every key that comes or goes; it outlives this object.
    explicit Principals(transport::KeyTable& admission) : admission_(admission) {}

    /// Puts or replaces the principal with that id.
    void put(const Principal& principal);
    /// Whose key this is; null when nobody's.
    [[nodiscard]] const Principal* find(const std::string& user_id) const;
    [[nodiscard]] const Principal* find(PartnerId id) const;

private:
    void forget_key(const Hash256& public_key);

    transport::KeyTable& admission_;
    std::unordered_map<PartnerId, Principal> by_id_;
    std::unordered_map<std::string, PartnerId> by_user_id_;
};

}  // namespace carehub::gateway
