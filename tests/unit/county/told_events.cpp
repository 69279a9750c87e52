#include "tests/unit/county/told_events.hpp"

#include <algorithm>
#include <array>

#include "adapters/court/court_reader.hpp"
#include "adapters/housing/read_export.hpp"
#include "adapters/supervision/read_file.hpp"
#include "tests/support/catch.hpp"

namespace carehub::county_test {
namespace {

/// What adapters rightly say about what a county plants.
constexpr std::array<std::string_view, 5> kMeant = {
    "repeats a booking, as aliases do", "bookings are no longer listed",
    "and not in this full refresh of its period: withdrawn", "told of another PersonalID before",
    "the lists at this path are all empty"};

class Telling {
public:
    explicit Telling(const TemporaryCounty& county) : county_(county) {
        for (const CsvRow& row : read_csv(county.folder() / "roster.csv")) {
            client_of_[row.at("authority") + "|" + row.at("id")] = row.at("client");
        }
    }

    std::vector<ToldEvent> run() {
        housing();
        court("court", {"calendar.ics", "hearings.csv"});
        court("municipal", {"docket.json"});
        agency("supervision", {"checkins.csv", "tests.json"});
        for (const char* partner : {"terms", "conditions", "violations"}) {
            agency(partner, {std::string(partner) + ".json"});
        }
        agency("jail", {"roster.csv"});
        return std::move(events_);
    }

private:
    [[nodiscard]] fs::path config(const std::string& partner) const {
        return county_.folder() / "config" / (partner + ".toml");
    }

    void housing() {
        namespace housing = adapters::housing;
        const auto site = housing::read_site(config("housing"));
        REQUIRE(site);
        housing::KnownRows known;
        for (unsigned day = 1; day <= county_.options().days; day += 2) {
            for (const auto& entry : fs::directory_iterator(county_.day(day) / "housing")) {
                const auto parsed = housing::read_export(entry.path(), *site, known);
                INFO("export of day " << day);
                REQUIRE(parsed);
                take("housing", *parsed);
            }
        }
    }

    void court(const std::string& partner, const std::vector<std::string>& files) {
        namespace court = adapters::court;
        const auto site = court::load_site(config(partner));
        REQUIRE(site);
        court::SnapshotStore store;
        for (unsigned day = 1; day <= county_.options().days; ++day) {
            const UtcTime now = UtcTime{county_.options().start} + std::chrono::days{day - 1} +
                                std::chrono::hours{10};
            for (const std::string& file : files) {
                INFO(file << " of day " << day);
                const auto parsed =
                    court::read_file(county_.day(day) / partner / file, *site, store, now);
                REQUIRE(parsed);
                take(partner, *parsed);
            }
        }
    }

    void agency(const std::string& partner, const std::vector<std::string>& files) {
        namespace supervision = adapters::supervision;
        const auto site = supervision::read_site(config(partner));
        REQUIRE(site);
        std::string state;
        for (unsigned day = 1; day <= county_.options().days; ++day) {
            for (const std::string& file : files) {
                INFO(file << " of day " << day);
                const auto parsed =
                    supervision::parse_file(county_.day(day) / partner / file, *site, state);
                REQUIRE(parsed);
                take(partner, *parsed);
            }
        }
    }

    void take(const std::string& partner, const adapters::Parsed& parsed) {
        for (const adapters::RecordRefusal& refusal : parsed.refusals) {
            INFO(refusal.file << " line " << refusal.line << ": " << refusal.refusal.field << ": "
                              << refusal.why);
            CHECK(false);
        }
        for (const adapters::Finding& finding : parsed.findings) {
            INFO(finding.file << " line " << finding.line << ": " << finding.field << ": "
                              << finding.what);
            CHECK(std::ranges::any_of(kMeant, [&](std::string_view meant) {
                return finding.what.find(meant) != std::string::npos;
            }));
        }
        for (const Submission& event : parsed.events) {
            events_.push_back({partner, client_in(event), std::string(name_of(event.kind)),
                               event.business_key, event.correction});
        }
    }

    [[nodiscard]] std::string client_in(const Submission& event) const {
        for (const Identifier& identifier : event.identifiers) {
            const auto known = client_of_.find(identifier.authority + "|" + identifier.value);
            if (known != client_of_.end()) {
                return known->second;
            }
        }
        return "";
    }

    const TemporaryCounty& county_;
    std::map<std::string, std::string> client_of_;
    std::vector<ToldEvent> events_;
};

}  // namespace

std::vector<ToldEvent> told_events(const TemporaryCounty& county) { return Telling(county).run(); }

}  // namespace carehub::county_test
