#include "tests/simulation/tamper.hpp"

#include "tests/support/catch.hpp"

using namespace carehub::simulation;

namespace {

// carehub_tamper does a hundred of each; under sanitizers a life takes twenty times as long.
constexpr std::uint64_t kRuns = 10;

}  // namespace

TEST_CASE("every kind of tampering is found and rightly named, and an untouched journal passes",
          "[tamper]") {
    for (std::size_t kind = 0; kind < kTamperings; ++kind) {
        const TamperReport report =
            run_tampering(static_cast<Tampering>(kind), 20'261'123, 0, kRuns);
        INFO(name_of(static_cast<Tampering>(kind)) << ": " << report.first_finding);
        CHECK(report.runs == kRuns);
        CHECK(report.found == report.runs);
        CHECK(report.named == report.runs);
        CHECK(report.whole_passed == report.runs);
    }
}

TEST_CASE("edits below the roots name the very entry", "[tamper]") {
    for (const Tampering kind : {Tampering::EditByte, Tampering::EditWithChecksum}) {
        CHECK(run_tampering(kind, 7, 0, kRuns).entry_named == kRuns);
    }
}
