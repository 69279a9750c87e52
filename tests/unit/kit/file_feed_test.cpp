#include "adapters/kit/file_feed.hpp"

#include <utility>

#include "adapters/kit/spooled_event.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

namespace fs = std::filesystem;

/// A kind of one line an event: "ok ID", "bad", or a file that begins with "unreadable". Its state
/// is the number of lines it ever took.
Result<Parsed> parse_lines(const fs::path& file, std::string& state) {
    if (fs::is_directory(file)) {
        return parse_lines(file / "main.txt", state);
    }
    std::istringstream lines(read_text(file));
    Parsed parsed;
    std::uint64_t count = state.empty() ? 0 : std::stoull(state);
    std::uint64_t line = 0;
    for (std::string text; std::getline(lines, text);) {
        ++line;
        if (text.starts_with("unreadable")) {
            return fail(ErrorCode::Invalid, "not of this format");
        }
        if (text == "known") {
            ++count;  // remembered, and nothing new to tell
            continue;
        }
        if (text.starts_with("ok ")) {
            parsed.events.push_back({});
            parsed.events.back().source_msg_id = text.substr(3);
            ++count;
        } else {
            parsed.refusals.push_back({file.filename().string(),
                                       line,
                                       {RefusalReason::RowIncomplete, "id", "Fill it in."},
                                       "No id."});
        }
        parsed.findings.push_back({file.filename().string(), line, "id", "seen"});
    }
    state = std::to_string(count);
    return parsed;
}

/// A feed that can be killed and started again over the same folders.
struct Site {
    TemporaryFolder root;
    fs::path watched = root.path() / "in";
    fs::path state = root.path() / "state";
    WatchFolders folders{watched, watched / "done", watched / "refused"};
    Counts counts;
    SpoolLimits limits;
    Sealing sealing = sealing_of(7);
    Takes takes = Takes::Files;
    std::string feed_name;
    std::function<Status(FeedStep)> after_step;
    std::unique_ptr<Spool> spool;
    std::unique_ptr<FileFeed> feed;
    int reads = 0;

    Status start() {
        feed.reset();
        spool.reset();
        auto opened = Spool::open(state / "spool", sealing, limits);
        REQUIRE(opened);
        spool = std::move(*opened);
        FileFeedOptions options;
        options.feed = feed_name;
        options.folders = folders;
        options.takes = takes;
        options.state_folder = state;
        options.parse = [this](const fs::path& file, std::string& kind_state) {
            ++reads;
            return parse_lines(file, kind_state);
        };
        options.encode = encode_id;
        options.after_step = after_step;
        auto fed = FileFeed::open(std::move(options), *spool, sealing, counts);
        if (!fed) {
            return tl::unexpected(fed.error());
        }
        feed = std::move(*fed);
        return {};
    }
    /// Looks twice: the first sees a file, the second finds it settled.
    Status look_twice() {
        CAREHUB_TRY_DONE(feed->step());
        return feed->step();
    }
    [[nodiscard]] std::vector<std::string> spooled() const {
        std::vector<std::string> ids;
        for (std::uint64_t n = spool->first_pending(); n < spool->next(); ++n) {
            const auto event = unpack(*spool->read(n));
            REQUIRE(event);
            ids.push_back(decode_id(event->submission)->source_msg_id);
        }
        return ids;
    }
    [[nodiscard]] std::string refusals() const {
        return read_text(folders.refused / "refusals.jsonl");
    }
};

constexpr const char* kRefusalOfLine2 =
    "{\"file\":\"a.txt\",\"line\":2,\"field\":\"id\",\"code\":62,\"name\":\"RowIncomplete\","
    "\"why\":\"No id.\",\"fix\":\"Fill it in.\"}\n";

}  // namespace

TEST_CASE("a settled file is spooled, its refusals told, and moved out of the way", "[kit]") {
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok 1\nbad\nok 2\n");
    REQUIRE(site.feed->step());
    CHECK(site.spooled().empty());
    CHECK_FALSE(site.feed->is_idle());
    REQUIRE(site.feed->step());
    CHECK(site.spooled() == std::vector<std::string>{"1", "2"});
    CHECK(site.refusals() == kRefusalOfLine2);
    CHECK_FALSE(fs::exists(site.watched / "a.txt"));
    CHECK(fs::exists(site.folders.done / "a.txt"));
    CHECK(site.feed->files_done() == 1);
    CHECK(site.feed->files_refused() == 0);
    CHECK(site.counts.by_reason == std::map<std::string, std::uint64_t>{{"RowIncomplete", 1}});
    REQUIRE(site.feed->step());
    CHECK(site.feed->is_idle());
}

TEST_CASE("a file that still changes, a hidden one and a .tmp are left alone", "[kit]") {
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok 1\n");
    write_text(site.watched / ".a.txt", "ok 2\n");
    write_text(site.watched / "b.tmp", "ok 3\n");
    write_text(site.watched / "c.csv.part", "ok 4\n");
    REQUIRE(site.feed->step());
    write_text(site.watched / "a.txt", "ok 1\nok 5\n");
    REQUIRE(site.feed->step());
    CHECK(site.spooled().empty());
    REQUIRE(site.feed->step());
    CHECK(site.spooled() == std::vector<std::string>{"1", "5"});
    REQUIRE(site.look_twice());
    CHECK(site.feed->is_idle());
    CHECK(fs::exists(site.watched / "b.tmp"));
}

TEST_CASE("a file that cannot be read leaves the kind's state and goes to its own folder",
          "[kit]") {
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "1.txt", "ok 1\n");
    write_text(site.watched / "2.txt", "ok 2\nunreadable\n");
    write_text(site.watched / "3.txt", "bad\n");
    write_text(site.watched / "4.txt", "ok 3\n");
    REQUIRE(site.look_twice());
    CHECK(site.spooled() == std::vector<std::string>{"1", "3"});
    CHECK(fs::exists(site.folders.refused / "2.txt"));
    CHECK(fs::exists(site.folders.refused / "3.txt"));
    CHECK(fs::exists(site.folders.done / "4.txt"));
    CHECK(site.feed->files_done() == 4);
    CHECK(site.feed->files_refused() == 2);
    CHECK(site.counts.by_reason.at("FormatUnreadable") == 1);
    const auto state = read_feed_state(site.state, 4, site.sealing);
    REQUIRE(state);
    CHECK(state->kind_state == "2");
}

TEST_CASE("a file with bad rows and nothing new still moves the kind's state", "[kit]") {
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "1.txt", "known\nbad\n");
    REQUIRE(site.look_twice());
    CHECK(site.spooled().empty());
    CHECK(fs::exists(site.folders.refused / "1.txt"));
    const auto state = read_feed_state(site.state, 1, site.sealing);
    REQUIRE(state);
    CHECK(state->kind_state == "1");
}

TEST_CASE("an adapter killed between any two steps has every file once", "[kit]") {
    const auto step = GENERATE(FeedStep::StateWritten, FeedStep::Committed, FeedStep::LinesWritten,
                               FeedStep::Moved);
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "0.txt", "ok 0\n");
    REQUIRE(site.look_twice());

    bool kill = true;
    site.after_step = [&](FeedStep at) {
        return kill && at == step ? Status{fail(ErrorCode::Io, "killed")} : Status{};
    };
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok 1\nbad\nok 2\n");
    REQUIRE_FALSE(site.look_twice());
    kill = false;
    REQUIRE(site.start());
    REQUIRE(site.look_twice());
    REQUIRE(site.look_twice());

    CHECK(site.spooled() == std::vector<std::string>{"0", "1", "2"});
    CHECK(site.refusals() == kRefusalOfLine2);
    CHECK(fs::exists(site.folders.done / "a.txt"));
    CHECK_FALSE(fs::exists(site.watched / "a.txt"));
    CHECK(site.feed->files_done() == 2);
    CHECK(read_feed_state(site.state, 2, site.sealing)->kind_state == "3");
    CHECK_FALSE(fs::exists(feed_state_path(site.state, 1)));
}

TEST_CASE("the same file delivered again is read again and kept beside the first", "[kit]") {
    Site site;
    REQUIRE(site.start());
    for (int day = 0; day < 2; ++day) {
        write_text(site.watched / "a.txt", "ok 1\n");
        REQUIRE(site.look_twice());
        REQUIRE(site.start());
    }
    CHECK(site.spooled() == std::vector<std::string>{"1", "1"});
    CHECK(fs::exists(site.folders.done / "a.txt"));
    CHECK(fs::exists(site.folders.done / "a-2.txt"));
}

TEST_CASE("a newer delivery that took a file's place while it was read is read as well", "[kit]") {
    const bool is_set = GENERATE(false, true);
    Site site;
    site.takes = Takes::FilesAndSets;
    const auto deliver = [&](const fs::path& at, const char* text) {
        if (is_set) {
            fs::create_directories(at);
        }
        write_text(is_set ? at / "main.txt" : at, text);
    };
    site.after_step = [&, replaced = false](FeedStep at) mutable -> Status {
        if (at == FeedStep::LinesWritten && !std::exchange(replaced, true)) {
            deliver(site.root.path() / "next", "ok 2\n");
            fs::rename(site.watched / "a", site.root.path() / "before");
            fs::rename(site.root.path() / "next", site.watched / "a");
        }
        return {};
    };
    REQUIRE(site.start());
    deliver(site.watched / "a", "ok 1\n");
    REQUIRE(site.look_twice());
    CHECK(fs::exists(site.watched / "a"));
    REQUIRE(site.look_twice());
    CHECK(site.spooled() == std::vector<std::string>{"1", "2"});
    CHECK(fs::exists(site.folders.done / "a"));
    CHECK_FALSE(fs::exists(site.watched / "a"));
}

TEST_CASE("lines half written by a kill are completed, not repeated", "[kit]") {
    Site site;
    site.after_step = [&](FeedStep at) {
        return at == FeedStep::Committed ? Status{fail(ErrorCode::Io, "killed")} : Status{};
    };
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok 1\nbad\n");
    REQUIRE_FALSE(site.look_twice());
    write_text(site.folders.refused / "refusals.jsonl", std::string(kRefusalOfLine2).substr(0, 20));
    site.after_step = nullptr;
    REQUIRE(site.start());
    CHECK(site.refusals() == kRefusalOfLine2);
}

TEST_CASE("a full spool leaves the file where it is until there is room", "[kit]") {
    Site site;
    site.limits = {.bytes_max = 300, .segment_bytes_max = 1};
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok " + std::string(150, '1') + "\n");
    write_text(site.watched / "b.txt", "ok " + std::string(150, '2') + "\n");
    REQUIRE(site.look_twice());
    CHECK(site.spooled().size() == 1);
    CHECK(fs::exists(site.watched / "b.txt"));
    CHECK_FALSE(site.feed->is_idle());
    const int read_before = site.reads;
    REQUIRE(site.look_twice());
    CHECK(site.reads == read_before);  // nothing of the spool has left
    REQUIRE(site.spool->acknowledge(1));
    REQUIRE(site.feed->step());
    CHECK(site.spooled().size() == 1);
    CHECK_FALSE(fs::exists(site.watched / "b.txt"));
}

TEST_CASE("a set is taken as one when nothing in it changes any more", "[kit]") {
    Site site;
    site.takes = Takes::FilesAndSets;
    REQUIRE(site.start());
    write_text(site.watched / "day1/main.txt", "ok 1\n");
    write_text(site.watched / "day1/other.txt.part", "x");
    REQUIRE(site.look_twice());
    CHECK(site.spooled().empty());
    CHECK_FALSE(site.feed->is_idle());
    fs::rename(site.watched / "day1/other.txt.part", site.watched / "day1/other.txt");
    REQUIRE(site.look_twice());
    CHECK(site.spooled() == std::vector<std::string>{"1"});
    CHECK(fs::exists(site.folders.done / "day1/other.txt"));
    CHECK_FALSE(fs::exists(site.watched / "day1"));
}

TEST_CASE("an event above the wire's bound is refused by number, the others go in", "[kit]") {
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok " + std::string(kEventBytesMax + 1, 'x') + "\nok 2\n");
    REQUIRE(site.look_twice());
    CHECK(site.spooled() == std::vector<std::string>{"2"});
    CHECK_THAT(site.refusals(), Catch::Matchers::Contains("\"code\":1,\"name\":\"TooLarge\""));
}

TEST_CASE("a state that is not what was written stops the feed by name", "[kit]") {
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok 1\n");
    REQUIRE(site.look_twice());
    std::string text = read_text(feed_state_path(site.state, 1));
    text.back() = static_cast<char>(text.back() ^ 1);
    write_text(feed_state_path(site.state, 1), text);
    CHECK(site.start().error().code == ErrorCode::Damaged);
}

TEST_CASE("what a kind remembers of its partner's rows is not readable on disk", "[kit]") {
    Site site;
    REQUIRE(site.start());
    write_text(site.watched / "a.txt", "ok 1\n");
    write_text(site.watched / "b.txt", "ok 2\n");
    REQUIRE(site.look_twice());
    const std::string bytes = read_text(feed_state_path(site.state, 2));
    CHECK(bytes.find("files_done") == std::string::npos);
    CHECK(bytes.find("b.txt") == std::string::npos);
    const auto state = read_feed_state(site.state, 2, site.sealing);
    REQUIRE(state);
    CHECK(state->delivery->name == "b.txt");
    fs::copy_file(feed_state_path(site.state, 2), feed_state_path(site.state, 7));
    CHECK(read_feed_state(site.state, 7, site.sealing).error().code == ErrorCode::Damaged);
}

TEST_CASE("what a file shows of the feed goes with its events, also over a restart",
          "[kit][feed]") {
    Site site;
    site.feed_name = "lines";
    REQUIRE(site.start());
    write_text(site.watched / "1.txt", "ok 1\nbad\n");
    REQUIRE(site.look_twice());
    REQUIRE(site.start());
    write_text(site.watched / "2.txt", "ok 2\nbad\n");
    REQUIRE(site.look_twice());
    write_text(site.watched / "3.txt", "ok 3\n");
    REQUIRE(site.look_twice());
    const auto is_told = [](const std::string& id, const std::string& number) {
        return id.starts_with("FeedAnomaly/RecordsRefused/" + number + "/");
    };
    const std::vector<std::string> ids = site.spooled();
    REQUIRE(ids.size() == 5);
    CHECK(ids[0] == "1");
    CHECK(is_told(ids[1], "1"));
    CHECK(ids[2] == "2");
    CHECK(ids[3] == "3");
    CHECK(is_told(ids[4], "3"));
    CHECK(site.feed->files_refused() == 0);
}
