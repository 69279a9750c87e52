#include "adapters/court/ical/zone_names.hpp"

#include <algorithm>
#include <array>
#include <locale>

#include <boost/algorithm/string/case_conv.hpp>

#include "adapters/court/text.hpp"

namespace carehub::adapters::court {
namespace {

struct WindowsName {
    std::string_view windows;
    std::string_view iana;
};

// The zones of the United States and Canada, the common European ones, and labels as Outlook and
// Exchange put them into TZID. Upper case, as normalise_word gives it.
constexpr std::array kWindowsNames = {
    WindowsName{"EASTERN STANDARD TIME", "America/New_York"},
    WindowsName{"US EASTERN STANDARD TIME", "America/Indiana/Indianapolis"},
    WindowsName{"CENTRAL STANDARD TIME", "America/Chicago"},
    WindowsName{"MOUNTAIN STANDARD TIME", "America/Denver"},
    WindowsName{"US MOUNTAIN STANDARD TIME", "America/Phoenix"},
    WindowsName{"PACIFIC STANDARD TIME", "America/Los_Angeles"},
    WindowsName{"ALASKAN STANDARD TIME", "America/Anchorage"},
    WindowsName{"ALEUTIAN STANDARD TIME", "America/Adak"},
    WindowsName{"HAWAIIAN STANDARD TIME", "Pacific/Honolulu"},
    WindowsName{"ATLANTIC STANDARD TIME", "America/Halifax"},
    WindowsName{"NEWFOUNDLAND STANDARD TIME", "America/St_Johns"},
    WindowsName{"CANADA CENTRAL STANDARD TIME", "America/Regina"},
    WindowsName{"SA WESTERN STANDARD TIME", "America/Puerto_Rico"},
    WindowsName{"WEST PACIFIC STANDARD TIME", "Pacific/Guam"},
    WindowsName{"GMT STANDARD TIME", "Europe/London"},
    WindowsName{"GREENWICH STANDARD TIME", "Atlantic/Reykjavik"},
    WindowsName{"W. EUROPE STANDARD TIME", "Europe/Berlin"},
    WindowsName{"ROMANCE STANDARD TIME", "Europe/Paris"},
    WindowsName{"CENTRAL EUROPE STANDARD TIME", "Europe/Budapest"},
    WindowsName{"CENTRAL EUROPEAN STANDARD TIME", "Europe/Warsaw"},
    WindowsName{"E. EUROPE STANDARD TIME", "Europe/Chisinau"},
    WindowsName{"FLE STANDARD TIME", "Europe/Kiev"},
    WindowsName{"GTB STANDARD TIME", "Europe/Bucharest"},
    WindowsName{"TURKEY STANDARD TIME", "Europe/Istanbul"},
    WindowsName{"RUSSIAN STANDARD TIME", "Europe/Moscow"},
    WindowsName{"TOKYO STANDARD TIME", "Asia/Tokyo"},
    WindowsName{"W. AUSTRALIA STANDARD TIME", "Australia/Perth"},
    WindowsName{"AUS EASTERN STANDARD TIME", "Australia/Sydney"},
    WindowsName{"EASTERN TIME (US & CANADA)", "America/New_York"},
    WindowsName{"CENTRAL TIME (US & CANADA)", "America/Chicago"},
    WindowsName{"MOUNTAIN TIME (US & CANADA)", "America/Denver"},
    WindowsName{"PACIFIC TIME (US & CANADA)", "America/Los_Angeles"},
    WindowsName{"INDIANA (EAST)", "America/Indiana/Indianapolis"},
    WindowsName{"ARIZONA", "America/Phoenix"},
    WindowsName{"ALASKA", "America/Anchorage"},
    WindowsName{"HAWAII", "Pacific/Honolulu"},
};

/// "america/new_york" as the database writes it; but for its few small words ("Port_of_Spain").
std::string in_case_of_names(std::string_view tzid) {
    const std::string upper = to_upper(tzid);
    std::string name = boost::algorithm::to_lower_copy(upper, std::locale::classic());
    bool begins = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        name[i] = begins ? upper[i] : name[i];
        begins = name[i] == '/' || name[i] == '_' || name[i] == '-';
    }
    return name;
}

}  // namespace

std::vector<std::string> iana_candidates(std::string_view tzid) {
    std::vector<std::string> names;
    tzid = trim(tzid);
    if (!tzid.empty() && tzid.front() != '/') {
        names.emplace_back(tzid);
        names.push_back(in_case_of_names(tzid));
    }
    // "Area/City" and "Area/Region/City": the last three parts, then the last two.
    for (const int parts : {3, 2}) {
        std::size_t from = tzid.size();
        for (int i = 0; i < parts && from != std::string_view::npos && from > 0; ++i) {
            from = tzid.rfind('/', from - 1);
        }
        if (from != std::string_view::npos && from + 1 < tzid.size()) {
            names.emplace_back(tzid.substr(from + 1));
        }
    }
    return names;
}

std::string_view windows_zone(std::string_view tzid) {
    // "(UTC-05:00) Eastern Time (US & Canada)": the offset is a label's ornament.
    std::string name = normalise_word(tzid);
    if (name.starts_with("(UTC") || name.starts_with("(GMT")) {
        const std::size_t end = name.find(") ");
        name = end == std::string::npos ? name : name.substr(end + 2);
    }
    const auto at =
        std::find_if(kWindowsNames.begin(), kWindowsNames.end(),
                     [&name](const WindowsName& known) { return known.windows == name; });
    return at == kWindowsNames.end() ? std::string_view{} : at->iana;
}

}  // namespace carehub::adapters::court
