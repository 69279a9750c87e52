#include "adapters/housing/known_rows.hpp"

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::housing;

TEST_CASE("known rows read back as they were written", "[housing]") {
    KnownRows known;
    known.set("Harbor HMIS/Exit/x 1", {0x0123456789abcdefULL, 0x0009});
    known.set("Harbor HMIS/Client/c1", {1, 1});
    const auto again = KnownRows::from_text(known.to_text());
    REQUIRE(again);
    CHECK(*again == known);
    REQUIRE(again->find("Harbor HMIS/Exit/x 1") != nullptr);
    CHECK(again->find("Harbor HMIS/Exit/x 1")->parts == 9);
    CHECK(again->find("Harbor HMIS/Exit/x") == nullptr);
    CHECK(KnownRows::from_text("")->size() == 0);
}

TEST_CASE("a torn list of known rows is an error that names the line", "[housing]") {
    for (const char* text : {"x\n", "0123456789abcdef 0001 key", "0123456789abcdeg 0001 key\n",
                             "0123456789abcdef 0001 \n", "0123456789abcdef00001 key\n"}) {
        CAPTURE(text);
        const auto known = KnownRows::from_text(text);
        REQUIRE_FALSE(known);
        CHECK(known.error().context.find("line 1") != std::string::npos);
    }
}
