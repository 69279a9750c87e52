// Every file of the corpus, and mutants of it, through the same doors as libFuzzer's.
#include <filesystem>
#include <fstream>

#include "hub/base/prng.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::fuzz;
namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kFileBytesMax = 4'096;
constexpr std::uintmax_t kCorpusBytesMax = std::uintmax_t{1} << 20U;
constexpr int kMutantsOfSeed = 40;

fs::path corpus_folder() { return fs::path(CAREHUB_SOURCE_DIR) / "tests/fuzz/corpus"; }

std::vector<fs::path> files_of(const Target& target) {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(corpus_folder() / target.name)) {
        files.push_back(file.path());
    }
    std::ranges::sort(files);
    return files;
}

Bytes read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const ByteView bytes = as_bytes(text);
    return {bytes.begin(), bytes.end()};
}

/// Changes a few bytes, cuts the end, or doubles a piece.
Bytes mutant_of(Bytes bytes, Prng& prng) {
    if (bytes.empty()) {
        return bytes;
    }
    switch (prng.below(4)) {
        case 0: bytes.resize(prng.below(bytes.size())); break;
        case 1: {
            const auto at = static_cast<std::ptrdiff_t>(prng.below(bytes.size()));
            const Bytes piece(bytes.begin() + at, bytes.end());
            bytes.insert(bytes.begin() + at, piece.begin(), piece.end());
            break;
        }
        default:
            for (std::uint64_t i = 0; i <= prng.below(6); ++i) {
                bytes[prng.below(bytes.size())] = static_cast<std::uint8_t>(prng.next());
            }
    }
    return bytes;
}

}  // namespace

TEST_CASE("every seed of every target is read or refused, and each target accepts some", "[fuzz]") {
    for (const Target& target : targets()) {
        INFO(target.name);
        std::size_t accepted = 0;
        const auto files = files_of(target);
        for (const fs::path& path : files) {
            INFO(path.filename());
            accepted += target.run(read_file(path)) ? 1U : 0U;
        }
        CHECK(files.size() >= 4);
        CHECK(accepted >= 2);
    }
}

TEST_CASE("mutants of the seeds are read or refused", "[fuzz]") {
    Prng prng(20'261'122);
    for (const Target& target : targets()) {
        std::size_t refused = 0;
        for (const fs::path& path : files_of(target)) {
            const Bytes seed = read_file(path);
            for (int i = 0; i < kMutantsOfSeed; ++i) {
                refused += target.run(mutant_of(seed, prng)) ? 0U : 1U;
            }
        }
        INFO(target.name);
        CHECK(refused > 0);
    }
}

TEST_CASE("the corpus stays small", "[fuzz]") {
    std::uintmax_t bytes = 0;
    for (const Target& target : targets()) {
        for (const fs::path& path : files_of(target)) {
            INFO(path);
            CHECK(fs::file_size(path) < kFileBytesMax);
            bytes += fs::file_size(path);
        }
    }
    CHECK(bytes < kCorpusBytesMax);
}
