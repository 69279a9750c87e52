#include "hub/follower/principal_index.hpp"

#include "hub/base/check.hpp"
#include "hub/snapshot/byte_reader.hpp"

namespace carehub::follower {
namespace {

/// A list is continued after so many entries, that no chunk grows beyond its bound.
constexpr std::size_t kListEntriesMax = 100'000;

}  // namespace

void PackedEntries::add(Sequence entry) {
    if (entry.value <= last_) {
        return;
    }
    if (size_ % kEntriesPerPlace == 0) {
        starts_.push_back({last_, differences_.size()});
    }
    snapshot::put_varint(differences_, entry.value - last_);
    last_ = entry.value;
    ++size_;
}

std::vector<Sequence> PackedEntries::stretch(std::size_t begin, std::size_t end) const {
    CAREHUB_CHECK(begin <= end && end <= size_, "the list holds these places");
    std::vector<Sequence> found;
    if (begin == end) {
        return found;
    }
    found.reserve(end - begin);
    const Start& start = starts_[begin / kEntriesPerPlace];
    snapshot::ByteReader bytes(ByteView(differences_).subspan(start.offset));
    std::uint64_t value = start.before;
    for (std::size_t place = begin - begin % kEntriesPerPlace; place < end; ++place) {
        value += bytes.varint();
        if (place >= begin) {
            found.push_back({value});
        }
    }
    return found;
}

void PrincipalIndex::apply(const Entry& entry) {
    if (entry.principal.value != 0) {
        entries_[entry.principal].add(entry.sequence);
    }
    for (const Delivery& delivery : entry.decisions.deliveries) {
        entries_[delivery.recipient].add(entry.sequence);
    }
}

const PackedEntries& PrincipalIndex::of(PartnerId principal) const {
    static const PackedEntries kNone;
    const auto found = entries_.find(principal);
    return found == entries_.end() ? kNone : found->second;
}

Status PrincipalIndex::save(const snapshot::ChunkSink& sink) const {
    for (const auto& [principal, entries] : entries_) {
        std::uint64_t before = 0;
        for (std::size_t at = 0; at < entries.size(); at += kListEntriesMax) {
            const std::size_t end = std::min(entries.size(), at + kListEntriesMax);
            Bytes out;
            journal::put(out, principal.value);
            snapshot::put_varint(out, end - at);
            for (const Sequence entry : entries.stretch(at, end)) {
                snapshot::put_varint(out, entry.value - before);
                before = entry.value;
            }
            CAREHUB_TRY_DONE(sink({snapshot::ChunkKind::Principals, out}));
        }
    }
    return {};
}

Status PrincipalIndex::load(ByteView chunk) {
    snapshot::ByteReader bytes(chunk);
    PackedEntries& entries = entries_[PartnerId{bytes.number<std::uint32_t>()}];
    std::uint64_t last = entries.size() == 0 ? 0 : entries.at(entries.size() - 1).value;
    for (std::size_t left = bytes.count(1); left > 0 && bytes.is_good(); --left) {
        last += bytes.varint();
        entries.add({last});
    }
    return bytes.is_good() && bytes.is_at_end()
               ? Status{}
               : fail(ErrorCode::Damaged, "a chunk of principals is not what was written");
}

}  // namespace carehub::follower
