#include "adapters/kit/checkpoint_memory.hpp"

#include <vector>

#include <boost/json.hpp>

#include "adapters/kit/file.hpp"
#include "hub/audit/base64.hpp"
#include "hub/base/log.hpp"
#include "hub/vault/signature.hpp"

namespace carehub::adapters {
namespace {

constexpr const char* kNote = "last-checkpoint";
constexpr const char* kKey = "checkpoint-key";
constexpr const char* kLost = "checkpoint-of-lost";
constexpr std::size_t kHexDigits = 2 * sizeof(Hash256);

std::string entries(const audit::Checkpoint& checkpoint) {
    return std::to_string(checkpoint.head.size) + " entries";
}

/// What cannot be read proves nothing: an empty path is none.
std::vector<Hash256> path_of(const std::string& line) {
    boost::system::error_code error;
    const boost::json::value told = boost::json::parse(line, error);
    const boost::json::object* object = error ? nullptr : told.if_object();
    const boost::json::value* hashes = object == nullptr ? nullptr : object->if_contains("path");
    std::vector<Hash256> path;
    if (hashes == nullptr || !hashes->is_array()) {
        return path;
    }
    for (const boost::json::value& text : hashes->get_array()) {
        const auto hash = text.is_string() ? audit::hash_from_base64(text.get_string())
                                           : Result<Hash256>(fail(ErrorCode::Invalid, ""));
        if (!hash) {
            return {};
        }
        path.push_back(*hash);
    }
    return path;
}

}  // namespace

CheckpointMemory CheckpointMemory::open(std::filesystem::path folder, const Hash256& hub_key) {
    CheckpointMemory memory(std::move(folder), hub_key);
    memory.read();
    return memory;
}

void CheckpointMemory::read() {
    const auto line = read_file(folder_ / kKey, audit::kNoteBytesMax);
    if (!line) {
        return;
    }
    const std::string_view text = as_text(*line);
    Hash256 hub_key{};
    const bool whole = text.size() > kHexDigits + 1 && text.ends_with('\n') &&
                       from_hex(text.substr(0, kHexDigits), hub_key);
    const auto key =
        whole ? audit::note_key_from_text(text.substr(kHexDigits + 1, text.size() - kHexDigits - 2))
              : Result<audit::NoteKey>(fail(ErrorCode::Invalid, ""));
    if (!key) {
        log::warning("adapter",
                     "the file of the hub's signing key is not readable; it begins anew");
        return;
    }
    if (hub_key != hub_key_) {
        return;
    }
    key_ = *key;
    const auto note = read_file(folder_ / kNote, audit::kNoteBytesMax);
    const auto held = note ? audit::open_checkpoint(as_text(*note), *key_, vault::is_signed)
                           : Result<audit::Checkpoint>(fail(ErrorCode::NotFound, ""));
    if (held) {
        held_ = *held;
    } else if (note) {
        log::warning("adapter", "the file of the last checkpoint is not readable; it begins anew");
    }
}

Result<CheckpointMemory::Next> CheckpointMemory::take(const std::string& note,
                                                      const std::string& key) {
    const auto told_key = audit::note_key_from_text(key);
    if (!told_key) {
        return differs("the hub's signing key cannot be read");
    }
    if (key_ && *key_ != *told_key) {
        return differs("the hub signs its checkpoints with another key than before");
    }
    const auto told = audit::open_checkpoint(note, *told_key, vault::is_signed);
    if (!told) {
        return differs("the hub's checkpoint cannot be believed: " + told.error().context);
    }
    if (!key_) {
        CAREHUB_TRY_DONE(replace_file(
            folder_ / kKey, as_bytes(to_hex(hub_key_) + " " + to_text(*told_key) + "\n")));
        key_ = *told_key;
    }
    if (!held_) {
        return hold(*told, note);
    }
    if (told->head.size < held_->head.size) {
        return differs("the hub shows a checkpoint of " + entries(*told) +
                       ", and this adapter holds one of " + entries(*held_) +
                       " that the hub signed: the hub was set back");
    }
    if (told->head.size > held_->head.size) {
        next_ = *told;
        next_note_ = note;
        return Next::Ask;
    }
    return told->head.root == held_->head.root
               ? Next::Nothing
               : differs("the hub signed two different checkpoints of " + entries(*held_) +
                         ": it shows two histories");
}

Result<CheckpointMemory::Next> CheckpointMemory::proven_by(const std::string& line) {
    const audit::ConsistencyProof proof{old_size(), new_size(), path_of(line)};
    if (!held_ || !audit::verify_consistency(proof, held_->head.root, next_.head.root)) {
        return differs("the hub's checkpoint of " + entries(next_) +
                       " does not continue the one of " + std::to_string(old_size()) +
                       " that this adapter holds: what was written has changed");
    }
    return hold(next_, next_note_);
}

CheckpointMemory::Next CheckpointMemory::refused() {
    return differs("the hub gives no proof that its checkpoint of " + entries(next_) +
                   " continues the one of " + std::to_string(old_size()) +
                   " that this adapter holds");
}

Result<CheckpointMemory::Next> CheckpointMemory::hold(const audit::Checkpoint& checkpoint,
                                                      const std::string& note) {
    CAREHUB_TRY_DONE(replace_file(folder_ / kNote, as_bytes(note)));
    held_ = checkpoint;
    trouble_.clear();
    return Next::Nothing;
}

CheckpointMemory::Next CheckpointMemory::differs(std::string why) {
    trouble_ = std::move(why);
    return Next::Differs;
}

Status CheckpointMemory::forget() {
    if (!held_) {
        return {};
    }
    held_.reset();
    trouble_.clear();
    return move_path(folder_ / kNote, folder_ / kLost);
}

}  // namespace carehub::adapters
