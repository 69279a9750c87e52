#include "tests/simulation/model_disk.hpp"

#include <algorithm>
#include <cstring>

#include "hub/base/check.hpp"

namespace carehub::simulation {
namespace {

using Change = ModelDisk::Change;

void apply_write(Bytes& bytes, std::uint64_t offset, ByteView written) {
    bytes.resize(std::max<std::size_t>(bytes.size(), offset + written.size()));
    if (!written.empty()) {
        std::memcpy(bytes.data() + offset, written.data(), written.size());
    }
}

void apply_change(Bytes& bytes, const Change& change) {
    if (change.is_truncate) {
        bytes.resize(change.offset);
    } else {
        apply_write(bytes, change.offset, change.bytes);
    }
}

/// Calls `each` with the part of a write that lies in each sector.
template <class Each>
void for_each_sector(const Change& write, Each each) {
    std::size_t at = 0;
    while (at < write.bytes.size()) {
        const std::size_t in_sector = (write.offset + at) % kSectorBytes;
        const std::size_t count = std::min(kSectorBytes - in_sector, write.bytes.size() - at);
        each(write.offset + at, ByteView(write.bytes).subspan(at, count));
        at += count;
    }
}

}  // namespace

/// Decides what of the unsynced changes survives one power cut.
class ModelDisk::Survival {
public:
    Survival(Damage damage, Prng& prng, std::uint64_t end)
        : damage_(damage), prng_(prng), moment_(prng.below(end + 1)) {}

    void survive(Content& file) {
        const std::size_t synced_size = file.durable.size();
        for (std::size_t i = 0; i < file.pending.size(); ++i) {
            survive(file, file.pending[i], i + 1 == file.pending.size());
        }
        if (damage_ == Damage::EmptyGrowth || damage_ == Damage::StaleGrowth) {
            grow(file, synced_size);
        }
        file.pending.clear();
        file.now = file.durable;
    }

    bool keeps(const NameChange& change) {
        switch (damage_) {
            case Damage::Nothing: return false;
            case Damage::Prefix: return change.order < moment_;
            case Damage::SomeWrites:
            case Damage::SomeSectors: return prng_.chance(50);
            case Damage::Everything:
            case Damage::Newest:
            case Damage::EmptyGrowth:
            case Damage::StaleGrowth: return true;
        }
        return false;
    }

private:
    void survive(Content& file, const Change& change, bool is_last) {
        switch (damage_) {
            case Damage::Nothing: return;
            case Damage::Everything: apply_change(file.durable, change); return;
            case Damage::Prefix:
                if (change.order < moment_) {
                    apply_change(file.durable, change);
                } else if (change.order == moment_) {
                    tear(file, change, true);
                }
                return;
            case Damage::Newest:
                if (is_last) {
                    apply_change(file.durable, change);
                }
                return;
            case Damage::SomeWrites:
                if (prng_.chance(50)) {
                    apply_change(file.durable, change);
                }
                return;
            case Damage::SomeSectors: tear(file, change, false); return;
            case Damage::EmptyGrowth:
            case Damage::StaleGrowth:
                if (prng_.chance(50)) {
                    within(file, change);
                }
                return;
        }
    }

    /// Some sectors of a write, or its first ones.
    void tear(Content& file, const Change& change, bool first_ones) {
        if (change.is_truncate) {
            if (prng_.chance(50)) {
                apply_change(file.durable, change);
            }
            return;
        }
        bool arrives = true;
        for_each_sector(change, [&](std::uint64_t offset, ByteView bytes) {
            arrives = (arrives || !first_ones) && prng_.chance(first_ones ? 75 : 50);
            if (arrives) {
                apply_write(file.durable, offset, bytes);
            }
        });
    }

    /// A write as far as the file reached already: what lies beyond is grow()'s business.
    static void within(Content& file, const Change& change) {
        if (change.is_truncate || change.offset >= file.durable.size()) {
            return;
        }
        const std::size_t room = file.durable.size() - change.offset;
        apply_write(file.durable, change.offset,
                    ByteView(change.bytes).first(std::min(room, change.bytes.size())));
    }

    void grow(Content& file, std::size_t synced_size) {
        file.durable.resize(file.now.size());
        if (damage_ == Damage::StaleGrowth) {
            for (std::size_t i = synced_size; i < file.durable.size(); ++i) {
                file.durable[i] = static_cast<std::uint8_t>(prng_.next());
            }
        }
    }

    Damage damage_;
    Prng& prng_;
    std::uint64_t moment_;
};

bool ModelDisk::begin() {
    if (stopped_) {
        return false;
    }
    ++operations_;
    return true;
}

void ModelDisk::stop_after(std::uint64_t operations) { stop_at_ = operations_ + operations; }

ModelDisk::File ModelDisk::find(const std::string& path) const {
    const auto at = names_.find(path);
    return at == names_.end() ? nullptr : at->second;
}

ModelDisk::File ModelDisk::make(const std::string& path) {
    if (File found = find(path)) {
        return found;
    }
    auto file = std::make_shared<Content>();
    return change_names({0, {}, path, file}) ? file : nullptr;
}

bool ModelDisk::write(Content& file, std::uint64_t offset, ByteView bytes) {
    if (!begin()) {
        return false;
    }
    // Also the operation that the stop interrupts: its bytes may have arrived.
    file.pending.push_back({operations_, false, offset, Bytes(bytes.begin(), bytes.end())});
    apply_change(file.now, file.pending.back());
    stopped_ = stop_at_ == operations_;
    return !stopped_;
}

bool ModelDisk::truncate(Content& file, std::uint64_t size) {
    if (!begin()) {
        return false;
    }
    file.pending.push_back({operations_, true, size, {}});
    apply_change(file.now, file.pending.back());
    stopped_ = stop_at_ == operations_;
    return !stopped_;
}

bool ModelDisk::sync(Content& file) {
    if (!begin()) {
        return false;
    }
    stopped_ = stop_at_ == operations_;
    if (stopped_) {
        return false;
    }
    for (const Change& change : file.pending) {
        apply_change(file.durable, change);
    }
    file.pending.clear();
    return true;
}

void ModelDisk::rename_in(Names& names, const NameChange& change) const {
    names.erase(change.removed);
    if (!change.named.empty()) {
        names[change.named] = change.file;
    }
}

bool ModelDisk::change_names(NameChange change) {
    if (!begin()) {
        return false;
    }
    change.order = operations_;
    rename_in(names_, change);
    pending_names_.push_back(std::move(change));
    stopped_ = stop_at_ == operations_;
    return !stopped_;
}

bool ModelDisk::rename(const std::string& from, const std::string& to) {
    return change_names({0, from, to, find(from)});
}

bool ModelDisk::remove(const std::string& path) { return change_names({0, path, {}, nullptr}); }

bool ModelDisk::sync_folder() {
    if (!begin()) {
        return false;
    }
    stopped_ = stop_at_ == operations_;
    if (stopped_) {
        return false;
    }
    durable_names_ = names_;
    pending_names_.clear();
    return true;
}

void ModelDisk::restart_process() {
    stop_at_.reset();
    stopped_ = false;
}

void ModelDisk::restart_after_power_cut(Damage damage, Prng& prng) {
    restart_process();
    Survival survival(damage, prng, operations_);
    for (const NameChange& change : pending_names_) {
        if (survival.keeps(change)) {
            rename_in(durable_names_, change);
        }
    }
    pending_names_.clear();
    names_ = durable_names_;
    for (auto& [path, file] : names_) {
        survival.survive(*file);
    }
}

bool ModelDisk::is_synced(const std::string& path) const {
    const File file = find(path);
    const auto durable = durable_names_.find(path);
    return file != nullptr && file->pending.empty() && durable != durable_names_.end() &&
           durable->second == file;
}

ModelDisk ModelDisk::copy() const {
    ModelDisk made;
    for (const auto& [path, file] : names_) {
        made.replace(path, *this);
    }
    return made;
}

void ModelDisk::replace(const std::string& path, const ModelDisk& other) {
    const File file = other.find(path);
    CAREHUB_CHECK(file != nullptr, "there is no such file");
    names_[path] = std::make_shared<Content>(Content{file->now, file->now, {}});
    durable_names_ = names_;
}

Bytes& ModelDisk::bytes_of(const std::string& path) {
    const File file = find(path);
    CAREHUB_CHECK(file != nullptr, "there is no such file");
    return file->now;
}

}  // namespace carehub::simulation
