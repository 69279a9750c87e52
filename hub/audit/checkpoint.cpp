#include "hub/audit/checkpoint.hpp"

#include <charconv>
#include <optional>

#include "hub/audit/base64.hpp"

namespace carehub::audit {
namespace {

constexpr std::string_view kTitle = "carehub checkpoint 1\n";
constexpr std::string_view kOrigin = "carehub/";

/// Takes "name value\n" from the front of `rest`.
std::optional<std::string_view> take_field(std::string_view& rest, std::string_view name) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || rest.substr(0, name.size()) != name) {
        return std::nullopt;
    }
    const std::string_view value = rest.substr(name.size(), end - name.size());
    rest.remove_prefix(end + 1);
    return value;
}

bool read_number(std::string_view text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read_fields(std::string_view rest, Checkpoint& checkpoint) {
    const auto journal = take_field(rest, "journal ");
    const auto size = journal ? take_field(rest, "size ") : std::nullopt;
    const auto root = size ? take_field(rest, "root ") : std::nullopt;
    const auto at = root ? take_field(rest, "at ") : std::nullopt;
    if (!at || !from_hex(*journal, checkpoint.journal) || !from_hex(*root, checkpoint.head.root) ||
        !read_number(*size, checkpoint.head.size)) {
        return false;
    }
    const auto time = parse_iso_time(*at);
    checkpoint.at = time.value_or(kUnknownTime);
    return time.has_value();
}

bool read_note_fields(std::string_view rest, Checkpoint& checkpoint) {
    const auto journal = take_field(rest, kOrigin);
    const auto size = journal ? take_field(rest, "") : std::nullopt;
    const auto root = size ? take_field(rest, "") : std::nullopt;
    const auto at = root ? take_field(rest, "time ") : std::nullopt;
    const auto hash = at ? hash_from_base64(*root) : Result<Hash256>(Hash256{});
    if (!at || !hash || !from_hex(*journal, checkpoint.journal) ||
        !read_number(*size, checkpoint.head.size)) {
        return false;
    }
    checkpoint.head.root = *hash;
    const auto time = parse_iso_time(*at);
    checkpoint.at = time.value_or(kUnknownTime);
    return time.has_value();
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
    return std::string(kTitle) + "journal " + to_hex(checkpoint.journal) + "\nsize " +
           std::to_string(checkpoint.head.size) + "\nroot " + to_hex(checkpoint.head.root) +
           "\nat " + to_iso(checkpoint.at) + "\n";
}

Result<Checkpoint> checkpoint_from_text(std::string_view text) {
    Checkpoint checkpoint;
    if (text.substr(0, kTitle.size()) != kTitle ||
        !read_fields(text.substr(kTitle.size()), checkpoint) || to_text(checkpoint) != text) {
        return fail(ErrorCode::Invalid, "this is not the text of a checkpoint");
    }
    return checkpoint;
}

std::string origin_of(const Hash128& journal) { return std::string(kOrigin) + to_hex(journal); }

std::string to_note_text(const Checkpoint& checkpoint) {
    return origin_of(checkpoint.journal) + "\n" + std::to_string(checkpoint.head.size) + "\n" +
           to_base64(checkpoint.head.root) + "\ntime " + to_iso(checkpoint.at) + "\n";
}

Result<Checkpoint> checkpoint_from_note_text(std::string_view text) {
    Checkpoint checkpoint;
    if (!read_note_fields(text, checkpoint) || to_note_text(checkpoint) != text) {
        return fail(ErrorCode::Invalid, "this is not the text of a carehub checkpoint");
    }
    return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, const NoteKey& key,
                                   CheckSignature check) {
    CAREHUB_TRY(const std::string text, open_note(note, key, check));
    CAREHUB_TRY(const Checkpoint checkpoint, checkpoint_from_note_text(text));
    if (origin_of(checkpoint.journal) != key.name) {
        return fail(ErrorCode::Damaged, "the checkpoint is of another journal than its key");
    }
    return checkpoint;
}

}  // namespace carehub::audit
