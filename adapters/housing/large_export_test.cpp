// An export read at a feed's desk: events go out in order however many, and what is known stays in
// a sealed file.
#include <fstream>
#include <sstream>

#include "adapters/housing/test_export.hpp"
#include "hub/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

namespace fs = std::filesystem;

constexpr int kNights = 1'500;
/// So large that the events need three runs.
constexpr std::size_t kEncodedBytes = 48'000;

TestExport many_nights() {
    TestExport nights;
    nights.client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
        .enrollment("e1,c1,S1,2020-01-05,h1,116,,,2026-02-02 09:00:00,");
    for (int night = 0; night < kNights; ++night) {
        const Date day = Date{std::chrono::days{18'300 + night * 7'919 % kNights}};
        nights.service("n" + std::to_string(night) + ",e1,c1," + to_iso(day) +
                       ",200,2026-03-02 08:00:00,");
    }
    return nights;
}

struct Desk {
    Desk()
        : sealing(Sealing::of_link({Hash256{1}, {}}, random).value()),
          desk{folder.path(), &sealing,
               [](const Submission& event) -> Result<Bytes> {
                   Bytes bytes(kEncodedBytes);
                   std::ranges::copy(event.source_msg_id, bytes.begin());
                   return bytes;
               },
               [this](Bytes bytes) -> Status {
                   if (told.size() == room) {
                       return fail(ErrorCode::Full, "no room");
                   }
                   told.emplace_back(reinterpret_cast<const char*>(bytes.data()));
                   return {};
               }} {}

    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path()), {}));
    }

    TemporaryFolder folder;
    SystemRandom random;
    Sealing sealing;
    std::vector<std::string> told;
    std::size_t room = 1'000'000;
    FeedDesk desk;
};

std::vector<std::string> ids_of(const Parsed& parsed) {
    std::vector<std::string> ids;
    for (const Submission& event : parsed.events) {
        ids.push_back(event.source_msg_id);
    }
    return ids;
}

}  // namespace

TEST_CASE("a large export tells at a desk what it tells in memory, in the same order",
          "[housing]") {
    const TemporaryFolder source;
    many_nights().write_to(source);
    Desk desk;
    std::string state;

    std::ofstream(desk.folder.path() / "events-77.run") << "left by a reading that was killed";
    desk.room = 100;  // no room: nothing of the reading counts
    CHECK(read_export(source.path(), test_site(), state, &desk.desk).error().code ==
          ErrorCode::Full);
    CHECK(state.empty());
    desk.room = 1'000'000;
    desk.told.clear();

    REQUIRE(read_export(source.path(), test_site(), state, &desk.desk));
    CHECK(desk.told == ids_of(read(many_nights())));
    CHECK(desk.files() == 1);
    CHECK(state.size() < 200);

    desk.told.clear();
    const std::string before = state;
    REQUIRE(read_export(source.path(), test_site(), state, &desk.desk));
    CHECK(desk.told.empty());
    CHECK(state == before);
}

TEST_CASE("what a feed knows of its rows is sealed, whole, and only the newest is kept",
          "[housing]") {
    Desk desk;
    std::string state;
    const auto read_with = [&](const TestExport& test_export) {
        const TemporaryFolder source;
        test_export.write_to(source);
        return read_export(source.path(), test_site(), state, &desk.desk);
    };
    const TestExport first = TestExport()
                                 .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
                                 .enrollment("e-7,c1,S1,2020-01-05,h1,116,,,2026-02-02 09:00:00,");
    REQUIRE(read_with(first));
    REQUIRE(read_with(TestExport(first).service("s1,e-7,c1,2026-03-01,200,2026-03-02 08:00:00,")));
    CHECK(desk.told.size() == 3);
    REQUIRE(read_with(TestExport(first).service("s1,e-7,c1,2026-03-01,200,2026-03-02 08:00:00,")));
    REQUIRE(desk.files() == 1);

    const fs::path file = fs::directory_iterator(desk.folder.path())->path();
    std::ostringstream bytes;
    bytes << std::ifstream(file).rdbuf();
    CHECK(bytes.str().find("e-7") == std::string::npos);
    fs::resize_file(file, bytes.str().size() - 1);
    CHECK(read_with(first).error().code == ErrorCode::Damaged);
}
