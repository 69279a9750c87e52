#include "tests/unit/county/reference_text.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/county/county_files.hpp"

namespace carehub::county_test {

using std::chrono::minutes;

int number(const std::string& text, std::size_t at, std::size_t size) {
    return std::stoi(text.substr(at, size));
}

Date compact_date(const std::string& text) {
    return make_date(number(text, 0, 4), static_cast<unsigned>(number(text, 4, 2)),
                     static_cast<unsigned>(number(text, 6, 2)))
        .value();
}

Date us_date(const std::string& text) {
    return make_date(number(text, 6, 4), static_cast<unsigned>(number(text, 0, 2)),
                     static_cast<unsigned>(number(text, 3, 2)))
        .value();
}

/// "2:30 pm" as minutes after midnight.
minutes clock_12(const std::string& text) {
    const std::size_t colon = text.find(':');
    const int hour = number(text, 0, colon) % 12 + (text.find("pm") != std::string::npos ? 12 : 0);
    return minutes{hour * 60 + number(text, colon + 1, 2)};
}

/// The client's seven digits inside an id such as "26-CR-0000123-01".
std::string client_in(const std::string& id) {
    for (const std::string& part : split(id, '-')) {
        if (part.size() >= 7) {
            return part.substr(0, 7);
        }
    }
    FAIL("an id without a client: " << id);
    return "";
}

Date iso_date(const std::string& text) { return parse_iso_date(text.substr(0, 10)).value(); }

minutes clock_24(const std::string& text) {
    return minutes{number(text, 0, 2) * 60 + number(text, 3, 2)};
}

std::string utc_compact(UtcTime time) {
    std::string text = to_iso(time);
    std::erase(text, '-');
    std::erase(text, ':');
    return text;
}

}  // namespace carehub::county_test
