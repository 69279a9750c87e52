// The subjects' keys: one file of wrapped keys (its bytes: key_record.hpp), an index of it in
// memory.
//
// Contract: key_for() gives a subject's key and makes it when there is none; a key that was made is
// on disk only after sync(), which comes before anything sealed with it is stored. erase() destroys
// keys for ever and is on disk when it returns, by one sync for all; a subject that is heard of again
// gets a new key. Of keys above `newest` it destroys none, so that it can be said again later. A
// key's number never changes and is never given twice. What a crash left of keys never synced is
// passed over at start. A record that does not open any more is told in the log when its subject is
// sealed for again, under a new key: the others go on.
// Errors: open(): NotFound, Damaged by name (another hub's, cut, not ours), Unsupported. read():
// BehindLedger when the file has no such key: it is older than what names the key; Damaged when the
// record is not what was written. Full when there
// are kKeysMax keys or no disk is left; Io; SyncFailed: stop.
// Threads: key_for(), sync() and erase() are confined to the sealing thread; read() and erasures()
// may be called by any thread meanwhile.
// Lifetime: borrows the Random.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "hub/base/disk.hpp"
#include "hub/vault/key_cache.hpp"
#include "hub/vault/key_index.hpp"
#include "hub/vault/key_record.hpp"

namespace carehub::vault {

struct KeyCounts {
    std::uint64_t live = 0;
    std::uint64_t erased = 0;
    std::uint64_t damaged = 0;  ///< all of them are found by check() alone
};

class KeyStore {
public:
    using Pointer = std::unique_ptr<KeyStore>;

    /// Makes the file; refused when it exists.
    [[nodiscard]] static Result<Pointer> create(Disk& disk, const std::string& path,
                                                const Key& wrapping, Random& random);
    [[nodiscard]] static Result<Pointer> open(Disk& disk, const std::string& path,
                                              const Key& wrapping, Random& random);

    /// The pointer holds until the next call of a function of the sealing thread.
    [[nodiscard]] Result<const SubjectKey*> key_for(const Hash128& subject);
    /// Makes durable what key_for() made since the last call; nothing to do costs nothing.
    [[nodiscard]] Status sync();
    /// How many of the subjects had a key numbered up to `newest`.
    [[nodiscard]] Result<std::size_t> erase(std::span<const Hash128> subjects,
                                            std::uint32_t newest);
    /// The highest number given so far; 0: none.
    [[nodiscard]] std::uint32_t newest() const { return next_ - 1; }

    /// A durable record, live or erased.
    [[nodiscard]] Result<KeyRecord> read(std::uint32_t number) const;
    /// Grows with each erasure: what a reader keeps from before it is to be forgotten.
    [[nodiscard]] std::uint64_t erasures() const { return erasures_; }

    [[nodiscard]] const KeyCounts& counts() const { return counts_; }
    /// Counts by unwrapping every key of a file; changes nothing, also while a hub works on it.
    [[nodiscard]] static Result<KeyCounts> check(Disk& disk, const std::string& path,
                                                 const Key& wrapping);

private:
    KeyStore(std::unique_ptr<File> file, KeyWrap wrap, Random& random);

    [[nodiscard]] Status recover();
    [[nodiscard]] Status scan();
    void drop_unfinished_end();
    [[nodiscard]] Result<std::optional<KeyRecord>> find_live(const Hash128& subject) const;
    [[nodiscard]] Result<KeyRecord> read_own(std::uint32_t number) const;
    [[nodiscard]] Result<KeyRecord> make(const Hash128& subject);
    [[nodiscard]] Status make_room(std::uint64_t end);

    std::unique_ptr<File> file_;
    KeyWrap wrap_;
    Random& random_;
    KeyIndex index_;  ///< live keys
    KeyCache cache_;
    std::uint32_t next_ = 1;  ///< number of the next key made
    Bytes unsynced_;          ///< records of the last keys made; at most a step of the file
    std::uint64_t size_ = 0;  ///< of the file
    KeyCounts counts_;
    std::atomic<std::uint64_t> erasures_{0};
};

}  // namespace carehub::vault
