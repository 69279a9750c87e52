#include "adapters/court/corpus.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

#include "adapters/court/court_reader.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::court {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFeed =
    "[feed]\nname = \"corpus\"\nzone = \"America/New_York\"\nauthority = \"CORPUS\"\n"
    "[ical]\ncase_property = \"UID\"\n";

struct CorpusTable {
    std::string_view file;
    std::string_view columns;
};

// The tables are no court lists; read as such they exercise header, dates and refusals.
constexpr std::array kTables = {
    CorpusTable{"sprvsn_cntc_v2.csv",
                "case = \"ofndr_num\"\ndate = \"cntc_dt\"\ntype = \"cntc_typ_desc\"\n"},
    CorpusTable{"sprvsn_cntc.csv",
                "case = \"ofndr_num\"\ndate = \"cntc_dt\"\ntime = \"cntc_tm\"\n"},
    CorpusTable{"SupervisionContacts2015to2017.csv",
                "case = \"OffenderID\"\ndate = \"ContactNoteDateTime\"\n"},
    CorpusTable{"supervision_contacts_simple.csv",
                "case = \"OffenderID\"\ndate = \"ContactNoteDateTime\"\n"},
};

constexpr const char* kCauseList =
    "[json]\nrows = \"courtLists[].courtHouse.courtRoom[].session[].sittings[].hearing[].case[]\"\n"
    "[json.columns]\ncase = \"caseNumber\"\ntype = \"../hearingType\"\n"
    "date = \"../../sittingStart\"\n";

Site site_for(const fs::path& file) {
    std::string profile = kFeed;
    for (const CorpusTable& table : kTables) {
        if (file.filename() == table.file) {
            profile += "[csv]\ndate_format = \"YYYY-MM-DD HH:mm:ss\"\n[csv.columns]\n" +
                       std::string(table.columns);
        }
    }
    if (file.extension() == ".json") {
        profile += kCauseList;
    }
    if (file.extension() == ".csv" && profile == kFeed) {
        profile += "[csv.columns]\ncase = \"case_no\"\ndate = \"date\"\n";
    }
    auto site = parse_site(profile);
    CAREHUB_CHECK(site.has_value(), "the corpus walk's own profile is not accepted");
    return *site;
}

CorpusFile read_one(const fs::path& file, const fs::path& corpus, const char* now) {
    CorpusFile result;
    result.path = fs::relative(file, corpus).string();
    SnapshotStore store;
    const auto began = std::chrono::steady_clock::now();
    auto parsed = read_file(file, site_for(file), store, *parse_iso_time(now));
    result.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    if (parsed) {
        result.parsed = std::move(*parsed);
    } else {
        result.error = to_string(parsed.error());
    }
    return result;
}

/// Everything of the folders that courts concern, whatever it is.
bool is_wanted(const std::string& relative) {
    return relative.starts_with("court/") || relative.starts_with("ical/") ||
           relative.starts_with("malformed/ical");
}

}  // namespace

std::optional<fs::path> corpus_folder() {
    const char* const told = std::getenv("CAREHUB_CORPUS");
    const fs::path folder =
        told != nullptr ? fs::path(told) : fs::path(CAREHUB_SOURCE_DIR) / "../shared/corpus";
    std::error_code error;
    return fs::is_directory(folder, error) ? std::optional(fs::canonical(folder)) : std::nullopt;
}

std::vector<CorpusFile> walk_corpus(const fs::path& corpus) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(corpus)) {
        if (entry.is_regular_file() && is_wanted(fs::relative(entry.path(), corpus).string())) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<CorpusFile> results;
    for (const fs::path& file : files) {
        for (const char* const now : {"2026-04-01T12:00:00Z", "2019-03-04T12:00:00Z"}) {
            results.push_back(read_one(file, corpus, now));
            if (file.extension() != ".ics") {
                break;
            }
        }
    }
    return results;
}

std::string section_of(const Refusal& refusal) {
    const std::size_t from = refusal.fix.find("RFC ");
    if (from != std::string::npos) {
        const std::size_t until = refusal.fix.find_first_not_of("RFC 0123456789.,", from);
        return refusal.fix.substr(from, until - from);
    }
    if (refusal.reason == RefusalReason::FormatVersion) {
        return "RFC 4180 2.3 (header line): not the profile's columns";
    }
    // What remains of calendars is a bound of the adapter's on the length of an event.
    return refusal.field == "DTEND" ? "RFC 5545 3.8.2.5" : "profile";
}

}  // namespace carehub::adapters::court
