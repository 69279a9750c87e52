#include "adapters/housing/site_config.hpp"

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::housing;

namespace {

Result<Site> read_text(const std::string& text) {
    const TemporaryFolder folder;
    folder.write("housing.toml", text);
    return read_site(folder.path() / "housing.toml");
}

constexpr const char* kFeed =
    "[feed]\nname = \"shelter\"\nzone = \"America/Chicago\"\nauthority = \"HARBOR\"\n";

Result<Site> read_feed_and(std::string_view rest) {
    std::string text = kFeed;
    text += rest;
    return read_text(text);
}

}  // namespace

TEST_CASE("a config names feed, zone and authority", "[housing]") {
    const auto site = read_feed_and("[watch]\nfolder = \"in\"\n");
    REQUIRE(site);
    CHECK(site->feed == "shelter");
    CHECK(site->zone.name == "America/Chicago");
    CHECK(site->authority == "HARBOR");
}

TEST_CASE("a config with a key that does not exist is refused by that name", "[housing]") {
    CHECK(read_feed_and("zon = \"UTC\"\n").error().context.find("zon") != std::string::npos);
    CHECK(read_feed_and("[columns]\na = 1\n").error().context.find("columns") != std::string::npos);
    CHECK(read_feed_and("[watch]\nfolder=\"x\"\nfoldr=\"x\"\n").error().context.find("foldr") !=
          std::string::npos);
}

TEST_CASE("a config with a zone that does not exist or an endless name is refused", "[housing]") {
    CHECK_FALSE(read_text("[feed]\nname = \"a\"\nzone = \"Mars/Base\"\n"));
    CHECK_FALSE(read_text("[feed]\nname = \"" + std::string(65, 'a') + "\"\nzone = \"UTC\"\n"));
    CHECK_FALSE(read_text("[feed]\nzone = \"UTC\"\n"));
}
