// carehub_bit_rot [--flips N | --from A --to B] [--truncations M] [--seed S]
//
// Flips the bits numbered A to B - 1 of the seed, one at a time, in a journal of about 2 MiB; with
// M also cuts files at M offsets, loses and swaps each. One line of JSON. Exit 1 when any damage
// went unnoticed or unnamed. Beside it stands what SQLite without the journal's checks would have
// missed.
#include <iostream>

#include "hub/base/log.hpp"
#include "tests/simulation/arguments.hpp"
#include "tests/simulation/bit_rot.hpp"

namespace {

using namespace carehub::simulation;

void print(const std::string& part, const RotOptions& options, const RotReport& report) {
    std::cout << R"({"test":"bit_rot","part":")" << part << R"(","seed":)" << options.seed
              << R"(,"from":)" << options.first << R"(,"to":)" << options.end << R"(,"flips":)"
              << report.flips << R"(,"truncations":)" << report.truncations << R"(,"losses":)"
              << report.losses << R"(,"swaps":)" << report.swaps << R"(,"unaffected":)"
              << report.unaffected << R"(,"refused":)" << report.refused << R"(,"named":)"
              << report.named << R"(,"silent":)" << report.silent << R"(,"unnamed":)"
              << report.unnamed << R"(,"silent_without_checks":)" << report.silent_without_checks
              << R"(,"store_bytes":)" << report.store_bytes << R"(,"wal_bytes":)"
              << report.wal_bytes << R"(,"slowest_us":)" << report.slowest_us
              << R"(,"first_finding":")" << report.first_finding << "\"}\n";
}

}  // namespace

int main(int argc, char** argv) {
    const auto arguments = Arguments::parse(argc, argv);
    if (!arguments) {
        std::cerr << "usage: carehub_bit_rot [--flips N | --from A --to B] [--truncations M] "
                     "[--seed S]\n";
        return 64;
    }
    carehub::log::set_level(carehub::log::Level::Error);
    RotOptions options;
    options.seed = arguments->number("seed", 1);
    options.first = arguments->number("from", 0);
    options.end = arguments->number("to", options.first + arguments->number("flips", 2'000));
    options.compare_without_checks = true;
    const RotReport flips = run_flips(options);
    print("flips", options, flips);
    bool clean = flips.is_clean();
    if (const std::uint64_t truncations = arguments->number("truncations", 0); truncations != 0) {
        const RotReport files = run_file_damage(options, truncations);
        print("files", options, files);
        clean = clean && files.is_clean();
    }
    return clean ? 0 : 1;
}
