#include "hub/follower/sealed_check.hpp"

#include "hub/audit/hash.hpp"
#include "hub/codec/entry.hpp"
#include "tests/support/catch.hpp"

namespace carehub::follower {
namespace {

const Bytes kSealed{9, 8, 7};

journal::StoredEntry stored(std::uint64_t sequence, std::uint8_t subject, Bytes beside) {
    Entry entry;
    entry.sequence = {sequence};
    entry.subject.value = {subject};
    entry.sealed_hash = audit::sha256(kSealed);
    return {entry.sequence, *codec::encode_entry(entry), std::move(beside)};
}

journal::StoredEntry erasure(std::uint64_t sequence, std::uint8_t subject) {
    Entry entry;
    entry.sequence = {sequence};
    Erasure erased;
    erased.subjects = {{subject}};
    entry.decisions.erasures = {erased};
    return {entry.sequence, *codec::encode_entry(entry)};
}

Status check(const std::vector<journal::StoredEntry>& entries) {
    SealedCheck sealed;
    for (const journal::StoredEntry& entry : entries) {
        if (Status done = sealed.take(entry); !done) {
            return done;
        }
    }
    return sealed.finish();
}

}  // namespace

TEST_CASE("what is sealed is what the entry says", "[follower][erasure]") {
    CHECK(check({stored(1, 4, kSealed), stored(2, 5, kSealed)}));
    const Status changed = check({stored(1, 4, kSealed), stored(2, 5, {9, 8, 6})});
    REQUIRE_FALSE(changed);
    CHECK(changed.error().code == ErrorCode::Damaged);
    CHECK(changed.error().context.find("entry 2 is not what was written") == 0);
}

TEST_CASE("what is sealed goes only for an erasure that follows", "[follower][erasure]") {
    CHECK(check({stored(1, 4, {}), stored(2, 5, kSealed), erasure(3, 4)}));
    const Status nobody = check({stored(1, 4, {}), stored(2, 5, {}), erasure(3, 4)});
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().context.find("entry 2 has lost what was sealed") == 0);
    CHECK_FALSE(check({erasure(1, 4), stored(2, 4, {})}));
}

TEST_CASE("an entry to which nothing was sealed lacks nothing", "[follower][erasure]") {
    CHECK(check({erasure(1, 4), erasure(2, 4)}));
}

}  // namespace carehub::follower
