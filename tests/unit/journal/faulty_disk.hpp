// A disk in memory that a test can cut the power of: what was not synced is lost, or torn.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "hub/base/disk.hpp"

namespace carehub::journal {

class FaultyDisk final : public Disk {
public:
    /// From now on every sync fails.
    bool syncs_fail = false;
    /// From now on writes find no space.
    bool is_full = false;

    /// What is left after a power cut: only what was synced.
    void cut_power() {
        for (auto& [path, content] : files_) {
            content->now = content->synced;
        }
    }
    /// As cut_power(), but the first `bytes` of the file's last unsynced write arrived.
    void cut_power_tearing(const std::string& path, std::size_t bytes) {
        Content& content = *files_.at(path);
        Bytes torn = content.synced;
        const std::size_t end = std::min(content.written_at + bytes, content.now.size());
        torn.resize(std::max(torn.size(), end));
        std::copy(content.now.begin() + static_cast<std::ptrdiff_t>(content.written_at),
                  content.now.begin() + static_cast<std::ptrdiff_t>(end),
                  torn.begin() + static_cast<std::ptrdiff_t>(content.written_at));
        content.now = content.synced = torn;
    }
    Bytes& bytes_of(const std::string& path) { return files_.at(path)->now; }

    Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override {
        const bool may_make = mode == OpenMode::Create || mode == OpenMode::CreateNew;
        if (!files_.contains(path)) {
            if (!may_make) {
                return fail(ErrorCode::NotFound, path);
            }
            files_[path] = std::make_shared<Content>();
        } else if (mode == OpenMode::CreateNew) {
            return fail(ErrorCode::Io, path);
        }
        return std::make_unique<MemoryFile>(*this, files_[path]);
    }
    Result<bool> exists(const std::string& path) const override { return files_.contains(path); }
    Status rename(const std::string& from, const std::string& to) override {
        files_[to] = files_.at(from);
        files_.erase(from);
        return {};
    }
    Status remove(const std::string& path) override {
        files_.erase(path);
        return {};
    }
    Status sync_folder(const std::string& path) override {
        return syncs_fail ? Status(fail(ErrorCode::SyncFailed, path)) : Status{};
    }

private:
    struct Content {
        Bytes now;
        Bytes synced;
        std::size_t written_at = 0;
    };

    class MemoryFile final : public File {
    public:
        MemoryFile(FaultyDisk& disk, std::shared_ptr<Content> content)
            : disk_(disk), content_(std::move(content)) {}

        Result<std::uint64_t> size() const override { return content_->now.size(); }
        Result<std::size_t> read_at(std::uint64_t offset,
                                    std::span<std::uint8_t> out) const override {
            const Bytes& from = content_->now;
            const std::size_t begin = std::min<std::size_t>(offset, from.size());
            const std::size_t count = std::min(out.size(), from.size() - begin);
            std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(begin), count, out.begin());
            return count;
        }
        Status write_at(std::uint64_t offset, ByteView bytes) override {
            if (disk_.is_full) {
                return fail(ErrorCode::Full, "no space");
            }
            content_->now.resize(
                std::max<std::size_t>(content_->now.size(), offset + bytes.size()));
            std::ranges::copy(bytes, content_->now.begin() + static_cast<std::ptrdiff_t>(offset));
            content_->written_at = offset;
            return {};
        }
        Status truncate(std::uint64_t size) override {
            content_->now.resize(size);
            return {};
        }
        Status sync() override {
            if (disk_.syncs_fail) {
                return fail(ErrorCode::SyncFailed, "sync");
            }
            content_->synced = content_->now;
            return {};
        }

    private:
        FaultyDisk& disk_;
        std::shared_ptr<Content> content_;
    };

    std::map<std::string, std::shared_ptr<Content>> files_;
};

}  // namespace carehub::journal
