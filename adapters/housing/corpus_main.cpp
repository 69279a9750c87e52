// carehub_housing_corpus [CORPUS]: what the HMIS corpus is refused for, as a Markdown table.
#include <iostream>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/housing/corpus.hpp"

namespace {

namespace fs = std::filesystem;
using namespace carehub;
using namespace carehub::adapters::housing;

constexpr std::string_view kStandard = "HMIS CSV FY2026 ";

/// Where the rule that refuses is written: HUD's specification, or the format's.
std::string section_of(const Refusal& refusal, const std::string& file) {
    const std::string place =
        std::string(kStandard) + file + (refusal.field.empty() ? "" : ", " + refusal.field);
    if (refusal.reason == RefusalReason::VictimServiceProvider) {
        return "34 U.S.C. 12291(b)(2); HMIS CSV FY2026 Organization.csv, VictimServiceProvider";
    }
    if (refusal.reason == RefusalReason::FormatUnreadable) {
        return refusal.fix.find("RFC 4180") != std::string::npos ? "RFC 4180 2" : place;
    }
    static const std::map<RefusalReason, std::string> kRules = {
        {RefusalReason::FormatVersion, " (version)"},
        {RefusalReason::UnknownReference, " (foreign key)"},
        {RefusalReason::IdReused, " (unique id)"}};
    const auto rule = kRules.find(refusal.reason);
    return place + (rule == kRules.end() ? " (required)" : rule->second);
}

using Line = std::tuple<std::string, RefusalReason, std::string>;  ///< path, code, section

}  // namespace

int main(int argc, char** argv) {
    const fs::path corpus = argc > 1 ? fs::path(argv[1]) : corpus_folder(CAREHUB_SOURCE_DIR);
    std::map<Line, std::size_t> refused;
    std::size_t events = 0;
    std::size_t refused_rows = 0;
    const std::vector<fs::path> exports = corpus_exports(corpus);
    for (const fs::path& folder : exports) {
        KnownRows known;
        const auto parsed = read_export(folder, corpus_site(), known);
        if (!parsed) {
            std::cerr << folder.filename().string() << ": " << to_string(parsed.error()) << '\n';
            return 1;
        }
        events += parsed->events.size();
        for (const auto& refusal : parsed->refusals) {
            const std::string path = (fs::relative(folder, corpus) / refusal.file).string();
            ++refused[{path, refusal.refusal.reason, section_of(refusal.refusal, refusal.file)}];
            ++refused_rows;
        }
    }
    std::cout << "| file | rows | code | section |\n|---|---|---|---|\n";
    for (const auto& [line, rows] : refused) {
        const auto& [path, reason, section] = line;
        std::cout << "| " << path << " | " << rows << " | " << static_cast<unsigned>(reason) << ' '
                  << name_of(reason) << " | " << section << " |\n";
    }
    std::cout << "\n"
              << exports.size() << " exports: " << events << " events, " << refused_rows
              << " rows or files refused.\n";
    return 0;
}
