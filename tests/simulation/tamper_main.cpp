// carehub_tamper [--runs N] [--seed S]
//
// Each of the twenty kinds of tampering N times (100), on journals of its own. One line of JSON for each
// kind. Exit 1 when one was not found, or not rightly named, or an untouched journal did not pass.
#include <iostream>

#include "tests/simulation/arguments.hpp"
#include "tests/simulation/tamper.hpp"

int main(int argc, char** argv) {
    using namespace carehub::simulation;
    const auto arguments = Arguments::parse(argc, argv);
    if (!arguments) {
        std::cerr << "usage: carehub_tamper [--runs N] [--seed S]\n";
        return 64;
    }
    const std::uint64_t seed = arguments->number("seed", 1);
    bool clean = true;
    for (std::size_t number = 0; number < kTamperings; ++number) {
        const auto kind = static_cast<Tampering>(number);
        const TamperReport report = run_tampering(kind, seed, 0, arguments->number("runs", 100));
        std::cout << R"({"test":"tamper","kind":)" << number + 1 << R"(,"what":")" << name_of(kind)
                  << R"(","seed":)" << seed << R"(,"runs":)" << report.runs << R"(,"found":)"
                  << report.found << R"(,"named":)" << report.named << R"(,"entry_named":)"
                  << report.entry_named << R"(,"whole_passed":)" << report.whole_passed
                  << R"(,"first_finding":")" << report.first_finding << "\"}\n";
        clean = clean && report.is_clean();
    }
    return clean ? 0 : 1;
}
