#include "adapters/kit/out/delivery_id.hpp"

#include "adapters/kit/sha256.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::adapters {
namespace {

constexpr std::size_t kDigestBytes = 4;

}  // namespace

std::string delivery_id(const Notice& notice) {
    Sha256 hash;
    hash.add_text(name_of(notice.kind));
    hash.add_text(name_of(notice.form));
    hash.add_text(notice.discloser);
    hash.add_text(notice.required_statement);
    // What came over the wire can be written again; were it not so, the number alone would do.
    if (const auto event = codec::encode_submission(notice.event)) {
        hash.add(*event);
    }
    const Hash256 digest = hash.finish();
    const std::uint64_t first = notice.first_number == 0 ? notice.number : notice.first_number;
    return std::to_string(first) + "-" + to_hex(ByteView(digest).first(kDigestBytes));
}

}  // namespace carehub::adapters
