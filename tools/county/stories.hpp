// What can be planted about one client: a situation with its alert, a trap with none, or a case
// that must be withheld. A client gets at most one, so that its alerts are exactly those of the
// truth.
//
// Contract: a story either tells itself completely into the builder, truth lines included, and
// returns true, or finds the simulated days too few and returns false with nothing said.
#pragma once

#include <span>

#include "tools/county/plan_builder.hpp"

namespace carehub::county {

/// What ordinary traffic may be added around a story without touching it.
struct Allowance {
    bool clinic = true;
    bool court = true;
    bool check_ins = true;
    /// Enrolled words of a person's record, such as an address update.
    bool person = true;
};

inline constexpr Allowance kAnything{};
inline constexpr Allowance kNoAppointments{false, true, true, true};
/// A stay collides with every obligation: nothing else may be planned around it.
inline constexpr Allowance kNothing{false, false, false, false};

struct Story {
    bool (*tell)(PlanBuilder&) = nullptr;
    Allowance around{};
    unsigned share = 1;  ///< clients among kBlockClients
};

[[nodiscard]] std::span<const Story> schedule_stories();
[[nodiscard]] std::span<const Story> missed_stories();
[[nodiscard]] std::span<const Story> discharge_stories();
[[nodiscard]] std::span<const Story> trap_stories();
[[nodiscard]] std::span<const Story> withheld_stories();
[[nodiscard]] std::span<const Story> housing_stories();
[[nodiscard]] std::span<const Story> court_stories();
[[nodiscard]] std::span<const Story> supervision_stories();
[[nodiscard]] std::span<const Story> jail_stories();
[[nodiscard]] std::span<const Story> contact_stories();
[[nodiscard]] std::span<const Story> move_stories();
[[nodiscard]] std::span<const Story> identity_stories();

// --- what several stories share ---------------------------------------------------------------

/// Two obligations on one date, and the day from which both are known.
struct Pair {
    Planned first;
    Planned second;
    int known_day = 0;
};

struct PairShape {
    Door first{};
    Door second{};
    PlaceName first_place{};
    PlaceName second_place{};
    int first_length = 60;
    int second_length = 60;
    int distance = 0;  ///< minutes from the start of the first to the start of the second
};

/// Announces both at least two days ahead on a date free for them, the later one on `known_day` or,
/// when that is 0, on any day.
[[nodiscard]] std::optional<Pair> announce_pair(PlanBuilder& builder, const PairShape& shape,
                                                int known_day);
/// Leaves a pair that outlasts the simulation as it is, else has one of the two moved away in time;
/// says which state its alert ends in.
[[nodiscard]] std::string_view play_out(PlanBuilder& builder, Pair& pair);

/// An obligation announced and past within the simulation, with `after` feeds left behind it.
[[nodiscard]] std::optional<Planned> past_obligation(PlanBuilder& builder, Door door, int after);

/// A hospital stay that ended the day before `day` and was told in the feed of `day`.
struct HospitalStay {
    Stay stay;
    Date day_zero{};
    int day = 0;
};

[[nodiscard]] HospitalStay stay_ending_before(PlanBuilder& builder, int day, PlaceName ward,
                                              std::string_view disposition = "01");
/// A feed day after a business day for which `fits(day zero)` holds, if there is one.
[[nodiscard]] std::optional<int> day_after_discharge(PlanBuilder& builder,
                                                     const std::function<bool(Date)>& fits);
/// The client was reached in the afternoon of the discharge.
void reach_client(PlanBuilder& builder, const HospitalStay& hospital);
/// Books a visit on a business day in [from, to] after day zero and has it kept. None free:
/// nothing.
[[nodiscard]] std::optional<Planned> book_visit(PlanBuilder& builder, const HospitalStay& hospital,
                                                Date from, Date to);

/// Days after day zero on which a follow-up visit is certain to be reported before its rule asks.
struct VisitWindow {
    int from = 0;
    int to = 0;
};
inline constexpr VisitWindow kVisitIn14{3, 11};
inline constexpr VisitWindow kVisitIn7{2, 4};

}  // namespace carehub::county
