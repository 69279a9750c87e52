#include "hub/codec/entry.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/codec/filler.hpp"

namespace carehub::codec {
namespace {

TEST_CASE("every entry comes back as it was written", "[codec][entry][property]") {
    Prng prng(14);
    for (int i = 0; i < 300; ++i) {
        auto entry = random_record<Entry>(prng);
        const auto bytes = encode_entry(entry);
        REQUIRE(bytes);
        const auto decoded = decode_entry(*bytes);
        REQUIRE(decoded);
        entry.input.clear();
        CHECK(*decoded == entry);
    }
}

TEST_CASE("no byte of an input is in what an entry is stored as", "[codec][entry]") {
    Entry entry;
    const Bytes without = *encode_entry(entry);
    entry.input = {1, 2, 3};
    CHECK(*encode_entry(entry) == without);
}

TEST_CASE("replay reads an entry's decisions alone", "[codec][entry]") {
    Prng prng(15);
    const auto entry = random_record<Entry>(prng);
    const auto decisions = decode_decisions_only(*encode_entry(entry));
    REQUIRE(decisions);
    CHECK(*decisions == entry.decisions);
}

TEST_CASE("how an input is sealed reads alone", "[codec][entry]") {
    Prng prng(17);
    for (std::size_t i = 0; i < 100; ++i) {
        auto entry = random_record<Entry>(prng);
        entry.decisions.erasures.resize(i % 3);
        for (Erasure& erasure : entry.decisions.erasures) {
            erasure.subjects = {{1, 2}, {3, 4}};
        }
        const auto sealing = decode_sealing(*encode_entry(entry));
        REQUIRE(sealing);
        CHECK(sealing->subject == entry.subject);
        CHECK(sealing->hash == entry.sealed_hash);
        CHECK(sealing->erased.size() == 2U * entry.decisions.erasures.size());
    }
    CHECK(decode_sealing(Bytes{1, 2, 3}).error().code == ErrorCode::Damaged);
}

TEST_CASE("a part of a snapshot comes back as it was written", "[codec][entry][property]") {
    Prng prng(16);
    for (int i = 0; i < 200; ++i) {
        const auto part = random_record<Decisions>(prng);
        const auto bytes = encode_decisions(part);
        REQUIRE(bytes);
        const auto decoded = decode_decisions(*bytes);
        REQUIRE(decoded);
        CHECK(*decoded == part);
        CHECK(*encode_decisions(*decoded) == *bytes);
    }
}

TEST_CASE("time without end is kept", "[codec][entry]") {
    Decisions part;
    part.stays.push_back({ClientId{{1}}, Stay{}});
    REQUIRE(part.stays[0].record.end == kNever);
    const auto decoded = decode_decisions(*encode_decisions(part));
    REQUIRE(decoded);
    CHECK(*decoded == part);
}

TEST_CASE("a large part of a snapshot decodes", "[codec][entry]") {
    Decisions part;
    part.links.resize(20'000);
    for (std::size_t i = 0; i < part.links.size(); ++i) {
        part.links[i].source.value = i + 1;
    }
    const auto decoded = decode_decisions(*encode_decisions(part));
    REQUIRE(decoded);
    CHECK(*decoded == part);
}

TEST_CASE("an entry that does not decode is named damaged", "[codec][entry]") {
    Bytes bytes = *encode_entry(Entry{});
    bytes.resize(bytes.size() / 2);
    const auto decoded = decode_entry(bytes);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == ErrorCode::Damaged);
}

}  // namespace
}  // namespace carehub::codec
