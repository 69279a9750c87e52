#include "hub/follower/passages.hpp"

#include <algorithm>

#include "hub/snapshot/byte_reader.hpp"

namespace carehub::follower {
namespace {

using snapshot::ByteReader;
using snapshot::put_varint;

/// Of one chunk, so that none grows beyond its bound.
constexpr std::size_t kEventsPerChunk = 20'000;
constexpr std::size_t kListEntriesPerChunk = 100'000;

void put_list(Bytes& out, std::span<const Sequence> entries) {
    put_varint(out, entries.size());
    std::uint64_t before = 0;
    for (const Sequence entry : entries) {
        put_varint(out, entry.value - before);
        before = entry.value;
    }
}

void take_list(ByteReader& bytes, std::vector<Sequence>& entries) {
    const std::size_t count = bytes.count(1);
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < count; ++i) {
        before += bytes.varint();
        entries.push_back({before});
    }
}

bool is_plain(const Entry& entry) {
    if (entry.input_kind != InputKind::Command) {
        return false;
    }
    Decisions nothing;
    nothing.now = entry.decisions.now;
    return entry.decisions == nothing;
}

}  // namespace

void Passages::apply(const Entry& entry) {
    for (const Delivery& delivery : entry.decisions.deliveries) {
        note(delivery.entry, entry.sequence);
    }
    for (const DeadLetter& letter : entry.decisions.dead_letters) {
        note(letter.delivery.entry, entry.sequence);
    }
    for (const Replay& replay : entry.decisions.replays) {
        note(replay.delivery.entry, entry.sequence);
    }
    for (const Acknowledged& acknowledged : entry.decisions.acknowledged) {
        note(acknowledged, entry.sequence);
    }
    if (is_plain(entry)) {
        plain_commands_.push_back(entry.sequence);
    }
}

void Passages::note(Sequence event, Sequence entry) {
    if (event == entry) {
        return;  // told by the event's own entry
    }
    auto& entries = later_[event];
    if (entries.empty() || entries.back() != entry) {
        entries.push_back(entry);
    }
}

void Passages::note(const Acknowledged& acknowledged, Sequence entry) {
    Marks& marks = marks_[acknowledged.recipient];
    marks.last = {acknowledged.number, entry};
    ++marks.since;
    const bool is_far = marks.kept.empty() || marks.since >= kAcknowledgementsPerMark ||
                        entry.value - marks.kept.back().entry.value >= kEntriesPerMark;
    if (is_far) {
        marks.kept.push_back(marks.last);
        marks.since = 0;
    }
}

std::span<const Sequence> Passages::later_than(Sequence event) const {
    const auto found = later_.find(event);
    return found == later_.end() ? std::span<const Sequence>{} : found->second;
}

Passages::Span Passages::acknowledged_within(PartnerId recipient, std::uint64_t number) const {
    const auto found = marks_.find(recipient);
    if (found == marks_.end() || found->second.last.number < number) {
        return {};
    }
    const Marks& marks = found->second;
    const auto covers = std::ranges::lower_bound(marks.kept, number, {}, &Mark::number);
    const Sequence after =
        covers == marks.kept.begin() ? Sequence{covers->entry.value - 1} : std::prev(covers)->entry;
    return {after, covers == marks.kept.end() ? marks.last.entry : covers->entry};
}

// --- Snapshots ---

Status Passages::save(const snapshot::ChunkSink& sink) const {
    std::vector<Sequence> events;
    events.reserve(later_.size());
    for (const auto& [event, entries] : later_) {
        events.push_back(event);
    }
    std::ranges::sort(events);
    const auto close = [&sink](Bytes& out) { return sink({snapshot::ChunkKind::Passages, out}); };
    for (std::size_t at = 0; at < events.size(); at += kEventsPerChunk) {
        const std::size_t count = std::min(kEventsPerChunk, events.size() - at);
        Bytes out;
        put_varint(out, count);
        for (std::size_t i = at; i < at + count; ++i) {
            put_varint(out, events[i].value);
            put_list(out, later_.at(events[i]));
        }
        put_varint(out, 0);  // no recipients
        put_varint(out, 0);  // no commands
        CAREHUB_TRY_DONE(close(out));
    }
    for (const auto& [recipient, marks] : marks_) {
        Bytes out;
        put_varint(out, 0);  // no events
        put_varint(out, 1);
        put_varint(out, recipient.value);
        std::vector<Mark> told = marks.kept;
        told.push_back(marks.last);
        put_varint(out, told.size());
        Mark before;
        for (const Mark& mark : told) {
            put_varint(out, mark.number - before.number);
            put_varint(out, mark.entry.value - before.entry.value);
            before = mark;
        }
        put_varint(out, 0);  // no commands
        CAREHUB_TRY_DONE(close(out));
    }
    for (std::size_t at = 0; at < plain_commands_.size(); at += kListEntriesPerChunk) {
        const std::span<const Sequence> rest = std::span(plain_commands_).subspan(at);
        Bytes out;
        put_varint(out, 0);
        put_varint(out, 0);
        put_list(out, rest.first(std::min(rest.size(), kListEntriesPerChunk)));
        CAREHUB_TRY_DONE(close(out));
    }
    return {};
}

Status Passages::load(ByteView chunk) {
    ByteReader bytes(chunk);
    for (std::size_t events = bytes.count(2); events > 0 && bytes.is_good(); --events) {
        const Sequence event{bytes.varint()};
        take_list(bytes, later_[event]);
    }
    for (std::size_t recipients = bytes.count(2); recipients > 0 && bytes.is_good(); --recipients) {
        Marks& marks = marks_[PartnerId{static_cast<std::uint32_t>(bytes.varint())}];
        for (std::size_t left = bytes.count(2); left > 0; --left) {
            const std::uint64_t number = marks.last.number + bytes.varint();
            marks.last = {number, {marks.last.entry.value + bytes.varint()}};
            if (left > 1) {
                marks.kept.push_back(marks.last);  // the last one told is the newest, kept or not
            }
        }
    }
    take_list(bytes, plain_commands_);
    return bytes.is_good() && bytes.is_at_end()
               ? Status{}
               : fail(ErrorCode::Damaged, "a chunk of passages is not what was written");
}

}  // namespace carehub::follower
