// Yesterday's bytes are read today, and anyone's flatc reads and writes the same.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "hub/base/random.hpp"
#include "tests/compat/samples.hpp"
#include "tests/support/catch.hpp"

namespace carehub::compat {
namespace {

namespace fs = std::filesystem;

const fs::path kSchemas = fs::path(CAREHUB_SOURCE_DIR) / "schemas";

Bytes read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A folder of this test's own, gone at its end.
class ScratchFolder {
public:
    ScratchFolder() {
        Hash128 name{};
        SystemRandom().fill(name);
        path_ = fs::temp_directory_path() / ("carehub-golden-" + to_hex(name));
        fs::create_directory(path_);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// Runs flatc on one file of a sample, into the folder. --raw-binary: a schema file can declare
/// only one of its roots' identifiers, and the codec checks all of them.
bool run_flatc(const Sample& sample, const std::string& options, const fs::path& input,
               const fs::path& folder) {
    const std::string command =
        std::string(CAREHUB_FLATC) + " " + options + " --strict-json --natural-utf8" +
        " --root-type " + sample.root + " -o " + folder.string() + " " +
        (kSchemas / (sample.schema + ".fbs")).string() + " " + input.string();
    return std::system(command.c_str()) == 0;  // NOLINT: a test runs a tool with its own words
}

fs::path golden(const Sample& sample, const char* extension) {
    return kSchemas / "golden" / (sample.name + extension);
}

TEST_CASE("each golden binary decodes to its sample", "[compat][golden]") {
    for (const Sample& sample : samples()) {
        INFO(sample.name);
        const Bytes bytes = read_file(golden(sample, ".bin"));
        REQUIRE_FALSE(bytes.empty());
        CHECK(sample.decodes_to_it(bytes));
    }
}

TEST_CASE("each sample encodes to a buffer that decodes the same", "[compat][golden]") {
    for (const Sample& sample : samples()) {
        INFO(sample.name);
        CHECK(sample.decodes_to_it(sample.encoded));
    }
}

TEST_CASE("flatc prints each golden binary as its golden JSON", "[compat][golden]") {
    const ScratchFolder scratch;
    for (const Sample& sample : samples()) {
        INFO(sample.name);
        REQUIRE(run_flatc(sample, "--json --raw-binary", "-- " + golden(sample, ".bin").string(),
                          scratch.path()));
        const Bytes printed = read_file(scratch.path() / (sample.name + ".json"));
        CHECK(as_text(printed) == as_text(read_file(golden(sample, ".json"))));
    }
}

TEST_CASE("the golden folder holds a pair for each sample and nothing else", "[compat][golden]") {
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(kSchemas / "golden")) {
        files += entry.is_regular_file() ? 1U : 0U;
    }
    CHECK(files == 2 * samples().size());
}

TEST_CASE("what another encoder makes of the golden JSON decodes to the sample",
          "[compat][golden]") {
    const ScratchFolder scratch;
    for (const Sample& sample : samples()) {
        if (sample.schema == "frame") {
            continue;  // flatc cannot write an identifier that the schema file does not declare
        }
        INFO(sample.name);
        REQUIRE(run_flatc(sample, "--binary", golden(sample, ".json"), scratch.path()));
        CHECK(sample.decodes_to_it(read_file(scratch.path() / (sample.name + ".bin"))));
    }
}

TEST_CASE("one sample is not taken for another", "[compat][golden]") {
    const auto all = samples();
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(all[i].name);
        CHECK_FALSE(all[i].decodes_to_it(all[(i + 1) % all.size()].encoded));
    }
}

}  // namespace
}  // namespace carehub::compat
