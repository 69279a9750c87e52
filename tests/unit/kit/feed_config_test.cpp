#include "adapters/kit/feed_config.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

Result<FeedConfig> read(const TemporaryFolder& folder, const std::string& text) {
    write_text(folder.path() / "feed.toml", text);
    return read_feed_config(folder.path() / "feed.toml");
}

constexpr const char* kFeed = "[feed]\nname = \"f\"\nzone = \"America/New_York\"\n";

}  // namespace

TEST_CASE("a feed's configuration is read, folders meant from its own folder", "[kit]") {
    const TemporaryFolder folder;
    const auto config = read(folder, std::string(kFeed) +
                                         "authority = \"county\"\nallow_test = true\n"
                                         "[watch]\nfolder = \"in\"\ndone_folder = \"/srv/done\"\n"
                                         "[listen]\naddress = \"127.0.0.1\"\nport = 2575\n"
                                         "[of_the_kind]\nkey = 1\n");
    REQUIRE(config);
    CHECK(config->name == "f");
    CHECK(config->zone.name == "America/New_York");
    CHECK(config->authority == "county");
    REQUIRE(config->watch);
    CHECK(config->watch->folder == folder.path() / "in");
    CHECK(config->watch->done == "/srv/done");
    CHECK(config->watch->refused == folder.path() / "in/refused");
    REQUIRE(config->listen);
    CHECK(config->listen->port == 2575);
}

TEST_CASE("a mistake in the configuration is told by its place", "[kit]") {
    const TemporaryFolder folder;
    const auto problem = [&](const std::string& text) {
        return read(folder, text).error().context;
    };
    using Catch::Matchers::Contains;
    CHECK_THAT(problem("[feed]\nzone = \"America/New_York\"\n"), Contains("[feed] name"));
    CHECK_THAT(problem("[feed]\nname = 7\nzone = \"UTC\"\n"), Contains("[feed] name"));
    CHECK_THAT(problem(std::string(kFeed) + "[watch]\nfolder = \"in\"\ndone = \"x\"\n"),
               Contains("[watch] done is not known"));
    CHECK_THAT(problem(std::string(kFeed) + "[listen]\naddress = \"\"\n"),
               Contains("[listen] address"));
    CHECK_THAT(problem(std::string(kFeed) + "[listen]\naddress = \"x\"\nport = 70000\n"),
               Contains("port"));
    CHECK_THAT(problem("[feed\n"), Contains("line 1"));
    CHECK(read(folder, "[feed]\nname = \"f\"\nzone = \"Mars/Olympus\"\n").error().code ==
          ErrorCode::NotFound);
    CHECK(read_feed_config(folder.path() / "none.toml").error().code == ErrorCode::NotFound);
}
