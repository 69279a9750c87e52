// Prints what the adapter refuses of the corpus as a Markdown table: path, records, code, section.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "adapters/court/corpus.hpp"

namespace {

using namespace carehub;
using namespace carehub::adapters::court;

/// A row without its count -> records refused for it. A file refused for several reasons has
/// several rows.
using Rows = std::map<std::string, std::size_t>;

struct Counts {
    std::size_t files = 0;
    std::size_t with_events = 0;
    std::size_t refused_files = 0;
    std::size_t refused_records = 0;
    std::size_t unreadable = 0;  ///< files of which the reader told nothing but an error
};

Rows refusals_of(const CorpusFile& file) {
    Rows rows;
    for (const adapters::RecordRefusal& told : file.parsed.refusals) {
        ++rows[std::to_string(static_cast<unsigned>(told.refusal.reason)) + " " +
               std::string(name_of(told.refusal.reason)) + " | " + told.refusal.field + " | " +
               section_of(told.refusal)];
    }
    return rows;
}

/// All that is said of one file, at whatever moment it is read.
struct Told {
    Rows refusals;
    bool has_events = false;
    bool has_error = false;
};

void add(const CorpusFile& file, Told& told) {
    for (const auto& [row, records] : refusals_of(file)) {
        told.refusals[row] = std::max(told.refusals[row], records);
    }
    told.has_events = told.has_events || !file.parsed.events.empty();
    told.has_error = told.has_error || !file.error.empty();
}

void count(const Told& told, Counts& counts) {
    ++counts.files;
    counts.with_events += told.has_events ? 1U : 0U;
    counts.refused_files += told.refusals.empty() ? 0U : 1U;
    counts.unreadable += told.has_error ? 1U : 0U;
    for (const auto& [row, records] : told.refusals) {
        counts.refused_records += records;
    }
}

void print_counts(const char* format, const Counts& counts) {
    std::printf("%s: %zu files, %zu with events, %zu with refusals (%zu records), %zu errors.\n",
                format, counts.files, counts.with_events, counts.refused_files,
                counts.refused_records, counts.unreadable);
}

}  // namespace

int main() {
    const auto corpus = corpus_folder();
    if (!corpus) {
        std::fputs("corpus: NOT RUN\n", stdout);
        return 0;
    }
    std::map<std::string, Told> by_file;
    for (const CorpusFile& file : walk_corpus(*corpus)) {
        add(file, by_file[file.path]);
    }
    std::puts("| file | records | code | field | section |\n|---|---|---|---|---|");
    Counts calendars;
    Counts tables;
    for (const auto& [path, told] : by_file) {
        count(told, path.ends_with(".ics") ? calendars : tables);
        for (const auto& [row, records] : told.refusals) {
            std::printf("| %s | %zu | %s |\n", path.c_str(), records, row.c_str());
        }
    }
    std::puts("");
    print_counts("iCalendar", calendars);
    print_counts("CSV", tables);
    return 0;
}
