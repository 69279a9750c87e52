// A disk in memory as badly behaved as a real one may be: what was not synced may be lost,
// reordered or torn when the power goes. SQLite (model_vfs.hpp) and hub/base's Disk
// (model_files.hpp) are two doors to the same one, so that all files share one ordered history.
//
// Contract: a change of a file is sure to stay once sync() of that file returned true; a name (new,
// renamed, removed) once sync_folder() did. All else may be kept or not when the power goes, each
// write and each of its sectors of 512 bytes for itself. Bytes outside of what was written are
// never touched, which SQLite and the ledger rely on, and which disks keep to. A disk that stopped
// takes no operation any more: each returns false and does nothing.
// Threads: confined to one.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/prng.hpp"

namespace carehub::simulation {

inline constexpr std::size_t kSectorBytes = 512;

/// What a power cut leaves of all that was not synced.
enum class Damage : std::uint8_t {
    Nothing,     ///< nothing of it arrived
    Everything,  ///< all of it did
    Prefix,      ///< what came before some moment, over all files; the write at that moment is torn
    Newest,      ///< the last write of each file overtook the others
    SomeWrites,  ///< each write for itself
    SomeSectors,  ///< each sector of each write for itself
    EmptyGrowth,  ///< sizes and names arrived; where files grew there are zeros
    StaleGrowth,  ///< sizes and names arrived; where files grew there is what the disk held before
};
inline constexpr std::size_t kDamages = 8;

class ModelDisk {
public:
    struct Change {
        std::uint64_t order = 0;  ///< in the history of the whole disk
        bool is_truncate = false;
        std::uint64_t offset = 0;  ///< of a write; of a truncate the new size
        Bytes bytes;
    };
    struct Content {
        Bytes now;
        Bytes durable;
        std::vector<Change> pending;  ///< since the last sync
    };
    using File = std::shared_ptr<Content>;

    [[nodiscard]] File find(const std::string& path) const;
    /// The file of that name, made when it is missing; nothing when the disk has stopped.
    [[nodiscard]] File make(const std::string& path);
    [[nodiscard]] bool write(Content& file, std::uint64_t offset, ByteView bytes);
    [[nodiscard]] bool truncate(Content& file, std::uint64_t size);
    [[nodiscard]] bool sync(Content& file);
    [[nodiscard]] bool rename(const std::string& from, const std::string& to);
    [[nodiscard]] bool remove(const std::string& path);
    [[nodiscard]] bool sync_folder();

    /// The operation that many from now is begun and not finished, and nothing after it is done.
    void stop_after(std::uint64_t operations);
    void never_stop() { stop_at_.reset(); }
    [[nodiscard]] bool is_stopped() const { return stopped_; }
    /// Operations asked for so far, of the kinds above.
    [[nodiscard]] std::uint64_t operations() const { return operations_; }

    /// The process ended, the system lives: a restart finds all that was written.
    void restart_process();
    /// The power was cut: a restart finds what was synced, and of the rest what `damage` leaves.
    void restart_after_power_cut(Damage damage, Prng& prng);

    /// True when neither a power cut nor anything else can change the file and its name any more.
    [[nodiscard]] bool is_synced(const std::string& path) const;

    /// A disk of the same content, all of it durable.
    [[nodiscard]] ModelDisk copy() const;
    /// The bytes of a file, to be damaged at rest; the file must exist.
    [[nodiscard]] Bytes& bytes_of(const std::string& path);
    void erase(const std::string& path) { names_.erase(path); }
    /// Another disk's file in the place of this one's.
    void replace(const std::string& path, const ModelDisk& other);

private:
    struct NameChange {
        std::uint64_t order = 0;
        std::string removed;  ///< empty: none
        std::string named;    ///< empty: none
        File file;
    };
    using Names = std::map<std::string, File>;
    class Survival;

    /// Counts an operation; false when it is not to be done any more.
    [[nodiscard]] bool begin();
    void rename_in(Names& names, const NameChange& change) const;
    [[nodiscard]] bool change_names(NameChange change);

    Names names_;
    Names durable_names_;
    std::vector<NameChange> pending_names_;
    std::uint64_t operations_ = 0;
    std::optional<std::uint64_t> stop_at_;
    bool stopped_ = false;
};

}  // namespace carehub::simulation
