// SQLite's layer to the system with faults: passes all on, and fails syncs or writes when told.
#pragma once

#include <cstdlib>
#include <new>
#include <string>

#include <sqlite3.h>

#include "tests/support/catch.hpp"

namespace carehub::journal {

class FailingVfs {
public:
    FailingVfs() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
        name_ = "failing";
        vfs_.zName = name_.c_str();
        vfs_.pAppData = this;
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = &open;
        REQUIRE(sqlite3_vfs_register(&vfs_, 0) == SQLITE_OK);
    }
    FailingVfs(const FailingVfs&) = delete;
    FailingVfs& operator=(const FailingVfs&) = delete;
    ~FailingVfs() { sqlite3_vfs_unregister(&vfs_); }

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] int syncs() const { return syncs_; }
    void fail_syncs_with(int code) { sync_code_ = code; }
    void fail_writes_with(int code) { write_code_ = code; }

private:
    struct File {
        sqlite3_file base;
        FailingVfs* owner;
        [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };

    static File& self(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static sqlite3_file* real(sqlite3_file* file) { return self(file).real(); }
    static const sqlite3_io_methods& calls(sqlite3_file* file) { return *real(file)->pMethods; }

    static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags,
                    int* out_flags) {
        auto* const owner = static_cast<FailingVfs*>(vfs->pAppData);
        auto* const made = new (file) File{{&owner->methods_}, owner};
        const int result = owner->real_->xOpen(owner->real_, name, made->real(), flags, out_flags);
        if (result != SQLITE_OK) {
            file->pMethods = nullptr;
        }
        return result;
    }
    static int close(sqlite3_file* f) { return calls(f).xClose(real(f)); }
    static int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
        return calls(f).xRead(real(f), to, n, at);
    }
    static int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
        const int code = self(f).owner->write_code_;
        return code != SQLITE_OK ? code : calls(f).xWrite(real(f), from, n, at);
    }
    static int truncate(sqlite3_file* f, sqlite3_int64 size) {
        return calls(f).xTruncate(real(f), size);
    }
    static int sync(sqlite3_file* f, int flags) {
        ++self(f).owner->syncs_;
        const int code = self(f).owner->sync_code_;
        return code != SQLITE_OK ? code : calls(f).xSync(real(f), flags);
    }
    static int size(sqlite3_file* f, sqlite3_int64* out) {
        return calls(f).xFileSize(real(f), out);
    }
    static int lock(sqlite3_file* f, int level) { return calls(f).xLock(real(f), level); }
    static int unlock(sqlite3_file* f, int level) { return calls(f).xUnlock(real(f), level); }
    static int check_lock(sqlite3_file* f, int* out) {
        return calls(f).xCheckReservedLock(real(f), out);
    }
    static int control(sqlite3_file* f, int op, void* arg) {
        return calls(f).xFileControl(real(f), op, arg);
    }
    static int sector(sqlite3_file* f) { return calls(f).xSectorSize(real(f)); }
    static int traits(sqlite3_file* f) { return calls(f).xDeviceCharacteristics(real(f)); }
    static int shm_map(sqlite3_file* f, int page, int bytes, int extend, void volatile** out) {
        return calls(f).xShmMap(real(f), page, bytes, extend, out);
    }
    static int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
        return calls(f).xShmLock(real(f), offset, n, flags);
    }
    static void shm_barrier(sqlite3_file* f) { calls(f).xShmBarrier(real(f)); }
    static int shm_unmap(sqlite3_file* f, int remove) {
        return calls(f).xShmUnmap(real(f), remove);
    }

    sqlite3_io_methods methods_{2,       &close,   &read,     &write,       &truncate,  &sync,
                                &size,   &lock,    &unlock,   &check_lock,  &control,   &sector,
                                &traits, &shm_map, &shm_lock, &shm_barrier, &shm_unmap, nullptr,
                                nullptr};
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
    std::string name_;
    int syncs_ = 0;
    int sync_code_ = SQLITE_OK;
    int write_code_ = SQLITE_OK;
};

}  // namespace carehub::journal
