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
    row.returns = 2;
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
