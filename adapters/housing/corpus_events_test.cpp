// Rows of real exports against the events that the standard makes of them: samples/corpus_events.tsv.
#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "adapters/housing/corpus.hpp"
#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/sha256.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsMin = 150;
constexpr std::size_t kCellsOfRow = 4;

struct ExpectedRow {
    fs::path file;
    std::uint64_t line = 0;
    std::string outcome;
};

std::vector<ExpectedRow> expected_rows() {
    std::ifstream table(fs::path(CAREHUB_SOURCE_DIR) /
                        "adapters/housing/samples/corpus_events.tsv");
    std::vector<ExpectedRow> rows;
    for (std::string text; std::getline(table, text);) {
        if (text.empty() || text[0] == '#') {
            continue;
        }
        std::vector<std::string> cells;
        std::istringstream line(text);
        for (std::string cell; std::getline(line, cell, '\t');) {
            cells.push_back(cell);
        }
        REQUIRE(cells.size() == kCellsOfRow);
        rows.push_back({cells[0], std::stoull(cells[1]), cells[3]});
    }
    return rows;
}

std::string digits(const std::string& text) { return to_hex(sha256(as_bytes(text))).substr(0, 8); }

void put(std::string& text, const char* name, const std::string& value) {
    text += value.empty() ? "" : std::string(" ") + name + "=" + value;
}
void put_code(std::string& text, const char* name, unsigned code) {
    put(text, name, code == 0 ? "" : std::to_string(code));
}
template <class E>
void put_word(std::string& text, const char* name, E word) {
    put(text, name, word == E::Unset ? "" : std::string(name_of(word)));
}
void put_day(std::string& text, const char* name, std::optional<Date> day) {
    put(text, name, day ? to_iso(*day) : "");
}

void put_payload(std::string& text, const Submission& event) {
    if (const auto* person = std::get_if<PersonClaim>(&event.payload)) {
        put(text, "names", person->names.empty() ? "" : "told");
        put(text, "birth", person->birth ? "told" : "");
        put_word(text, "sex", person->sex);
        return;
    }
    const auto& claim = std::get<HousingClaim>(event.payload);
    if (event.kind == EventKind::HousingLossReported) {
        put(text, "rule", event.source_msg_id.substr(event.source_msg_id.rfind('/') + 1));
    }
    put_code(text, "type", claim.project_type);
    put_code(text, "situation", claim.situation);
    put_word(text, "situation_class", claim.situation_class);
    put_code(text, "subsidy", claim.subsidy);
    put_word(text, "leave_14d", claim.leave_14d);
    put_day(text, "move_in", claim.move_in);
    put_code(text, "destination", claim.destination);
    put_code(text, "exit_reason", claim.exit_reason);
    put_code(text, "code", claim.event_code);
    put_code(text, "result", claim.result);
    put_day(text, "result_date", claim.result_date);
    put_word(text, "grade", claim.grade);
    put_day(text, "deadline", claim.deadline);
}

/// A loss stands under the row's key and its rule; the rule is told by itself.
std::string row_key(const Submission& event) {
    const std::string& key = event.business_key;
    if (event.kind != EventKind::HousingLossReported) {
        return key;
    }
    REQUIRE(key.rfind("/L") == key.size() - 3);
    return key.substr(0, key.size() - 3);
}

std::string text_of(const Submission& event) {
    std::string text(name_of(event.kind));
    put(text, "at", to_iso(event.occurred_at));
    put(text, "recorded", to_iso(event.recorded_at));
    put(text, "person", digits(event.identifiers.at(0).value));
    put(text, "key", digits(row_key(event)));
    put_payload(text, event);
    return text;
}

/// One export of the corpus: what became of the row with that line of that file.
class ReadExport {
public:
    explicit ReadExport(const fs::path& folder) : folder_(folder) {
        KnownRows known;
        auto read = read_export(folder, corpus_site(), known);
        REQUIRE(read);
        parsed_ = std::move(*read);
    }

    std::string outcome(const std::string& file, std::uint64_t line) const {
        for (const RecordRefusal& refusal : parsed_.refusals) {
            if (refusal.file == file && refusal.line == line) {
                return "refused " + std::string(name_of(refusal.refusal.reason)) + " " +
                       refusal.refusal.field;
            }
        }
        const std::string part =
            "/" + fs::path(file).stem().string() + "/" + id_at(file, line) + "/";
        std::map<int, std::string> events;
        for (const Submission& event : parsed_.events) {
            if (event.source_msg_id.find(part) != std::string::npos) {
                events[place_of(event.kind)] = text_of(event);
            }
        }
        std::string text;
        for (const auto& [place, event] : events) {
            text += (text.empty() ? "" : " ; ") + event;
        }
        return text.empty() ? "nothing" : text;
    }

private:
    static int place_of(EventKind kind) {
        return kind == EventKind::HousingLossReported ? 3
               : kind == EventKind::ClientDeceased    ? 2
               : kind == EventKind::HousingMoveIn     ? 1
                                                      : 0;
    }

    /// The first cell of each table is the row's id.
    std::string id_at(const std::string& file, std::uint64_t line) const {
        std::string id;
        REQUIRE(read_csv(folder_ / file, {}, [&](const CsvRow& row) -> Status {
            id = row.line == line ? std::string(row.cells.at(0)) : id;
            return {};
        }));
        REQUIRE_FALSE(id.empty());
        return id;
    }

    fs::path folder_;
    Parsed parsed_;
};

}  // namespace

TEST_CASE("rows of the corpus become the events that the standard makes of them",
          "[housing][corpus]") {
    const fs::path corpus = corpus_folder(CAREHUB_SOURCE_DIR);
    if (!fs::is_directory(corpus / "hmis")) {
        return;  // corpus_test.cpp fails where a corpus is promised
    }
    const auto rows = expected_rows();
    CHECK(rows.size() >= kRowsMin);
    std::map<fs::path, ReadExport> exports;
    for (const ExpectedRow& row : rows) {
        const fs::path folder = corpus / row.file.parent_path();
        const ReadExport& read = exports.try_emplace(folder, folder).first->second;
        INFO(row.file.string() << " line " << row.line);
        CHECK(read.outcome(row.file.filename().string(), row.line) == row.outcome);
    }
}
