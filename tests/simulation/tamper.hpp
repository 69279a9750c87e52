// Tampering with a journal by somebody who can write every file of the folder, and what a complete
// verification says of it, without any key.
//
// Twenty kinds. Against the first seventeen stand the ledger and the checkpoints that a witness folder
// keeps; the last three rewrite those too, one of them with the hub's signing key, and one head that
// somebody outside holds (a checkpoint, or a receipt of the entry) stands against them.
//
// What "named" means: a verification tells one entry, or a run of entries. It is right when the run
// holds the first entry that was changed, and everything before the run is as it was. Where the journal
// ends too early the run is from the last witness that agrees to the entry that is missing. Where an
// entry was taken out and its block alone made anew, the gap before the next block may be told.
// Threads: confined to one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace carehub::simulation {

enum class Tampering : std::uint8_t {
    EditByte,
    EditWithChecksum,
    EditWithLeafHash,
    EditWithBlock,
    EditToTheEnd,
    DeleteEntry,
    DeleteAndRenumber,
    DeleteBlock,
    InsertAndRenumber,
    SwapEntries,
    SwapBlocks,
    RepeatBlock,
    CutLastBlocks,
    CutLastEntries,
    CutBeforeFirstCheckpoint,
    BackDate,
    EditAfterErasure,
    RewriteAndSignAgain,
    RollBack,
    RollBackAndGoOn,
};
inline constexpr std::size_t kTamperings = 20;
inline constexpr std::size_t kFoundFromWithin = 17;
[[nodiscard]] std::string_view name_of(Tampering kind);

struct TamperReport {
    std::uint64_t runs = 0;
    std::uint64_t found = 0;
    std::uint64_t named = 0;         ///< of them, rightly
    std::uint64_t entry_named = 0;   ///< of them, the very entry
    std::uint64_t whole_passed = 0;  ///< control: the same journal untouched, no fault found
    std::string first_finding;       ///< of a run that was not found or not rightly named

    [[nodiscard]] bool is_clean() const {
        return found == runs && named == runs && whole_passed == runs;
    }
};

/// Runs numbered `first` to `end` - 1 of the seed.
[[nodiscard]] TamperReport run_tampering(Tampering kind, std::uint64_t seed, std::uint64_t first,
                                         std::uint64_t end);

}  // namespace carehub::simulation
