// The field's enumerations, numbered as on the wire and in the journal: append only, never
// renumber.
// Meanings: the glossary in model/README.md. 0 is `Unset` everywhere (model/enum_names.hpp).
#pragma once

#include <cstdint>

#include "hub/model/enum_names.hpp"

namespace carehub {

/// Who owns a feed; a victim service provider is a refusal, not a kind.
enum class PartnerKind : std::uint8_t {
    Unset,
    Clinic,
    Hospital,
    HousingProvider,
    Court,
    SupervisionAgency,
    Jail,
    Staff,
};
template <>
inline constexpr std::string_view kEnumNames<PartnerKind>[] = {
    "Unset", "Clinic", "Hospital", "HousingProvider", "Court", "SupervisionAgency",
    "Jail",  "Staff"};

/// Directory: what a person may do.
enum class StaffRole : std::uint8_t {
    Unset,
    CaseManager,
    Supervisor,
    Integration,
    Operator,
};
template <>
inline constexpr std::string_view kEnumNames<StaffRole>[] = {"Unset", "CaseManager", "Supervisor",
                                                             "Integration", "Operator"};

/// Glossary 2, ranked in section 7.
enum class ObligationClass : std::uint8_t {
    Unset,
    ClinicVisit,
    TreatmentSession,
    MedicationDosing,
    CourtAppearance,
    SupervisionCheckIn,
    DrugTest,
    HousingMeeting,
    HousingInspection,
    BenefitsInterview,
    CaseManagerMeeting,
    Group,
    Other,
};
template <>
inline constexpr std::string_view kEnumNames<ObligationClass>[] = {"Unset",
                                                                   "ClinicVisit",
                                                                   "TreatmentSession",
                                                                   "MedicationDosing",
                                                                   "CourtAppearance",
                                                                   "SupervisionCheckIn",
                                                                   "DrugTest",
                                                                   "HousingMeeting",
                                                                   "HousingInspection",
                                                                   "BenefitsInterview",
                                                                   "CaseManagerMeeting",
                                                                   "Group",
                                                                   "Other"};

/// HL7 table 0278, FHIR appointmentstatus; Unconfirmed and Unlisted are the hub's.
enum class ObligationStatus : std::uint8_t {
    Unset,
    Proposed,
    Waitlisted,
    Scheduled,
    InProgress,
    Completed,
    Missed,
    Cancelled,
    Discontinued,
    EnteredInError,
    Unconfirmed,
    Unlisted,
};
template <>
inline constexpr std::string_view kEnumNames<ObligationStatus>[] = {
    "Unset",  "Proposed",  "Waitlisted",   "Scheduled",      "InProgress",  "Completed",
    "Missed", "Cancelled", "Discontinued", "EnteredInError", "Unconfirmed", "Unlisted"};

/// Who can move an obligation.
enum class Mover : std::uint8_t {
    Unset,
    Client,
    CaseManager,
    Provider,
    Officer,
    Judge,
    Agency,
    None,
};
template <>
inline constexpr std::string_view kEnumNames<Mover>[] = {
    "Unset", "Client", "CaseManager", "Provider", "Officer", "Judge", "Agency", "None"};

/// HL7 table 0004, v3-ActCode.
enum class EncounterClass : std::uint8_t {
    Unset,
    Inpatient,
    Emergency,
    Outpatient,
    Observation,
    Home,
    Virtual,
    PreAdmit,
    Unknown,
};
template <>
inline constexpr std::string_view kEnumNames<EncounterClass>[] = {
    "Unset", "Inpatient", "Emergency", "Outpatient", "Observation",
    "Home",  "Virtual",   "PreAdmit",  "Unknown"};

/// UB-04 FL17, FHIR discharge disposition.
enum class Disposition : std::uint8_t {
    Unset,
    Home,
    HomeHealth,
    OtherFacility,
    Psychiatric,
    Rehab,
    Snf,
    LongTerm,
    Hospice,
    AgainstAdvice,
    Custody,
    Deceased,
    Other,
    Unknown,
};
template <>
inline constexpr std::string_view kEnumNames<Disposition>[] = {
    "Unset",    "Home",    "HomeHealth",    "OtherFacility", "Psychiatric", "Rehab", "Snf",
    "LongTerm", "Hospice", "AgainstAdvice", "Custody",       "Deceased",    "Other", "Unknown"};

/// HMIS 3.12: the hundreds digit.
enum class SituationClass : std::uint8_t {
    Unset,
    Homeless,
    Institution,
    Temporary,
    Permanent,
    Other,
};
template <>
inline constexpr std::string_view kEnumNames<SituationClass>[] = {
    "Unset", "Homeless", "Institution", "Temporary", "Permanent", "Other"};

/// Domain/04 decision table L1-L11.
enum class HousingLossGrade : std::uint8_t {
    Unset,
    Lost,
    AtRisk,
    Unstable,
    Interrupted,
    Unknown,
};
template <>
inline constexpr std::string_view kEnumNames<HousingLossGrade>[] = {
    "Unset", "Lost", "AtRisk", "Unstable", "Interrupted", "Unknown"};

/// HMIS 1.8: 8, 9 and 99 are unknown, never no.
enum class Answer : std::uint8_t {
    Unset,
    No,
    Yes,
    Unknown,
};
template <>
inline constexpr std::string_view kEnumNames<Answer>[] = {"Unset", "No", "Yes", "Unknown"};

/// Seven phases of casework.
enum class CasePhase : std::uint8_t {
    Unset,
    Screening,
    Assessment,
    RiskEvaluation,
    Planning,
    Implementation,
    Monitoring,
    OutcomeEvaluation,
};
template <>
inline constexpr std::string_view kEnumNames<CasePhase>[] = {
    "Unset",    "Screening",      "Assessment", "RiskEvaluation",
    "Planning", "Implementation", "Monitoring", "OutcomeEvaluation"};

/// Model of case management.
enum class CaseModel : std::uint8_t {
    Unset,
    Brokerage,
    Clinical,
    Icm,
    Act,
    Standard,
};
template <>
inline constexpr std::string_view kEnumNames<CaseModel>[] = {"Unset", "Brokerage", "Clinical",
                                                             "Icm",   "Act",       "Standard"};

/// Assigned by a person.
enum class RiskTier : std::uint8_t {
    Unset,
    Low,
    Medium,
    High,
};
template <>
inline constexpr std::string_view kEnumNames<RiskTier>[] = {"Unset", "Low", "Medium", "High"};

/// How a client travels; None doubles travel time.
enum class Transport : std::uint8_t {
    Unset,
    Own,
    Public,
    None,
};
template <>
inline constexpr std::string_view kEnumNames<Transport>[] = {"Unset", "Own", "Public", "None"};

/// How a contact took place.
enum class ContactKind : std::uint8_t {
    Unset,
    FaceToFace,
    Telephone,
    Video,
    Message,
    Collateral,
};
template <>
inline constexpr std::string_view kEnumNames<ContactKind>[] = {"Unset", "FaceToFace", "Telephone",
                                                               "Video", "Message",    "Collateral"};

/// Domain/08.
enum class ConsentKind : std::uint8_t {
    Unset,
    HipaaAuthorization,
    Part2Specific,
    Part2Tpo,
    CriminalJusticeReferral,
    VawaRelease,
    HmisRoi,
};
template <>
inline constexpr std::string_view kEnumNames<ConsentKind>[] = {
    "Unset",    "HipaaAuthorization",      "Part2Specific",
    "Part2Tpo", "CriminalJusticeReferral", "VawaRelease",
    "HmisRoi"};

/// V3-ActReason.
enum class PurposeOfUse : std::uint8_t {
    Unset,
    Treatment,
    Payment,
    Operations,
    CareCoordination,
    ClientRequest,
    Emergency,
    Legal,
    Oversight,
};
template <>
inline constexpr std::string_view kEnumNames<PurposeOfUse>[] = {
    "Unset",         "Treatment", "Payment", "Operations", "CareCoordination",
    "ClientRequest", "Emergency", "Legal",   "Oversight"};

/// How much of an event a recipient reads; JSON: full, reduced, busy_only.
enum class Form : std::uint8_t {
    Unset,
    Full,
    Reduced,
    BusyOnly,
};
template <>
inline constexpr std::string_view kEnumNames<Form>[] = {"Unset", "Full", "Reduced", "BusyOnly"};

/// Domain/10; smaller is graver.
enum class Severity : std::uint8_t {
    Unset,
    Critical,
    High,
    Medium,
    Low,
};
template <>
inline constexpr std::string_view kEnumNames<Severity>[] = {"Unset", "Critical", "High", "Medium",
                                                            "Low"};

/// ISA-18.2 as mapped in domain/10.
enum class AlertState : std::uint8_t {
    Unset,
    Raised,
    Acknowledged,
    ClearedUnseen,
    Shelved,
    Suppressed,
    Closed,
};
template <>
inline constexpr std::string_view kEnumNames<AlertState>[] = {
    "Unset", "Raised", "Acknowledged", "ClearedUnseen", "Shelved", "Suppressed", "Closed"};

/// Why an alert was closed.
enum class AlertOutcome : std::uint8_t {
    Unset,
    Resolved,
    Moved,
    ClientInformed,
    NotAProblem,
    Duplicate,
    CannotResolve,
    Superseded,
};
template <>
inline constexpr std::string_view kEnumNames<AlertOutcome>[] = {
    "Unset",       "Resolved",  "Moved",         "ClientInformed",
    "NotAProblem", "Duplicate", "CannotResolve", "Superseded"};

/// Of a time as the partner gave it.
enum class Precision : std::uint8_t {
    Unset,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Milli,
    Micro,
};
template <>
inline constexpr std::string_view kEnumNames<Precision>[] = {
    "Unset", "Year", "Month", "Date", "Hour", "Minute", "Second", "Milli", "Micro"};

/// What an identity message joins.
enum class IdentityLevel : std::uint8_t {
    Unset,
    Patient,
    Account,
    Visit,
};
template <>
inline constexpr std::string_view kEnumNames<IdentityLevel>[] = {"Unset", "Patient", "Account",
                                                                 "Visit"};

/// As registered.
enum class Sex : std::uint8_t {
    Unset,
    Female,
    Male,
    Other,
    Unknown,
};
template <>
inline constexpr std::string_view kEnumNames<Sex>[] = {"Unset", "Female", "Male", "Other",
                                                       "Unknown"};

/// Places.csv: what a unit or place is for.
enum class Program : std::uint8_t {
    Unset,
    General,
    Psychiatric,
    Sud,
    Detox,
    Emergency,
    Shelter,
    Court,
    Supervision,
    Jail,
    Other,
};
template <>
inline constexpr std::string_view kEnumNames<Program>[] = {
    "Unset",   "General", "Psychiatric", "Sud",  "Detox", "Emergency",
    "Shelter", "Court",   "Supervision", "Jail", "Other"};

/// FollowUp.program.
enum class DutyProgram : std::uint8_t {
    Unset,
    GeneralDischargeContact,
    GeneralDischargeVisit,
    PsychiatricVisit7,
    PsychiatricVisit30,
    TcmVisit7,
    TcmVisit14,
    EdMentalHealth,
    EdSubstanceUse,
    InitialReport,
    ContactInterval,
    HousingMeeting,
    AcceptedSuggestion,
};
template <>
inline constexpr std::string_view kEnumNames<DutyProgram>[] = {"Unset",
                                                               "GeneralDischargeContact",
                                                               "GeneralDischargeVisit",
                                                               "PsychiatricVisit7",
                                                               "PsychiatricVisit30",
                                                               "TcmVisit7",
                                                               "TcmVisit14",
                                                               "EdMentalHealth",
                                                               "EdSubstanceUse",
                                                               "InitialReport",
                                                               "ContactInterval",
                                                               "HousingMeeting",
                                                               "AcceptedSuggestion"};

/// Life of a follow-up duty; Suspended while the client is admitted again.
enum class DutyState : std::uint8_t {
    Unset,
    Open,
    Suspended,
    Met,
    Late,
    Missed,
    Withdrawn,
};
template <>
inline constexpr std::string_view kEnumNames<DutyState>[] = {"Unset", "Open",   "Suspended", "Met",
                                                             "Late",  "Missed", "Withdrawn"};

/// Domain/11: on whose word an identifier belongs to a client.
enum class LinkMethod : std::uint8_t {
    Unset,
    PartnerAsserted,
    Implicit,
    EnrolledByStaff,
    Deterministic,
    Probabilistic,
};
template <>
inline constexpr std::string_view kEnumNames<LinkMethod>[] = {
    "Unset", "PartnerAsserted", "Implicit", "EnrolledByStaff", "Deterministic", "Probabilistic"};

/// What a recipient says of a notice after it had it.
enum class VerdictOutcome : std::uint8_t {
    Unset,
    Refused,    ///< it cannot be taken: try again later, a few times
    Confirmed,  ///< the recipient's own system has it
};
template <>
inline constexpr std::string_view kEnumNames<VerdictOutcome>[] = {"Unset", "Refused", "Confirmed"};

}  // namespace carehub
