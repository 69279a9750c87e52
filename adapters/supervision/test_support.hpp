// What the supervision tests share: a feed that remembers between its files.
#pragma once

#include <string>

#include "adapters/supervision/read_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::adapters::supervision::testing {

class Agency {
public:
    explicit Agency(const std::string& toml) : site(site_of(toml)) {}

    /// The file as it was written at `now`.
    Parsed send(const std::string& name, const std::string& text, const char* now) {
        auto parsed = read_agency_file(folder.write(name, text), site, state, *parse_iso_time(now));
        INFO((parsed ? std::string() : parsed.error().context));
        REQUIRE(parsed);
        return std::move(*parsed);
    }

    static Site site_of(const std::string& toml) {
        auto site = site_from(toml);
        INFO((site ? std::string() : site.error().context));
        REQUIRE(site);
        return std::move(*site);
    }

    Site site;
    std::string state;
    TemporaryFolder folder;
};

inline const JusticeClaim& justice(const Submission& event) {
    return std::get<JusticeClaim>(event.payload);
}

/// "CustodyStarted 2026-03-31T02:15:00Z Released" for each event, "!" before a correction.
inline std::vector<std::string> gist(const Parsed& parsed) {
    std::vector<std::string> lines;
    for (const Submission& event : parsed.events) {
        lines.push_back((event.correction ? "!" : "") + std::string(name_of(event.kind)) + " " +
                        to_iso(event.occurred_at) + " " + justice(event).category);
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace carehub::adapters::supervision::testing
