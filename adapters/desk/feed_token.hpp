// The secret that names a person's calendar: 256 random bits, as 64 hexadecimal digits in a file.
//
// Contract: whoever deletes the file, or writes other digits into it, has changed the token. What is
// no token is replaced by a new one. Errors: Io, SyncFailed; they tell no token.
// Threads: confined to one thread. Lifetime: borrows the randomness.
#pragma once

#include <filesystem>
#include <string>

#include "hub/base/error.hpp"
#include "hub/base/random.hpp"

namespace carehub::adapters::desk {

class FeedToken {
public:
    FeedToken(std::filesystem::path file, Random& random)
        : file_(std::move(file)), random_(random) {}

    /// As the file has it; a new one, on disk, where it has none.
    [[nodiscard]] Result<std::string> read();

private:
    std::filesystem::path file_;
    Random& random_;
};

[[nodiscard]] bool is_token(std::string_view text);

}  // namespace carehub::adapters::desk
