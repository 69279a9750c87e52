// Exports with random damage: never a crash, never half an event, always the same answer.
#include <set>

#include "adapters/housing/test_export.hpp"
#include "hub/base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

constexpr int kDamagedExports = 300;
constexpr int kDamagesMax = 6;

TestExport whole_export() {
    return TestExport()
        .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
        .client("c2,\"Bo, Jr.\",Lee,1,1970-01-01,1,2026-06-01 10:00:00")
        .enrollment("e1,c1,P3,2026-01-05,h1,116,2026-02-01,,2026-02-02 09:00:00,")
        .enrollment("e2,c2,V12,2026-01-05,h1,410,,0,2026-02-02 09:00:00,")
        .exit("x1,e1,c1,2026-06-01,116,5,2026-06-02 08:00:00,")
        .situation("s1,e2,c2,2026-03-01,410,1,0,2026-03-01 10:00:00,");
}

/// Changes, removes or adds one byte; the bytes are those that mean something to csv.
void damage(std::string& text, Prng& prng) {
    static constexpr std::string_view kBytes("\",\n\r\0\xFF\x01 ;9a-", 13);
    const auto at = static_cast<std::size_t>(prng.below(text.size()));
    const char byte = kBytes[static_cast<std::size_t>(prng.below(kBytes.size()))];
    switch (prng.below(3)) {
        case 0: text[at] = byte; break;
        case 1: text.erase(at, 1 + static_cast<std::size_t>(prng.below(4))); break;
        default: text.insert(at, 1, byte); break;
    }
    if (text.empty()) {
        text.push_back('x');
    }
}

TestExport damaged_export(std::uint64_t seed) {
    Prng prng(seed);
    TestExport result = whole_export();
    const auto files = result.files();
    const auto damages = prng.between(1, kDamagesMax);
    for (std::int64_t i = 0; i < damages; ++i) {
        auto chosen = files.begin();
        std::advance(chosen, static_cast<std::ptrdiff_t>(prng.below(files.size())));
        std::string text = result.files().at(chosen->first);
        damage(text, prng);
        result.file(chosen->first, text);
    }
    return result;
}

}  // namespace

TEST_CASE("an export with random damage is read or refused, and keeps its promises", "[housing]") {
    for (int seed = 1; seed <= kDamagedExports; ++seed) {
        CAPTURE(seed);
        const TestExport odd = damaged_export(static_cast<std::uint64_t>(seed));
        KnownRows known;
        const Parsed parsed = read(odd, known);
        std::set<std::string> ids;
        for (const Submission& event : parsed.events) {
            CHECK(ids.insert(event.source_msg_id).second);
            CHECK_FALSE(event.identifiers.at(0).value.empty());
            CHECK_FALSE(event.identifiers.at(0).authority.empty());
        }
        for (const RecordRefusal& refusal : parsed.refusals) {
            CHECK_FALSE(refusal.refusal.fix.empty());
        }
        CHECK(KnownRows::from_text(known.to_text()).value() == known);
        CHECK(read(odd, known).events.empty());
    }
}
