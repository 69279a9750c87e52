#include "hub/daemon/recovery.hpp"

#include <thread>

#include "hub/base/log.hpp"
#include "hub/codec/entry.hpp"
#include "hub/core/replay_ahead.hpp"
#include "hub/follower/entry_reader.hpp"
#include "hub/journal/block.hpp"
#include "hub/transport/mailbox.hpp"

namespace carehub::daemon {
namespace {

constexpr std::uint64_t kPulseEntries = 4'096;
/// What one thread of a replay hands to the other at once, and how much of it may wait: enough that
/// neither waits for the other's turn, and a few MiB.
constexpr std::size_t kHandedEntriesMax = 256;
constexpr std::size_t kHandedBytesMax = std::size_t{1} << 20U;
constexpr std::size_t kHandedWaitingMax = 4;
constexpr std::chrono::milliseconds kHandedLookEvery{100};

Status check_against_journal(const Past& past, Sequence sequence) {
    CAREHUB_TRY(const auto reader,
                snapshot::Reader::open(past.disk, past.snapshots.path_of(sequence)));
    const snapshot::Header& header = reader.header();
    if (header.journal != past.journal_id || header.head.size != sequence.value) {
        return fail(ErrorCode::Damaged, "it belongs to another journal");
    }
    const auto root = root_at(past.journal, sequence);
    if (!root) {
        return fail(root.error().code, "the journal cannot vouch for it: " + root.error().context);
    }
    return *root == header.head.root
               ? Status{}
               : fail(ErrorCode::Damaged, "it is of another history than the journal");
}

/// Every chunk of a snapshot in order.
template <class Take>
Status read_chunks(snapshot::Reader& reader, Take take) {
    for (;;) {
        CAREHUB_TRY(const std::optional<snapshot::Chunk> chunk, reader.next());
        if (!chunk) {
            return {};
        }
        CAREHUB_TRY_DONE(take(*chunk));
    }
}

Sequence sequence_of(const snapshot::Reader& reader) { return {reader.header().head.size}; }

Status beat(const Pulse& pulse, Sequence sequence) {
    return pulse && sequence.value % kPulseEntries == 0 ? pulse(sequence) : Status{};
}

/// The number of the key it was sealed with. The input is empty when its person was erased, or when
/// its key is damaged: that is told, and costs nobody else the start. A key file older than the
/// journal does: its numbers must not be given again.
Result<std::uint32_t> unseal(Entry& entry, ByteView sealed, vault::Unsealer& unsealer) {
    if (sealed.empty()) {
        return 0U;
    }
    auto key = vault::key_number(sealed);
    Status done = follower::unseal(entry, sealed, unsealer);
    if (!done && done.error().code == ErrorCode::Damaged) {
        log::error("hub", "entry " + std::to_string(entry.sequence.value) +
                              " cannot be unsealed: " + done.error().context);
        return 0U;
    }
    CAREHUB_TRY_DONE(std::move(done));
    return key;
}

Status follow(Entry& entry, ByteView sealed, vault::Unsealer& unsealer,
              follower::Follower& follower) {
    std::uint32_t key = 0;
    if (follower.wants(entry)) {
        CAREHUB_TRY(key, unseal(entry, sealed, unsealer));
    }
    follower.apply(entry, key);
    return {};
}

/// Memory is asked for some entries together.
void look_ahead(const core::State& state, std::span<const Entry> entries, std::size_t next) {
    if (next % core::kReadAhead == 0) {
        core::replay_ahead(
            state, entries.subspan(next, std::min(core::kReadAhead, entries.size() - next)));
    }
}

/// Entries of the journal on their way from the thread that reads them to the follower's.
struct Handed {
    std::vector<Entry> entries;
    std::vector<Bytes> sealed;  ///< of each of them
    std::size_t bytes = 0;      ///< as stored

    [[nodiscard]] bool is_full() const {
        return entries.size() >= kHandedEntriesMax || bytes >= kHandedBytesMax;
    }
};

Status follow_handed(transport::Mailbox<Handed>& mailbox, vault::Unsealer& unsealer,
                     follower::Follower& follower) {
    while (!mailbox.is_finished()) {
        auto handed = mailbox.pop(kHandedLookEvery);
        for (std::size_t at = 0; handed && at < handed->entries.size(); ++at) {
            look_ahead(follower.state(), handed->entries, at);
            CAREHUB_TRY_DONE(follow(handed->entries[at], handed->sealed[at], unsealer, follower));
        }
    }
    return {};
}

/// Applies them to the State, and hands them on.
Status hand_on(Handed& handed, core::State& state, transport::Mailbox<Handed>& mailbox) {
    for (std::size_t at = 0; at < handed.entries.size(); ++at) {
        look_ahead(state, handed.entries, at);
        core::evolve(state, handed.entries[at].sequence, handed.entries[at].decisions);
    }
    if (!mailbox.push(std::exchange(handed, Handed{}))) {
        return fail(ErrorCode::Unavailable, "the follower ended");
    }
    return {};
}

Status read_and_hand_on(const journal::JournalReader& journal, Sequence last, core::State& state,
                        transport::Mailbox<Handed>& mailbox) {
    Handed handed;
    const Sequence known = state.last;
    CAREHUB_TRY_DONE(journal.read({known.value + 1}, last.value - known.value,
                                  [&](const journal::StoredEntry& stored) -> Status {
                                      auto entry = codec::decode_entry(stored.bytes);
                                      if (!entry) {
                                          return tl::unexpected<Error>(std::move(entry).error());
                                      }
                                      handed.entries.reserve(kHandedEntriesMax);
                                      handed.entries.push_back(*std::move(entry));
                                      handed.sealed.push_back(stored.sealed);
                                      handed.bytes += stored.bytes.size() + stored.sealed.size();
                                      return handed.is_full() ? hand_on(handed, state, mailbox)
                                                              : Status{};
                                  }));
    return hand_on(handed, state, mailbox);
}

/// State but for its inbox.
Result<core::State> load_tables(Disk& disk, const std::string& path) {
    CAREHUB_TRY(auto reader, snapshot::Reader::open(disk, path));
    core::State state;
    core::StateCounts counts = reader.trailer().counts;
    counts.inbox = 0;
    core::make_room(state, counts);
    CAREHUB_TRY_DONE(read_chunks(reader, [&](const snapshot::Chunk& chunk) -> Status {
        return chunk.kind == snapshot::ChunkKind::State
                   ? snapshot::load_state_chunk(chunk, sequence_of(reader), state)
                   : Status{};
    }));
    return state;
}

/// State's inbox, and what the follower knows beside State.
Status load_beside(Disk& disk, const std::string& path, core::Inbox& inbox,
                   follower::Follower& follower) {
    CAREHUB_TRY(auto reader, snapshot::Reader::open(disk, path));
    core::make_room(inbox, reader.trailer().counts.inbox);
    return read_chunks(reader, [&](const snapshot::Chunk& chunk) -> Status {
        switch (chunk.kind) {
            case snapshot::ChunkKind::State: return {};
            case snapshot::ChunkKind::Inbox: return snapshot::load_inbox_chunk(chunk, inbox);
            case snapshot::ChunkKind::People:
            case snapshot::ChunkKind::Postings:
            case snapshot::ChunkKind::Partners:
            case snapshot::ChunkKind::Passages:
            case snapshot::ChunkKind::Deliveries:
            case snapshot::ChunkKind::Principals:
            case snapshot::ChunkKind::Strangers: return follower.load(chunk, sequence_of(reader));
        }
        return fail(ErrorCode::Damaged, "a chunk of no known kind");
    });
}

}  // namespace

Result<Hash256> root_at(const journal::JournalReader& journal, Sequence sequence) {
    Bytes bytes;
    CAREHUB_TRY(const auto block, journal.load_block(sequence, bytes));
    if (!block || block->last() != sequence) {
        return fail(ErrorCode::NotFound,
                    "no block of the journal ends at entry " + std::to_string(sequence.value));
    }
    return block->root();
}

Result<Sequence> load_newest(const Past& past, const LoadSnapshot& load) {
    for (const Sequence sequence : past.snapshots.list()) {
        Status done = check_against_journal(past, sequence);
        if (done) {
            done = load(past.snapshots.path_of(sequence));
        }
        if (done) {
            return sequence;
        }
        if (done.error().code == ErrorCode::Unavailable) {
            return tl::unexpected<Error>(std::move(done).error());  // told to end: nothing is wrong
        }
        log::warning("hub", snapshot::SnapshotFolder::name_of(sequence) +
                                " is passed over: " + done.error().context +
                                "; an older one, or the journal alone, serves instead");
    }
    return Sequence{};
}

Result<core::State> load_state(Disk& disk, const std::string& path) {
    CAREHUB_TRY(auto reader, snapshot::Reader::open(disk, path));
    core::State state;
    core::make_room(state, reader.trailer().counts);
    CAREHUB_TRY_DONE(read_chunks(reader, [&](const snapshot::Chunk& chunk) -> Status {
        return snapshot::is_of_state(chunk.kind)
                   ? snapshot::load_state_chunk(chunk, sequence_of(reader), state)
                   : Status{};
    }));
    return state;
}

Result<core::State> load_both(Disk& disk, const std::string& path, follower::Follower& follower) {
    core::Inbox inbox;
    core::Inbox second_inbox;
    Status others;
    std::thread beside([&] {
        others = load_beside(disk, path, inbox, follower);
        second_inbox = inbox;
    });
    auto state = load_tables(disk, path);
    core::State second = state ? *state : core::State{};
    beside.join();
    CAREHUB_TRY_DONE(others);
    if (state) {
        state->inbox = std::move(inbox);
        second.inbox = std::move(second_inbox);
        follower.start_from(std::move(second));
    }
    return state;
}

Status load_follower(Disk& disk, const std::string& path, follower::Follower& follower) {
    CAREHUB_TRY(auto reader, snapshot::Reader::open(disk, path));
    follower.make_room(reader.trailer());
    return read_chunks(reader, [&](const snapshot::Chunk& chunk) {
        return follower.load(chunk, sequence_of(reader));
    });
}

Status replay_state(const journal::JournalReader& journal, Sequence last, core::State& state,
                    const Pulse& pulse) {
    const Sequence from{state.last.value + 1};
    return journal.read(
        from, last.value - state.last.value,
        [&](const journal::StoredEntry& stored) -> Status {
            const auto decisions = codec::decode_decisions_only(stored.bytes);
            if (!decisions) {
                return tl::unexpected<Error>(decisions.error());
            }
            core::evolve(state, stored.sequence, *decisions);
            return beat(pulse, stored.sequence);
        },
        journal::Sealed::Leave);
}

Status replay_follower(const journal::JournalReader& journal, Sequence last,
                       vault::Unsealer& unsealer, follower::Follower& follower,
                       const Pulse& pulse) {
    const Sequence known = follower.state().last;
    return journal.read({known.value + 1}, last.value - known.value,
                        [&](const journal::StoredEntry& stored) -> Status {
                            auto entry = codec::decode_entry(stored.bytes);
                            if (!entry) {
                                return tl::unexpected<Error>(std::move(entry).error());
                            }
                            CAREHUB_TRY_DONE(follow(*entry, stored.sealed, unsealer, follower));
                            return beat(pulse, stored.sequence);
                        });
}

Status replay_both(const journal::JournalReader& journal, Sequence last, core::State& state,
                   vault::Unsealer& unsealer, follower::Follower& follower) {
    CAREHUB_CHECK(state.last == follower.state().last, "both begin from one snapshot, or none");
    transport::Mailbox<Handed> mailbox(kHandedWaitingMax);
    Status followed;
    std::thread beside([&] {
        followed = follow_handed(mailbox, unsealer, follower);
        mailbox.close();  // after an error nothing is read any more
    });
    const Status read = read_and_hand_on(journal, last, state, mailbox);
    mailbox.close();
    beside.join();
    CAREHUB_TRY_DONE(followed);
    return read;
}

}  // namespace carehub::daemon
