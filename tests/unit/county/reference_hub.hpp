// An independent, slow model of what a hub must conclude from a county's files: it reads the feeds
// a day at a time as the demo feeds them and collects every alert that arises, and those still
// standing.
//
// Contract: knows nothing of the generator but its file formats and the domain's numbers. Consent
// is not weighed: alerts that involve the recovery clinic are told apart by `sensitive`.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/base/time_zone.hpp"
#include "tests/unit/county/county_files.hpp"

namespace carehub::county_test {

struct Raised {
    std::string client;  ///< seven digits
    std::string rule;
    std::set<std::string> ids;
    friend auto operator<=>(const Raised&, const Raised&) = default;
};

struct SeenObligation {
    std::string status = "Scheduled";
    std::string place;
    UtcTime start{};
    UtcTime end{};
    bool transparent = false;
    bool all_day = false;
    bool clinic = false;
    bool court = false;
};

struct SeenStay {
    bool custody = false;
    char patient_class = 'I';
    std::string place;
    bool cancelled = false;
    UtcTime start{};
    std::optional<UtcTime> end;
    std::string disposition;
};

struct SeenClient {
    bool walks = false;  ///< roster: no transport
    std::map<std::string, SeenObligation> obligations;
    std::map<std::string, SeenStay> stays;
    std::vector<UtcTime> contacts;
};

class ReferenceHub {
public:
    explicit ReferenceHub(const TemporaryCounty& county);
    void run();

    /// Every alert that arose, with the day by which it had.
    [[nodiscard]] const std::map<Raised, unsigned>& raised() const { return raised_; }
    /// Those whose condition holds at the end.
    [[nodiscard]] const std::set<Raised>& standing() const { return standing_; }
    /// Does the alert involve an obligation at the recovery clinic?
    [[nodiscard]] bool sensitive(const Raised& alert) const;
    [[nodiscard]] std::size_t obligations() const;

private:
    void read_roster();
    void read_calendar();
    void feed(unsigned day);
    void feed_clinic(const fs::path& folder);
    void feed_appointment(const Hl7Message& message, SeenClient& client);
    void feed_visit(const Hl7Message& message, SeenClient& client);
    void feed_calendar(const fs::path& file);
    void feed_entry(const std::map<std::string, std::string>& entry);
    void feed_hearings(const fs::path& file);
    void feed_docket(const fs::path& file);
    void feed_check_ins(const fs::path& file);
    void feed_tests(const fs::path& file);
    void feed_check_in(const std::string& status, const std::string& id, SeenObligation seen);
    void feed_roster(const fs::path& file);
    void feed_staff(const fs::path& file);
    void apply(const std::string& client, const std::string& id, const SeenObligation& seen);
    void move_clock(UtcTime to);

    [[nodiscard]] std::set<Raised> conditions(const std::string& name) const;
    void pair_conditions(const std::string& name, const SeenClient& client,
                         std::set<Raised>& found) const;
    void stay_conditions(const std::string& name, const SeenClient& client,
                         std::set<Raised>& found) const;
    void duty_conditions(const std::string& name, const SeenClient& client,
                         std::set<Raised>& found) const;
    void look_at(const std::string& name);

    [[nodiscard]] Date business_days_after(Date date, int count) const;
    [[nodiscard]] UtcTime local_time(Date date, int hour, int minute) const;
    /// HL7 digits, with an offset or as the county's wall clock.
    [[nodiscard]] UtcTime hl7_time(const std::string& text) const;
    [[nodiscard]] std::chrono::minutes needed(const SeenObligation& from, const SeenObligation& to,
                                              bool walks) const;

    const TemporaryCounty& county_;
    TimeZone zone_;
    std::set<Date> holidays_;
    UtcTime now_{};
    unsigned day_ = 0;
    std::map<std::string, SeenClient> clients_;
    std::set<Hl7Message> heard_;  ///< a message that comes again says nothing new
    std::map<Raised, unsigned> raised_;
    std::set<Raised> standing_;
};

}  // namespace carehub::county_test
