// The whole of the HMIS corpus: no crash, every export ends as events or as clear refusals.
#include "adapters/housing/corpus.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string_view>

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

namespace fs = std::filesystem;

/// False, after saying so, when there is no corpus here; a failure where CI promises one.
bool has_corpus(const fs::path& corpus) {
    if (fs::is_directory(corpus / "hmis")) {
        return true;
    }
    std::cout << "corpus: NOT RUN\n";
    const char* ci = std::getenv("CI");
    CHECK_FALSE((ci != nullptr && std::string_view(ci) == "true"));
    return false;
}

fs::path corpus() { return corpus_folder(CAREHUB_SOURCE_DIR); }

Parsed read_once(const fs::path& folder) {
    KnownRows known;
    auto parsed = read_export(folder, corpus_site(), known);
    REQUIRE(parsed);
    return std::move(*parsed);
}

using Told = std::multiset<std::tuple<EventKind, std::string, UtcTime>>;

Told told(const Parsed& parsed) {
    Told result;
    for (const Submission& event : parsed.events) {
        result.emplace(event.kind, event.identifiers.at(0).value, event.occurred_at);
    }
    return result;
}

}  // namespace

TEST_CASE("every export of the corpus ends as events or as clear refusals", "[housing][corpus]") {
    if (!has_corpus(corpus())) {
        return;
    }
    const auto exports = corpus_exports(corpus());
    REQUIRE(exports.size() >= 16);
    for (const fs::path& folder : exports) {
        CAPTURE(folder.filename().string());
        const Parsed parsed = read_once(folder);
        CHECK_FALSE((parsed.events.empty() && parsed.refusals.empty() && parsed.findings.empty()));
        std::set<std::string> ids;
        for (const Submission& event : parsed.events) {
            CHECK(ids.insert(event.source_msg_id).second);
            CHECK(event.occurred_at != kUnknownTime);
        }
        for (const RecordRefusal& refusal : parsed.refusals) {
            CHECK(refusal.refusal.reason != RefusalReason::None);
            CHECK_FALSE(refusal.why.empty());
            CHECK_FALSE(refusal.refusal.fix.empty());
        }
    }
}

TEST_CASE("every export of the corpus read again tells nothing", "[housing][corpus]") {
    if (!has_corpus(corpus())) {
        return;
    }
    for (const fs::path& folder : corpus_exports(corpus())) {
        CAPTURE(folder.filename().string());
        KnownRows known;
        REQUIRE(read_export(folder, corpus_site(), known));
        CHECK(read_export(folder, corpus_site(), known)->events.empty());
    }
}

TEST_CASE("the complete export tells the same in both versions", "[housing][corpus]") {
    if (!has_corpus(corpus())) {
        return;
    }
    const fs::path sets = corpus() / "hmis" / "greenriver-hmis-warehouse";
    const Parsed older = read_once(sets / "fy2024-complete-merged");
    const Parsed newer = read_once(sets / "fy2026-complete-migrated");
    CHECK(older.events.size() > 1'000);
    CHECK(told(older) == told(newer));
    REQUIRE(older.refusals.size() == 1);
    CHECK(older.refusals[0].refusal.reason == RefusalReason::HashedIdentity);
}

TEST_CASE("the export of an older standard is refused as a whole", "[housing][corpus]") {
    if (!has_corpus(corpus())) {
        return;
    }
    const Parsed parsed =
        read_once(corpus() / "hmis" / "greenriver-hmis-warehouse" / "fy2022-coordinated-entry");
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::FormatVersion);
}
