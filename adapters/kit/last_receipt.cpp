#include "adapters/kit/last_receipt.hpp"

#include <sstream>

#include "adapters/kit/file.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters {
namespace {

constexpr std::size_t kFileBytesMax = 256;

/// None when the text is not as save() writes it, or is about another hub.
LastReceipt parse(std::string_view text, const Hash256& hub_key) {
    std::istringstream words{std::string(text)};
    std::string key;
    std::string root;
    LastReceipt last;
    Hash256 told_key{};
    const bool whole = static_cast<bool>(words >> key >> last.sequence >> root) &&
                       from_hex(key, told_key) && from_hex(root, last.root);
    if (!whole) {
        log::warning("adapter", "the file of the last receipt is not readable; it begins anew");
        return {};
    }
    return told_key == hub_key ? last : LastReceipt{};
}

}  // namespace

std::filesystem::path last_receipt_file(const std::filesystem::path& state_folder) {
    return state_folder / "last-receipt";
}

ReceiptMemory ReceiptMemory::open(std::filesystem::path file, const Hash256& hub_key) {
    ReceiptMemory memory(std::move(file), hub_key);
    if (const Result<Bytes> bytes = read_file(memory.file_, kFileBytesMax)) {
        memory.last_ = parse(as_text(*bytes), hub_key);
    }
    return memory;
}

void ReceiptMemory::note(const Receipt& receipt) {
    if (receipt.status == ReceiptStatus::Accepted && receipt.sequence.value > last_.sequence) {
        last_ = {receipt.sequence.value, receipt.root};
        changed_ = true;
    }
}

Status ReceiptMemory::save() {
    if (!changed_) {
        return {};
    }
    changed_ = false;
    return replace_file(file_, as_bytes(to_hex(hub_key_) + " " + std::to_string(last_.sequence) +
                                        " " + to_hex(last_.root) + "\n"));
}

Status ReceiptMemory::forget() {
    last_ = {};
    changed_ = false;
    return remove_file(file_);
}

}  // namespace carehub::adapters
