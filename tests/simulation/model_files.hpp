// hub/base's door to the model disk: what the ledger meets.
//
// Errors: Io for whatever a stopped disk is asked, SyncFailed for a sync; NotFound.
// Threads: confined to one. Lifetime: the disk outlives it.
#pragma once

#include <algorithm>

#include "hub/base/disk.hpp"
#include "tests/simulation/model_disk.hpp"

namespace carehub::simulation {

class ModelFile final : public carehub::File {
public:
    ModelFile(ModelDisk& disk, ModelDisk::File content)
        : disk_(disk), content_(std::move(content)) {}

    Result<std::uint64_t> size() const override { return content_->now.size(); }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) const override {
        if (disk_.is_stopped()) {
            return fail(ErrorCode::Io, "the disk stopped");
        }
        const Bytes& from = content_->now;
        const std::size_t begin = std::min<std::size_t>(offset, from.size());
        const std::size_t count = std::min(out.size(), from.size() - begin);
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(begin), count, out.begin());
        return count;
    }
    Status write_at(std::uint64_t offset, ByteView bytes) override {
        return told(disk_.write(*content_, offset, bytes), ErrorCode::Io);
    }
    Status truncate(std::uint64_t size) override {
        return told(disk_.truncate(*content_, size), ErrorCode::Io);
    }
    Status sync() override { return told(disk_.sync(*content_), ErrorCode::SyncFailed); }

    static Status told(bool done, ErrorCode code) {
        return done ? Status{} : Status(fail(code, "the disk stopped"));
    }

private:
    ModelDisk& disk_;
    ModelDisk::File content_;
};

class ModelFiles final : public Disk {
public:
    explicit ModelFiles(ModelDisk& disk) : disk_(disk) {}

    Result<std::unique_ptr<carehub::File>> open(const std::string& path, OpenMode mode) override {
        ModelDisk::File content = disk_.find(path);
        if (content != nullptr && mode == OpenMode::CreateNew) {
            return fail(ErrorCode::Io, "there is such a file already");
        }
        if (content == nullptr && (mode == OpenMode::Create || mode == OpenMode::CreateNew)) {
            content = disk_.make(path);
        }
        if (content == nullptr) {
            return fail(disk_.is_stopped() ? ErrorCode::Io : ErrorCode::NotFound, path);
        }
        return std::make_unique<ModelFile>(disk_, std::move(content));
    }
    Result<bool> exists(const std::string& path) const override {
        if (disk_.is_stopped()) {
            return fail(ErrorCode::Io, "the disk stopped");
        }
        return disk_.find(path) != nullptr;
    }
    Status rename(const std::string& from, const std::string& to) override {
        return ModelFile::told(disk_.rename(from, to), ErrorCode::Io);
    }
    Status remove(const std::string& path) override {
        return ModelFile::told(disk_.remove(path), ErrorCode::Io);
    }
    Status sync_folder(const std::string& /*path*/) override {
        return ModelFile::told(disk_.sync_folder(), ErrorCode::SyncFailed);
    }

private:
    ModelDisk& disk_;
};

}  // namespace carehub::simulation
