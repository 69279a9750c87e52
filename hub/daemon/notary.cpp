#include "hub/daemon/notary.hpp"

#include "hub/daemon/vault_files.hpp"

namespace carehub::daemon {

Result<Notary> Notary::of(const DataFolder& folder, const Config& config, const Hash128& journal) {
    CAREHUB_TRY(vault::Signer signer, vault::Signer::of(vault_files(folder, config).hub_key));
    return Notary(std::move(signer), journal);
}

std::string Notary::sign_text(const std::string& text) const {
    return audit::signed_note(text, key_, signer_.sign(as_bytes(text)));
}

SignedCheckpoint Notary::sign(const audit::TreeHead& head, UtcTime at) const {
    SignedCheckpoint made;
    made.checkpoint = {journal_, head, at};
    made.note = sign_text(audit::to_note_text(made.checkpoint));
    made.key = audit::to_text(key_);
    return made;
}

bool CheckpointPace::take(std::uint64_t size, Micros steady) {
    if (size <= size_ || (made_at_ && steady - *made_at_ < interval_)) {
        return false;
    }
    size_ = size;
    made_at_ = steady;
    return true;
}

}  // namespace carehub::daemon
