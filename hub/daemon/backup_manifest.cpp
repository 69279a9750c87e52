#include "hub/daemon/backup_manifest.hpp"

#include <charconv>
#include <optional>

namespace carehub::daemon {
namespace {

constexpr std::string_view kTitle = "carehub backup 1\n";
constexpr std::size_t kCheckpointLines = 5;
constexpr std::size_t kFilesMax = 64;

/// The first line with its end; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view line = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    return line;
}

std::optional<std::string_view> take_lines(std::string_view& rest, std::size_t count) {
    const std::string_view begin = rest;
    for (std::size_t i = 0; i < count; ++i) {
        if (!take_line(rest)) {
            return std::nullopt;
        }
    }
    return begin.substr(0, begin.size() - rest.size());
}

/// The words of a line, without its end.
std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    line.remove_suffix(1);
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = line.find(' ');
        words.push_back(line.substr(0, end));
        line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    }
    return words;
}

/// A file of a backup lies in its folder: no path leads out of it.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

bool read_file(const std::vector<std::string_view>& words, BackupFile& file) {
    if (words.size() != 4 || words[0] != "file" || !is_plain_name(words[1]) ||
        !from_hex(words[3], file.sha256)) {
        return false;
    }
    file.name = words[1];
    const auto [end, error] =
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), file.bytes);
    return error == std::errc{} && end == words[2].data() + words[2].size();
}

template <class Array>
bool read_hex(const std::optional<std::string_view>& line, std::string_view name, Array& value) {
    if (!line) {
        return false;
    }
    const std::vector<std::string_view> words = words_of(*line);
    return words.size() == 2 && words[0] == name && from_hex(words[1], value);
}

bool read_lines(std::string_view rest, SignedManifest& read) {
    for (;;) {
        const std::string_view before = rest;
        const auto line = take_line(rest);
        if (!line || !line->starts_with("file ")) {
            rest = before;
            break;
        }
        if (read.manifest.files.size() == kFilesMax ||
            !read_file(words_of(*line), read.manifest.files.emplace_back())) {
            return false;
        }
    }
    return read_hex(take_line(rest), "hub", read.manifest.hub_key) &&
           read_hex(take_line(rest), "signature", read.signature) && rest.empty();
}

tl::unexpected<Error> invalid() {
    return fail(ErrorCode::Invalid, "this is not the manifest of a backup");
}

}  // namespace

std::string to_text(const BackupManifest& manifest) {
    std::string text = std::string(kTitle) + audit::to_text(manifest.checkpoint);
    for (const BackupFile& file : manifest.files) {
        text += "file " + file.name + " " + std::to_string(file.bytes) + " " + to_hex(file.sha256) +
                "\n";
    }
    return text + "hub " + to_hex(manifest.hub_key) + "\n";
}

std::string to_signed_text(const BackupManifest& manifest, const vault::Signature& signature) {
    return to_text(manifest) + "signature " + to_hex(signature) + "\n";
}

bool SignedManifest::is_genuine() const {
    return vault::is_signed(as_bytes(to_text(manifest)), signature, manifest.hub_key);
}

Result<SignedManifest> manifest_from_text(std::string_view text) {
    SignedManifest read;
    std::string_view rest = text;
    if (!rest.starts_with(kTitle)) {
        return invalid();
    }
    rest.remove_prefix(kTitle.size());
    const auto checkpoint = take_lines(rest, kCheckpointLines);
    if (!checkpoint) {
        return invalid();
    }
    CAREHUB_TRY(read.manifest.checkpoint, audit::checkpoint_from_text(*checkpoint));
    if (!read_lines(rest, read) || to_signed_text(read.manifest, read.signature) != text) {
        return invalid();
    }
    return read;
}

}  // namespace carehub::daemon
