#include "hub/audit/checkpoint.hpp"

#include "hub/base/random.hpp"
#include "hub/vault/signature.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/audit/vectors.hpp"

using namespace carehub;
using namespace carehub::audit;

namespace {

Checkpoint sample() {
    Checkpoint checkpoint;
    checkpoint.journal[0] = 0xAB;
    checkpoint.head = {8, vectors::root(8)};
    checkpoint.at = *parse_iso_time("2026-07-09T14:00:00.25Z");
    return checkpoint;
}

}  // namespace

TEST_CASE("a checkpoint is a page of text that reads back equal", "[audit]") {
    const std::string text = to_text(sample());
    CHECK(text ==
          "carehub checkpoint 1\n"
          "journal ab000000000000000000000000000000\n"
          "size 8\n"
          "root 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328\n"
          "at 2026-07-09T14:00:00.250000Z\n");
    const auto read = checkpoint_from_text(text);
    REQUIRE(read);
    CHECK(*read == sample());
}

TEST_CASE("a checkpoint cut anywhere or spelled otherwise is refused", "[audit]") {
    const std::string text = to_text(sample());
    for (std::size_t length = 0; length < text.size(); ++length) {
        CHECK_FALSE(checkpoint_from_text(std::string_view(text).substr(0, length)));
    }
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = text;
        return changed.replace(changed.find(from), from.size(), to);
    };
    for (const std::string& other :
         {text + "\n", with("size 8", "size 08"), with("size 8", "size -8"),
          with("size 8", "size 99999999999999999999"), with("ab00", "AB00"), with("at ", "at  "),
          with("checkpoint 1", "checkpoint 2"), with("\nroot", "\r\nroot"),
          with("Z\n", "+00:00\n")}) {
        INFO(other);
        CHECK_FALSE(checkpoint_from_text(other));
    }
}

TEST_CASE("a checkpoint as a note has the three lines of the standard and the time", "[audit]") {
    const std::string text = to_note_text(sample());
    CHECK(text ==
          "carehub/ab000000000000000000000000000000\n"
          "8\n"
          "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
          "time 2026-07-09T14:00:00.250000Z\n");
    const auto read = checkpoint_from_note_text(text);
    REQUIRE(read);
    CHECK(*read == sample());
    for (std::size_t length = 0; length < text.size(); ++length) {
        CHECK_FALSE(checkpoint_from_note_text(std::string_view(text).substr(0, length)));
    }
    for (const auto& [from, to] : {std::pair{"carehub/ab", "carehub/AB"},
                                   {"\n8\n", "\n08\n"},
                                   {"\n8\n", "\n-8\n"},
                                   {"time ", "time  "},
                                   {"Z\n", "Z\nmore\n"},
                                   {"=\n", "\n"}}) {
        std::string changed = text;
        changed.replace(changed.find(from), std::string_view(from).size(), to);
        INFO(changed);
        CHECK_FALSE(checkpoint_from_note_text(changed));
    }
}

TEST_CASE("a signed checkpoint opens with its journal's key and no other", "[audit]") {
    const TemporaryFolder folder;
    SystemRandom random;
    const vault::KeyFile file{(folder.path() / "vault.key").string()};
    REQUIRE(vault::create_key_file(file.path, random));
    const auto signer = vault::Signer::of(file);
    REQUIRE(signer);
    const NoteKey key{origin_of(sample().journal), signer->public_key()};
    const std::string text = to_note_text(sample());
    const std::string note = signed_note(text, key, signer->sign(as_bytes(text)));
    const auto opened = open_checkpoint(note, key, vault::is_signed);
    REQUIRE(opened);
    CHECK(*opened == sample());

    NoteKey other = key;
    other.public_key[0] ^= 1U;
    CHECK_FALSE(open_checkpoint(note, other, vault::is_signed));
    NoteKey renamed = key;
    renamed.name.back() = '1';
    const std::string of_other = signed_note(text, renamed, signer->sign(as_bytes(text)));
    CHECK(open_checkpoint(of_other, renamed, vault::is_signed).error().code == ErrorCode::Damaged);
    std::string larger = note;
    larger.replace(larger.find("\n8\n"), 3, "\n9\n");
    CHECK(open_checkpoint(larger, key, vault::is_signed).error().code == ErrorCode::Damaged);
}
