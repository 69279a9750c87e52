#include "adapters/court/corpus.hpp"

#include <iostream>

#include "adapters/court/text.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters::court {
namespace {

/// Generous: a file with several hostile rules on a busy machine.
constexpr std::chrono::seconds kFileMax{30};

}  // namespace

TEST_CASE("every calendar and table of the corpus ends as events, refusals or findings",
          "[court]") {
    const auto corpus = corpus_folder();
    if (!corpus) {
        std::cout << "corpus: NOT RUN\n";
        const char* const ci = std::getenv("CI");
        REQUIRE((ci == nullptr || std::string_view(ci) != "true"));
        return;
    }
    const std::vector<CorpusFile> files = walk_corpus(*corpus);
    REQUIRE(!files.empty());
    std::size_t events = 0;
    for (const CorpusFile& file : files) {
        INFO(file.path);
        CHECK(file.error.empty());
        CHECK(file.took < kFileMax);
        CHECK(!(file.parsed.events.empty() && file.parsed.refusals.empty() &&
                file.parsed.findings.empty()));
        for (const RecordRefusal& refusal : file.parsed.refusals) {
            CHECK(refusal.refusal.reason != RefusalReason::None);
            CHECK(!refusal.why.empty());
            CHECK(!refusal.refusal.fix.empty());
        }
        for (const Submission& event : file.parsed.events) {
            const auto& claim = std::get<ObligationClaim>(event.payload);
            CHECK(claim.start <= claim.end);
            CHECK(!event.identifiers.front().value.empty());
            CHECK(event.source_msg_id.size() <= 512);
            CHECK(is_utf8(claim.location.name));
        }
        events += file.parsed.events.size();
    }
    CHECK(events > 0);
}

}  // namespace carehub::adapters::court
