// What the follower knows beside State, through a snapshot and back; people stay sealed in it.
#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "hub/follower/follower.hpp"
#include "hub/follower/person_reader.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/vault/fixtures.hpp"

using namespace carehub;
using namespace carehub::follower;

namespace {

const ClientId kAda{{1}};
const Identifier kRecord{"CLINIC", "MR", "100"};
const Identifier kCase{"COURT", "CASE", "CV-1"};
constexpr PartnerId kStaff{3};
constexpr PartnerId kClinic{7};
const SubjectHash kNobodys{{5}};

using Chunks = std::vector<std::pair<snapshot::ChunkKind, Bytes>>;

struct Site {
    vault::Site files;
    vault::Vault vault = files.open();
    vault::Unsealer unsealer{vault};
    PersonReader reader{unsealer};
    vault::Resealer resealer{vault, files.random};

    /// A roster row, and the number of the key that seals it.
    std::pair<Entry, std::uint32_t> row(std::uint64_t sequence, const Identifier& identifier) {
        RosterCommand command;
        command.client = "Ada Quirrelwood";
        command.identifier = identifier;
        Entry entry;
        entry.sequence = {sequence};
        entry.input_kind = InputKind::Command;
        entry.principal = kStaff;
        entry.subject.value = kAda.value;
        entry.input = *codec::encode_command(command);
        entry.decisions.client = kAda;
        entry.decisions.links.emplace_back();
        entry.decisions.links.back().client = kAda;
        const auto sealed = vault.seal({kAda.value, sequence, 2}, entry.input);
        REQUIRE(sealed);
        REQUIRE(vault.sync());
        return {entry, *vault::key_number(*sealed)};
    }

    void tell(Follower& follower, std::uint64_t sequence, const Identifier& identifier) {
        const auto [entry, key] = row(sequence, identifier);
        follower.apply(entry, key);
    }

    /// The clinic names somebody under an identifier that is nobody's.
    void name_stranger(Follower& follower, std::uint64_t sequence, Labels labels = {}) {
        Submission event;
        event.kind = EventKind::PersonUpserted;
        event.feed = "feed";
        event.source_msg_id = "m";
        event.identifiers = {kRecord};
        event.occurred_at = UtcTime{std::chrono::days{20'000}};
        event.labels = labels;
        PersonClaim claim;
        claim.names = {{"Brandvold", "Tora", ""}};
        event.payload = claim;
        Entry entry;
        entry.sequence = {sequence};
        entry.input_kind = InputKind::Submission;
        entry.principal = kClinic;
        entry.event_kind = event.kind;
        entry.subject = kNobodys;
        entry.input = *codec::encode_submission(event);
        const auto sealed = vault.seal({kNobodys.value, sequence, 1}, entry.input);
        REQUIRE(sealed);
        REQUIRE(vault.sync());
        REQUIRE(follower.wants(entry));
        follower.apply(entry, *vault::key_number(*sealed));
    }

    Chunks saved(const Follower& follower) {
        Chunks chunks;
        REQUIRE(follower.save(resealer, [&](const snapshot::Chunk& chunk) -> Status {
            chunks.emplace_back(chunk.kind, Bytes(chunk.content.begin(), chunk.content.end()));
            return {};
        }));
        return chunks;
    }

    Follower loaded(const Chunks& chunks) {
        Follower follower({});
        follower.open_people_with(vault);
        for (const auto& [kind, content] : chunks) {
            REQUIRE(follower.load({kind, content}, {2}));
        }
        return follower;
    }
};

bool holds(const Chunks& chunks, std::string_view text) {
    return std::ranges::any_of(chunks, [text](const auto& chunk) {
        return as_text(chunk.second).find(text) != std::string_view::npos;
    });
}

}  // namespace

TEST_CASE("people, posting lists and counts come back from a snapshot", "[snapshot][follower]") {
    Site site;
    Follower live({});
    site.tell(live, 1, kRecord);
    site.tell(live, 2, kCase);
    const Follower back = site.loaded(site.saved(live));
    CHECK(*site.reader.person(back.people(), kAda) == *live.people().find(kAda).clear);
    CHECK(back.entries_of(kAda) == std::vector<Sequence>{{1}, {2}});
    CHECK(site.saved(back) == site.saved(back));
}

TEST_CASE("a snapshot shows neither name nor identifier of a person", "[snapshot][follower]") {
    Site site;
    Follower live({});
    site.tell(live, 1, kRecord);
    const Chunks chunks = site.saved(live);
    CHECK_FALSE(holds(chunks, "Quirrelwood"));
    CHECK_FALSE(holds(chunks, "CLINIC"));
    const Follower back = site.loaded(chunks);
    CHECK(back.people().find(kAda).clear == nullptr);
    CHECK(back.people().find(kAda).sealed != nullptr);
}

TEST_CASE("who is no client comes back from a snapshot, sealed, and not once erased",
          "[snapshot][follower]") {
    Site site;
    Follower live({});
    site.name_stranger(live, 1);
    const Chunks chunks = site.saved(live);
    CHECK_FALSE(holds(chunks, "Brandvold"));
    CHECK_FALSE(holds(chunks, "CLINIC"));
    const Follower back = site.loaded(chunks);
    const Stranger& stranger = back.strangers().all().at(Sequence{1});
    CHECK(stranger.clear == nullptr);
    CHECK(stranger.partner == kClinic);
    CHECK(site.reader.person(stranger)->told.family == "Brandvold");
    CHECK(site.saved(back) == chunks);
    REQUIRE(*site.vault.erase(std::vector{kNobodys.value}, site.vault.newest_key()) == 1);
    PersonReader reader(site.unsealer);
    CHECK(*reader.person(stranger) == Person{});
    CHECK(site.saved(live).size() < chunks.size());  // and is not written again
}

TEST_CASE("that somebody is protected comes back from a snapshot, and nothing else of them",
          "[snapshot][follower]") {
    Site site;
    Labels labels;
    labels.add(SecurityLabel::DvProtected);
    Follower live({});
    site.name_stranger(live, 1, labels);
    Follower back = site.loaded(site.saved(live));
    site.name_stranger(back, 1);  // a State of its own begins anew
    REQUIRE(back.strangers().all().size() == 1);
    CHECK(back.strangers().all().at(Sequence{1}).is_protected);
}

TEST_CASE("who was erased is nobody in a snapshot that was written before",
          "[snapshot][follower]") {
    Site site;
    Follower live({});
    site.tell(live, 1, kRecord);
    const Chunks chunks = site.saved(live);
    REQUIRE(*site.vault.erase(std::vector{kAda.value}, site.vault.newest_key()) == 1);
    const Follower back = site.loaded(chunks);
    CHECK(*site.reader.person(back.people(), kAda) == Person{});
    CHECK(site.saved(live).size() < chunks.size());  // and is not written again
}

TEST_CASE("what is told of a sealed person joins what was known", "[snapshot][follower]") {
    Site site;
    Follower live({});
    site.tell(live, 1, kRecord);
    Follower back = site.loaded(site.saved(live));
    CHECK(site.reader.person(back.people(), kAda)->roster == std::vector{kRecord});
    Follower later({});
    later.open_people_with(site.vault);
    People people;
    people.open_with(site.vault);
    for (const auto& [kind, content] : site.saved(live)) {
        if (kind == snapshot::ChunkKind::People) {
            REQUIRE(people.load(content));
        }
    }
    const auto [entry, key] = site.row(2, kCase);
    people.apply(entry, core::State{}, key);
    CHECK(site.reader.person(people, kAda)->roster == std::vector{kRecord, kCase});
    CHECK(site.reader.person(people, kAda)->rows == std::vector<Sequence>{{1}, {2}});
}

TEST_CASE("a person without a key of its own is left out rather than told",
          "[snapshot][follower]") {
    Site site;
    Follower live({});
    live.apply(site.row(1, kRecord).first);
    const Chunks chunks = site.saved(live);
    CHECK(std::ranges::none_of(
        chunks, [](const auto& chunk) { return chunk.first == snapshot::ChunkKind::People; }));
}

TEST_CASE("a damaged chunk of the follower is refused at every length", "[snapshot][follower]") {
    Site site;
    Follower live({});
    site.tell(live, 1, kRecord);
    site.name_stranger(live, 2);
    for (const auto& [kind, content] : site.saved(live)) {
        for (std::size_t size = 1; size < content.size(); ++size) {
            Follower fresh({});
            fresh.open_people_with(site.vault);
            const Bytes cut(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size));
            CHECK_FALSE(fresh.load({kind, cut}, {1}));
        }
    }
}

TEST_CASE("persons beyond the reader's bound are opened again, and right", "[snapshot][follower]") {
    Site site;
    Follower live({});
    site.tell(live, 1, kRecord);
    const Follower back = site.loaded(site.saved(live));
    const PersonPtr first = site.reader.person(back.people(), kAda);
    CHECK(site.reader.person(back.people(), kAda) == first);
    CHECK(*site.reader.person(back.people(), ClientId{{9}}) == Person{});
}
