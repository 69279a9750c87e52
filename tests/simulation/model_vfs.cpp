#include "tests/simulation/model_vfs.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "hub/base/check.hpp"

namespace carehub::simulation {
namespace {

constexpr int kPathBytesMax = 512;
/// As SQLite's own layer tells on Linux.
constexpr int kSectorBytesTold = 4'096;

}  // namespace

struct ModelVfs::OpenFile {
    sqlite3_file base{};
    ModelVfs* owner = nullptr;
    ModelDisk::File content;
    bool is_wal = false;
    bool is_temporary = false;
    bool is_new_name = false;   ///< its first sync is the folder's too
    std::vector<Bytes> shared;  ///< the WAL's index: of one process, gone with it
};

/// What SQLite calls, as it wants it written.
struct ModelVfs::Calls {
    static OpenFile& self(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
    static ModelDisk& disk(sqlite3_file* file) { return self(file).owner->disk_; }

    static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags,
                    int* out_flags);

    static int close(sqlite3_file* file) {
        self(file).~OpenFile();
        return SQLITE_OK;
    }
    static int read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
        if (disk(file).is_stopped()) {
            return SQLITE_IOERR_READ;
        }
        const Bytes& from = self(file).content->now;
        const std::size_t begin = std::min(static_cast<std::size_t>(offset), from.size());
        const std::size_t there = std::min(static_cast<std::size_t>(count), from.size() - begin);
        auto* const out = static_cast<std::uint8_t*>(to);
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(begin), there, out);
        std::fill(out + there, out + count, std::uint8_t{0});
        return there == static_cast<std::size_t>(count) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
    }
    static int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
        const ByteView bytes(static_cast<const std::uint8_t*>(from),
                             static_cast<std::size_t>(count));
        const auto at = static_cast<std::uint64_t>(offset);
        Bytes& now = self(file).content->now;
        if (self(file).is_temporary) {
            now.resize(std::max<std::size_t>(now.size(), at + bytes.size()));
            std::ranges::copy(bytes, now.begin() + static_cast<std::ptrdiff_t>(at));
            return SQLITE_OK;
        }
        return disk(file).write(*self(file).content, at, bytes) ? SQLITE_OK : SQLITE_IOERR_WRITE;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        if (self(file).is_temporary) {
            self(file).content->now.resize(static_cast<std::size_t>(size));
            return SQLITE_OK;
        }
        return disk(file).truncate(*self(file).content, static_cast<std::uint64_t>(size))
                   ? SQLITE_OK
                   : SQLITE_IOERR_TRUNCATE;
    }
    static int sync(sqlite3_file* file, int /*flags*/) {
        return self(file).owner->sync(self(file));
    }
    static int size(sqlite3_file* file, sqlite3_int64* out) {
        *out = static_cast<sqlite3_int64>(self(file).content->now.size());
        return disk(file).is_stopped() ? SQLITE_IOERR_FSTAT : SQLITE_OK;
    }
    static int lock(sqlite3_file* /*file*/, int /*level*/) { return SQLITE_OK; }
    static int check_lock(sqlite3_file* /*file*/, int* out) {
        *out = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file* file, int operation, void* /*argument*/) {
        bool& in_checkpoint = self(file).owner->in_checkpoint_;
        switch (operation) {
            case SQLITE_FCNTL_CKPT_START: in_checkpoint = true; return SQLITE_OK;
            case SQLITE_FCNTL_CKPT_DONE: in_checkpoint = false; return SQLITE_OK;
            default: return SQLITE_NOTFOUND;
        }
    }
    static int sector(sqlite3_file* /*file*/) { return kSectorBytesTold; }
    static int traits(sqlite3_file* /*file*/) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static int map_shared(sqlite3_file* file, int region, int bytes, int extend,
                          void volatile** out) {
        std::vector<Bytes>& shared = self(file).shared;
        const auto index = static_cast<std::size_t>(region);
        if (index >= shared.size() && extend == 0) {
            *out = nullptr;
            return SQLITE_OK;
        }
        while (index >= shared.size()) {
            shared.emplace_back(static_cast<std::size_t>(bytes));
        }
        *out = shared[index].data();
        return SQLITE_OK;
    }
    static int lock_shared(sqlite3_file* /*f*/, int /*offset*/, int /*n*/, int /*flags*/) {
        return SQLITE_OK;
    }
    static void barrier(sqlite3_file* /*file*/) {}
    static int unmap_shared(sqlite3_file* file, int /*remove*/) {
        self(file).shared.clear();
        return SQLITE_OK;
    }

    static ModelVfs& owner(sqlite3_vfs* vfs) { return *static_cast<ModelVfs*>(vfs->pAppData); }

    static int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
        ModelDisk& disk = owner(vfs).disk_;
        if (disk.find(path) == nullptr) {
            return SQLITE_IOERR_DELETE_NOENT;
        }
        const bool done =
            disk.remove(path) &&
            (sync_folder == 0 || owner(vfs).syncs_ == Syncs::Off || disk.sync_folder());
        return done ? SQLITE_OK : SQLITE_IOERR_DELETE;
    }
    static int access(sqlite3_vfs* vfs, const char* path, int flags, int* out) {
        const ModelDisk::File file = owner(vfs).disk_.find(path);
        // An empty file counts as none, as SQLite's own layer has it.
        *out = file != nullptr && (flags != SQLITE_ACCESS_EXISTS || !file->now.empty()) ? 1 : 0;
        return owner(vfs).disk_.is_stopped() ? SQLITE_IOERR_ACCESS : SQLITE_OK;
    }
    static int full_path(sqlite3_vfs* /*vfs*/, const char* path, int room, char* out) {
        const std::string_view text(path);
        if (text.size() >= static_cast<std::size_t>(room)) {
            return SQLITE_CANTOPEN;
        }
        std::ranges::copy(text, out);
        out[text.size()] = '\0';
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs* vfs, int count, char* out) {
        std::generate_n(out, count, [&] { return static_cast<char>(owner(vfs).prng_.next()); });
        return count;
    }
    static int sleep(sqlite3_vfs* /*vfs*/, int microseconds) { return microseconds; }
    static int day(sqlite3_vfs* /*vfs*/, double* out) {
        *out = 0;
        return SQLITE_OK;
    }
    static int milliseconds(sqlite3_vfs* /*vfs*/, sqlite3_int64* out) {
        *out = 0;
        return SQLITE_OK;
    }
    static int last_error(sqlite3_vfs* /*vfs*/, int /*room*/, char* /*out*/) { return 0; }

    static constexpr sqlite3_io_methods kMethods{
        2,        &close,        &read,   &write,      &truncate,
        &sync,    &size,         &lock,   &lock,       &check_lock,
        &control, &sector,       &traits, &map_shared, &lock_shared,
        &barrier, &unmap_shared, nullptr, nullptr};
};

int ModelVfs::Calls::open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags,
                          int* out_flags) {
    ModelDisk& disk = owner(vfs).disk_;
    file->pMethods = nullptr;
    if (disk.is_stopped()) {
        return SQLITE_CANTOPEN;
    }
    const bool is_temporary = name == nullptr;
    ModelDisk::File content =
        is_temporary ? std::make_shared<ModelDisk::Content>() : disk.find(name);
    const bool is_new = content == nullptr;
    if (is_new && (flags & SQLITE_OPEN_CREATE) != 0) {
        content = disk.make(name);
    }
    if (content == nullptr) {
        return SQLITE_CANTOPEN;
    }
    auto* const made = new (file) OpenFile;
    made->owner = &owner(vfs);
    made->content = std::move(content);
    made->is_wal = (flags & SQLITE_OPEN_WAL) != 0;
    made->is_temporary = is_temporary;
    made->is_new_name = is_new && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    file->pMethods = &kMethods;
    if (out_flags != nullptr) {
        *out_flags = flags;
    }
    return SQLITE_OK;
}

bool ModelVfs::is_honest_now(const OpenFile& file) const {
    constexpr std::size_t kWalHeaderBytes = 32;
    switch (syncs_) {
        case Syncs::Full: return true;
        case Syncs::Off: return false;
        case Syncs::Normal: break;
    }
    // NORMAL still syncs a WAL's new header before frames follow it.
    const auto& pending = file.content->pending;
    return !file.is_wal || in_checkpoint_ ||
           (pending.size() == 1 && pending.front().bytes.size() == kWalHeaderBytes);
}

int ModelVfs::sync(OpenFile& file) {
    if (disk_.is_stopped()) {
        return SQLITE_IOERR_FSYNC;
    }
    if (file.is_temporary || !is_honest_now(file)) {
        return SQLITE_OK;
    }
    if (!disk_.sync(*file.content)) {
        return SQLITE_IOERR_FSYNC;
    }
    if (std::exchange(file.is_new_name, false) && !disk_.sync_folder()) {
        return SQLITE_IOERR_DIR_FSYNC;
    }
    return SQLITE_OK;
}

ModelVfs::ModelVfs(ModelDisk& disk, Syncs syncs, std::uint64_t seed)
    : disk_(disk), syncs_(syncs), prng_(seed) {
    vfs_.iVersion = 2;
    vfs_.szOsFile = static_cast<int>(sizeof(OpenFile));
    vfs_.mxPathname = kPathBytesMax;
    vfs_.zName = name();
    vfs_.pAppData = this;
    vfs_.xOpen = &Calls::open;
    vfs_.xDelete = &Calls::remove;
    vfs_.xAccess = &Calls::access;
    vfs_.xFullPathname = &Calls::full_path;
    vfs_.xRandomness = &Calls::randomness;
    vfs_.xSleep = &Calls::sleep;
    vfs_.xCurrentTime = &Calls::day;
    vfs_.xCurrentTimeInt64 = &Calls::milliseconds;
    vfs_.xGetLastError = &Calls::last_error;
    CAREHUB_CHECK(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK, "a layer cannot be registered");
    sqlite3_randomness(0, nullptr);  // the next number asks the default layer for a new seed
}

ModelVfs::~ModelVfs() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_randomness(0, nullptr);
}

}  // namespace carehub::simulation
