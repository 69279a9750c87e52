// Prints every refused file of the corpus as a Markdown table: path, refused messages, code,
// section of the standard.
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "adapters/clinic/corpus_walk.hpp"

namespace {

using carehub::adapters::clinic::Reading;
using carehub::adapters::clinic::hl7::Location;

/// Section of HL7 v2.5.1 that the refused place is defined in.
std::string section_of(const Location& where) {
    const std::map<std::string, std::string> kSections = {
        {"MSH", "2.15.9"}, {"PID", "3.4.2"}, {"SCH", "10.6.2"}};
    const auto found = kSections.find(where.segment);
    if (found == kSections.end()) {
        return "2.6";
    }
    return found->second + (where.field == 0 ? "" : "." + std::to_string(where.field));
}

/// What is said of one refused message; a file whose messages say the same has one row.
std::string row_of(const Reading& reading) {
    const auto& problem = *reading.problem;
    return std::to_string(static_cast<unsigned>(problem.reason)) + " " +
           std::string(name_of(problem.reason)) + " | " +
           std::to_string(static_cast<unsigned>(problem.condition)) + " | " +
           path_of(problem.where) + " | HL7 v2.5.1 " + section_of(problem.where);
}

struct Counts {
    unsigned events = 0;
    unsigned not_acted_on = 0;
    unsigned refused = 0;
    unsigned well_formed = 0;
    unsigned well_formed_refused = 0;
};

}  // namespace

int main() {
    using namespace carehub::adapters::clinic;
    const auto corpus = find_corpus(CAREHUB_SOURCE_DIR);
    if (!corpus) {
        std::puts("corpus: NOT RUN");
        return 1;
    }
    Counts counts;
    std::map<std::pair<std::string, std::string>, unsigned> rows;  ///< path and row -> messages
    std::set<std::string> files;
    for (const CorpusMessage& message : corpus_messages(*corpus)) {
        const Reading reading = read_message(carehub::as_bytes(message.text), corpus_site());
        const bool refused = reading.disposal == Disposal::Refused;
        const bool well_formed = is_well_formed(message.text);
        files.insert(message.path);
        counts.events += reading.disposal == Disposal::Events ? 1U : 0U;
        counts.not_acted_on += reading.disposal == Disposal::NotActedOn ? 1U : 0U;
        counts.refused += refused ? 1U : 0U;
        counts.well_formed += well_formed ? 1U : 0U;
        counts.well_formed_refused += well_formed && refused ? 1U : 0U;
        if (refused) {
            ++rows[{message.path, row_of(reading)}];
        }
    }
    std::puts("| file | messages | code | ERR-3 | place | section |\n|---|---|---|---|---|---|");
    for (const auto& [row, messages] : rows) {
        std::printf("| %s | %u | %s |\n", row.first.c_str(), messages, row.second.c_str());
    }
    std::printf("\n%zu files: %u messages with events, %u not acted on, %u refused.\n",
                files.size(), counts.events, counts.not_acted_on, counts.refused);
    std::printf("%u messages are well-formed, %u of them refused.\n", counts.well_formed,
                counts.well_formed_refused);
    return 0;
}
