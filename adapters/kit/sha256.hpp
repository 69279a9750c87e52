// SHA-256 of bytes as they come; the kit's door to OpenSSL.
// Threads: any thread, one object by one thread.
#pragma once

#include <filesystem>
#include <memory>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(ByteView bytes);
    /// The length first, then the text: so that two lists of texts never hash alike.
    void add_text(std::string_view text);
    /// The digest of everything added; the object is empty again afterwards.
    [[nodiscard]] Hash256 finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

[[nodiscard]] Hash256 sha256(ByteView bytes);
/// Of a file's content. Io when it cannot be read.
[[nodiscard]] Result<Hash256> sha256_of_file(const std::filesystem::path& file);

}  // namespace carehub::adapters
