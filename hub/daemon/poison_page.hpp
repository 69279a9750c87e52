// The fingerprint of the input being decided, on a mapped page that survives the process.
//
// File, 4,096 bytes of which are used:
//   offset  size
//   0       16    the fingerprint; all zero: none
//   16      1     1 when the process fell by its own fault while that input was decided
// Contract: enter() before an input is decided, leave() after. What open() finds is the input
// during which the last run fell: by a failed check or a fault of its own (SIGABRT, SIGSEGV,
// SIGBUS, SIGFPE, SIGILL). A run that was killed from outside or lost power accuses no input. The
// page is not synced: it guards against a crash of the process.
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

    struct InProgress {
        Hash128 fingerprint{};  ///< zero: none
        Hash128 lane{};         ///< keyed hash of the first identifier; zero: of no client
    };
    /// What stopped the last run.
    [[nodiscard]] const InProgress& found() const { return found_; }
    void enter(const InProgress& input);
    void leave() { enter({}); }
    /// From now on a fall of this process is written on this page. One page a process.
    void witness_falls() const;

private:
    struct Unmap {
        void operator()(std::uint8_t* page) const noexcept;
    };
    explicit PoisonPage(std::uint8_t* page);

    std::unique_ptr<std::uint8_t, Unmap> page_;
    InProgress found_;
};

}  // namespace carehub::daemon
