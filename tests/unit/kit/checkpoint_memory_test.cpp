#include "adapters/kit/checkpoint_memory.hpp"

#include <fstream>

#include "tests/support/signed_tree.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

using Next = CheckpointMemory::Next;
constexpr Hash256 kHub{1};

struct Site {
    TemporaryFolder folder;
    SignedTree hub;

    [[nodiscard]] CheckpointMemory open(const Hash256& hub_key = kHub) const {
        return CheckpointMemory::open(folder.path(), hub_key);
    }
    /// One that holds the checkpoint of eight entries.
    [[nodiscard]] CheckpointMemory holding_eight() const {
        CheckpointMemory memory = open();
        REQUIRE(*memory.take(hub.note(8), hub.key()) == Next::Nothing);
        return memory;
    }
    [[nodiscard]] SignedTree fork(std::uint64_t at) const {
        SignedTree other(at, 1);
        other.use_key_of(hub);
        return other;
    }
};

}  // namespace

TEST_CASE("The first checkpoint is kept, and is there after a restart", "[kit]") {
    const Site site;
    CHECK(site.open().old_size() == 0);
    (void)site.holding_eight();
    const CheckpointMemory again = site.open();
    CHECK(again.old_size() == 8);
    CHECK(again.held() == site.hub.checkpoint(8));
    CHECK(site.open(Hash256{2}).old_size() == 0);  // of another hub's link
    std::ifstream kept(site.folder.path() / "last-checkpoint");
    CHECK(std::string(std::istreambuf_iterator<char>(kept), {}) == site.hub.note(8));
}

TEST_CASE("A larger checkpoint is kept once it is proven to continue the one that is held",
          "[kit]") {
    const Site site;
    CheckpointMemory memory = site.holding_eight();
    CHECK(*memory.take(site.hub.note(8), site.hub.key()) == Next::Nothing);
    REQUIRE(*memory.take(site.hub.note(13), site.hub.key()) == Next::Ask);
    CHECK(memory.old_size() == 8);
    CHECK(memory.new_size() == 13);
    CHECK(*memory.proven_by(site.hub.growth(8, 13)) == Next::Nothing);
    CHECK(site.open().old_size() == 13);
    CHECK(memory.trouble().empty());
}

TEST_CASE("A hub that was set back, rewritten, or shows two histories is found out", "[kit]") {
    const Site site;
    CheckpointMemory memory = site.holding_eight();
    CHECK(*memory.take(site.hub.note(5), site.hub.key()) == Next::Differs);
    CHECK(memory.trouble().find("set back") != std::string::npos);
    CHECK(*memory.take(site.fork(3).note(8), site.hub.key()) == Next::Differs);
    CHECK(memory.trouble().find("two different checkpoints") != std::string::npos);

    const SignedTree rewritten = site.fork(3);
    REQUIRE(*memory.take(rewritten.note(13), site.hub.key()) == Next::Ask);
    CHECK(*memory.proven_by(rewritten.growth(8, 13)) == Next::Differs);
    for (const char* const nothing : {"", "{}", "{\"path\":[]}", "{\"path\":[\"x\"]}", "[]"}) {
        REQUIRE(*memory.take(site.hub.note(13), site.hub.key()) == Next::Ask);
        CHECK(*memory.proven_by(nothing) == Next::Differs);
    }
    CHECK(memory.refused() == Next::Differs);
    CHECK(site.open().old_size() == 8);  // the evidence stays

    REQUIRE(*memory.take(site.hub.note(13), site.hub.key()) == Next::Ask);
    CHECK(*memory.proven_by(site.hub.growth(8, 13)) == Next::Nothing);
    CHECK(memory.trouble().empty());
}

TEST_CASE("Another key, and what the key did not sign, are found out", "[kit]") {
    const Site site;
    CheckpointMemory memory = site.holding_eight();
    const SignedTree other;
    CHECK(*memory.take(other.note(8), other.key()) == Next::Differs);
    CHECK(*memory.take(other.note(8), site.hub.key()) == Next::Differs);
    CHECK(*memory.take("no note", site.hub.key()) == Next::Differs);
    CHECK(*memory.take(site.hub.note(8), "no key") == Next::Differs);
    CHECK(*memory.take(site.hub.note(8), site.hub.key()) == Next::Nothing);
}

TEST_CASE("What was lost by the hub's own word is put aside, and the next checkpoint begins anew",
          "[kit]") {
    const Site site;
    CheckpointMemory memory = site.holding_eight();
    REQUIRE(memory.forget());
    REQUIRE(memory.forget());
    CHECK(memory.old_size() == 0);
    CHECK(std::filesystem::exists(site.folder.path() / "checkpoint-of-lost"));
    CHECK(*memory.take(site.hub.note(5), site.hub.key()) == Next::Nothing);
    CHECK(site.open().old_size() == 5);
}

TEST_CASE("Files that are not readable count as none", "[kit]") {
    const Site site;
    (void)site.holding_eight();
    std::ofstream(site.folder.path() / "last-checkpoint") << "half a no";
    CHECK(site.open().old_size() == 0);
    std::ofstream(site.folder.path() / "checkpoint-key") << "half a ke";
    CheckpointMemory memory = site.open();
    CHECK(*memory.take(site.hub.note(3), site.hub.key()) == Next::Nothing);
    CHECK(site.open().old_size() == 3);
}
