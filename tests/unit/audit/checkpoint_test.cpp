#include "hub/audit/checkpoint.hpp"

#include "tests/support/catch.hpp"
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
