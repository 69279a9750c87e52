#include "adapters/housing/export_set.hpp"

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

TestExport small_export() {
    return TestExport()
        .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
        .enrollment("e1,c1,S1,2026-06-01,h1,116,,,2026-06-01 10:00:00,");
}

std::vector<std::pair<std::string, std::string>> members(const TestExport& test_export,
                                                         const std::string& folder) {
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& [name, text] : test_export.files()) {
        files.emplace_back(folder + name, text);
    }
    return files;
}

Parsed read_path(const std::filesystem::path& path) {
    KnownRows known;
    return read_export(path, test_site(), known).value();
}

}  // namespace

TEST_CASE("a zip gives the same events as the folder, wherever the files lie in it", "[housing]") {
    const TemporaryFolder folder;
    const auto expected = read(small_export());
    REQUIRE(expected.events.size() == 2);
    for (const char* inside : {"", "HMIS export/"}) {
        write_zip(folder.path() / "export.zip", members(small_export(), inside));
        CHECK(read_path(folder.path() / "export.zip").events == expected.events);
    }
}

TEST_CASE("file names match in any case, and other files are left alone", "[housing]") {
    const TemporaryFolder folder;
    const TestExport quiet = small_export();
    for (const auto& [name, text] : quiet.files()) {
        std::string shouted = name;
        for (char& c : shouted) {
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        folder.write(shouted, text);
    }
    folder.write("CustomGender.csv", "\"no csv");
    folder.write("notes.txt", "hello");
    CHECK(read_path(folder.path()).events == read(small_export()).events);
}

TEST_CASE("a byte order mark, CRLF and quotes change nothing", "[housing]") {
    TestExport odd = small_export();
    std::string clients = "\xEF\xBB\xBF" + odd.files().at("Client.csv");
    for (std::size_t at = 0; (at = clients.find('\n', at)) != std::string::npos; at += 2) {
        clients.replace(at, 1, "\r\n");
    }
    odd.file("Client.csv", clients).replace("Client.csv", "Ann", "\"Ann\"");
    CHECK(read(odd).events == read(small_export()).events);
}

TEST_CASE("a zip beyond its limits is refused as a whole", "[housing]") {
    const TemporaryFolder folder;
    const auto zip = folder.path() / "export.zip";
    auto files = members(small_export(), "");

    SECTION("too many files") {
        for (int i = 0; i < 200; ++i) {
            files.emplace_back("extra" + std::to_string(i) + ".csv", "a\n");
        }
        write_zip(zip, files);
    }
    SECTION("a bomb") {
        files.emplace_back("Bomb.csv", std::string(std::size_t{4} << 20, 'a'));
        write_zip(zip, files);
    }
    SECTION("two files of one name") {
        files.emplace_back("again/Client.csv", "PersonalID\n");
        write_zip(zip, files);
    }
    SECTION("no zip at all") { folder.write("export.zip", "PK but not really"); }
    const Parsed parsed = read_path(zip);
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::FormatUnreadable);
    CHECK(parsed.refusals[0].file == "export.zip");
}

TEST_CASE("a zip damaged anywhere is refused or reads as it was, never crashes", "[housing]") {
    const TemporaryFolder folder;
    const auto zip = folder.path() / "export.zip";
    write_zip(zip, members(small_export(), ""));
    std::string bytes;
    {
        std::FILE* file = std::fopen(zip.c_str(), "rb");
        REQUIRE(file != nullptr);
        int c = 0;
        while ((c = std::fgetc(file)) != EOF) {
            bytes.push_back(static_cast<char>(c));
        }
        std::fclose(file);
    }
    for (std::size_t at = 0; at < bytes.size(); at += 13) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        folder.write("damaged.zip", damaged);
        KnownRows known;
        const auto parsed = read_export(folder.path() / "damaged.zip", test_site(), known);
        CHECK((!parsed || parsed->events.empty() || parsed->events.size() == 2));
    }
}

TEST_CASE("an export that is not there is an error, not a refusal", "[housing]") {
    const TemporaryFolder folder;
    KnownRows known;
    const auto parsed = read_export(folder.path() / "nothing.zip", test_site(), known);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == ErrorCode::Io);
}
