// What the snapshot's tests share: a State with a life behind it, and a snapshot of it as a file.
#pragma once

#include "hub/snapshot/reader.hpp"
#include "hub/snapshot/writer.hpp"
#include "tests/property/history.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/journal/faulty_disk.hpp"

namespace carehub::snapshot {

inline const std::string kPath = "folder/one.chs";
constexpr int kSteps = 120;

inline Header sample_header(std::uint64_t sequence = 77) {
    Header header;
    header.journal.fill(7);
    header.head.size = sequence;
    header.head.root.fill(9);
    return header;
}

inline test::World sample_world(std::uint64_t seed = 1) {
    test::World world(*parse_iso_time("2026-03-02T11:00:00Z"));
    test::live(world, seed, kSteps);
    return world;
}

/// The digest of the State that was written.
inline Hash256 write_sample(Disk& disk, const core::State& state,
                            const Header& header = sample_header()) {
    auto writer = Writer::create(disk, kPath, header);
    REQUIRE(writer);
    REQUIRE(write_state(state, [&](const Chunk& chunk) { return writer->add(chunk); }));
    const auto digest = writer->finish(core::counts_of(state), 0);
    REQUIRE(digest);
    return *digest;
}

/// What a start does with the file: every check there is at a start.
inline Result<core::State> load_sample(Disk& disk, const std::string& path = kPath) {
    CAREHUB_TRY(auto reader, Reader::open(disk, path));
    core::State state;
    core::make_room(state, reader.trailer().counts);
    for (;;) {
        CAREHUB_TRY(const auto chunk, reader.next());
        if (!chunk) {
            return state;
        }
        CAREHUB_TRY_DONE(load_state_chunk(*chunk, {reader.header().head.size}, state));
    }
}

}  // namespace carehub::snapshot
