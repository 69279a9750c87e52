#include "tools/carehub/witness.hpp"

#include <sstream>

#include <boost/json.hpp>

#include "hub/audit/checkpoint.hpp"
#include "hub/daemon/data_folder.hpp"
#include "hub/vault/signature.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

Witness witness_of(const audit::Checkpoint& checkpoint) {
    return {"file", checkpoint.journal, checkpoint.head, false};
}

std::optional<Witness> receipt_of(std::uint64_t sequence, std::string_view root) {
    Witness receipt{"receipt", std::nullopt, {sequence, {}}, true};
    return sequence > 0 && from_hex(root, receipt.head.root) ? std::optional(receipt)
                                                             : std::nullopt;
}

std::optional<Witness> receipt_of_json(const std::string& text) {
    boost::system::error_code error;
    const json::value line = json::parse(text.substr(0, text.find('\n')), error);
    const json::object* const object = error ? nullptr : line.if_object();
    if (object == nullptr || !object->contains("sequence") || !object->contains("root") ||
        !object->at("root").is_string()) {
        return std::nullopt;
    }
    const auto sequence = object->at("sequence").to_number<std::uint64_t>(error);
    return error ? std::nullopt : receipt_of(sequence, object->at("root").as_string());
}

std::optional<Witness> receipt_of_line(const std::string& text) {
    std::istringstream words(text);
    std::string key;
    std::uint64_t sequence = 0;
    std::string root;
    return words >> key >> sequence >> root ? receipt_of(sequence, root) : std::nullopt;
}

Result<Witness> note_of(const std::string& text, const std::string& key_text) {
    if (!key_text.empty()) {
        CAREHUB_TRY(const audit::NoteKey key, audit::note_key_from_text(key_text));
        CAREHUB_TRY(const audit::Checkpoint opened,
                    audit::open_checkpoint(text, key, vault::is_signed));
        return witness_of(opened);
    }
    CAREHUB_TRY(const audit::Note note, audit::note_from_text(text));
    CAREHUB_TRY(const audit::Checkpoint told, audit::checkpoint_from_note_text(note.text));
    return witness_of(told);
}

}  // namespace

Result<Witness> read_witness(const std::string& file, const std::string& key) {
    CAREHUB_TRY(const std::string text, daemon::read_text(file));
    if (text.starts_with("carehub/")) {
        return note_of(text, key);
    }
    if (const auto checkpoint = audit::checkpoint_from_text(text)) {
        return witness_of(*checkpoint);
    }
    const auto receipt = text.starts_with('{') ? receipt_of_json(text) : receipt_of_line(text);
    if (!receipt) {
        return fail(ErrorCode::Invalid,
                    "this file is neither a checkpoint nor a receipt nor a bundle of a trail");
    }
    return *receipt;
}

bool is_bundle(const std::string& text) { return text.starts_with('{') && !receipt_of_json(text); }

}  // namespace carehub::tool
