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

#include "adapters/housing/table.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::housing {

namespace file {
inline constexpr std::string_view kExport = "Export.csv";
inline constexpr std::string_view kOrganization = "Organization.csv";
inline constexpr std::string_view kProject = "Project.csv";
inline constexpr std::string_view kClient = "Client.csv";
inline constexpr std::string_view kEnrollment = "Enrollment.csv";
inline constexpr std::string_view kExit = "Exit.csv";
inline constexpr std::string_view kSituation = "CurrentLivingSituation.csv";
inline constexpr std::string_view kHealthAndDv = "HealthAndDV.csv";
}  // namespace file

/// What every row about a client carries.
struct RowBase {
    std::uint64_t line = 0;
    std::string id;
    std::string person;
    std::optional<LocalTime> updated;
    bool deleted = false;
    friend bool operator==(const RowBase&, const RowBase&) = default;
};

struct ProjectRow {
    std::string id;
    std::string organization;
    std::uint8_t type = 0;
    bool protects_survivors = false;  ///< TargetPopulation 1
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

[[nodiscard]] std::optional<ProjectRow> parse_project(Row& row);
enum class NameUse : std::uint8_t { Allowed, Forbidden };
[[nodiscard]] std::optional<ClientRow> parse_client(Row& row, NameUse names);
[[nodiscard]] std::optional<EnrollmentRow> parse_enrollment(Row& row);
[[nodiscard]] std::optional<ExitRow> parse_exit(Row& row);
[[nodiscard]] std::optional<SituationRow> parse_situation(Row& row);

}  // namespace carehub::adapters::housing
