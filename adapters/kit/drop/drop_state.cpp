#include "adapters/kit/drop/drop_state.hpp"

#include "adapters/kit/file.hpp"
#include "adapters/kit/limits.hpp"

namespace carehub::adapters {

Result<std::string> DropState::load() const {
    auto sealed = read_file(file_, kStateBytesMax);
    if (!sealed && sealed.error().code == ErrorCode::NotFound) {
        return std::string{};
    }
    if (!sealed) {
        return tl::unexpected<Error>(sealed.error());
    }
    CAREHUB_TRY(const Bytes text, sealing_.open(SealedAs::DropState, number_, *sealed));
    return std::string(as_text(text));
}

Status DropState::save(std::string_view text) {
    return replace_file(file_, sealing_.seal(SealedAs::DropState, number_, as_bytes(text)));
}

void RecentDeliveries::add(std::string id) {
    ids_.push_back(std::move(id));
    if (ids_.size() > kSettledKeptMax) {
        ids_.pop_front();
    }
}

}  // namespace carehub::adapters
