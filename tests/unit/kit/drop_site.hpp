// A partner's folder, and the adapter that drops notices there, for tests of both formats.
#pragma once

#include <functional>
#include <set>

#include "adapters/kit/drop/csv_target.hpp"
#include "adapters/kit/drop/ical_target.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/drop_notices.hpp"
#include "tests/unit/kit/fixtures.hpp"

namespace carehub::adapters {

class NowClock final : public Clock {
public:
    UtcTime time = utc("2026-07-01T12:00:00Z");
    std::function<void()> asked = [] {};
    [[nodiscard]] UtcTime now() const override {
        asked();
        return time;
    }
    [[nodiscard]] Micros steady() const override { return time.time_since_epoch(); }
};

/// A partner's folder and an adapter's state, which outlive each run of a target.
struct DropSite {
    TemporaryFolder home;
    NowClock clock;
    Sealing sealing = sealing_of(7);
    boost::asio::io_context loop;

    DropSite() { std::filesystem::create_directory(folder()); }
    [[nodiscard]] std::filesystem::path folder() const { return home.path() / "out"; }
    [[nodiscard]] DropState state(std::uint64_t number) {
        return {home.path() / "kept", number, sealing};
    }
    std::unique_ptr<IcalTarget> calendar(std::chrono::days keep = std::chrono::days{30}) {
        auto target =
            IcalTarget::create({loop, clock, DropFolder(folder(), Readers::Group), state(1), keep});
        REQUIRE(target);
        return std::move(*target);
    }
    std::unique_ptr<CsvTarget> rows() {
        auto target =
            CsvTarget::create({loop, clock, DropFolder(folder(), Readers::Owner), state(2)});
        REQUIRE(target);
        return std::move(*target);
    }
    Status open(NoticeTarget& target) {
        std::optional<Status> opened;
        target.open([&](const Status& status) { opened = status; });
        loop.restart();
        while (!opened) {
            loop.run_one();
        }
        return *opened;
    }
    TargetAnswer tell(NoticeTarget& target, const Notice& notice) {
        std::optional<TargetAnswer> told;
        target.hand_over(notice, [&](const TargetAnswer& answer) { told = answer; });
        CHECK_FALSE(told);
        loop.restart();
        while (!told) {
            loop.run_one();
        }
        return *told;
    }
    [[nodiscard]] std::filesystem::path aside() const { return folder() / ".carehub.tmp"; }
    [[nodiscard]] std::string shown() const { return read_text(folder() / "carehub.ics"); }
    [[nodiscard]] std::vector<std::string> files() const {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder())) {
            const std::string name = entry.path().filename().string();
            if (!name.starts_with(".")) {
                names.insert(name);
            }
        }
        return {names.begin(), names.end()};
    }
};

}  // namespace carehub::adapters
