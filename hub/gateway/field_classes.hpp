// Minimum necessary (45 CFR 164.502(b), domain/08): what each field of an event tells, and how much
// of that each kind of recipient reads in each form.
//
// Contract: two tables of data, and nothing else decides what of an event is told. kFields names
// every member of every payload once, in the order of schemas/event.fbs: a member without a class
// does not compile with its test. kDegrees has a line for each class and a column for each reader.
// The discloser of an event reads it as it told it.
// Threads: immutable.
#pragma once

#include <array>
#include <tuple>

#include "hub/model/submission.hpp"

namespace carehub::gateway {

/// What a field tells.
enum class FieldClass : std::uint8_t {
    What,          ///< kind and state of the thing, with no reason
    When,          ///< times and days of it
    Where,         ///< a place
    Who,           ///< who acts: a provider, an officer
    Organisation,  ///< the organisation, project or schedule it belongs to
    Worker,        ///< the case manager and the team
    Arrangement,   ///< how it is arranged: series, who may move it
    Clinical,      ///< why, and with what result, in care
    Residence,     ///< what housing records beside the dates
    Legal,         ///< conditions, categories, levels
    Demographics,  ///< names, birth, telephone
    CaseNote,      ///< what a case manager assessed
    Document,      ///< what a consent says beside its kind and days
    Key,           ///< numbers of the sender's own records
    Label,
};
inline constexpr std::size_t kFieldClasses = 15;

/// How much of it.
enum class Degree : std::uint8_t {
    Full,
    Reduced,  ///< a place without its name; times rounded outward; nothing of anything else
    Absent,
};

/// The columns: full form by kind of recipient, then the two lesser forms, which are the same for
/// everybody.
enum class Reader : std::uint8_t {
    Clinic,
    Hospital,
    HousingProvider,
    Court,
    SupervisionAgency,
    Jail,
    Staff,
    ReducedForm,
    BusyOnlyForm,
};
inline constexpr std::size_t kReaders = 9;

namespace degrees {
inline constexpr Degree F = Degree::Full;
inline constexpr Degree R = Degree::Reduced;
inline constexpr Degree x = Degree::Absent;

// clang-format off
inline constexpr std::array<std::array<Degree, kReaders>, kFieldClasses> kDegrees = {{
    //                clinic hospital housing court supervision jail staff  reduced busy only
    /* What         */ {F,     F,       F,      F,    F,          F,   F,     F,      x},
    /* When         */ {F,     F,       F,      F,    F,          F,   F,     F,      R},
    /* Where        */ {F,     F,       F,      F,    F,          F,   F,     R,      x},
    /* Who          */ {F,     F,       F,      F,    F,          F,   F,     x,      x},
    /* Organisation */ {F,     F,       F,      F,    F,          F,   F,     x,      x},
    /* Worker       */ {F,     F,       F,      F,    F,          F,   F,     F,      x},
    /* Arrangement  */ {F,     F,       F,      F,    F,          F,   F,     x,      x},
    /* Clinical     */ {F,     F,       x,      x,    x,          x,   F,     x,      x},
    /* Residence    */ {x,     x,       F,      x,    x,          x,   F,     x,      x},
    /* Legal        */ {x,     x,       x,      F,    F,          F,   F,     x,      x},
    /* Demographics */ {F,     F,       F,      x,    x,          x,   F,     x,      x},
    /* CaseNote     */ {x,     x,       x,      x,    x,          x,   F,     x,      x},
    /* Document     */ {x,     x,       x,      x,    x,          x,   F,     x,      x},
    /* Key          */ {x,     x,       x,      x,    x,          x,   F,     x,      x},
    /* Label        */ {F,     F,       F,      F,    F,          F,   F,     x,      x},
}};
// clang-format on
}  // namespace degrees

[[nodiscard]] constexpr Degree degree_of(FieldClass field, Reader reader) {
    return degrees::kDegrees[static_cast<std::size_t>(field)][static_cast<std::size_t>(reader)];
}

/// Who reads it in full form; of nobody's kind, as little as the least of them.
[[nodiscard]] constexpr Reader reader_of(PartnerKind kind) {
    switch (kind) {
        case PartnerKind::Clinic: return Reader::Clinic;
        case PartnerKind::Hospital: return Reader::Hospital;
        case PartnerKind::HousingProvider: return Reader::HousingProvider;
        case PartnerKind::Court: return Reader::Court;
        case PartnerKind::SupervisionAgency: return Reader::SupervisionAgency;
        case PartnerKind::Jail: return Reader::Jail;
        case PartnerKind::Staff: return Reader::Staff;
        case PartnerKind::Unset: break;
    }
    return Reader::ReducedForm;
}

template <class Record, class Member>
struct Field {
    FieldClass tells;
    Member Record::*member;
};
template <class Record, class Member>
Field(FieldClass, Member Record::*) -> Field<Record, Member>;

/// Every member of a payload, with its class.
template <class Record>
inline constexpr auto kFields = std::tuple<>{};

// The payload is told by its own fields.
template <>
inline constexpr auto kFields<Submission> =
    std::tuple{Field{FieldClass::What, &Submission::kind},
               Field{FieldClass::What, &Submission::schema},
               Field{FieldClass::Organisation, &Submission::feed},
               Field{FieldClass::Key, &Submission::source_msg_id},
               Field{FieldClass::Key, &Submission::business_key},
               Field{FieldClass::Key, &Submission::identifiers},
               Field{FieldClass::When, &Submission::occurred_at},
               Field{FieldClass::When, &Submission::occurred_precision},
               Field{FieldClass::Arrangement, &Submission::recorded_at},
               Field{FieldClass::When, &Submission::zone},
               Field{FieldClass::When, &Submission::time_flags},
               Field{FieldClass::Key, &Submission::supersedes_key},
               Field{FieldClass::What, &Submission::correction},
               Field{FieldClass::Label, &Submission::labels},
               Field{FieldClass::Key, &Submission::raw_sha256}};

template <>
inline constexpr auto kFields<ObligationClaim> =
    std::tuple{Field{FieldClass::What, &ObligationClaim::obligation_class},
               Field{FieldClass::What, &ObligationClaim::status},
               Field{FieldClass::When, &ObligationClaim::start},
               Field{FieldClass::When, &ObligationClaim::date},
               Field{FieldClass::When, &ObligationClaim::end},
               Field{FieldClass::When, &ObligationClaim::prev_start},
               Field{FieldClass::Where, &ObligationClaim::location},
               Field{FieldClass::Who, &ObligationClaim::provider},
               Field{FieldClass::Organisation, &ObligationClaim::owner_org},
               Field{FieldClass::Key, &ObligationClaim::placer_id},
               Field{FieldClass::Key, &ObligationClaim::filler_id},
               Field{FieldClass::Key, &ObligationClaim::parent_id},
               Field{FieldClass::Arrangement, &ObligationClaim::occurrence},
               Field{FieldClass::Arrangement, &ObligationClaim::mandatory},
               Field{FieldClass::Arrangement, &ObligationClaim::transparent},
               Field{FieldClass::Arrangement, &ObligationClaim::tentative},
               Field{FieldClass::Arrangement, &ObligationClaim::mover},
               Field{FieldClass::Clinical, &ObligationClaim::reason_code},
               Field{FieldClass::Arrangement, &ObligationClaim::series},
               Field{FieldClass::Arrangement, &ObligationClaim::accepted_by}};

template <>
inline constexpr auto kFields<ResourceClaim> =
    std::tuple{Field{FieldClass::Organisation, &ResourceClaim::schedule_id},
               Field{FieldClass::When, &ResourceClaim::from},
               Field{FieldClass::When, &ResourceClaim::to},
               Field{FieldClass::Who, &ResourceClaim::provider},
               Field{FieldClass::Where, &ResourceClaim::location},
               Field{FieldClass::What, &ResourceClaim::obligation_class}};

template <>
inline constexpr auto kFields<SnapshotClaim> =
    std::tuple{Field{FieldClass::Arrangement, &SnapshotClaim::window_from},
               Field{FieldClass::Arrangement, &SnapshotClaim::window_to},
               Field{FieldClass::Arrangement, &SnapshotClaim::rows},
               Field{FieldClass::Arrangement, &SnapshotClaim::complete},
               Field{FieldClass::Arrangement, &SnapshotClaim::file_time}};

template <>
inline constexpr auto kFields<EncounterClaim> =
    std::tuple{Field{FieldClass::Key, &EncounterClaim::visit_number},
               Field{FieldClass::What, &EncounterClaim::encounter_class},
               Field{FieldClass::When, &EncounterClaim::start},
               Field{FieldClass::When, &EncounterClaim::end},
               Field{FieldClass::When, &EncounterClaim::planned},
               Field{FieldClass::Where, &EncounterClaim::location},
               Field{FieldClass::Clinical, &EncounterClaim::prior_location},
               Field{FieldClass::Clinical, &EncounterClaim::disposition},
               Field{FieldClass::Clinical, &EncounterClaim::discharged_to},
               Field{FieldClass::Organisation, &EncounterClaim::facility},
               Field{FieldClass::Key, &EncounterClaim::appointment_key},
               Field{FieldClass::Clinical, &EncounterClaim::age}};

template <>
inline constexpr auto kFields<PersonClaim> =
    std::tuple{Field{FieldClass::Demographics, &PersonClaim::names},
               Field{FieldClass::Demographics, &PersonClaim::birth},
               Field{FieldClass::Demographics, &PersonClaim::sex},
               Field{FieldClass::Demographics, &PersonClaim::phones},
               Field{FieldClass::Demographics, &PersonClaim::reliability},
               Field{FieldClass::When, &PersonClaim::deceased_at}};

template <>
inline constexpr auto kFields<IdentityClaim> = std::tuple{
    Field{FieldClass::Key, &IdentityClaim::survivor}, Field{FieldClass::Key, &IdentityClaim::prior},
    Field{FieldClass::What, &IdentityClaim::level},
    Field{FieldClass::Arrangement, &IdentityClaim::trigger}};

template <>
inline constexpr auto kFields<HousingClaim> =
    std::tuple{Field{FieldClass::Organisation, &HousingClaim::project},
               Field{FieldClass::Residence, &HousingClaim::project_type},
               Field{FieldClass::Key, &HousingClaim::enrollment},
               Field{FieldClass::Key, &HousingClaim::household},
               Field{FieldClass::When, &HousingClaim::date},
               Field{FieldClass::Residence, &HousingClaim::situation},
               Field{FieldClass::What, &HousingClaim::situation_class},
               Field{FieldClass::Residence, &HousingClaim::subsidy},
               Field{FieldClass::When, &HousingClaim::move_in},
               Field{FieldClass::Residence, &HousingClaim::destination},
               Field{FieldClass::Residence, &HousingClaim::event_code},
               Field{FieldClass::Residence, &HousingClaim::result},
               Field{FieldClass::Residence, &HousingClaim::result_date},
               Field{FieldClass::Residence, &HousingClaim::leave_14d},
               Field{FieldClass::What, &HousingClaim::grade},
               Field{FieldClass::When, &HousingClaim::deadline},
               Field{FieldClass::Residence, &HousingClaim::subsequent_residence},
               Field{FieldClass::Residence, &HousingClaim::time_to_loss},
               Field{FieldClass::Residence, &HousingClaim::exit_reason}};

template <>
inline constexpr auto kFields<JusticeClaim> =
    std::tuple{Field{FieldClass::Key, &JusticeClaim::case_number},
               Field{FieldClass::Organisation, &JusticeClaim::court},
               Field{FieldClass::Legal, &JusticeClaim::category},
               Field{FieldClass::Legal, &JusticeClaim::condition_text},
               Field{FieldClass::What, &JusticeClaim::mandatory},
               Field{FieldClass::When, &JusticeClaim::issued},
               Field{FieldClass::When, &JusticeClaim::effective},
               Field{FieldClass::When, &JusticeClaim::expires},
               Field{FieldClass::Who, &JusticeClaim::officer},
               Field{FieldClass::Legal, &JusticeClaim::level},
               Field{FieldClass::Where, &JusticeClaim::custody_place}};

template <>
inline constexpr auto kFields<CaseworkClaim> =
    std::tuple{Field{FieldClass::Worker, &CaseworkClaim::owner},
               Field{FieldClass::Worker, &CaseworkClaim::team},
               Field{FieldClass::CaseNote, &CaseworkClaim::model},
               Field{FieldClass::CaseNote, &CaseworkClaim::phase_from},
               Field{FieldClass::CaseNote, &CaseworkClaim::phase_to},
               Field{FieldClass::CaseNote, &CaseworkClaim::tier},
               Field{FieldClass::CaseNote, &CaseworkClaim::signals},
               Field{FieldClass::What, &CaseworkClaim::contact_kind},
               Field{FieldClass::What, &CaseworkClaim::two_way},
               Field{FieldClass::CaseNote, &CaseworkClaim::duration_min}};

template <>
inline constexpr auto kFields<ConsentClaim> =
    std::tuple{Field{FieldClass::Document, &ConsentClaim::consent},
               Field{FieldClass::What, &ConsentClaim::kind},
               Field{FieldClass::Document, &ConsentClaim::discloser},
               Field{FieldClass::Document, &ConsentClaim::recipients},
               Field{FieldClass::Document, &ConsentClaim::general_designation},
               Field{FieldClass::Document, &ConsentClaim::intermediary},
               Field{FieldClass::Document, &ConsentClaim::scope_kinds},
               Field{FieldClass::Document, &ConsentClaim::scope_from},
               Field{FieldClass::Document, &ConsentClaim::scope_to},
               Field{FieldClass::Document, &ConsentClaim::purpose},
               Field{FieldClass::When, &ConsentClaim::signed_on},
               Field{FieldClass::When, &ConsentClaim::expires},
               Field{FieldClass::Document, &ConsentClaim::expiry_event},
               Field{FieldClass::Document, &ConsentClaim::revocable_from},
               Field{FieldClass::When, &ConsentClaim::revoked_at},
               Field{FieldClass::Document, &ConsentClaim::revoke_reason}};

}  // namespace carehub::gateway
