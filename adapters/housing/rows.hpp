// The rows of an export as typed data, and how each is read from its table.
//
// Contract: a parse function returns nothing for a row that it refused; the refusal is in the
// report. Names of people are read only when their quality is told as full and the export is not
// hashed. Dates and codes are as written; times are in the feed's zone and not yet UTC.
// Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/housing/hmis_table.hpp"
#include "adapters/housing/table.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::housing {

/// What every row about a client carries.
struct RowBase {
    std::uint64_t line = 0;
    std::string id;
    std::string person;
    std::optional<LocalTime> updated;  ///< DateUpdated, else DateCreated
    bool deleted = false;
    friend bool operator==(const RowBase&, const RowBase&) = default;
};

struct ProjectRow {
    std::string id;
    std::string organization;
    std::uint8_t type = 0;
    Labels labels;  ///< of TargetPopulation
    friend bool operator==(const ProjectRow&, const ProjectRow&) = default;
};

struct ClientRow {
    RowBase base;
    std::string given;
    std::string family;
    std::optional<Date> birth;
    Sex sex = Sex::Unset;
    friend bool operator==(const ClientRow&, const ClientRow&) = default;
};

struct EnrollmentRow {
    RowBase base;
    std::string project;
    std::string household;
    Date entry{};
    std::uint16_t situation = 0;  ///< where the person was the night before entry; 0: not told
    std::uint16_t subsidy = 0;
    std::optional<Date> move_in;
    std::optional<std::uint8_t> time_to_loss;
    friend bool operator==(const EnrollmentRow&, const EnrollmentRow&) = default;
};

struct ExitRow {
    RowBase base;
    std::string enrollment;
    Date date{};
    std::uint16_t destination = 0;  ///< 0: not told
    std::uint16_t subsidy = 0;
    std::uint8_t reason = 0;
    friend bool operator==(const ExitRow&, const ExitRow&) = default;
};

struct SituationRow {
    RowBase base;
    std::string enrollment;
    Date date{};
    std::uint16_t situation = 0;
    std::uint16_t subsidy = 0;
    Answer leave_14d = Answer::Unset;
    std::optional<std::uint8_t> subsequent_residence;
    friend bool operator==(const SituationRow&, const SituationRow&) = default;
};

struct ServiceRow {
    RowBase base;
    std::string enrollment;
    Date date{};
    std::uint16_t record_type = 0;
    friend bool operator==(const ServiceRow&, const ServiceRow&) = default;
};

struct ReferralRow {
    RowBase base;
    std::string enrollment;
    Date date{};
    std::uint8_t event = 0;
    std::uint8_t result = 0;  ///< 0: none yet
    std::optional<Date> result_date;
    friend bool operator==(const ReferralRow&, const ReferralRow&) = default;
};

struct AssessmentRow {
    RowBase base;
    std::string enrollment;
    Date date{};
    std::uint8_t level = 0;           ///< 0: not told
    std::uint8_t prioritization = 0;  ///< 0: not told
    friend bool operator==(const AssessmentRow&, const AssessmentRow&) = default;
};

[[nodiscard]] std::optional<ProjectRow> parse_project(Row& row);
enum class NameUse : std::uint8_t { Allowed, Forbidden };
[[nodiscard]] std::optional<ClientRow> parse_client(Row& row, NameUse names);
[[nodiscard]] std::optional<EnrollmentRow> parse_enrollment(Row& row);
[[nodiscard]] std::optional<ExitRow> parse_exit(Row& row);
[[nodiscard]] std::optional<SituationRow> parse_situation(Row& row);
[[nodiscard]] std::optional<ServiceRow> parse_service(Row& row);
[[nodiscard]] std::optional<ReferralRow> parse_referral(Row& row);
[[nodiscard]] std::optional<AssessmentRow> parse_assessment(Row& row);

}  // namespace carehub::adapters::housing
