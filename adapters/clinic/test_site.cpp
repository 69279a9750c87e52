#include "adapters/clinic/test_site.hpp"

#include <algorithm>

#include "hub/base/check.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters::clinic {

Site test_site() {
    Site site;
    site.feed = "northside";
    site.authority = "CLINIC";
    auto zone = load_zone("America/New_York");
    CAREHUB_CHECK(zone.has_value(), "the zone database has New York");
    site.zone = *std::move(zone);
    return site;
}

std::string message_of(std::initializer_list<std::string_view> lines) {
    std::string message;
    for (const std::string_view line : lines) {
        message += std::string(line) + "\r";
    }
    return message;
}

std::string segment(std::string_view name,
                    std::initializer_list<std::pair<unsigned, std::string_view>> fields) {
    std::string text(name);
    unsigned at = 0;
    for (const auto& [number, value] : fields) {
        CAREHUB_CHECK(number > at, "fields are given in order");
        text += std::string(number - at, '|') + std::string(value);
        at = number;
    }
    return text;
}

Reading read(const std::string& message) { return read(message, test_site()); }

Reading read(const std::string& message, const Site& site) {
    return read_message(as_bytes(message), site);
}

bool has_finding(const Reading& reading, std::string_view field) {
    const auto& findings = reading.parsed.findings;
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.field == field; });
}

UtcTime utc(std::string_view iso) {
    const auto time = parse_iso_time(iso);
    CAREHUB_CHECK(time.has_value(), "a test's own time can be read");
    return *time;
}

}  // namespace carehub::adapters::clinic
