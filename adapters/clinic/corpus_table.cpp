// Prints every refused message of the corpus as a Markdown table: path, code, section of the
// standard.
#include <cstdio>
#include <map>
#include <string>

#include "adapters/clinic/corpus_walk.hpp"

namespace {

using carehub::adapters::clinic::Disposal;
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

void print_row(const std::string& path, const Reading& reading) {
    const auto& problem = *reading.problem;
    std::printf("| %s | %u %s | %s | %s | %s |\n", path.c_str(),
                static_cast<unsigned>(problem.reason), std::string(name_of(problem.reason)).c_str(),
                std::to_string(static_cast<unsigned>(problem.condition)).c_str(),
                path_of(problem.where).c_str(), section_of(problem.where).c_str());
}

}  // namespace

int main() {
    using namespace carehub::adapters::clinic;
    const auto corpus = find_corpus(CAREHUB_SOURCE_DIR);
    if (!corpus) {
        std::puts("corpus: NOT RUN");
        return 1;
    }
    unsigned events = 0;
    unsigned not_acted_on = 0;
    unsigned refused = 0;
    std::puts("| path | code | ERR-3 | place | HL7 v2.5.1 section |\n|---|---|---|---|---|");
    for (const CorpusMessage& message : corpus_messages(*corpus)) {
        const Reading reading = read_message(carehub::as_bytes(message.text), corpus_site());
        events += reading.disposal == Disposal::Events ? 1U : 0U;
        not_acted_on += reading.disposal == Disposal::NotActedOn ? 1U : 0U;
        if (reading.disposal == Disposal::Refused) {
            ++refused;
            print_row(message.path, reading);
        }
    }
    std::printf("\nMessages: %u with events, %u not acted on, %u refused.\n", events, not_acted_on,
                refused);
    return 0;
}
