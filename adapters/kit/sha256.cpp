#include "adapters/kit/sha256.hpp"

#include <openssl/evp.h>

#include "adapters/kit/file.hpp"
#include "adapters/kit/limits.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters {

struct Sha256::Context {
    EVP_MD_CTX* evp = EVP_MD_CTX_new();

    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { EVP_MD_CTX_free(evp); }

    /// The algorithm is looked for once: OpenSSL would else do so, under locks, at every start.
    void start() {
        static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        CAREHUB_CHECK(EVP_DigestInit_ex(evp, algorithm, nullptr) == 1, "SHA-256 cannot start");
    }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { context_->start(); }
Sha256::~Sha256() = default;

void Sha256::add(ByteView bytes) {
    CAREHUB_CHECK(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) == 1,
                  "SHA-256 cannot go on");
}

void Sha256::add_text(std::string_view text) {
    std::array<std::uint8_t, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
        length[i] = static_cast<std::uint8_t>(text.size() >> (8 * i));
    }
    add(length);
    add(as_bytes(text));
}

Hash256 Sha256::finish() {
    Hash256 digest{};
    CAREHUB_CHECK(EVP_DigestFinal_ex(context_->evp, digest.data(), nullptr) == 1,
                  "SHA-256 cannot finish");
    context_->start();
    return digest;
}

Hash256 sha256(ByteView bytes) {
    thread_local Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

Result<Hash256> sha256_of_file(const std::filesystem::path& path) {
    CAREHUB_TRY(const File file, File::open(path, OpenFor::Reading));
    Sha256 hash;
    Bytes buffer(kHashBufferBytes);
    std::uint64_t offset = 0;
    while (true) {
        CAREHUB_TRY(const std::size_t got, file.read_at(offset, buffer));
        if (got == 0) {
            return hash.finish();
        }
        hash.add(ByteView(buffer).first(got));
        offset += got;
    }
}

}  // namespace carehub::adapters
