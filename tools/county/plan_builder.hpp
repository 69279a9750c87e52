// The words in which stories are told: book, cancel, admit, discharge, list, check in, expect.
//
// Contract: each call adds to one client's plan what partners will say; days are feed days. Dates
// handed out by free_date() are used once per client, so that nothing but what a story plants can
// collide. Whatever ends before the simulation does must be settled: settle() reports it as done in
// the next morning's feed. Threads: confined to one thread. Lifetime: borrows the World.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/prng.hpp"
#include "tools/county/plan.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

/// Through which feed an obligation becomes known.
enum class Door : std::uint8_t { Clinic, Calendar, HearingList, Docket, CheckIns };

/// Where a place's obligations become known, told by the door.
[[nodiscard]] constexpr bool is_court(Door door) {
    return door == Door::Calendar || door == Door::HearingList || door == Door::Docket;
}

/// One obligation as last announced.
struct Planned {
    Door door{};
    std::string key;  ///< part of the business key: appointment id, UID, case number, check-in id
    PlaceName place{};
    Slot slot;
    std::size_t index = 0;                       ///< into the plan's hearings or check-ins
    std::optional<std::chrono::seconds> offset;  ///< printed with a clinic's times when set
};

/// One inpatient stay.
struct Stay {
    std::string id;
    PlaceName place{};
    Moment admitted;
    std::optional<Moment> discharged;
    std::optional<Moment> planned = {};  ///< a discharge that is expected
};

class PlanBuilder {
public:
    PlanBuilder(const World& world, std::uint64_t client, Purpose purpose);

    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] Prng& prng() { return prng_; }
    [[nodiscard]] ClientPlan& plan() { return plan_; }
    [[nodiscard]] std::uint64_t client() const { return plan_.person.number; }
    void use_stream(Purpose purpose);

    /// A business day in [from, to] on which the client has nothing yet; taken from then on.
    [[nodiscard]] std::optional<Date> free_date(Date from, Date to);
    void take(Date date) { taken_.push_back(date); }

    // --- obligations -------------------------------------------------------------------------
    [[nodiscard]] Planned announce(Door door, int day, PlaceName place, Slot slot);
    /// The same obligation at another time, or gone; for the clinic S13 and S15.
    void move(Planned& planned, int day, Slot slot);
    void cancel(const Planned& planned, int day);
    /// Reports it as attended on the day after it, if the simulation lasts that long.
    void settle(const Planned& planned);
    /// Reports an outcome in the words of its door.
    void report(const Planned& planned, int day, std::string_view outcome);
    /// Any appointment message; `reason` and `status` as HL7 has them.
    void send(const Planned& planned, int day, std::string_view trigger, std::string_view reason,
              std::string_view status);

    // --- stays and visits --------------------------------------------------------------------
    [[nodiscard]] Stay admit(int day, PlaceName ward, Moment admitted);
    void discharge(Stay& stay, int day, Moment at, std::string_view disposition);
    /// Any visit message about the stay.
    void send(const Stay& stay, int day, std::string_view trigger, char patient_class,
              Moment occurred, std::string_view disposition);
    /// An outpatient comes without appointment and leaves again.
    void walk_in(int day, PlaceName place, Moment at);
    void person_update(int day);
    /// The last clinic message once more, byte for byte, in the feed of `day`.
    void repeat_last(int day);
    /// The client's first clinic message once more, late: whatever was told since stands.
    void repeat_first(int day);
    /// The clinic tells that the client died; all that others expect is nobody's duty any more.
    void death(int day);
    void share_last_control_id();
    /// The last clinic message was about the stranger whom staff mistake for the client.
    void tell_of_stranger() { plan_.messages.back().strange = true; }
    /// The appointment just announced, and all later word of it, tells its offset from UTC.
    void print_offset(Planned& planned, std::chrono::seconds offset);

    // --- staff, consent, truth ---------------------------------------------------------------
    void contact_made(int day, Moment at);
    /// Any other word of staff that needs no more than its kind and its time.
    void staff_event(int day, std::string_view kind, Moment at);
    [[nodiscard]] ConsentRow consent(std::string_view kind, std::string_view recipient) const;
    void consent_event(int day, std::string_view kind, const ConsentRow& consent);
    /// Somebody gives a command about the client, after the feeds of that day.
    void act(int day, std::string by, std::vector<std::string> command);
    void expect_alert(std::string_view rule, std::vector<std::string> ids, int day,
                      std::string_view expect, std::string_view why);
    void expect_none(std::string_view rule, int day, std::string_view why);
    void expect_withheld(std::string_view recipient, std::vector<std::string> ids,
                         std::string_view why);
    void expect_delivered(std::string_view recipient, std::vector<std::string> ids,
                          std::string_view why);
    /// The partner tells `count` events of that kind about the client in all; the ids are named.
    void expect_events(std::string_view partner, std::string_view kind, std::uint64_t count,
                       std::vector<std::string> ids, std::string_view why);

private:
    void add(int day, std::variant<AppointmentMessage, VisitMessage> body);
    [[nodiscard]] Planned list_hearing(Department department, int day, PlaceName place, Slot slot);
    void revise(const Planned& planned, int day, std::string_view result, bool cancelled);

    const World& world_;
    Prng prng_;
    ClientPlan plan_;
    std::vector<Date> taken_;
    std::size_t appointments_ = 0;
    std::size_t visits_ = 0;
};

}  // namespace carehub::county
