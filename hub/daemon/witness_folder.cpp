#include "hub/daemon/witness_folder.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "checkpoint-";

/// Names in order of sizes.
std::string name_of(std::uint64_t size) {
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%020llu", static_cast<unsigned long long>(size));
    return std::string(kName) + digits.data();
}

std::string day_of(UtcTime at) {
    return to_iso(at).substr(0, std::string_view("2026-11-23").size());
}

bool is_checkpoint(const std::string& name) {
    return name.size() == name_of(0).size() && name.starts_with(kName);
}

tl::unexpected<Error> unreadable(const std::error_code& error) {
    return fail(ErrorCode::Io, "the witness folder cannot be used: " + error.message());
}

/// Names of what is in a folder, the last one first.
Result<std::vector<fs::path>> names_in(const fs::path& folder) {
    std::vector<fs::path> names;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        names.push_back(at->path());
    }
    if (error) {
        return unreadable(error);
    }
    std::ranges::sort(names, std::ranges::greater());
    return names;
}

/// The checkpoint of the day with the most entries; empty when there is none.
Result<fs::path> last_of(const fs::path& day) {
    std::error_code error;
    fs::path last;
    for (fs::directory_iterator at(day, error), end; !error && at != end; at.increment(error)) {
        if (is_checkpoint(at->path().filename().string())) {
            last = std::max(last, at->path());
        }
    }
    return error ? Result<fs::path>(unreadable(error)) : last;
}

}  // namespace

Status WitnessFolder::keep(const SignedCheckpoint& made) const {
    const fs::path day = path_ / day_of(made.checkpoint.at);
    std::error_code error;
    fs::create_directories(day, error);
    if (error) {
        return unreadable(error);
    }
    const fs::path file = day / name_of(made.checkpoint.head.size);
    if (fs::exists(file, error)) {
        const auto kept = read(file);
        if (kept && kept->head == made.checkpoint.head) {
            return {};
        }
        return fail(ErrorCode::Damaged,
                    "the witness folder keeps another checkpoint of " +
                        std::to_string(made.checkpoint.head.size) +
                        " entries: this journal was set back or rewritten, or the folder changed");
    }
    CAREHUB_TRY_DONE(write_private(file, made.note));
    constexpr auto kReadable = fs::perms::owner_read | fs::perms::owner_write |
                               fs::perms::group_read | fs::perms::others_read;
    fs::permissions(file, kReadable, error);  // kept for others; without it, the owner reads it
    return {};
}

Result<audit::Checkpoint> WitnessFolder::read(const fs::path& file) const {
    CAREHUB_TRY(const std::string text, read_text(file));
    if (key_) {
        return audit::open_checkpoint(text, *key_, vault::is_signed);
    }
    CAREHUB_TRY(const audit::Note note, audit::note_from_text(text));
    return audit::checkpoint_from_note_text(note.text);
}

Result<std::vector<audit::Checkpoint>> WitnessFolder::latest() const {
    std::vector<audit::Checkpoint> found;
    std::error_code error;
    if (!fs::exists(path_, error) && !error) {
        return found;  // nothing was kept yet
    }
    for (fs::directory_iterator at(path_, error), end; !error && at != end; at.increment(error)) {
        if (!at->is_directory(error)) {
            continue;
        }
        CAREHUB_TRY(const fs::path last, last_of(at->path()));
        if (last.empty()) {
            continue;
        }
        auto kept = read(last);
        if (!kept) {
            return fail(ErrorCode::Damaged, "of the witness folder " + last.filename().string() +
                                                ": " + kept.error().context);
        }
        found.push_back(std::move(*kept));
    }
    if (error) {
        return unreadable(error);
    }
    std::ranges::sort(found, {}, [](const audit::Checkpoint& kept) { return kept.head.size; });
    return found;
}

Result<std::optional<audit::Checkpoint>> WitnessFolder::newest() const {
    std::error_code error;
    if (!fs::exists(path_, error) && !error) {
        return std::nullopt;  // nothing was kept yet
    }
    CAREHUB_TRY(const std::vector<fs::path> days, names_in(path_));
    for (const fs::path& day : days) {
        if (!fs::is_directory(day, error)) {
            continue;
        }
        CAREHUB_TRY(const std::vector<fs::path> notes, names_in(day));
        for (const fs::path& note : notes) {
            if (!is_checkpoint(note.filename().string())) {
                continue;
            }
            if (auto kept = read(note)) {
                return std::move(*kept);
            }
        }
    }
    return std::nullopt;
}

fs::path witness_path(const DataFolder& folder, const Config& config) {
    return config.witness_folder.empty() ? fs::path() : folder.path / config.witness_folder;
}

}  // namespace carehub::daemon
