#include "tools/county/county.hpp"

#include <optional>

#include "tools/county/caseload_feed.hpp"
#include "tools/county/clinic_feed.hpp"
#include "tools/county/court_feed.hpp"
#include "tools/county/directory.hpp"
#include "tools/county/docket_feed.hpp"
#include "tools/county/foresight.hpp"
#include "tools/county/housing_feed.hpp"
#include "tools/county/jail_feed.hpp"
#include "tools/county/planner.hpp"
#include "tools/county/staff_feed.hpp"
#include "tools/county/supervision_feed.hpp"
#include "tools/county/truth.hpp"

namespace carehub::county {
namespace {

namespace fs = std::filesystem;

Status claim_folder(const fs::path& out) {
    std::error_code error;
    if (fs::exists(out, error) && (!fs::is_directory(out, error) || !fs::is_empty(out, error))) {
        return fail(ErrorCode::Invalid,
                    "the county's folder exists and is not empty; choose another one");
    }
    return make_folder(out);
}

/// Where a format does not tell when it was written, an adapter asks the file: every file of a day
/// is dated to the end of that day's night run.
Status date_files(const World& world, int day, const fs::path& folder) {
    constexpr int kWrittenMinute = 5 * 60 + 30;
    const UtcTime written = instant(world.zone(), {world.date_of(day), kWrittenMinute});
    const auto stamp = std::chrono::time_point_cast<fs::file_time_type::duration>(
        fs::file_time_type::clock::from_sys(written));
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        if (!error && entry.is_regular_file(error)) {
            fs::last_write_time(entry.path(), stamp, error);
        }
        if (error) {
            return fail(ErrorCode::Io, "cannot date the files of a day: " + error.message());
        }
    }
    return {};
}

/// What is known before the first day, and the truth: one pass over the clients.
Status write_register(const World& world, const fs::path& out) {
    Register clients(out);
    TruthFile truth(world, out);
    for (std::uint64_t client = 1; client <= world.clients(); ++client) {
        ClientPlan plan = make_plan(world, client);
        foresee(world, plan);
        clients.add(plan);
        truth.add(plan);
    }
    CAREHUB_TRY_DONE(clients.close());
    return truth.close();
}

/// Every seventh day the agency's list comes twice; on another, yesterday's comes late, after today's.
Status deliver_again(int day, const fs::path& folder, const fs::path& yesterday) {
    constexpr int kEvery = 7;
    constexpr int kLateOn = 3;
    const fs::path list = fs::path("supervision") / "checkins.csv";
    std::error_code error;
    if (day % kEvery == 0) {
        fs::copy_file(folder / list, folder / "supervision" / "checkins_again.csv", error);
    } else if (day % kEvery == kLateOn) {
        const fs::path late = folder / "supervision" / "checkins_late.csv";
        fs::copy_file(yesterday / list, late, error);
        if (!error) {
            fs::last_write_time(late, fs::last_write_time(yesterday / list, error), error);
        }
    }
    return error ? fail(ErrorCode::Io, "cannot repeat a list: " + error.message()) : Status{};
}

std::size_t digits(int days) { return days < 100 ? 2 : 3; }

Status write_day(const World& world, int day, const fs::path& folder) {
    for (const std::string_view partner : {"clinic", "court", "municipal", "supervision", "terms",
                                           "conditions", "violations", "jail"}) {
        CAREHUB_TRY_DONE(make_folder(folder / partner));
    }
    ClinicFeed clinic(world, day, folder / "clinic");
    CourtFeed court(world, day, folder / "court");
    DocketFeed docket(world, day, folder / "municipal");
    SupervisionFeed supervision(world, day, folder / "supervision");
    CaseloadFeed caseload(day, folder);
    JailFeed jail(day, folder / "jail");
    StaffFeed staff(world, day, folder);
    std::optional<HousingFeed> housing;
    if (exports_on(day)) {
        const fs::path exported = folder / "housing" / ("hmis-" + to_iso(world.date_of(day)));
        CAREHUB_TRY_DONE(make_folder(exported));
        housing.emplace(world, day, exported);
    }
    for (std::uint64_t client = 1; client <= world.clients(); ++client) {
        const ClientPlan plan = make_plan(world, client);
        CAREHUB_TRY_DONE(clinic.add(plan));
        court.add(plan);
        docket.add(plan);
        supervision.add(plan);
        caseload.add(plan);
        jail.add(plan);
        staff.add(plan);
        if (housing) {
            housing->add(plan);
        }
    }
    CAREHUB_TRY_DONE(clinic.close());
    CAREHUB_TRY_DONE(court.close());
    CAREHUB_TRY_DONE(docket.close());
    CAREHUB_TRY_DONE(supervision.close());
    CAREHUB_TRY_DONE(caseload.close());
    CAREHUB_TRY_DONE(jail.close());
    CAREHUB_TRY_DONE(staff.close());
    if (housing) {
        CAREHUB_TRY_DONE(housing->close());
    }
    return date_files(world, day, folder);
}

}  // namespace

Status generate_county(const CountyOptions& options, const Progress& progress) {
    CAREHUB_TRY(const World world, World::create(options));
    CAREHUB_TRY_DONE(claim_folder(options.out));
    CAREHUB_TRY_DONE(write_configuration(world, options.out));
    CAREHUB_TRY_DONE(write_directory(world, options.out));
    CAREHUB_TRY_DONE(write_register(world, options.out));
    for (int day = 1; day <= world.days(); ++day) {
        const auto folder_of = [&](int number) {
            return options.out /
                   ("day-" + padded(static_cast<std::uint64_t>(number), digits(world.days())));
        };
        CAREHUB_TRY_DONE(write_day(world, day, folder_of(day)));
        CAREHUB_TRY_DONE(deliver_again(day, folder_of(day), folder_of(day - 1)));
        if (progress) {
            progress(static_cast<unsigned>(day), options.days);
        }
    }
    return {};
}

}  // namespace carehub::county
