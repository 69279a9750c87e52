#include "tools/county/jail_feed.hpp"

namespace carehub::county {
namespace {

/// "2215"
std::string clock_digits(int minute) {
    std::string text = clock_text(minute);
    std::erase(text, ':');
    return text;
}

std::string row(const Person& person, const Booking& booking, const BookingVersion& version,
                std::string_view alias) {
    const auto& released = version.released;
    return csv_line({booking.inmate, booking.number, person.family + ", " + person.given,
                     std::string(alias), us_date(version.booked.date),
                     clock_digits(version.booked.minute), "B2",
                     released ? us_date(released->date) : "",
                     released ? clock_digits(released->minute) : "", std::string(version.release)});
}

}  // namespace

JailFeed::JailFeed(int day, const std::filesystem::path& folder)
    : day_(day), roster_(folder / "roster.csv") {
    roster_.write(csv_line({"INMATE_NO", "BOOKING_NO", "NAME", "ALIAS", "BOOK_DATE", "BOOK_TIME",
                            "HOUSING", "REL_DATE", "REL_TIME", "REL_TYPE"}));
}

void JailFeed::add(const ClientPlan& plan) {
    for (const Booking& booking : plan.bookings) {
        const BookingVersion* version = version_on(booking.versions, day_);
        if (version == nullptr || !version->listed) {
            continue;
        }
        roster_.write(row(plan.person, booking, *version, ""));
        if (booking.alias_row) {
            roster_.write(row(plan.person, booking, *version, "JOE SHORT"));
        }
    }
}

}  // namespace carehub::county
