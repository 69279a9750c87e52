// Seam: keyed hashes of what identifies people and events. The key is the vault's; the daemon
// implements this with vault and audit, tests with something simple.
//
// Contract: pure functions of key and arguments; an empty text hashes to none (all zero).
// Threads: the gateway's.
#pragma once

#include <string_view>

#include "hub/model/ids.hpp"
#include "hub/model/submission.hpp"

namespace carehub::gateway {

class Fingerprints {
public:
    virtual ~Fingerprints() = default;
    [[nodiscard]] virtual SubjectHash subject(const Identifier& identifier) const = 0;
    [[nodiscard]] virtual SourceId source(PartnerId partner, std::string_view feed,
                                          std::string_view source_msg_id) const = 0;
    /// Of an obligation, an encounter, a custody interval, or an appointment named by an encounter.
    [[nodiscard]] virtual Hash128 business_key(PartnerId partner, std::string_view key) const = 0;
    /// Of the bytes as received.
    [[nodiscard]] virtual Hash128 body(ByteView bytes) const = 0;
    [[nodiscard]] virtual ConsentId consent(const SubjectHash& client,
                                            std::string_view document) const = 0;
    [[nodiscard]] virtual ClientId client(std::string_view roster_name) const = 0;
};

}  // namespace carehub::gateway
