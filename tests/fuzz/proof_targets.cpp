#include "hub/audit/checkpoint.hpp"
#include "hub/base/check.hpp"
#include "tests/fuzz/targets.hpp"
#include "tools/carehub/bundle.hpp"

namespace carehub::fuzz {
namespace {

bool never(ByteView, const audit::NoteSignatureBytes&, const Hash256&) { return false; }
bool always(ByteView, const audit::NoteSignatureBytes&, const Hash256&) { return true; }

/// What was read and written again is the same text: a signature over it covers all it says.
bool read_key(const std::string& text) {
    const auto key = audit::note_key_from_text(text);
    CAREHUB_CHECK(!key || audit::to_text(*key) == text, "a key has two spellings");
    return key.has_value();
}

bool read_kept(const std::string& text) {
    const auto kept = audit::checkpoint_from_text(text);
    CAREHUB_CHECK(!kept || audit::to_text(*kept) == text, "a checkpoint has two spellings");
    return kept.has_value();
}

bool read_note(const std::string& text) {
    const auto note = audit::note_from_text(text);
    if (!note) {
        return false;
    }
    CAREHUB_CHECK(text.starts_with(note->text + "\n"), "a note is not the text above its end");
    CAREHUB_CHECK(note->signatures.size() <= audit::kNoteSignaturesMax, "more than the bound");
    const auto told = audit::checkpoint_from_note_text(note->text);
    if (!told) {
        return false;
    }
    CAREHUB_CHECK(audit::to_note_text(*told) == note->text, "a checkpoint has two spellings");
    const audit::NoteKey key{audit::origin_of(told->journal), Hash256{1}};
    CAREHUB_CHECK(!audit::open_checkpoint(text, key, never), "opened without a signature");
    const auto opened = audit::open_checkpoint(text, key, always);
    CAREHUB_CHECK(!opened || *opened == *told, "it says something else when it is opened");
    return true;
}

}  // namespace

bool run_note(ByteView bytes) {
    const std::string text(as_text(bytes));
    const bool is_key = read_key(text);
    const bool is_kept = read_kept(text);
    return read_note(text) || is_kept || is_key;
}

bool run_bundle(ByteView bytes) {
    const std::string text(as_text(bytes));
    const tool::BundleVerdict verdict = tool::check_bundle(text, "");
    if (verdict.problem) {
        return false;
    }
    CAREHUB_CHECK(!verdict.first_bad, "what holds has no bad entry");
    CAREHUB_CHECK(verdict.entries <= verdict.checkpoint.head.size, "more entries than the tree");
    CAREHUB_CHECK(!tool::check_bundle(text, verdict.key).problem, "it holds under another key");
    return true;
}

}  // namespace carehub::fuzz
