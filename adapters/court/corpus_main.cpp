// Prints what the adapter refuses of the corpus as a Markdown table: path, line, code, section.
#include <cstdio>

#include "adapters/court/corpus.hpp"

int main() {
    using namespace carehub;
    using namespace carehub::adapters::court;
    const auto corpus = corpus_folder();
    if (!corpus) {
        std::fputs("corpus: NOT RUN\n", stdout);
        return 0;
    }
    std::puts("| file | line | code | field | section |\n|---|---|---|---|---|");
    std::string last;
    for (const CorpusFile& file : walk_corpus(*corpus)) {
        if (file.path == last) {
            continue;  // the second moment repeats the refusals of the first
        }
        last = file.path;
        for (const adapters::RecordRefusal& refusal : file.parsed.refusals) {
            const std::string code = std::to_string(static_cast<unsigned>(refusal.refusal.reason)) +
                                     " " + std::string(name_of(refusal.refusal.reason));
            std::printf("| %s | %llu | %s | %s | %s |\n", file.path.c_str(),
                        static_cast<unsigned long long>(refusal.line), code.c_str(),
                        refusal.refusal.field.c_str(), section_of(refusal.refusal).c_str());
        }
    }
    return 0;
}
