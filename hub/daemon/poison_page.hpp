// The fingerprint of the input being decided, on a mapped page that survives the process.
//
// File: 16 bytes, the fingerprint (all zero: none); the rest of the 4,096-byte page is unused.
// Contract: enter() before an input is decided, leave() after. What open() finds is the input that
// stopped the last run. The page is not synced: it guards against a crash of the process, and a
// machine that loses power restarts with whatever the journal has.
// Errors: Io. Threads: confined to the core's thread.
#pragma once

#include <filesystem>
#include <memory>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::daemon {

class PoisonPage {
public:
    [[nodiscard]] static Result<PoisonPage> open(const std::filesystem::path& path);

    /// What stopped the last run; all zero when nothing did.
    [[nodiscard]] Hash128 found() const { return found_; }
    void enter(const Hash128& fingerprint);
    void leave() { enter({}); }

private:
    struct Unmap {
        void operator()(std::uint8_t* page) const noexcept;
    };
    explicit PoisonPage(std::uint8_t* page);

    std::unique_ptr<std::uint8_t, Unmap> page_;
    Hash128 found_{};
};

}  // namespace carehub::daemon
