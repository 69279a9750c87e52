// Real records against the hearings that the standard makes of them: samples/corpus_events.tsv. The
// table's reader takes nothing from the adapter but its listings.
#include <map>
#include <sstream>

#include "adapters/court/corpus.hpp"
#include "adapters/court/test_support.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::court::testing {
namespace {

constexpr std::size_t kRecordsMin = 90;
constexpr std::size_t kDigestDigits = 8;

struct Expected {
    std::string path, day, digest, count, first, last;
};

std::vector<Expected> expected_records() {
    std::ifstream table(std::filesystem::path(CAREHUB_SOURCE_DIR) /
                        "adapters/court/samples/corpus_events.tsv");
    REQUIRE(table);
    std::vector<Expected> rows;
    for (std::string line; std::getline(table, line);) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        std::istringstream cells(line);
        Expected row;
        for (std::string* const cell :
             {&row.path, &row.day, &row.digest, &row.count, &row.first, &row.last}) {
            REQUIRE(std::getline(cells, *cell, '\t'));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Site table_site() {
    return site_of(std::string(kFeed) +
                   "[ical]\ncase_property = \"UID\"\n[json]\n"
                   "rows = \"courtLists[].courtHouse.courtRoom[].session[].sittings[].hearing[]."
                   "case[]\"\n[json.columns]\ncase = \"caseNumber\"\ntype = \"../hearingType\"\n"
                   "date = \"../../sittingStart\"\nend = \"../../sittingEnd\"\n"
                   "room = \"../../../../courtRoomName\"\n");
}

/// The spans of each record, by the digest of its UID or case number.
using Spans = std::map<std::string, std::vector<std::string>>;

Spans spans_of(const std::filesystem::path& file, const std::string& day) {
    SnapshotStore store;
    const auto parsed = read_file(file, table_site(), store, at((day + "T12:00:00Z").c_str()));
    REQUIRE(parsed);
    Spans spans;
    for (const auto& [key, known] : store.listings) {
        const Listing& listing = known.listing;
        // FEED|UID| of a calendar; of a list the case number is the record's name.
        const bool listed = file.extension() == ".json";
        const std::string name =
            listed ? listing.case_number : listing.group.substr(6, listing.group.size() - 7);
        spans[to_hex(sha256(as_bytes(name))).substr(0, kDigestDigits)].push_back(
            to_iso(listing.start) + "/" + to_iso(listing.end));
    }
    for (auto& [digest, all] : spans) {
        std::sort(all.begin(), all.end());
    }
    return spans;
}

}  // namespace

TEST_CASE("records of the corpus become the hearings that the standard makes of them",
          "[court][corpus]") {
    const auto corpus = corpus_folder();
    if (!corpus) {
        return;
    }
    const auto rows = expected_records();
    CHECK(rows.size() >= kRecordsMin);
    std::map<std::string, Spans> read;
    for (const Expected& row : rows) {
        INFO(row.path << " on " << row.day << ", record " << row.digest);
        const auto [known, fresh] = read.try_emplace(row.path + row.day);
        if (fresh) {
            known->second = spans_of(*corpus / row.path, row.day);
        }
        const std::vector<std::string>& spans = known->second[row.digest];
        CHECK(std::to_string(spans.size()) == row.count);
        if (!spans.empty()) {
            CHECK(spans.front() == row.first);
            CHECK(spans.back() == row.last);
        }
    }
}

}  // namespace carehub::adapters::court::testing
