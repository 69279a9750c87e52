#include "hub/daemon/fingerprints.hpp"

#include <algorithm>

#include "hub/audit/hash.hpp"

namespace carehub::daemon {
namespace {

/// A partner's number as bytes, so that two partners' equal keys differ.
std::array<std::uint8_t, 4> bytes_of(PartnerId partner) {
    return {static_cast<std::uint8_t>(partner.value),
            static_cast<std::uint8_t>(partner.value >> 8U),
            static_cast<std::uint8_t>(partner.value >> 16U),
            static_cast<std::uint8_t>(partner.value >> 24U)};
}

}  // namespace

SubjectHash VaultFingerprints::subject(const Identifier& identifier) const {
    if (identifier.value.empty()) {
        return {};
    }
    return {vault_.keyed_hash(
        vault::HashDomain::Subject,
        {as_bytes(identifier.authority), as_bytes(identifier.type), as_bytes(identifier.value)})};
}

SourceId VaultFingerprints::source(PartnerId partner, std::string_view feed,
                                   std::string_view source_msg_id) const {
    if (source_msg_id.empty()) {
        return {};
    }
    const auto id = bytes_of(partner);
    return {vault_.keyed_hash(vault::HashDomain::Source,
                              {id, as_bytes(feed), as_bytes(source_msg_id)})};
}

Hash128 VaultFingerprints::business_key(PartnerId partner, std::string_view key) const {
    const auto id = bytes_of(partner);
    return key.empty() ? Hash128{}
                       : vault_.keyed_hash(vault::HashDomain::BusinessKey, {id, as_bytes(key)});
}

Hash128 VaultFingerprints::body(ByteView bytes) const {
    return vault_.keyed_hash(vault::HashDomain::Body, {bytes});
}

ConsentId VaultFingerprints::consent(const SubjectHash& client, std::string_view document) const {
    return document.empty() ? ConsentId{}
                            : ConsentId{vault_.keyed_hash(vault::HashDomain::Consent,
                                                          {client.value, as_bytes(document)})};
}

ClientId VaultFingerprints::client(std::string_view roster_name) const {
    if (roster_name.empty()) {
        return {};
    }
    audit::Sha256 hash;
    hash.update(hub_id_);
    hash.update(as_bytes(roster_name));
    const Hash256 digest = hash.finish();
    ClientId id;
    std::copy_n(digest.begin(), id.value.size(), id.value.begin());
    return id;
}

follower::Hashes hashes_of(const VaultFingerprints& fingerprints) {
    return {
        [&fingerprints](std::string_view name) { return fingerprints.client(name); },
        [&fingerprints](PartnerId partner, std::string_view feed, std::string_view id) {
            return fingerprints.source(partner, feed, id);
        },
        [&fingerprints](const Identifier& identifier) { return fingerprints.subject(identifier); }};
}

}  // namespace carehub::daemon
