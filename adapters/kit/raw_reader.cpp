#include "adapters/kit/raw_reader.hpp"

#include <algorithm>

#include "adapters/kit/raw_segment.hpp"
#include "adapters/kit/segment_files.hpp"

namespace carehub::adapters {
namespace {

/// Looks through the segments, the newest first, and keeps in mind what it could not look at.
class Search {
public:
    Search(const std::filesystem::path& folder, const Sealing& sealing, RawCheck check)
        : folder_(folder), sealing_(sealing), check_(check) {}

    Status list() {
        std::error_code error;
        if (!std::filesystem::is_directory(folder_, error)) {
            return fail(ErrorCode::NotFound, "there is no raw archive in this state folder");
        }
        CAREHUB_TRY(paths_, list_segments(folder_));
        std::ranges::reverse(paths_);
        return {};
    }

    /// The number of the message that the event came of.
    Result<std::optional<std::uint64_t>> number_of(Sequence event) {
        std::optional<std::uint64_t> number;
        RawVisitor visitor;
        visitor.on_events = [&](std::uint64_t told, std::span<const Sequence> events) {
            if (std::ranges::find(events, event) != events.end()) {
                number = told;
            }
        };
        for (auto path = paths_.begin(); path != paths_.end() && !number; ++path) {
            CAREHUB_TRY_DONE(walk(*path, visitor));
        }
        return number;
    }

    template <class Matches>
    Result<Bytes> read_first(const Matches& matches) {
        std::optional<RawFront> found;
        RawVisitor visitor;
        visitor.on_message = [&](const RawFront& front) {
            if (matches(front)) {
                found = front;
            }
        };
        for (const std::filesystem::path& path : paths_) {
            CAREHUB_TRY(const bool has_key, walk(path, visitor));
            if (found) {
                return has_key ? open(path, *found) : other_key();
            }
        }
        return not_found();
    }

    [[nodiscard]] tl::unexpected<Error> not_found() const {
        if (damaged_) {
            return fail(ErrorCode::Damaged,
                        "no such message is found, but a part of the raw archive is damaged and "
                        "may have held it");
        }
        if (other_key_) {
            return other_key();
        }
        return fail(ErrorCode::NotFound,
                    "the raw archive keeps no such message: it is older than keep_days, or of "
                    "another adapter");
    }

private:
    [[nodiscard]] static tl::unexpected<Error> other_key() {
        return fail(ErrorCode::Invalid,
                    "that part of the raw archive is sealed with another link's key: give that "
                    "link, or put its secret_key into earlier_keys of the link file");
    }

    /// Whether the link has the key of what is sealed there.
    Result<bool> walk(const std::filesystem::path& path, const RawVisitor& visitor) {
        const auto file = File::open(path, OpenFor::Reading);
        if (!file && file.error().code == ErrorCode::NotFound) {
            return true;  // let go in the meantime
        }
        const auto walk = file ? walk_raw_segment(*file, check_, visitor)
                               : Result<RawWalk>(tl::unexpected(file.error()));
        if (!walk && walk.error().code != ErrorCode::Damaged) {
            return tl::unexpected(walk.error());
        }
        // What stands at the end of the newest may be on its way.
        const bool newest = path == paths_.front();
        const bool whole = newest ? !walk || walk->damaged == 0 : walk && walk->is_whole();
        const bool has_key = !walk || sealing_.knows(walk->head.key_name);
        damaged_ = damaged_ || !whole;
        other_key_ = other_key_ || !has_key;
        return has_key;
    }

    Result<Bytes> open(const std::filesystem::path& path, const RawFront& front) const {
        CAREHUB_TRY(const File file, File::open(path, OpenFor::Reading));
        CAREHUB_TRY(const RawMessage message, read_raw_message(file, front.offset));
        return sealing_.open(SealedAs::RawMessage, message.number, message.sealed);
    }

    const std::filesystem::path& folder_;
    const Sealing& sealing_;
    RawCheck check_;
    std::vector<std::filesystem::path> paths_;
    bool damaged_ = false;
    bool other_key_ = false;
};

}  // namespace

Result<Bytes> read_raw_of_event(const std::filesystem::path& folder, const Sealing& sealing,
                                Sequence event) {
    Search search(folder, sealing, RawCheck::Fronts);
    CAREHUB_TRY_DONE(search.list());
    CAREHUB_TRY(const std::optional<std::uint64_t> number, search.number_of(event));
    if (!number) {
        return search.not_found();
    }
    return search.read_first([&](const RawFront& front) { return front.number == *number; });
}

Result<Bytes> read_raw(const std::filesystem::path& folder, const Sealing& sealing,
                       const Hash256& raw_sha256) {
    const std::vector<Hash128> hashes = sealing.keyed_hashes(raw_sha256);
    const auto find = [&](RawCheck check) -> Result<Bytes> {
        Search search(folder, sealing, check);
        CAREHUB_TRY_DONE(search.list());
        return search.read_first([&](const RawFront& front) {
            return std::ranges::find(hashes, front.keyed_hash) != hashes.end();
        });
    };
    auto found = find(RawCheck::Fronts);
    const bool missing = !found && found.error().code == ErrorCode::NotFound;
    // It may be there under a hash that is damaged: only a closer look can tell.
    return missing ? find(RawCheck::Whole) : found;
}

}  // namespace carehub::adapters
