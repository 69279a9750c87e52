// The rows that a partner picks up: what they say, and what a crash leaves.
#include <fstream>

#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "tests/unit/kit/drop_site.hpp"

namespace carehub::adapters {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

using Rows = std::vector<std::map<std::string, std::string>>;

Rows rows_of(const fs::path& file) {
    Rows rows;
    std::vector<std::string> names;
    const Status read = read_csv(file, {}, [&](const CsvRow& row) -> Status {
        if (names.empty()) {
            names.assign(row.cells.begin(), row.cells.end());
            return {};
        }
        REQUIRE(row.cells.size() == names.size());
        auto& cells = rows.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) {
            cells[names[i]] = row.cells[i];
        }
        return {};
    });
    REQUIRE(read);
    return rows;
}

TEST_CASE("a notice becomes a file of one row, whole and never changed", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    Notice notice = hearing(1);
    notice.event.identifiers.push_back({"AGENCY", "CASE", "=HYPERLINK(1)"});
    std::get<ObligationClaim>(notice.event.payload).location = {"R,4", "=cmd|' /C x'!A1 \"q\"",
                                                                false};
    notice.required_statement = "42 CFR part 2 ...";
    CHECK(site.tell(*target, notice).taking == Taking::Taken);
    CHECK(site.tell(*target, busy(2)).taking == Taking::Taken);
    REQUIRE(site.files() == std::vector<std::string>{"carehub-20260701T120000Z-000000001.csv",
                                                     "carehub-20260701T120000Z-000000002.csv"});
    const auto row = rows_of(site.folder() / site.files()[0]).at(0);
    CHECK(row.at("delivery") == delivery_id(notice));
    CHECK(row.at("action") == "set");
    CHECK(row.at("uid") == "k-1");
    CHECK(row.at("kind") == "HearingScheduled");
    CHECK(row.at("form") == "full");
    CHECK(row.at("busy_only") == "no");
    CHECK(row.at("class") == "CourtAppearance");
    CHECK(row.at("status") == "Scheduled");
    CHECK(row.at("start") == "2026-07-10T09:00:00-04:00");
    CHECK(row.at("end") == "2026-07-10T09:30:00-04:00");
    CHECK(row.at("authority") == "AGENCY");
    CHECK(row.at("id") == "A-7");
    CHECK(row.at("other_ids") == "AGENCY CASE =HYPERLINK(1)");
    CHECK(row.at("place") == "R,4");
    CHECK(row.at("place_name") == "'=cmd|' /C x'!A1 \"q\"");
    CHECK(row.at("required_statement") == "42 CFR part 2 ...");
    CHECK(row.at("again") == "no");
    const auto told = rows_of(site.folder() / site.files()[1]).at(0);
    CHECK(told.at("busy_only") == "yes");
    CHECK(told.at("start") == "2026-07-10T13:00:00+00:00");
    for (const char* column : {"class", "place", "discloser", "occurred_at", "date"}) {
        CHECK(told.at(column).empty());
    }
    const std::string bytes = read_text(site.folder() / site.files()[1]);
    CHECK(std::count(bytes.begin(), bytes.end(), '\n') == 2);
    CHECK(bytes.ends_with("\r\n"));
}

TEST_CASE("a cancel and what takes no time are rows of their own action", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, cancelled_hearing(1));
    Notice exit = hearing(2, EventKind::HousingExit);
    HousingClaim claim;
    claim.date = *make_date(2026, 7, 2);
    exit.event.payload = claim;
    site.tell(*target, exit);
    const auto files = site.files();
    CHECK(rows_of(site.folder() / files.at(0)).at(0).at("action") == "cancel");
    const auto noted = rows_of(site.folder() / files.at(1)).at(0);
    CHECK(noted.at("action") == "note");
    CHECK(noted.at("date") == "2026-07-02");
    Notice nobody = busy(3);
    nobody.event.identifiers.clear();
    CHECK(site.tell(*target, nobody).refusal.reason == RefusalReason::UnknownClient);
    CHECK(site.files().size() == 2);
}

TEST_CASE("a row that takes back what was noted says so", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    const auto told = [&](const Notice& notice) {
        CHECK(site.tell(*target, notice).taking == Taking::Taken);
        const auto row = rows_of(site.folder() / site.files().back()).at(0);
        return row.at("kind") + " " + row.at("action") + " " + row.at("correction");
    };
    PersonClaim person;
    person.deceased_at = utc("2026-06-30T05:00:00Z");
    Notice death = hearing(1, EventKind::ClientDeceased);
    death.event.payload = person;
    CHECK(told(death) == "ClientDeceased note false");
    death.number = 2;
    death.event.correction = true;
    CHECK(told(death) == "ClientDeceased note true");  // on another day
    death.number = 3;
    death.event.payload = PersonClaim{};
    CHECK(told(death) == "ClientDeceased cancel true");
    Notice loss = hearing(4, EventKind::HousingLossReported);
    loss.event.payload = HousingClaim{};
    CHECK(told(loss) == "HousingLossReported note false");
    loss.number = 5;
    loss.event.correction = true;
    CHECK(told(loss) == "HousingLossReported cancel true");
    Notice exit = loss;
    exit.number = 6;
    exit.kind = exit.event.kind = EventKind::HousingExit;
    CHECK(told(exit) == "HousingExit cancel true");
    Notice custody = about_stay(7, EventKind::CustodyStarted, utc("2026-07-01T11:00:00Z"));
    custody.event.correction = true;
    CHECK(told(custody) == "CustodyStarted set true");
}

TEST_CASE("a row that vanished before it was shown is told again", "[kit][out][drop]") {
    DropSite site;
    auto target = site.rows();
    REQUIRE(site.open(*target));
    site.clock.asked = [&] { fs::remove(site.aside()); };  // as its name is chosen
    CHECK(site.tell(*target, busy(1)).taking == Taking::Away);
    site.clock.asked = [] {};
    const bool restarts = GENERATE(false, true);
    if (restarts) {
        target = site.rows();
    }
    REQUIRE(site.open(*target));
    CHECK(site.files().empty());
    CHECK(site.tell(*target, busy(1)).taking == Taking::Taken);
    CHECK(site.files().size() == 1);
}

TEST_CASE("a link that leads nowhere is not a row that was shown", "[kit][out][drop]") {
    DropSite site;
    const DropFolder folder(site.folder(), Readers::Owner);
    CHECK_FALSE(folder.has_aside());
    fs::create_symlink(site.home.path() / "nowhere", site.aside());
    CHECK(folder.has_aside());
}

TEST_CASE("a row that was shown before a crash is not shown twice, also when it was picked up",
          "[kit][out][drop]") {
    DropSite site;
    auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    fs::remove(site.folder() / site.files().at(0));  // the partner has it
    target = site.rows();                            // killed before the hub heard of it
    REQUIRE(site.open(*target));
    CHECK(site.tell(*target, busy(1)).taking == Taking::Taken);
    CHECK(site.files().empty());
    CHECK(site.tell(*target, busy(2)).taking == Taking::Taken);
    CHECK(site.files() == std::vector<std::string>{"carehub-20260701T120000Z-000000002.csv"});
}

TEST_CASE("a row that was put aside before a crash is forgotten, and told when the hub says so",
          "[kit][out][drop]") {
    DropSite site;
    auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    const fs::path shown = site.folder() / site.files().at(0);
    target.reset();
    fs::rename(shown, site.folder() / ".carehub.tmp");  // as if it had crashed before the rename
    target = site.rows();
    REQUIRE(site.open(*target));
    CHECK(site.files().empty());
    CHECK_FALSE(fs::exists(site.folder() / ".carehub.tmp"));
    CHECK(site.tell(*target, busy(1)).taking == Taking::Taken);
    CHECK(site.files() == std::vector<std::string>{"carehub-20260701T120000Z-000000002.csv"});
}

TEST_CASE("a clock set back does not put a later row before an earlier one", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    site.clock.time -= std::chrono::hours{3};
    site.tell(*target, busy(2));
    const auto files = site.files();
    CHECK(rows_of(site.folder() / files.at(0)).at(0).at("uid") == "k-1");
    CHECK(rows_of(site.folder() / files.at(1)).at(0).at("uid") == "k-2");
}

}  // namespace
}  // namespace carehub::adapters
