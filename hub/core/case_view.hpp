// The second door for rules: one client's case at one instant, with the county's calendars, places
// and ranks to judge it by. Read only; valid during one evaluation.
#pragma once

#include <array>
#include <chrono>
#include <span>
#include <vector>

#include "hub/core/duty_hours.hpp"
#include "hub/core/state.hpp"

namespace carehub::core {

/// Opened by a discharge, closed by care; the other duties are towards an officer or a programme.
[[nodiscard]] bool is_after_discharge(DutyProgram program);

/// Whose zone and calendar deadlines are told in.
struct OwnerClock {
    Symbol zone;
    Symbol calendar;
};

class CaseView {
public:
    CaseView(const State& state, const Case& subject, UtcTime now);

    [[nodiscard]] UtcTime now() const { return now_; }
    [[nodiscard]] const Client& client() const { return case_.client; }
    /// A case manager, or a team that shares the client.
    [[nodiscard]] bool has_owner() const;
    [[nodiscard]] bool has_obligations() const { return !by_status_.empty(); }
    /// Ordered by start, then id: who asks about what is ahead stops where it is too far ahead.
    [[nodiscard]] std::span<const Obligation* const> obligations(ObligationStatus status) const {
        const std::uint32_t begin = status_begins_[index_of(status)];
        return {by_status_.data() + begin, status_begins_[index_of(status) + 1] - begin};
    }
    /// Those that start then or later.
    [[nodiscard]] std::span<const Obligation* const> obligations(ObligationStatus status,
                                                                 UtcTime from) const;
    [[nodiscard]] const Obligation* obligation(ObligationId id) const;
    [[nodiscard]] const Records<Stay>& stays() const { return case_.stays; }
    [[nodiscard]] const Records<Duty>& duties() const { return case_.duties; }
    [[nodiscard]] const Records<Contact>& contacts() const { return case_.contacts; }
    [[nodiscard]] const Records<Matter>& matters() const { return case_.matters; }
    [[nodiscard]] const Records<Consent>& consents() const { return case_.consents; }
    /// What was raised before, and how people closed it: their word may settle what a rule asks.
    [[nodiscard]] const Records<Alert>& alerts() const { return case_.alerts; }
    [[nodiscard]] const Stay* stay(StayId id) const;
    [[nodiscard]] const Matter* matter(MatterId id) const;

    /// A threshold of a rule: what somebody set, else `otherwise` (rule.hpp, setting_of).
    [[nodiscard]] std::int64_t setting(RuleId rule, std::uint8_t setting,
                                       std::int64_t otherwise) const {
        return state_.rule_settings.empty() ? otherwise : setting_told(rule, setting, otherwise);
    }

    // --- The office: what is about no client ---
    [[nodiscard]] const std::map<std::pair<PartnerId, Symbol>, Feed>& feeds() const {
        return state_.feeds;
    }
    /// When nothing more of that feed is a silence; kNever for one that is not judged.
    [[nodiscard]] UtcTime silent_at(const Feed& feed) const;
    [[nodiscard]] const std::map<Symbol, Staff>& staff() const { return state_.staff; }
    [[nodiscard]] std::uint32_t caseload(Symbol owner) const;

    // --- Parties and places ---
    [[nodiscard]] PartnerKind kind_of(PartnerId partner) const;
    /// Glossary 7: 1 can hardly move, 8 moves easily. Raised by `mandatory` and by an open duty.
    [[nodiscard]] std::uint8_t rank(const Obligation& obligation) const;
    [[nodiscard]] bool same_site(const Obligation& a, const Obligation& b) const;
    /// Domain/10 defaults: same site 0, same city 45, other city 120; doubled without transport;
    /// remote needs 15 minutes for a private place.
    [[nodiscard]] minutes travel(const Obligation& from, const Obligation& to) const;
    /// Court 30, clinic 15, supervision 15 (security, call lists).
    [[nodiscard]] minutes arrival_buffer(const Obligation& to) const;
    /// A completed or booked appointment that counts as a follow-up visit (domain/07).
    [[nodiscard]] bool is_care_visit(const Obligation& obligation) const;
    /// Somebody of staff and the client spoke with each other at that time or later.
    [[nodiscard]] bool contacted_since(UtcTime time) const;
    /// Whether it may be told to the client's owner: for a rule that lists many, of which some are
    /// enough. What is found is kept from who may not see it by core (alerts.hpp), not by a rule.
    [[nodiscard]] bool owner_sees(const Obligation& obligation) const;
    /// Of the stay that began it: a severity or a rank that hangs on a duty tells of that stay.
    [[nodiscard]] bool owner_sees(const Duty& duty) const;
    /// A term of supervision lasted at that time.
    [[nodiscard]] const Matter* supervised_at(UtcTime time) const;

    // --- Time ---
    [[nodiscard]] Date local_date(Symbol zone, UtcTime time) const;
    [[nodiscard]] UtcTime start_of_day(Symbol zone, Date date) const;
    /// The instant at which that local clock time of that date comes.
    [[nodiscard]] UtcTime at_local(Symbol zone, Date date, minutes after_midnight) const;
    [[nodiscard]] Symbol owner_zone() const { return owner_.zone; }
    [[nodiscard]] Symbol owner_calendar() const { return owner_.calendar; }
    [[nodiscard]] bool is_business_day(Date date) const { return hours_.is_business_day(date); }
    /// The n-th business day after `date`, which itself never counts (n >= 1); negative n: before.
    [[nodiscard]] Date add_business_days(Date date, int n) const {
        return hours_.add_business_days(date, n);
    }
    /// Close of business of the n-th business day after (before, when negative) that instant's day.
    [[nodiscard]] UtcTime business_days_from(UtcTime time, int n) const;
    /// End of business today if today is a business day and not over, else of the next one.
    [[nodiscard]] UtcTime same_business_day(UtcTime time) const;
    /// When somebody is next on call for the client's team; now() when somebody is.
    [[nodiscard]] UtcTime next_on_call() const;
    /// Within the opening hours of a business day of the owner's calendar.
    [[nodiscard]] bool on_duty(UtcTime time) const { return hours_.is_open(time); }
    /// When `span` of duty hours is over that begins then, or with the next opening.
    [[nodiscard]] UtcTime duty_time_from(UtcTime time, minutes span) const {
        return hours_.open_time_from(time, span);
    }
    /// 13-decisions: 1 business day before; if past, 2 hours before; if past, now.
    [[nodiscard]] UtcTime act_before(UtcTime start) const;

private:
    static std::size_t index_of(ObligationStatus status) {
        return static_cast<std::size_t>(status);
    }
    void order_obligations();
    void merge_changes(const std::vector<StartOrder::Entry>& entries);
    [[nodiscard]] std::int64_t setting_told(RuleId rule, std::uint8_t setting,
                                            std::int64_t otherwise) const;
    [[nodiscard]] const TimeZone& zone(Symbol name) const;
    [[nodiscard]] const PlaceInfo* place_of(const Obligation& obligation) const;

    static constexpr std::size_t kStatuses = std::size(kEnumNames<ObligationStatus>);

    const State& state_;
    const Case& case_;
    UtcTime now_;
    OwnerClock owner_;
    DutyHours hours_;
    std::vector<const Obligation*> by_status_;  ///< then by start
    std::array<std::uint32_t, kStatuses + 1> status_begins_{};
};

}  // namespace carehub::core
