// The gateway's keyed hashes, made by the vault.
//
// Threads: immutable; any thread. Lifetime: borrows the vault.
#pragma once

#include "hub/follower/answers.hpp"
#include "hub/gateway/fingerprints.hpp"
#include "hub/vault/vault.hpp"

namespace carehub::daemon {

class VaultFingerprints final : public gateway::Fingerprints {
public:
    VaultFingerprints(const vault::Vault& vault, Hash128 hub_id) : vault_(vault), hub_id_(hub_id) {}

    [[nodiscard]] SubjectHash subject(const Identifier& identifier) const override;
    [[nodiscard]] SourceId source(PartnerId partner, std::string_view feed,
                                  std::string_view source_msg_id) const override;
    [[nodiscard]] Hash128 business_key(PartnerId partner, std::string_view key) const override;
    [[nodiscard]] Hash128 body(ByteView bytes) const override;
    [[nodiscard]] ConsentId consent(const SubjectHash& client,
                                    std::string_view document) const override;
    /// First 16 bytes of SHA-256(hub id, roster name): the same for every key.
    [[nodiscard]] ClientId client(std::string_view roster_name) const override;

private:
    const vault::Vault& vault_;
    Hash128 hub_id_;
};

/// For questions that name a client, or an event by its sender's own id.
[[nodiscard]] follower::Hashes hashes_of(const VaultFingerprints& fingerprints);

}  // namespace carehub::daemon
