#include "tools/county/supervision_feed.hpp"

namespace carehub::county {

SupervisionFeed::SupervisionFeed(const World& world, int day, const std::filesystem::path& folder)
    : world_(world), day_(day), file_(folder / "checkins.csv") {
    file_.write(csv_line({"checkin_id", "client_number", "officer", "date", "time", "minutes",
                          "office", "type", "status", "updated"}));
}

void SupervisionFeed::add(const ClientPlan& plan) {
    constexpr std::uint64_t kOfficers = 40;
    constexpr int kChangedMinute = 5 * 60;  // the night run before the feed
    const std::string officer = "PO-" + padded(plan.person.number % kOfficers + 1, 2);
    for (const CheckIn& check_in : plan.check_ins) {
        const CheckInVersion* version = version_on(check_in.versions, day_);
        if (version == nullptr) {
            continue;
        }
        file_.write(csv_line(
            {check_in.id, numbered("S", plan.person.number), officer, us_date(version->slot.date),
             clock_text_12(version->slot.minute), std::to_string(version->slot.length),
             std::string(row_of(check_in.office).code), "OFFICE VISIT",
             std::string(version->status),
             to_iso(world_.date_of(version->day)) + " " + clock_text(kChangedMinute)}));
    }
}

}  // namespace carehub::county
