#include "adapters/kit/runner.hpp"

#include "adapters/kit/raw_archive.hpp"
#include "adapters/kit/raw_reader.hpp"
#include "adapters/kit/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

namespace fs = std::filesystem;

/// A line is "ID CLIENT".
Result<Parsed> parse_words(const fs::path& file, std::string&) {
    std::istringstream lines(read_text(file));
    Parsed parsed;
    std::string id;
    std::string client;
    while (lines >> id >> client) {
        Submission event;
        event.source_msg_id = id;
        event.identifiers = {{"test", "PI", client}};
        parsed.events.push_back(event);
    }
    return parsed;
}

struct Desk {
    TemporaryFolder root;
    MemoryHub hub;
    SetClock clock;
    Counts counts;
    RunnerOptions options;
    std::unique_ptr<FolderAdapter> adapter;

    Desk() {
        const fs::path in = root.path() / "in";
        options.feed.watch = WatchFolders{in, in / "done", in / "refused"};
        options.state_folder = root.path() / "state";
        options.link_secrets.now.fill(7);
        options.parse = parse_words;
        options.encode = encode_id;
        options.decode = decode_id;
        start();
    }
    void start() {
        adapter.reset();
        auto opened = FolderAdapter::open(options, hub, clock, counts);
        REQUIRE(opened);
        adapter = std::move(*opened);
    }
    void deliver(const std::string& name, const std::string& text) {
        write_text(options.feed.watch->folder / name, text);
    }
    void rounds(int number) {
        for (int i = 0; i < number; ++i) {
            REQUIRE(adapter->step(std::chrono::milliseconds{0}));
            clock.advance(kLookInterval);
        }
    }
    [[nodiscard]] std::string idle() const { return read_text(options.state_folder / "idle.json"); }
};

std::vector<std::string> ids(std::initializer_list<const char*> list) {
    return {list.begin(), list.end()};
}

}  // namespace

TEST_CASE("a file's events reach the hub in order, within its credit", "[kit]") {
    Desk desk;
    desk.hub.credit_max = 2;
    desk.deliver("a.txt", "1 x\n2 y\n3 x\n4 z\n5 x\n");
    desk.rounds(6);
    CHECK(desk.hub.accepted == ids({"1", "2", "3", "4", "5"}));
    CHECK(desk.hub.seen == desk.hub.accepted);
    CHECK(desk.counts.to_json() ==
          "{\"accepted\":5,\"duplicate\":0,\"refused\":0,\"routed_to_nobody\":0,\"by_reason\":{},"
          "\"notices_told\":0,\"notices_refused\":0,\"hub_differs\":false}");
}

TEST_CASE("idle.json stands only while nothing is pending", "[kit]") {
    Desk desk;
    desk.rounds(1);
    CHECK_THAT(desk.idle(), Catch::Matchers::Contains("\"files_done\":0"));
    desk.hub.connected = false;
    desk.deliver("a.txt", "1 x\n");
    desk.rounds(4);
    CHECK(desk.idle().empty());
    desk.hub.reconnect();
    desk.rounds(4);
    CHECK(desk.idle() ==
          "{\"idle\":true,\"files_done\":1,\"files_refused\":0,\"spooled\":0,\"accepted\":1,"
          "\"duplicate\":0,\"refused\":0}\n");
}

TEST_CASE("what has no receipt goes again after a reconnect and counts once", "[kit]") {
    Desk desk;
    desk.hub.drops_receipts = true;
    desk.deliver("a.txt", "1 x\n2 x\n3 x\n4 x\n5 x\n6 x\n");
    desk.rounds(4);
    CHECK(desk.hub.accepted == ids({"1", "2", "3", "4"}));
    desk.hub.reconnect();
    desk.rounds(5);
    CHECK(desk.hub.accepted == ids({"1", "2", "3", "4", "5", "6"}));
    CHECK(desk.counts.accepted == 2);
    CHECK(desk.counts.duplicate == 4);
}

TEST_CASE("an adapter killed before its receipts sends again what it spooled", "[kit]") {
    Desk desk;
    desk.hub.connected = false;
    desk.deliver("a.txt", "1 x\n2 x\n");
    desk.rounds(3);
    desk.start();
    desk.hub.reconnect();
    desk.rounds(3);
    CHECK(desk.hub.accepted == ids({"1", "2"}));
    desk.start();
    desk.rounds(3);
    CHECK(desk.hub.seen == ids({"1", "2"}));
}

TEST_CASE("a final refusal of the hub is told with file and number, and not sent again", "[kit]") {
    Desk desk;
    desk.hub.refuses = [](const std::string& id) {
        return id == "2"
                   ? Refusal{RefusalReason::InvalidField, "payload.end", "End after the start."}
                   : Refusal{};
    };
    desk.deliver("a.txt", "1 x\n2 x\n3 x\n");
    desk.rounds(6);
    CHECK(desk.hub.seen == ids({"1", "2", "3"}));
    CHECK(desk.counts.by_reason.at("InvalidField") == 1);
    CHECK(read_text(desk.options.feed.watch->refused / "refusals.jsonl") ==
          "{\"file\":\"a.txt\",\"line\":0,\"field\":\"payload.end\",\"code\":21,"
          "\"name\":\"InvalidField\",\"why\":\"the hub refused event 2 of the file\","
          "\"fix\":\"End after the start.\"}\n");
}

TEST_CASE("a parked lane holds back its client's later events and nobody else's", "[kit]") {
    Desk desk;
    desk.hub.credit_max = 1;
    bool parked = true;
    desk.hub.refuses = [&](const std::string& id) {
        return parked && id == "1" ? Refusal{RefusalReason::LaneParked, "", ""} : Refusal{};
    };
    desk.deliver("a.txt", "1 x\n2 y\n3 x\n4 z\n");
    desk.rounds(3);
    REQUIRE(desk.adapter->step(std::chrono::milliseconds{0}));
    REQUIRE(desk.adapter->step(std::chrono::milliseconds{0}));
    REQUIRE(desk.adapter->step(std::chrono::milliseconds{0}));
    CHECK(desk.hub.accepted == ids({"2", "4"}));
    CHECK(desk.idle().empty());
    parked = false;
    desk.clock.advance(kRetryLongest);
    desk.rounds(6);
    CHECK(desk.hub.accepted == ids({"2", "4", "1", "3"}));
    CHECK(desk.counts.refused == 0);
}

TEST_CASE("a hub short of room is left in peace for a wait that grows", "[kit]") {
    Desk desk;
    desk.hub.credit_max = 1;
    desk.hub.refuses = [](const std::string&) {
        return Refusal{RefusalReason::Overloaded, "", ""};
    };
    desk.deliver("a.txt", "1 x\n2 y\n");
    desk.rounds(200);  // 40 s: at 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s and a little
    CHECK(desk.hub.seen.size() >= 5);
    CHECK(desk.hub.seen.size() <= 8);
    desk.hub.refuses = [](const std::string&) { return Refusal{}; };
    desk.clock.advance(kRetryLongest);
    desk.rounds(4);
    CHECK(desk.hub.accepted == ids({"1", "2"}));
}

TEST_CASE("what is routed to nobody is counted and told by file and number, without names",
          "[kit]") {
    Desk desk;
    desk.hub.routes = [](const std::string& id) {
        return id == "2" ? RoutedTo::Nobody : RoutedTo::Recipients;
    };
    desk.deliver("a.txt", "1 x\n2 Quirrelwood\n3 x\n");
    desk.rounds(5);
    CHECK(desk.counts.accepted == 3);
    CHECK(desk.counts.routed_to_nobody == 1);
    const std::string told = read_text(desk.options.feed.watch->refused / "findings.jsonl");
    CHECK_THAT(told, Catch::Matchers::Contains("\"file\":\"a.txt\"") &&
                         Catch::Matchers::Contains("routed_to_nobody: event 2 of the file"));
    CHECK(std::count(told.begin(), told.end(), '\n') == 1);
    CHECK_THAT(told, !Catch::Matchers::Contains("Quirrelwood"));
}

TEST_CASE("the last accepted receipt is told to the hub, also after a restart of the adapter",
          "[kit]") {
    Desk desk;
    CHECK(desk.hub.told == LastReceipt{});
    desk.deliver("a.txt", "1 x\n2 x\n1 x\n");  // the third is answered Duplicate
    desk.rounds(6);
    CHECK(desk.hub.told.sequence == 102);
    CHECK(desk.hub.told.root.front() == 2);
    desk.hub.told = {};
    desk.start();
    CHECK(desk.hub.told.sequence == 102);
    desk.adapter.reset();
    desk.options.hub_key.fill(9);  // another hub: its history is not this one
    desk.start();
    CHECK(desk.hub.told == LastReceipt{});
}

TEST_CASE("a restored hub gets again what it lost, in the old order, before what is new", "[kit]") {
    Desk desk;
    desk.deliver("a.txt", "1 x\n2 y\n3 x\n");
    desk.rounds(4);
    desk.deliver("b.txt", "4 x\n5 y\n");
    desk.rounds(4);
    REQUIRE(desk.hub.accepted == ids({"1", "2", "3", "4", "5"}));
    desk.start();  // what was acknowledged outlives the adapter
    desk.hub.restore(2);
    desk.hub.connected = false;
    desk.deliver("c.txt", "6 x\n");
    desk.rounds(3);
    desk.hub.connected = true;
    desk.hub.seen.clear();
    desk.rounds(6);
    CHECK(desk.hub.seen == ids({"1", "2", "3", "4", "5", "6"}));
    CHECK(desk.hub.accepted == ids({"1", "2", "3", "4", "5", "6"}));
    CHECK(desk.hub.told.sequence == 106);
    CHECK_FALSE(desk.idle().empty());
}

TEST_CASE("an adapter that keeps nothing has nothing to send again", "[kit]") {
    Desk desk;
    desk.adapter.reset();
    desk.options.feed.watch->kept_bytes_max = 0;
    desk.start();
    desk.deliver("a.txt", "1 x\n");
    desk.rounds(4);
    desk.clock.advance(std::chrono::hours{24 * 365 * 100});  // far after the file was written
    desk.rounds(2);
    desk.hub.restore(0);
    desk.hub.seen.clear();
    desk.rounds(4);
    CHECK(desk.hub.seen.empty());
}

TEST_CASE("the loop runs until it is told to stop", "[kit]") {
    Desk desk;
    desk.adapter.reset();
    std::atomic<bool> stop{false};
    int ready = 0;
    desk.options.on_ready = [&] { ++ready; };
    desk.options.on_round = [&] { stop = true; };
    REQUIRE(run_folder_adapter(desk.options, desk.hub, stop, desk.counts));
    CHECK(ready == 1);
    desk.options.feed.watch.reset();
    CHECK(run_folder_adapter(desk.options, desk.hub, stop, desk.counts).error().code ==
          ErrorCode::Invalid);
}

TEST_CASE("an adapter without its link's secret key keeps nothing on disk", "[kit]") {
    Desk desk;
    desk.adapter.reset();
    fs::remove_all(desk.options.state_folder);
    desk.options.link_secrets = {};
    const auto refused = FolderAdapter::open(desk.options, desk.hub, desk.clock, desk.counts);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Invalid);
    CHECK_FALSE(fs::exists(desk.options.state_folder));
}

TEST_CASE("a raw archive is told which events came of what was put, and lets go", "[kit][raw]") {
    Desk desk;
    const fs::path folder = desk.root.path() / "raw";
    Sealing sealing = sealing_of(7, {}, SealingKey::RawArchive);
    const auto archive = RawArchive::open(folder, sealing);
    REQUIRE(archive);
    desk.options.raw_archive = archive->get();
    desk.options.parse = [&](const fs::path& file, std::string& state) -> Result<Parsed> {
        CAREHUB_TRY_DONE((*archive)->put(as_bytes(read_text(file)), desk.clock.now()));
        CAREHUB_TRY_DONE((*archive)->sync());
        return parse_words(file, state);
    };
    desk.options.decode = [](ByteView bytes) -> Result<Submission> {
        CAREHUB_TRY(Submission event, decode_id(bytes));
        event.raw_sha256 = sha256(as_bytes("1 x\n2 y\n"));
        return event;
    };
    desk.start();
    desk.deliver("a.txt", "1 x\n2 y\n");
    desk.rounds(6);
    for (const std::uint64_t sequence : {101U, 102U}) {
        const auto raw = read_raw_of_event(folder, sealing, {sequence});
        REQUIRE(raw);
        CHECK(as_text(*raw) == "1 x\n2 y\n");
    }
    desk.clock.advance(std::chrono::days{91});
    desk.rounds(1);
    CHECK_FALSE(read_raw_of_event(folder, sealing, {101}));
}
