// What the court's tests share: a site, texts of calendars, and the reading of them.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "adapters/court/court_reader.hpp"
#include "adapters/court/ical/calendar_listings.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::adapters::court::testing {

inline UtcTime at(const char* iso) {
    const auto time = parse_iso_time(iso);
    REQUIRE(time);
    return *time;
}

inline const char* const kFeed =
    "[feed]\nname = \"court\"\nzone = \"America/New_York\"\nauthority = \"GREENE-CIRCUIT\"\n";

inline Site site_of(const std::string& text) {
    auto site = parse_site(text);
    INFO((site ? std::string() : to_string(site.error())));
    REQUIRE(site);
    return *site;
}

/// A site whose case number is the UID, so that any calendar can be read for its times.
inline Site uid_site() { return site_of(std::string(kFeed) + "[ical]\ncase_property = \"UID\"\n"); }

/// Lines of one VEVENT with a UID, between BEGIN and END.
inline std::string event(const std::string& lines) {
    return "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n";
}

inline std::string calendar(const std::string& inside) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Greene Circuit//Docket//EN\r\n" + inside +
           "END:VCALENDAR\r\n";
}

struct Read {
    Reading reading;
    Parsed parsed;
};

inline Read read_text(const std::string& bytes, const Site& site, UtcTime now) {
    Read read;
    Report report(read.parsed, "docket.ics");
    auto reading = read_calendar(bytes, site, now, report);
    REQUIRE(reading);
    read.reading = std::move(*reading);
    return read;
}

/// "2026-03-02T14:00:00Z/2026-03-02T15:00:00Z" for each listing, in order of time.
inline std::vector<std::string> spans(const Reading& reading) {
    std::vector<std::string> all;
    for (const Listing& listing : reading.listings) {
        all.push_back(to_iso(listing.start) + "/" + to_iso(listing.end));
    }
    std::sort(all.begin(), all.end());
    return all;
}

/// A court that sends one file after another.
class Court {
public:
    explicit Court(Site profile) : site(std::move(profile)) {}

    Parsed send(const std::string& name, const std::string& text, const char* now) {
        return send_late(name, text, now, now);
    }

    /// Written at one time, read at a later one.
    Parsed send_late(const std::string& name, const std::string& text, const char* written,
                     const char* now) {
        const std::filesystem::path file = folder.write(name, text);
        std::filesystem::last_write_time(file, std::chrono::file_clock::from_sys(at(written)));
        auto parsed = read_file(file, site, store, at(now));
        REQUIRE(parsed);
        return *parsed;
    }

    Site site;
    SnapshotStore store;
    TemporaryFolder folder;
};

inline const ObligationClaim& claim(const Submission& event) {
    return std::get<ObligationClaim>(event.payload);
}

}  // namespace carehub::adapters::court::testing
