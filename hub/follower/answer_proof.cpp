#include "hub/follower/answer_proof.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "hub/audit/base64.hpp"
#include "hub/codec/limits.hpp"

namespace carehub::follower {
namespace {

namespace json = boost::json;

// Pieces are joined as text: base 64 of whole groups.
static_assert(kStoredPieceBytesMax % 3 == 0);
constexpr std::size_t kLineBesidesStored = 64;
static_assert(kStoredPieceBytesMax / 3 * 4 + kLineBesidesStored <= codec::kAnswerLineBytesMax);

json::array to_json(const std::vector<Hash256>& path) {
    json::array hashes;
    for (const Hash256& hash : path) {
        hashes.emplace_back(audit::to_base64(hash));
    }
    return hashes;
}

}  // namespace

std::string checkpoint_line(const std::string& note, const std::string& key) {
    return json::serialize(json::object{{"note", note}, {"key", key}});
}

std::string statement_line(const std::string& note) {
    return json::serialize(json::object{{"statement", note}});
}

std::string quoted(const std::string& text) { return json::serialize(json::value(text)); }

std::string consistency_line(const audit::ConsistencyProof& proof) {
    return json::serialize(json::object{
        {"old_size", proof.old_size}, {"new_size", proof.new_size}, {"path", to_json(proof.path)}});
}

void add_entry_lines(const audit::InclusionProof& proof, ByteView stored,
                     std::vector<std::string>& lines) {
    const std::uint64_t entry = proof.leaf_index + 1;
    lines.push_back(json::serialize(json::object{{"entry", entry}, {"path", to_json(proof.path)}}));
    while (!stored.empty()) {
        const ByteView piece = stored.first(std::min(stored.size(), kStoredPieceBytesMax));
        lines.push_back(
            json::serialize(json::object{{"entry", entry}, {"stored", audit::to_base64(piece)}}));
        stored = stored.subspan(piece.size());
    }
}

}  // namespace carehub::follower
