#include "adapters/clinic/control_ids.hpp"

#include "adapters/clinic/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::clinic;

namespace {

using News = ControlIds::News;
using std::chrono::days;
using std::chrono::hours;

const UtcTime kMorning = *parse_iso_time("2026-07-09T08:00:00Z");

std::unique_ptr<ControlIds> open(const std::filesystem::path& folder, UtcTime now = kMorning) {
    return std::move(ControlIds::open(folder, now).value());
}

Hash256 message(std::string_view text) { return sha256(as_bytes(text)); }

}  // namespace

TEST_CASE("an id of another message is used again, of the same one repeated", "[clinic]") {
    const auto ids = open({});
    CHECK(ids->note("EHR", "1", message("a"), kMorning) == IdUse::New);
    CHECK(ids->note("EHR", "1", message("a"), kMorning) == IdUse::Repeated);
    CHECK(ids->note("EHR", "1", message("b"), kMorning) == IdUse::Reused);
    CHECK(ids->note("EHR", "1", message("a"), kMorning) == IdUse::Repeated);
    CHECK(ids->note("EHR", "1", message("b"), kMorning) == IdUse::Repeated);
    CHECK(ids->note("EHR", "2", message("a"), kMorning) == IdUse::New);
    CHECK(ids->note("LAB", "1", message("b"), kMorning) == IdUse::New);
}

TEST_CASE("ids are remembered for fourteen days, also by the next process", "[clinic]") {
    const TemporaryFolder folder;
    {
        const auto ids = open(folder.path());
        CHECK(ids->note("EHR", "1", message("a"), kMorning) == IdUse::New);
        CHECK(ids->note("EHR", "2", message("b"), kMorning + days{1}) == IdUse::New);
    }
    {
        const UtcTime later = kMorning + days{14};
        const auto ids = open(folder.path(), later);
        CHECK(ids->note("EHR", "1", message("a"), later) == IdUse::Repeated);
        CHECK(ids->note("EHR", "1", message("c"), later) == IdUse::Reused);
    }
    const UtcTime later = kMorning + days{15};
    const auto ids = open(folder.path(), later);
    CHECK(ids->note("EHR", "2", message("c"), later) == IdUse::Reused);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "2026-07-09"));
    // The day before the last that is remembered.
    CHECK(ids->note("EHR", "1", message("a"), later + days{15}) == IdUse::New);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "2026-07-10"));
}

TEST_CASE("a record that a crash cut is none, and the next one is whole", "[clinic]") {
    const TemporaryFolder folder;
    CHECK(open(folder.path())->note("EHR", "1", message("a"), kMorning) == IdUse::New);
    std::filesystem::resize_file(folder.path() / "2026-07-09", 15);
    {
        const auto ids = open(folder.path());
        CHECK(ids->note("EHR", "1", message("a"), kMorning) == IdUse::New);
        CHECK(ids->note("EHR", "2", message("b"), kMorning) == IdUse::New);
    }
    const auto ids = open(folder.path());
    CHECK(ids->note("EHR", "1", message("c"), kMorning) == IdUse::Reused);
    CHECK(ids->note("EHR", "2", message("b"), kMorning) == IdUse::Repeated);
}

TEST_CASE("re-use is told once, until a day passes without it", "[clinic]") {
    const TemporaryFolder folder;
    {
        const auto ids = open(folder.path());
        CHECK_FALSE(ids->news(IdUse::New, kMorning));
        REQUIRE(ids->news(IdUse::Reused, kMorning) == News::Begins);
        CHECK_FALSE(ids->news(IdUse::Reused, kMorning));  // under way
        ids->settle(News::Begins, false);
        REQUIRE(ids->news(IdUse::Reused, kMorning) == News::Begins);
        ids->settle(News::Begins, true);
        CHECK_FALSE(ids->news(IdUse::Reused, kMorning + hours{20}));
        CHECK_FALSE(ids->news(IdUse::New, kMorning + hours{43}));
    }
    // The next process knows that it was told, and not when the last one was.
    const UtcTime later = kMorning + hours{43};
    const auto ids = open(folder.path(), later);
    CHECK_FALSE(ids->news(IdUse::Reused, later));
    CHECK_FALSE(ids->news(IdUse::New, later + hours{23}));
    REQUIRE(ids->news(IdUse::Repeated, later + kReuseOverAfter) == News::Ends);
    ids->settle(News::Ends, true);
    CHECK_FALSE(ids->news(IdUse::New, later + days{3}));
    CHECK(ids->news(IdUse::Reused, later + days{3}) == News::Begins);
}
