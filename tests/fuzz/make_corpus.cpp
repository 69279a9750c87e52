// Writes the first corpus: carehub_make_fuzz_corpus GOLDEN_FOLDER CORPUS_FOLDER
//
// A golden sample of each message, random ones, blocks, ledgers, notes and snapshots; nothing above
// kSeedBytesMax. What fuzzing added beside them (named by its hash) stays.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "hub/audit/checkpoint.hpp"
#include "hub/codec/command.hpp"
#include "hub/codec/entry.hpp"
#include "hub/codec/frame.hpp"
#include "hub/codec/submission.hpp"
#include "hub/core/snapshot.hpp"
#include "hub/journal/block.hpp"
#include "hub/journal/ledger.hpp"
#include "hub/snapshot/state_chunks.hpp"
#include "hub/snapshot/writer.hpp"
#include "hub/vault/signature.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/world.hpp"
#include "tests/unit/codec/filler.hpp"
#include "tests/unit/journal/faulty_disk.hpp"

namespace carehub::fuzz {
namespace {

namespace fs = std::filesystem;
using codec::FrameType;

constexpr std::size_t kSeedBytesMax = 4'000;
constexpr std::uint64_t kRandomSeeds = 16;

class Corpus {
public:
    explicit Corpus(fs::path folder) : folder_(std::move(folder)) {
        for (const Target& target : targets()) {
            fs::create_directories(folder_ / target.name);
        }
    }
    void add(std::string_view target, const std::string& name, ByteView bytes) {
        if (bytes.size() > kSeedBytesMax) {
            return;
        }
        std::ofstream file(folder_ / target / name, std::ios::binary);
        file << as_text(bytes);
        count_ += target_named(target).run(bytes) ? 1U : 0U;
        ++all_;
    }
    void tell() const { std::cout << all_ << " seeds, " << count_ << " of them accepted\n"; }

private:
    fs::path folder_;
    std::size_t count_ = 0;
    std::size_t all_ = 0;
};

Bytes read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const ByteView bytes = as_bytes(text);
    return {bytes.begin(), bytes.end()};
}

/// The frame that carries the golden sample of that name.
FrameType frame_type_of(const std::string& table) {
    static const std::map<std::string, FrameType> kTypes{{"Submission", FrameType::Submit},
                                                         {"Command", FrameType::Command},
                                                         {"Receipt", FrameType::Receipts},
                                                         {"Notice", FrameType::Notices},
                                                         {"AnswerPart", FrameType::Answer}};
    const auto special = kTypes.find(table);
    if (special != kTypes.end()) {
        return special->second;
    }
    for (std::size_t i = 1; i < std::size(kEnumNames<FrameType>); ++i) {
        if (kEnumNames<FrameType>[i] == table) {
            return static_cast<FrameType>(i);
        }
    }
    return FrameType::Unset;
}

void add_golden(Corpus& corpus, const fs::path& golden) {
    for (const auto& file : fs::directory_iterator(golden)) {
        if (file.path().extension() != ".bin") {
            continue;
        }
        const Bytes bytes = read_file(file.path());
        const std::string name = file.path().stem().string();
        const std::string table = name.substr(0, name.find('.'));
        if (table == "Submission" || table == "Command" || table == "Entry" ||
            table == "Decisions") {
            std::string target = table;
            target.front() = static_cast<char>(target.front() - 'A' + 'a');
            corpus.add(target, name, bytes);
        }
        if (const FrameType type = frame_type_of(table); type != FrameType::Unset) {
            corpus.add("frame", name, codec::frame_of(type, bytes).value());
        }
    }
}

void add_random(Corpus& corpus) {
    Prng prng(1);
    for (std::uint64_t i = 0; i < kRandomSeeds; ++i) {
        const std::string name = "random-" + std::to_string(i);
        const Bytes submission = codec::encode_submission(codec::random_submission(prng)).value();
        corpus.add("submission", name, submission);
        corpus.add("command", name, codec::encode_command(codec::random_command(prng)).value());
        corpus.add("entry", name, codec::encode_entry(codec::random_record<Entry>(prng)).value());
        corpus.add("decisions", name,
                   codec::encode_decisions(codec::random_record<Decisions>(prng)).value());
        codec::FrameWriter writer(FrameType::Submit, i);
        for (std::uint64_t slice = 0; slice <= i % 3; ++slice) {
            (void)writer.add(submission);
        }
        corpus.add("frame", name, writer.finish());
    }
}

std::vector<journal::StoredEntry> batch(std::uint64_t first, std::uint64_t count) {
    std::vector<journal::StoredEntry> entries;
    for (std::uint64_t sequence = first; sequence < first + count; ++sequence) {
        entries.push_back({{sequence}, Bytes(sequence * 37 % 90, 'e')});
    }
    return entries;
}

void add_blocks(Corpus& corpus) {
    audit::MerkleTree tree;
    std::uint64_t first = 1;
    for (const std::uint64_t count : {1U, 2U, 5U, 1U, 12U, 3U, 20U, 1U}) {
        Bytes block;
        journal::encode_block(batch(first, count), tree, block);
        corpus.add("block", "from-" + std::to_string(first), block);
        first += count;
    }
}

void add_ledgers(Corpus& corpus) {
    constexpr std::size_t kSlotBytes = 84;
    constexpr std::size_t kSlotSpacing = 4'096;
    journal::FaultyDisk disk;
    auto ledger = journal::Ledger::create(disk, "f/ledger", Hash128{1, 2, 3}, {}).value();
    for (std::uint64_t size = 1; size < 5; ++size) {
        const Bytes& file = disk.bytes_of("f/ledger");
        Bytes slots(file.begin(), file.begin() + kSlotBytes);
        slots.insert(slots.end(), file.begin() + kSlotSpacing,
                     file.begin() + kSlotSpacing + kSlotBytes);
        corpus.add("ledger", "at-" + std::to_string(size), slots);
        (void)ledger.write({size, Hash256{static_cast<std::uint8_t>(size)}});
    }
}

/// The same key every time, so that the seeds are the same.
vault::Signer signer_of_nobody() {
    const fs::path file = fs::temp_directory_path() / "carehub-fuzz-key";
    std::ofstream(file, std::ios::binary) << std::string(32, 'k');
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    vault::Signer signer = vault::Signer::of({file.string()}).value();
    fs::remove(file);
    return signer;
}

void add_notes(Corpus& corpus) {
    const vault::Signer signer = signer_of_nobody();
    const audit::NoteKey key{audit::origin_of(Hash128{3}), signer.public_key()};
    corpus.add("note", "key", as_bytes(audit::to_text(key)));
    for (const std::uint64_t size : {0U, 1U, 123'456U}) {
        const audit::Checkpoint told{Hash128{3},
                                     {size, Hash256{static_cast<std::uint8_t>(size)}},
                                     *parse_iso_time("2026-03-02T11:00:00Z")};
        const std::string text = audit::to_note_text(told);
        const std::string name = std::to_string(size);
        corpus.add("note", "signed-" + name,
                   as_bytes(audit::signed_note(text, key, signer.sign(as_bytes(text)))));
        corpus.add("note", "kept-" + name, as_bytes(audit::to_text(told)));
    }
}

void add_snapshots(Corpus& corpus) {
    for (const int clients : {0, 1, 2, 5}) {
        test::World world(*parse_iso_time("2026-03-02T11:00:00Z"));
        for (int client = 0; client < clients; ++client) {
            (void)world.add_client("client-" + std::to_string(client));
        }
        journal::FaultyDisk disk;
        auto writer = snapshot::Writer::create(disk, "f/snapshot", {Hash128{1}, {77, {}}}).value();
        int piece = 0;
        core::write_pieces(world.machine.state(), 1'000, [&](const Decisions& part) {
            const Bytes content = codec::encode_decisions(part).value();
            Bytes chunk{static_cast<std::uint8_t>(snapshot::ChunkKind::State)};
            chunk.insert(chunk.end(), content.begin(), content.end());
            corpus.add("snapshot_chunk", std::to_string(clients) + "-" + std::to_string(piece),
                       chunk);
            if (piece++ < 1) {
                (void)writer.add({snapshot::ChunkKind::State, content});
            }
        });
        (void)writer.add({snapshot::ChunkKind::Inbox, Bytes(80, 1)});
        (void)writer.finish({}, 0);
        corpus.add("snapshot_file", "clients-" + std::to_string(clients),
                   disk.bytes_of("f/snapshot"));
    }
    Bytes marks(1 + 3 * 40, 9);
    marks.front() = static_cast<std::uint8_t>(snapshot::ChunkKind::Inbox);
    corpus.add("snapshot_chunk", "marks", marks);
}

}  // namespace
}  // namespace carehub::fuzz

int main(int argc, char** argv) {
    using namespace carehub::fuzz;
    if (argc != 3) {
        std::cerr << "usage: carehub_make_fuzz_corpus GOLDEN_FOLDER CORPUS_FOLDER\n";
        return 64;
    }
    Corpus corpus(argv[2]);
    add_golden(corpus, argv[1]);
    add_random(corpus);
    add_blocks(corpus);
    add_ledgers(corpus);
    add_notes(corpus);
    add_snapshots(corpus);
    corpus.tell();
    return 0;
}
