#include <boost/json.hpp>

#include "hub/audit/base64.hpp"
#include "hub/audit/hash.hpp"
#include "hub/daemon/proof_desk.hpp"
#include "hub/daemon/witness_check.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tests/unit/daemon/folders.hpp"

namespace carehub::daemon {
namespace {

namespace json = boost::json;

/// A hub's folder, its journal, and who signs for it.
struct Signed {
    Signed()
        : config(*read_config(folder.data().settings())),
          journal(*journal::SqliteReader::open(folder.data().path.string())),
          notary(*Notary::of(folder.data(), config, journal->id())),
          desk({*journal, notary, clock, [this] { return journal->last(); }}) {}

    [[nodiscard]] audit::TreeHead head(std::uint64_t size) const {
        return *journal::head_at(*journal, {size});
    }
    [[nodiscard]] std::uint64_t last() const { return journal->last()->value; }
    [[nodiscard]] json::object answer(const std::string& name,
                                      const follower::Arguments& arguments = {}) {
        const follower::Answer told = desk.answer(name, arguments);
        REQUIRE(told.lines.size() == 1);
        return json::parse(told.lines.front()).as_object();
    }

    HubFolder folder;
    Config config;
    std::unique_ptr<journal::SqliteReader> journal;
    Notary notary;
    SystemClock clock;
    ProofDesk desk;
};

std::vector<Hash256> path_of(const json::object& line) {
    std::vector<Hash256> path;
    for (const json::value& hash : line.at("path").as_array()) {
        path.push_back(*audit::hash_from_base64(hash.as_string()));
    }
    return path;
}

}  // namespace

TEST_CASE("A checkpoint on demand is of the whole journal, signed by its key", "[daemon]") {
    Signed hub;
    const json::object told = hub.answer("checkpoint");
    const auto key = audit::note_key_from_text(std::string(told.at("key").as_string()));
    REQUIRE(key);
    CHECK(*key == hub.notary.key());
    const auto opened = audit::open_checkpoint(told.at("note").as_string(), *key, vault::is_signed);
    REQUIRE(opened);
    CHECK(opened->head == hub.head(hub.last()));
    CHECK(opened->journal == hub.journal->id());
    CHECK(Notary::of(hub.folder.data(), hub.config, hub.journal->id())->key() == *key);
}

TEST_CASE("Consistency is proven between any two sizes, and refused for others", "[daemon]") {
    Signed hub;
    const std::uint64_t last = hub.last();
    for (int times = 0; times < 2; ++times) {  // the second time from memory
        for (std::uint64_t size = 0; size <= last; ++size) {
            const json::object line = hub.answer(
                "consistency",
                {{"old_size", std::to_string(size)}, {"new_size", std::to_string(last)}});
            CHECK(audit::verify_consistency({size, last, path_of(line)}, hub.head(size).root,
                                            hub.head(last).root));
        }
    }
    for (const auto& [old_size, new_size] : {std::pair<std::string, std::string>{"2", "1"},
                                             {"1", std::to_string(last + 1)},
                                             {"-1", "1"},
                                             {"", "1"},
                                             {"1", "1x"}}) {
        const auto refused =
            hub.desk.answer("consistency", {{"old_size", old_size}, {"new_size", new_size}});
        CHECK(refused.refusal.reason == RefusalReason::InvalidField);
        CHECK(refused.lines.empty());
    }
}

TEST_CASE("An answer is proven entry by entry, with all its steps in their places", "[daemon]") {
    Signed hub;
    const std::uint64_t last = hub.last();
    follower::Answer told;
    told.lines = {R"({"sequence":2,"a":1})", R"({"sequence":2,"a":2})", R"({"sequence":3})"};
    told.to_prove = {{{2}, 2}, {{3}, 1}};
    const auto proven = hub.desk.prove(told, {{"client", "ada"}, {"since", "1"}});
    REQUIRE(proven.refusal.reason == RefusalReason::None);
    std::vector<std::string> steps;
    std::vector<std::uint64_t> entries;
    std::vector<Hash256> path;
    for (const std::string& text : proven.lines) {
        const json::object line = json::parse(text).as_object();
        if (line.contains("sequence")) {
            steps.push_back(text);
        } else if (line.contains("old_size")) {
            CHECK(audit::verify_consistency({1, last, path_of(line)}, hub.head(1).root,
                                            hub.head(last).root));
        } else if (line.contains("stored")) {
            const Bytes stored = *audit::from_base64(line.at("stored").as_string());
            CHECK(audit::verify_inclusion({entries.back() - 1, last, path},
                                          audit::hash_leaf(stored), hub.head(last).root));
        } else if (line.contains("entry")) {
            entries.push_back(line.at("entry").to_number<std::uint64_t>());
            path = path_of(line);
        }
    }
    CHECK(steps == told.lines);
    CHECK(entries == std::vector<std::uint64_t>{2, 3});
    const json::object statement = json::parse(proven.lines.back()).as_object();
    const auto words =
        audit::open_note(statement.at("statement").as_string(), hub.notary.key(), vault::is_signed);
    REQUIRE(words);
    CHECK(words->find("\nclient \"ada\"\n") != std::string::npos);
    CHECK(words->find("\nentries 2\n") != std::string::npos);

    CHECK(hub.desk.prove(told, {{"client", "ada"}, {"since", std::to_string(last + 1)}})
              .refusal.reason == RefusalReason::InvalidField);
    follower::Answer refused;
    refused.refusal.reason = RefusalReason::NotAllowed;
    CHECK(hub.desk.prove(refused, {}).refusal.reason == RefusalReason::NotAllowed);
}

TEST_CASE("A checkpoint is due when entries came and the interval is over", "[daemon]") {
    using std::chrono::seconds;
    CheckpointPace pace(seconds{30});
    CHECK_FALSE(pace.take(0, seconds{100}));
    CHECK(pace.take(5, seconds{101}));
    CHECK_FALSE(pace.take(5, seconds{900}));
    CHECK(pace.take(6, seconds{901}));
    CHECK_FALSE(pace.take(7, seconds{930}));
    CHECK(pace.take(7, seconds{931}));
    static_assert(kCheckpointInterval <= kCheckpointIntervalMax);
}

TEST_CASE("The witness folder keeps what it is given and tells the last of each day", "[daemon]") {
    Signed hub;
    const std::filesystem::path place = hub.folder.root() / "witness";
    const WitnessFolder witness(place, hub.notary.key());
    CHECK(witness.latest()->empty());
    const UtcTime day = *parse_iso_time("2026-03-02T12:00:00Z");
    for (const std::uint64_t size : {1U, 2U}) {
        REQUIRE(witness.keep(hub.notary.sign(hub.head(size), day)));
    }
    const auto third = hub.notary.sign(hub.head(3), day + std::chrono::days{1});
    REQUIRE(witness.keep(third));
    REQUIRE(witness.keep(third));
    const auto latest = witness.latest();
    REQUIRE(latest);
    REQUIRE(latest->size() == 2);
    CHECK((*latest)[0].head == hub.head(2));
    CHECK((*latest)[1] == third.checkpoint);
    CHECK(std::filesystem::exists(place / "2026-03-02" / "checkpoint-00000000000000000001"));

    audit::TreeHead other = hub.head(3);
    other.root[0] ^= 1U;
    CHECK(witness.keep(hub.notary.sign(other, third.checkpoint.at)).error().code ==
          ErrorCode::Damaged);
    std::ofstream(place / "2026-03-03" / "checkpoint-00000000000000000009") << third.note;
    CHECK(witness.latest());  // a name is no evidence; what the note says is
    std::ofstream(place / "2026-03-03" / "checkpoint-00000000000000000010") << "no note";
    CHECK(witness.latest().error().code == ErrorCode::Damaged);
}

TEST_CASE("Of the witness folder's newest day the newest note that the hub signed counts",
          "[daemon]") {
    Signed hub;
    const std::filesystem::path place = hub.folder.root() / "witness";
    const WitnessFolder witness(place, hub.notary.key());
    CHECK(*witness.newest() == std::nullopt);
    const UtcTime day = *parse_iso_time("2026-03-02T12:00:00Z");
    REQUIRE(witness.keep(hub.notary.sign(hub.head(2), day)));
    CHECK((*witness.newest())->head == hub.head(2));
    REQUIRE(witness.keep(hub.notary.sign(hub.head(3), day + std::chrono::days{1})));
    CHECK((*witness.newest())->head == hub.head(3));
    // What is no note of the hub's is passed over, and a day without any.
    std::ofstream(place / "2026-03-03" / "checkpoint-00000000000000000010") << "no note";
    std::filesystem::create_directories(place / "2026-03-04");
    CHECK((*witness.newest())->head == hub.head(3));
}

TEST_CASE("A journal that does not go on from its witness folder's newest checkpoint is refused",
          "[daemon]") {
    Signed hub;
    const std::filesystem::path place = hub.folder.root() / "witness";
    const WitnessFolder witness(place, hub.notary.key());
    const auto check = [&] {
        const Status checked = check_witness(witness, *hub.journal, {hub.last()});
        return checked ? std::optional<ErrorCode>() : checked.error().code;
    };
    CHECK(check() == std::nullopt);  // nothing was kept yet
    UtcTime day = *parse_iso_time("2026-03-02T12:00:00Z");
    for (std::uint64_t size = 0; size <= hub.last(); ++size) {
        REQUIRE(witness.keep(hub.notary.sign(hub.head(size), day += std::chrono::seconds{1})));
        CHECK(check() == std::nullopt);
    }
    audit::TreeHead other = hub.head(hub.last() - 1);
    other.root[0] ^= 1U;
    REQUIRE(witness.keep(hub.notary.sign(other, day += std::chrono::days{1})));
    CHECK(check() == ErrorCode::Damaged);
    other.size = hub.last() + 1;
    REQUIRE(witness.keep(hub.notary.sign(other, day += std::chrono::days{1})));
    CHECK(check() == ErrorCode::BehindLedger);
}

TEST_CASE("A witness folder that cannot be read stops nobody", "[daemon]") {
    Signed hub;
    std::ofstream(hub.folder.root() / "witness") << "a file";
    const WitnessFolder witness(hub.folder.root() / "witness", hub.notary.key());
    CHECK(witness.newest().error().code == ErrorCode::Io);
    CHECK(check_witness(witness, *hub.journal, {hub.last()}));
}

TEST_CASE("The settings of the witness are read, bounded and written", "[daemon]") {
    const HubFolder folder;
    const auto with = [&](const std::string& text) {
        std::ofstream(folder.data().settings()) << text;
        return read_config(folder.data().settings());
    };
    CHECK(with("")->checkpoint_every == kCheckpointInterval);
    CHECK(witness_path(folder.data(), *with("")).empty());
    const auto config = with("[witness]\nfolder = \"out\"\nevery_s = 60\n");
    REQUIRE(config);
    CHECK(config->checkpoint_every == std::chrono::seconds{60});
    CHECK(witness_path(folder.data(), *config) == folder.data().path / "out");
    CHECK(to_toml(*config).find("[witness]\nfolder = \"out\"") != std::string::npos);
    CHECK_FALSE(with("[witness]\nevery_s = 61\n"));
    CHECK_FALSE(with("[witness]\nevery_s = 0\n"));
}

}  // namespace carehub::daemon
