#include "hub/daemon/snapshotter.hpp"

#include <algorithm>

#include "hub/base/log.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "hub/rules/registry.hpp"
#include "hub/snapshot/writer.hpp"
#include "hub/vault/resealer.hpp"

namespace carehub::daemon {
namespace {

Pulse unless(const std::atomic<bool>& stop) {
    return [&stop](Sequence) -> Status {
        return stop ? Status(fail(ErrorCode::Unavailable, "the hub stops")) : Status{};
    };
}

std::uint64_t entries_since(Sequence newest, Sequence last) {
    return last > newest ? last.value - newest.value : 0;
}

}  // namespace

Snapshotter::Snapshotter(const DataFolder& folder, const vault::Vault& vault, Random& random,
                         std::uint64_t every)
    : folder_(folder),
      vault_(vault),
      random_(random),
      every_(every),
      snapshots_(disk_, folder.snapshots().string()) {}

bool Snapshotter::is_due(Sequence last) const {
    const std::uint64_t enough = std::clamp(last.value / kSnapshotEveryPart,
                                            kSnapshotEveryEntriesMin, kSnapshotEveryEntriesMax);
    return entries_since(newest_, last) >= (every_ != 0 ? every_ : enough) &&
           clock_.steady() >= rest_until_;
}

bool Snapshotter::is_due_at_stop(Sequence last) const {
    const std::uint64_t enough =
        std::max(last.value / kSnapshotEveryPart, kSnapshotAtStopEntriesMin);
    return entries_since(newest_, last) >= (every_ != 0 ? every_ : enough);
}

Status Snapshotter::write(const std::atomic<bool>& stop) {
    const Micros begin = clock_.steady();
    const Status done = write_newest(unless(stop));
    const Status tidied = snapshots_.tidy(snapshot::kSnapshotsKept);
    const Micros rest = kSnapshotRestFactor * (clock_.steady() - begin);
    rest_until_ = clock_.steady() + (done ? rest : std::max<Micros>(rest, kSnapshotRestAfterError));
    return done ? tidied : done;
}

Status Snapshotter::write_newest(const Pulse& pulse) {
    CAREHUB_TRY(const auto reader, journal::SqliteReader::open(folder_.path.string()));
    CAREHUB_TRY(const Sequence last, reader->last());
    CAREHUB_TRY(const Hash256 root, root_at(*reader, last));
    CAREHUB_TRY_DONE(snapshots_.make());
    CAREHUB_TRY_DONE(write_of(*reader, {reader->id(), {last.value, root}}, pulse));
    newest_ = last;
    return {};
}

Status Snapshotter::write_of(const journal::JournalReader& journal, const snapshot::Header& header,
                             const Pulse& pulse) {
    const Sequence last{header.head.size};
    follower::Follower follower(rules::all_rules());
    CAREHUB_TRY([[maybe_unused]] const Sequence from,
                load_newest({disk_, snapshots_, header.journal, journal},
                            [&](const std::string& path) -> Status {
                                follower = follower::Follower(rules::all_rules());
                                follower.open_people_with(vault_);
                                CAREHUB_TRY_DONE(pulse({}));
                                return load_follower(disk_, path, follower);
                            }));
    if (from.value == 0) {
        follower = follower::Follower(rules::all_rules());
    }
    vault::Unsealer unsealer(vault_);
    CAREHUB_TRY_DONE(replay_follower(journal, last, unsealer, follower, pulse));
    CAREHUB_TRY(auto writer, snapshot::Writer::create(disk_, snapshots_.path_of(last), header));
    const snapshot::ChunkSink add = [&](const snapshot::Chunk& chunk) -> Status {
        CAREHUB_TRY_DONE(pulse({}));
        return writer.add(chunk);
    };
    vault::Resealer sealer(vault_, random_);
    CAREHUB_TRY_DONE(snapshot::write_state(follower.state(), add));
    CAREHUB_TRY_DONE(follower.save(sealer, add));
    CAREHUB_TRY([[maybe_unused]] const Hash256 digest,
                writer.finish(core::counts_of(follower.state()), follower.people().count()));
    return {};
}

}  // namespace carehub::daemon
