// carehub_housing_corpus [CORPUS]: what the HMIS corpus is refused for, as a Markdown table.
#include <iostream>
#include <map>
#include <tuple>

#include "adapters/housing/corpus.hpp"

namespace {

namespace fs = std::filesystem;
using namespace carehub;
using namespace carehub::adapters::housing;

/// Where the rule that refuses is written: HUD's specification, or the format's.
std::string_view section_of(RefusalReason reason, std::string_view file) {
    if (reason == RefusalReason::FormatVersion) {
        return "HMIS CSV: Export.CSVVersion";
    }
    if (reason == RefusalReason::VictimServiceProvider) {
        return "34 U.S.C. 12291(b)(2); HMIS CSV: Organization.VictimServiceProvider";
    }
    if (reason == RefusalReason::FormatUnreadable) {
        return file.empty() ? "RFC 4180" : "HMIS CSV: files of an export; RFC 4180";
    }
    if (reason == RefusalReason::UnknownReference) {
        return "HMIS CSV: foreign keys";
    }
    return reason == RefusalReason::IdReused ? "HMIS CSV: unique ids"
                                             : "HMIS CSV: required columns and code lists";
}

using Line = std::tuple<std::string, RefusalReason, std::string>;  ///< path, code, column

}  // namespace

int main(int argc, char** argv) {
    const fs::path corpus = argc > 1 ? fs::path(argv[1]) : corpus_folder(CAREHUB_SOURCE_DIR);
    std::map<Line, std::size_t> refused;
    std::size_t events = 0;
    for (const fs::path& folder : corpus_exports(corpus)) {
        KnownRows known;
        const auto parsed = read_export(folder, corpus_site(), known);
        if (!parsed) {
            std::cerr << folder.filename().string() << ": " << to_string(parsed.error()) << '\n';
            return 1;
        }
        events += parsed->events.size();
        for (const auto& refusal : parsed->refusals) {
            const std::string path = (fs::relative(folder, corpus) / refusal.file).string();
            ++refused[{path, refusal.refusal.reason, refusal.refusal.field}];
        }
    }
    std::cout << "| path | code | rows | section |\n| --- | --- | --- | --- |\n";
    for (const auto& [line, rows] : refused) {
        const auto& [path, reason, column] = line;
        std::cout << "| " << path << " | " << static_cast<unsigned>(reason) << ' '
                  << name_of(reason) << (column.empty() ? "" : " (" + column + ")") << " | " << rows
                  << " | " << section_of(reason, path) << " |\n";
    }
    std::cerr << events << " events\n";
    return 0;
}
