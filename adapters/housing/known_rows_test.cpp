#include "adapters/housing/known_rows.hpp"

#include <set>

#include "adapters/housing/row_index.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::housing;

namespace {

KnownRow row(const std::string& id) {
    KnownRow row;
    row.table = Table::Exit;
    row.revision = 300;
    row.parts = 9;
    row.version = 0x0123456789abcdefULL;
    row.date = *parse_iso_date("2026-06-01");
    row.move_in = *parse_iso_date("1969-12-31");
    row.labels = 96;
    row.project_type = 13;
    row.situation = 435;
    row.id = id;
    row.person = std::string(64, 'p');
    row.enrollment = "e 1";
    row.project = "P|3";
    return row;
}

KnownRows two_rows() {
    KnownRows known;
    KnownWriter writer(nullptr, 1);
    REQUIRE(writer.put(row("x1")));
    REQUIRE(writer.put(row("x2")));
    KnownSet& set = known.set_of("Harbor HMIS");
    REQUIRE(writer.finish(set));
    set.exported_s = -5;
    set.held = 4;
    return known;
}

}  // namespace

TEST_CASE("known rows read back as they were written", "[housing]") {
    const KnownRows known = two_rows();
    auto again = KnownRows::from_text(known.to_text());
    REQUIRE(again);
    CHECK(*again == known);
    std::vector<KnownRow> rows;
    REQUIRE(read_known(again->set_of("Harbor HMIS"), nullptr, [&](const KnownRow& one) -> Status {
        rows.push_back(one);
        return {};
    }));
    CHECK(rows == std::vector{row("x1"), row("x2")});
    CHECK(KnownRows::from_text("")->sets().empty());
}

TEST_CASE("known rows of the format before are read, and written in this one", "[housing]") {
    // As format 2 wrote it: one byte for the revision.
    const std::string digits =
        "2a00"
        "02"
        "07"
        "0900"
        "efcdab8967452301"
        "2b510000"
        "00000080"
        "60000000"
        "0d"
        "b301"
        "027831"
        "026331"
        "026531"
        "025033"
        "026831";
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    const std::string text = "carehub housing known rows 2\n-5 4 1 0 " +
                             std::to_string(bytes.size()) + " Harbor\n" + bytes;
    auto known = KnownRows::from_text(text);
    REQUIRE(known);
    CHECK(known->set_of("Harbor").exported_s == -5);
    CHECK(KnownRows::from_text(known->to_text()).value() == *known);
    KnownWriter writer(nullptr, 1);
    const auto read_all = [&known](std::vector<KnownRow>& rows) {
        REQUIRE(read_known(known->set_of("Harbor"), nullptr, [&](const KnownRow& one) -> Status {
            rows.push_back(one);
            return {};
        }));
    };
    std::vector<KnownRow> old;
    read_all(old);
    REQUIRE(old.size() == 1);
    CHECK(old[0].table == Table::Exit);
    CHECK(old[0].revision == 7);
    CHECK(old[0].parts == 9);
    CHECK(old[0].version == 0x0123456789abcdefULL);
    CHECK(to_iso(old[0].date) == "2026-11-22");
    CHECK_FALSE(old[0].move_in);
    CHECK(old[0].household == "h1");

    REQUIRE(writer.put(old[0]));
    REQUIRE(writer.finish(known->set_of("Harbor")));
    std::vector<KnownRow> now;
    read_all(now);
    CHECK(now == old);
}

TEST_CASE("ids of different tables never meet, however short they are", "[housing]") {
    std::set<std::uint64_t> keys;
    std::size_t ids = 0;
    for (std::uint8_t table = 0; table < kTablesMax; ++table) {
        for (int id = 0; id < 2'000; ++id, ++ids) {
            keys.insert(row_key(Table{table}, std::to_string(id)));
        }
    }
    CHECK(keys.size() == ids);
}

TEST_CASE("a torn list of known rows is damaged, wherever it is torn", "[housing]") {
    const std::string text = two_rows().to_text();
    const auto read_all = [](std::string_view torn) -> Status {
        CAREHUB_TRY(const KnownRows known, KnownRows::from_text(torn));
        for (const auto& [authority, set] : known.sets()) {
            CAREHUB_TRY_DONE(
                read_known(set, nullptr, [](const KnownRow&) -> Status { return {}; }));
        }
        return {};
    };
    CHECK(read_all(text));
    const std::size_t title = text.find('\n') + 1;
    for (std::size_t size = 1; size < text.size(); ++size) {
        CAPTURE(size);
        CHECK((size == title || !read_all(std::string_view(text).substr(0, size))));
    }
    CHECK_FALSE(KnownRows::from_text("x\n"));
}
