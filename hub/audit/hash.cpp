#include "hub/audit/hash.hpp"

#include <algorithm>

#include <openssl/evp.h>

#include "hub/base/check.hpp"

namespace carehub::audit {
namespace {

constexpr std::uint8_t kLeafPrefix = 0x00;
constexpr std::uint8_t kNodePrefix = 0x01;

// Fetched once: an implicit fetch at every hash costs more than hashing a short leaf.
const EVP_MD* algorithm() {
    static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    CAREHUB_CHECK(fetched != nullptr, "libcrypto has no SHA-256");
    return fetched;
}

void begin(evp_md_ctx_st* context) {
    CAREHUB_CHECK(EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1, "SHA-256 cannot begin");
}

// One context a thread: making one costs an allocation.
Sha256& hasher_of_thread() {
    thread_local Sha256 hasher;
    return hasher;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const noexcept { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    CAREHUB_CHECK(context_ != nullptr, "no memory for a hash");
    begin(context_.get());
}

void Sha256::update(ByteView bytes) {
    const int done = EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
    CAREHUB_CHECK(done == 1, "SHA-256 cannot go on");
}

Hash256 Sha256::finish() {
    Hash256 hash;
    const int done = EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
    CAREHUB_CHECK(done == 1, "SHA-256 cannot finish");
    begin(context_.get());
    return hash;
}

Hash256 sha256(ByteView bytes) {
    Sha256& hasher = hasher_of_thread();
    hasher.update(bytes);
    return hasher.finish();
}

Hash256 hash_leaf(ByteView stored) {
    Sha256& hasher = hasher_of_thread();
    hasher.update({&kLeafPrefix, 1});
    hasher.update(stored);
    return hasher.finish();
}

Hash256 hash_node(const Hash256& left, const Hash256& right) {
    std::array<std::uint8_t, 1 + 2 * sizeof(Hash256)> joined;
    joined[0] = kNodePrefix;
    std::copy(left.begin(), left.end(), joined.begin() + 1);
    std::copy(right.begin(), right.end(), joined.begin() + 1 + sizeof(Hash256));
    return sha256(joined);
}

Hash256 empty_root() { return sha256({}); }

}  // namespace carehub::audit
