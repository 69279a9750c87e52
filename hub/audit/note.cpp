#include "hub/audit/note.hpp"

#include <algorithm>

#include "hub/audit/base64.hpp"
#include "hub/audit/hash.hpp"

namespace carehub::audit {
namespace {

constexpr std::uint8_t kEd25519 = 0x01;
constexpr std::string_view kLineBegin = "\xE2\x80\x94 ";  // em dash, blank
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kIdDigits = 2 * kIdBytes;

tl::unexpected<Error> no_note() { return fail(ErrorCode::Invalid, "this is not a signed note"); }

tl::unexpected<Error> no_key() {
    return fail(ErrorCode::Invalid,
                "this is not a verifier key: it is written NAME+8 hexadecimal digits+base 64");
}

std::array<std::uint8_t, kIdBytes> bytes_of(std::uint32_t id) {
    return {static_cast<std::uint8_t>(id >> 24U), static_cast<std::uint8_t>(id >> 16U),
            static_cast<std::uint8_t>(id >> 8U), static_cast<std::uint8_t>(id)};
}

std::uint32_t id_of(ByteView bytes) {
    return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U |
           std::uint32_t{bytes[2]} << 8U | bytes[3];
}

/// Names of this house are ASCII: no other blank than these can stand in them.
bool is_name(std::string_view name) {
    return !name.empty() && std::ranges::none_of(name, [](char c) {
        return static_cast<unsigned char>(c) <= 0x20U || c == '+' || c == '\x7F';
    });
}

Result<NoteSignature> signature_of(std::string_view line) {
    if (!line.starts_with(kLineBegin)) {
        return no_note();
    }
    line.remove_prefix(kLineBegin.size());
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || !is_name(line.substr(0, blank))) {
        return no_note();
    }
    const auto bytes = from_base64(line.substr(blank + 1));
    if (!bytes || bytes->size() <= kIdBytes) {
        return no_note();
    }
    return NoteSignature{std::string(line.substr(0, blank)), id_of(*bytes),
                         Bytes(bytes->begin() + kIdBytes, bytes->end())};
}

bool has_control_characters(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20U && c != '\n'; });
}

}  // namespace

std::uint32_t NoteKey::id() const {
    Sha256 hash;
    hash.update(as_bytes(name));
    hash.update(as_bytes("\n"));
    hash.update({&kEd25519, 1});
    hash.update(public_key);
    return id_of(hash.finish());
}

std::string to_text(const NoteKey& key) {
    Bytes bytes{kEd25519};
    bytes.insert(bytes.end(), key.public_key.begin(), key.public_key.end());
    return key.name + "+" + to_hex(bytes_of(key.id())) + "+" + to_base64(bytes);
}

Result<NoteKey> note_key_from_text(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : first + 1 + kIdDigits;
    if (second >= text.size() || text[second] != '+') {
        return no_key();
    }
    const auto bytes = from_base64(text.substr(second + 1));
    NoteKey key;
    if (!bytes || bytes->size() != 1 + key.public_key.size() || bytes->front() != kEd25519) {
        return no_key();
    }
    key.name = text.substr(0, first);
    std::copy(bytes->begin() + 1, bytes->end(), key.public_key.begin());
    if (!is_name(key.name) || to_text(key) != text) {
        return no_key();
    }
    return key;
}

Result<Note> note_from_text(std::string_view text) {
    const std::size_t end = text.rfind("\n\n");
    if (text.size() > kNoteBytesMax || end == std::string_view::npos || !text.ends_with('\n') ||
        has_control_characters(text)) {
        return no_note();
    }
    Note note;
    note.text = text.substr(0, end + 1);
    std::string_view rest = text.substr(end + 2);
    while (!rest.empty() && note.signatures.size() < kNoteSignaturesMax) {
        const std::size_t line = rest.find('\n');
        CAREHUB_TRY(NoteSignature signature, signature_of(rest.substr(0, line)));
        note.signatures.push_back(std::move(signature));
        rest.remove_prefix(line + 1);
    }
    if (!rest.empty() || note.signatures.empty()) {
        return no_note();
    }
    return note;
}

std::string signed_note(std::string_view text, const NoteKey& key,
                        const NoteSignatureBytes& signature) {
    const auto id = bytes_of(key.id());
    Bytes bytes(id.begin(), id.end());
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return std::string(text)
        .append("\n")
        .append(kLineBegin)
        .append(key.name)
        .append(" ")
        .append(to_base64(bytes))
        .append("\n");
}

Result<std::string> open_note(std::string_view text, const NoteKey& key, CheckSignature check) {
    CAREHUB_TRY(Note note, note_from_text(text));
    bool is_signed = false;
    for (const NoteSignature& signature : note.signatures) {
        if (signature.name != key.name || signature.key_id != key.id()) {
            continue;
        }
        NoteSignatureBytes bytes{};
        if (signature.bytes.size() != bytes.size()) {
            return no_note();
        }
        std::ranges::copy(signature.bytes, bytes.begin());
        if (!check(as_bytes(note.text), bytes, key.public_key)) {
            return fail(ErrorCode::Damaged,
                        "the signature of " + key.name + " is not over this text: it was changed");
        }
        is_signed = true;
    }
    if (!is_signed) {
        return fail(ErrorCode::Damaged, "this is not signed by the key of " + key.name);
    }
    return std::move(note.text);
}

}  // namespace carehub::audit
