#include "hub/journal/sqlite/copy.hpp"

#include "hub/journal/verify_block.hpp"

namespace carehub::journal {
namespace {

/// What is written between two commits: bounds memory, and syncs nothing yet.
constexpr std::size_t kStepBytes = std::size_t{32} << 20U;

class Copy {
public:
    Copy(const SqliteReader& from, const audit::TreeHead& head, Connection& to, BlockTable& table,
         const EntrySink& check)
        : from_(from),
          head_(head),
          to_(to),
          table_(table),
          check_(check),
          verifier_(std::vector<audit::TreeHead>{head}) {}

    Status run(const CopyPulse& pulse) {
        while (next_.value <= head_.size) {
            CAREHUB_TRY_DONE(to_.run("BEGIN IMMEDIATE"));
            CAREHUB_TRY_DONE(step());
            CAREHUB_TRY_DONE(to_.run("COMMIT"));
            CAREHUB_TRY_DONE(pulse({next_.value - 1}));
        }
        CAREHUB_TRY([[maybe_unused]] const auto verified, verifier_.finish());
        return {};
    }

private:
    Status step() {
        for (std::size_t written = 0; written < kStepBytes && next_.value <= head_.size;
             written += bytes_.size() + sealed_.size()) {
            CAREHUB_TRY(const auto block, from_.load_block(next_, bytes_, sealed_));
            if (!block || block->last().value > head_.size) {
                return fail(ErrorCode::Damaged,
                            "entry " + std::to_string(next_.value) +
                                " is missing: the journal does not come to the entry that was "
                                "witnessed");
            }
            CAREHUB_TRY_DONE(verify_block(*block, sealed_, verifier_, check_));
            CAREHUB_TRY_DONE(table_.insert(*block, bytes_, sealed_));
            next_ = {block->last().value + 1};
        }
        return {};
    }

    const SqliteReader& from_;
    audit::TreeHead head_;
    Connection& to_;
    BlockTable& table_;
    const EntrySink& check_;
    audit::Verifier verifier_;
    Sequence next_{1};
    Bytes bytes_;
    Bytes sealed_;
};

Status write_copy(const SqliteReader& from, const audit::TreeHead& head, const std::string& path,
                  const EntrySink& check, const CopyPulse& pulse) {
    CAREHUB_TRY(auto to, Connection::open_writer(path, ""));
    // One file and one sync at the end: a copy that is cut short is thrown away whole.
    CAREHUB_TRY_DONE(to.run("PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF"));
    CAREHUB_TRY_DONE(BlockTable::make(to, from.id()));
    CAREHUB_TRY(auto table, BlockTable::open(to));
    return Copy(from, head, to, table, check).run(pulse);
}

}  // namespace

Status copy_journal(const SqliteReader& from, const audit::TreeHead& head, Disk& disk,
                    const std::string& path, const EntrySink& check, const CopyPulse& pulse) {
    CAREHUB_TRY(const bool exists, disk.exists(path));
    if (exists) {
        return fail(ErrorCode::AnotherWriter, "there is a journal already: " + path);
    }
    CAREHUB_TRY_DONE(write_copy(from, head, path, check, pulse));
    CAREHUB_TRY(const auto file, disk.open(path, OpenMode::Update));
    return file->sync();
}

}  // namespace carehub::journal
