#include "tools/county/supervision_feed.hpp"

namespace carehub::county {

SupervisionFeed::SupervisionFeed(const World& world, int day, const std::filesystem::path& folder)
    : world_(world),
      day_(day),
      check_ins_(folder / "checkins.csv"),
      tests_(folder / "tests.json", JsonLine().open("tests")) {
    check_ins_.write(csv_line({"checkin_id", "client_number", "officer", "date", "time", "minutes",
                               "office", "type", "status", "updated"}));
}

void SupervisionFeed::add(const ClientPlan& plan) {
    for (const CheckIn& check_in : plan.check_ins) {
        const CheckInVersion* version = version_on(check_in.versions, day_);
        if (version == nullptr) {
            continue;
        }
        if (check_in.drug_test) {
            write_test(plan.person, check_in, *version);
        } else {
            write_check_in(plan.person, check_in, *version);
        }
    }
}

std::string SupervisionFeed::changed(const CheckInVersion& version) const {
    constexpr int kChangedMinute = 5 * 60;  // the night run before the feed
    return to_iso(world_.date_of(version.day)) + " " + clock_text(kChangedMinute);
}

void SupervisionFeed::write_check_in(const Person& person, const CheckIn& check_in,
                                     const CheckInVersion& version) {
    constexpr std::uint64_t kOfficers = 40;
    const std::string officer = "PO-" + padded(person.number % kOfficers + 1, 2);
    check_ins_.write(
        csv_line({check_in.id, numbered("S", person.number), officer, us_date(version.slot.date),
                  clock_text_12(version.slot.minute), std::to_string(version.slot.length),
                  std::string(row_of(check_in.office).code), "OFFICE VISIT",
                  std::string(version.status), changed(version)}));
}

void SupervisionFeed::write_test(const Person& person, const CheckIn& test,
                                 const CheckInVersion& version) {
    tests_.row(JsonLine()
                   .text("id", test.id)
                   .raw("person", JsonLine().text("number", numbered("S", person.number)).str())
                   .text("day", to_iso(version.slot.date))
                   .text("time", clock_text(version.slot.minute))
                   .number("minutes", static_cast<std::uint64_t>(version.slot.length))
                   .text("site", row_of(test.office).code)
                   .text("kind", "UA")
                   .text("state", version.status)
                   .text("changed", changed(version)));
}

Status SupervisionFeed::close() {
    CAREHUB_TRY_DONE(check_ins_.close());
    return tests_.close();
}

}  // namespace carehub::county
