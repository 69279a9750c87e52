#include "hub/follower/delivery_index.hpp"

#include <algorithm>
#include <span>

#include "hub/snapshot/byte_reader.hpp"

namespace carehub::follower {
namespace {

/// A list is continued after so many marks, that no chunk grows beyond its bound.
constexpr std::size_t kListMarksMax = 100'000;

}  // namespace

void DeliveryIndex::apply(const Entry& entry) {
    for (const Delivery& delivery : entry.decisions.deliveries) {
        auto& marks = marks_[delivery.recipient];
        // What settles an earlier delivery names its old number: no mark.
        if (marks.empty() || delivery.number >= marks.back().number + kDeliveriesPerMark) {
            if (delivery.state == DeliveryState::Queued) {
                marks.push_back({delivery.number, entry.sequence});
            }
        }
    }
}

Status DeliveryIndex::save(const snapshot::ChunkSink& sink) const {
    for (const auto& [recipient, marks] : marks_) {
        for (std::span<const Mark> rest = marks; !rest.empty();) {
            const auto list = rest.first(std::min(rest.size(), kListMarksMax));
            rest = rest.subspan(list.size());
            Bytes out;
            journal::put(out, recipient.value);
            snapshot::put_varint(out, list.size());
            Mark before;
            for (const Mark& mark : list) {
                snapshot::put_varint(out, mark.number - before.number);
                snapshot::put_varint(out, mark.entry.value - before.entry.value);
                before = mark;
            }
            CAREHUB_TRY_DONE(sink({snapshot::ChunkKind::Deliveries, out}));
        }
    }
    return {};
}

Status DeliveryIndex::load(ByteView chunk) {
    constexpr std::size_t kMarkBytesMin = 2;
    snapshot::ByteReader bytes(chunk);
    auto& marks = marks_[PartnerId{bytes.number<std::uint32_t>()}];
    const std::size_t count = bytes.count(kMarkBytesMin);
    Mark mark;
    for (std::size_t i = 0; i < count; ++i) {
        mark.number += bytes.varint();
        mark.entry.value += bytes.varint();
        marks.push_back(mark);
    }
    return bytes.is_good() && bytes.is_at_end()
               ? Status{}
               : fail(ErrorCode::Damaged, "a chunk of deliveries is not what was written");
}

Sequence DeliveryIndex::begin(PartnerId recipient, std::uint64_t number) const {
    const auto found = marks_.find(recipient);
    if (found == marks_.end()) {
        return {1};
    }
    const auto above = std::ranges::upper_bound(found->second, number, {}, &Mark::number);
    return above == found->second.begin() ? Sequence{1} : std::prev(above)->entry;
}

}  // namespace carehub::follower
