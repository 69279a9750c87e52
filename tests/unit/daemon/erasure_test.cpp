// T32: some of many are erased. Five words of each person are looked for, byte by byte, in every file
// of the folder and of a backup, and behind every key that is left.
#include <charconv>
#include <iostream>

#include "hub/daemon/backup.hpp"
#include "hub/daemon/recovery.hpp"
#include "hub/daemon/replay.hpp"
#include "hub/daemon/snapshotter.hpp"
#include "hub/daemon/sweeper.hpp"
#include "hub/daemon/vault_files.hpp"
#include "hub/follower/sealed_check.hpp"
#include "hub/rules/registry.hpp"
#include "tests/unit/daemon/sealed_folder.hpp"

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCanary = "canary-";
constexpr int kFields = 5;
constexpr std::size_t kBatch = 1'024;

/// Person and field of each word that was found.
using Found = std::set<std::pair<int, int>>;

std::string canary(int person, int field) {
    return std::string(kCanary) + std::to_string(person) + "-" + std::to_string(field) + ".";
}
std::string name_of_person(int person) { return "P-" + std::to_string(person); }

/// Every canary in these bytes.
void search(std::string_view bytes, Found& found) {
    for (std::size_t at = bytes.find(kCanary); at != std::string_view::npos;
         at = bytes.find(kCanary, at + 1)) {
        const char* const end = bytes.data() + bytes.size();
        int person = -1;
        int field = -1;
        const auto first = std::from_chars(bytes.data() + at + kCanary.size(), end, person);
        if (first.ec == std::errc{} && first.ptr != end && *first.ptr == '-') {
            std::from_chars(first.ptr + 1, end, field);
        }
        found.insert({person, field});
    }
}

/// As whoever steals the disk reads it.
Found in_files(const fs::path& folder) {
    Found found;
    for (const auto& item : fs::recursive_directory_iterator(folder)) {
        if (item.is_regular_file()) {
            std::ostringstream bytes;
            bytes << std::ifstream(item.path(), std::ios::binary).rdbuf();
            search(bytes.str(), found);
        }
    }
    return found;
}

/// All that these keys open: of the journal in a folder, and of the snapshots beside it.
Found opened(const fs::path& journal, const fs::path& snapshots, const vault::VaultFiles& keys) {
    SystemDisk disk;
    SystemRandom random;
    const auto vault = vault::Vault::open(disk, keys, random);
    REQUIRE(vault);
    vault::Unsealer unsealer(*vault);
    const auto reader = journal::SqliteReader::open(journal.string());
    REQUIRE(reader);
    Found found;
    const auto last = (*reader)->last();
    REQUIRE(last);
    REQUIRE((*reader)->read({1}, last->value, [&](const journal::StoredEntry& stored) -> Status {
        CAREHUB_TRY(const Entry entry, follower::load(stored.bytes, stored.sealed, unsealer));
        search(as_text(entry.input), found);
        return {};
    }));
    if (!fs::exists(snapshots)) {
        return found;
    }
    for (const auto& item : fs::directory_iterator(snapshots)) {
        if (item.path().extension() != ".chs") {
            continue;
        }
        follower::Follower follower(rules::all_rules());
        follower.open_people_with(*vault);
        REQUIRE(load_follower(disk, item.path().string(), follower));
        follower::PersonReader people(unsealer);
        for (const auto& [id, subject] : follower.state().cases) {
            for (const Identifier& identifier : people.person(follower.people(), id)->roster) {
                search(identifier.value, found);
            }
        }
    }
    return found;
}

class Town {
public:
    Town() {
        // What a file keeps of itself goes to the disk, not to the test's memory.
        REQUIRE(init_folder(data(), {true, *parse_iso_time("2026-03-02T08:00:00-05:00")}));
        Desk desk(data());
        add(desk, "clinic", PartnerKind::Clinic, StaffRole::Unset);
        add(desk, "sue", PartnerKind::Staff, StaffRole::Supervisor);
    }

    [[nodiscard]] DataFolder data() const { return {root_.path() / "data"}; }
    [[nodiscard]] fs::path beside(const std::string& name) const { return root_.path() / name; }
    [[nodiscard]] vault::VaultFiles keys() const {
        return vault_files(data(), *read_config(data().settings()));
    }

    /// Of each a row of the roster and a visit: five fields that nobody may read without the key.
    void fill(int people) {
        Desk desk(data());
        gateway::InputBatch inputs;
        for (int person = 0; person < people; ++person) {
            RosterCommand row =
                SealedFolder::row(name_of_person(person), {"CLINIC", "MR", canary(person, 0)});
            row.family_name = canary(person, 1);
            row.given_name = canary(person, 2);
            desk.maker->command(desk.session_of("admin"), 1, *codec::encode_command(row), inputs);
            Submission visit = SealedFolder::obligation("", EventKind::AppointmentBooked,
                                                        "v-" + std::to_string(person));
            visit.identifiers = {row.identifier};
            auto& claim = std::get<ObligationClaim>(visit.payload);
            claim.location.name = canary(person, 3);
            claim.reason_code = canary(person, 4);
            desk.maker->submission(desk.session_of("clinic"), 1, *codec::encode_submission(visit),
                                   inputs);
            flush(desk, inputs, kBatch);
        }
        flush(desk, inputs, 1);
    }

    void erase(const std::vector<int>& people) {
        Desk desk(data());
        gateway::InputBatch inputs;
        for (const int person : people) {
            RetentionCommand told;
            told.act = RetentionAct::Erase;
            told.client = name_of_person(person);
            told.reason = "asked for on paper";
            desk.maker->command(desk.session_of("sue"), 1, *codec::encode_command(told), inputs);
            flush(desk, inputs, kBatch);
        }
        flush(desk, inputs, 1);
    }

    void write_snapshot() {
        SystemDisk disk;
        SystemRandom random;
        const DataFolder folder = data();
        const auto vault = vault::Vault::open(disk, keys(), random);
        REQUIRE(vault);
        Snapshotter snapshotter(folder, *vault, random, 1);
        REQUIRE(snapshotter.write(std::atomic<bool>{false}));
    }

private:
    static void add(Desk& desk, const std::string& name, PartnerKind kind, StaffRole role) {
        PartnerCommand command;
        command.name = name;
        command.kind = kind;
        command.role = role;
        command.public_key.fill(static_cast<std::uint8_t>(kind));
        SealedFolder::accept(desk.command(command));
    }
    static void flush(Desk& desk, gateway::InputBatch& inputs, std::size_t least) {
        if (inputs.size() < least) {
            return;
        }
        for (const Receipt& receipt : desk.commit_all(std::exchange(inputs, {}))) {
            REQUIRE(receipt.status == ReceiptStatus::Accepted);
        }
    }

    TemporaryFolder root_;
};

/// Nothing of the erased, everything of the others.
void require_only_the_others(const Found& found, int people, const std::vector<int>& erased) {
    const std::set<int> gone(erased.begin(), erased.end());
    for (int person = 0; person < people; ++person) {
        for (int field = 0; field < kFields; ++field) {
            if (found.contains({person, field}) == gone.contains(person)) {
                FAIL("person " << person << ", field " << field);
            }
        }
    }
}

/// As the running hub does beside its work.
void sweep(const DataFolder& folder) {
    const Desk desk(folder);
    const auto& erasures = desk.hub->machine.state().erasures;
    REQUIRE_FALSE(erasures.empty());
    Sweeper sweeper(*desk.hub->journal, *desk.hub->vault);
    CHECK_FALSE(*sweeper.has_work());
    sweeper.erased(*erasures.rbegin());
    CHECK(*sweeper.has_work());
    while (*sweeper.has_work()) {
        REQUIRE(sweeper.step());
    }
    CHECK(*desk.hub->journal->dropped_for() == *erasures.rbegin());
}

void erase_and_search(int people, int count) {
    Town town;
    town.fill(people);
    town.write_snapshot();
    fs::copy_file(town.data().vault_keys(), town.beside("older.keys"));
    std::vector<int> erased;
    for (int i = 0; i < count; ++i) {
        erased.push_back(i * (people / count));
    }
    const SystemClock clock;
    const Micros begin = clock.steady();
    town.erase(erased);
    const double seconds = std::chrono::duration<double>(clock.steady() - begin).count();
    std::cout << count << " of " << people << " erased in " << seconds << " s\n";
    town.write_snapshot();
    const fs::path backup = town.beside("backup");
    REQUIRE(take_backup(town.data(), backup, {}));

    // Nothing is readable without keys, with them what is left.
    CHECK(in_files(town.data().path).empty());
    CHECK(in_files(backup).empty());
    const vault::VaultFiles keys = town.keys();
    require_only_the_others(opened(town.data().path, town.data().snapshots(), keys), people,
                            erased);
    vault::VaultFiles copied = keys;
    copied.keys = (backup / "keys" / "vault.keys").string();
    require_only_the_others(opened(backup, backup, copied), people, erased);

    // The search does find what keys open: those of before the erasure open everybody.
    vault::VaultFiles older = keys;
    older.keys = town.beside("older.keys").string();
    const Found everybody = opened(town.data().path, town.data().snapshots(), older);
    CHECK(everybody.size() == static_cast<std::size_t>(people) * kFields);

    // Their room is given back: then not even those older keys find anything of them.
    sweep(town.data());
    require_only_the_others(opened(town.data().path, town.beside("nowhere"), older), people,
                            erased);
    const fs::path later = town.beside("later");
    REQUIRE(take_backup(town.data(), later, {}));
    CHECK(fs::file_size(later / "journal.db") < fs::file_size(backup / "journal.db"));

    // The older keys put back, as by a crash or a restore: a start destroys again.
    fs::copy_file(older.keys, town.data().vault_keys(), fs::copy_options::overwrite_existing);
    {
        const Desk desk(town.data());
        follower::SealedCheck sealed;
        const auto head = desk.hub->journal->verify(
            {}, [&](const journal::StoredEntry& entry) { return sealed.take(entry); });
        CHECK(sealed.finish());
        REQUIRE(head);
        CHECK(head->root == desk.hub->journal->root());
        CHECK(desk.hub->vault->counts().erased == 3U * erased.size());
    }
    require_only_the_others(opened(town.data().path, town.data().snapshots(), keys), people,
                            erased);
    const auto replayed = replay_folder(town.data(), {});
    REQUIRE(replayed);
    CHECK(replayed->snapshot.value != 0);
    CHECK(replayed->snapshot_agrees);
    const auto again = recheck_folder(town.data(), {});
    REQUIRE(again);
    CHECK(again->differences == 0);
    CHECK(again->erased == 2U * erased.size());
}

}  // namespace

TEST_CASE("of the erased nothing is left to read, of the others everything", "[daemon][erasure]") {
    erase_and_search(400, 20);
}

TEST_CASE("of a hundred of two thousand nothing is left to read", "[.slow][erasure]") {
    erase_and_search(2'000, 100);
}

TEST_CASE("of a thousand of a hundred thousand nothing is left to read", "[.slow][erasure]") {
    erase_and_search(100'000, 1'000);
}

}  // namespace carehub::daemon
