// A Submission: what a partner claims about a client, in the words of the glossary (sections 3, 5).
//
// Contract: plain data as it crosses the wire (schemas/event.fbs) and as `carehub send` spells it
// in JSON. Strings are UTF-8. Times are UTC microseconds; kUnknownTime means "not told". Names of
// organisations, facilities and owners are strings here; the core interns them. Hub-only facts
// (event id, partner, client, received_at) are deliberately not members.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/utc_time.hpp"
#include "hub/model/event_kind.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub {

/// Bits of `time_flags`, spelled as in the glossary.
enum class TimeFlag : std::uint16_t {
    Ambiguous = 1,
    Skipped = 2,
    AssumedZone = 4,
    AssumedDuration = 8,
    DateOnly = 16,
    CallList = 32,
    TimeUncertain = 64,
};

/// Bits of `labels` (domain/09): a partner may add, never remove.
enum class SecurityLabel : std::uint32_t {
    Part2 = 1,
    Psychotherapy = 2,
    MentalHealth = 4,
    Hiv = 8,
    Minor = 16,
    DvProtected = 32,
    LocationProtected = 64,
    Cji = 128,
    SealedCase = 256,
};

/// A bit set of one of the two enumerations above.
template <class E, class Rep>
struct BitSet {
    Rep bits = 0;

    constexpr void add(E flag) { bits = static_cast<Rep>(bits | static_cast<Rep>(flag)); }
    constexpr void add(BitSet other) { bits = static_cast<Rep>(bits | other.bits); }
    [[nodiscard]] constexpr bool has(E flag) const { return (bits & static_cast<Rep>(flag)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits == 0; }
    friend constexpr bool operator==(const BitSet&, const BitSet&) = default;
};
using TimeFlags = BitSet<TimeFlag, std::uint16_t>;
using Labels = BitSet<SecurityLabel, std::uint32_t>;

/// Domain/08: where a client who hides may be found is told to nobody.
[[nodiscard]] constexpr bool hides_place(Labels labels) {
    return labels.has(SecurityLabel::LocationProtected) || labels.has(SecurityLabel::DvProtected);
}

/// HL7 v2 CX, HMIS PersonalID, a court's case number: the value never stands alone.
struct Identifier {
    std::string authority;
    std::string type;  ///< HL7 table 0203 where it has a code: MR, PI, ...; else CASE, HMIS, SUPV
    std::string value;
    friend bool operator==(const Identifier&, const Identifier&) = default;
};

struct Place {
    std::string id;  ///< the partner's code, looked up in places.csv
    std::string name;
    bool remote = false;  ///< telephone or video
    friend bool operator==(const Place&, const Place&) = default;
};

struct Party {
    std::string id;
    std::string name;
    std::string role;
    friend bool operator==(const Party&, const Party&) = default;
};

struct ObligationClaim {
    ObligationClass obligation_class = ObligationClass::Unset;
    ObligationStatus status = ObligationStatus::Unset;
    UtcTime start = kUnknownTime;
    std::optional<Date> date;  ///< set instead of a meaningful start when the day alone is known
    UtcTime end = kUnknownTime;
    UtcTime prev_start = kUnknownTime;
    Place location;
    Party provider;
    std::string owner_org;
    std::string placer_id;
    std::string filler_id;
    std::string parent_id;
    std::uint16_t occurrence = 0;
    bool mandatory = false;
    bool transparent = false;  ///< iCalendar TRANSP: blocks no time
    bool tentative = false;
    Mover mover = Mover::Unset;
    std::string reason_code;
    bool series = false;
    std::string accepted_by;
    friend bool operator==(const ObligationClaim&, const ObligationClaim&) = default;
};

struct ResourceClaim {
    std::string schedule_id;
    UtcTime from = kUnknownTime;
    UtcTime to = kUnknownTime;
    Party provider;
    Place location;
    ObligationClass obligation_class = ObligationClass::Unset;  ///< Unset: for anything
    friend bool operator==(const ResourceClaim&, const ResourceClaim&) = default;
};

struct SnapshotClaim {
    Date window_from{};
    Date window_to{};
    std::uint32_t rows = 0;
    bool complete = false;
    UtcTime file_time = kUnknownTime;
    friend bool operator==(const SnapshotClaim&, const SnapshotClaim&) = default;
};

struct EncounterClaim {
    std::string visit_number;
    EncounterClass encounter_class = EncounterClass::Unset;
    UtcTime start = kUnknownTime;
    UtcTime end = kUnknownTime;
    UtcTime planned = kUnknownTime;
    Place location;
    Place prior_location;
    Disposition disposition = Disposition::Unset;
    std::string discharged_to;
    std::string facility;
    std::string appointment_key;
    std::optional<std::uint8_t> age;  ///< full years at the end; none: 18 or more, or not known
    friend bool operator==(const EncounterClaim&, const EncounterClaim&) = default;
};

struct PersonName {
    std::string family;
    std::string given;
    std::string kind;
    friend bool operator==(const PersonName&, const PersonName&) = default;
};

struct PersonClaim {
    std::vector<PersonName> names;
    std::optional<Date> birth;
    Sex sex = Sex::Unset;
    std::vector<std::string> phones;
    std::uint32_t reliability = 0;  ///< HL7 table 0445: 1 AL, 2 UA, 4 UD, 8 US
    UtcTime deceased_at = kUnknownTime;
    friend bool operator==(const PersonClaim&, const PersonClaim&) = default;
};

struct IdentityClaim {
    std::vector<Identifier> survivor;
    std::vector<Identifier> prior;
    IdentityLevel level = IdentityLevel::Unset;
    std::string trigger;
    friend bool operator==(const IdentityClaim&, const IdentityClaim&) = default;
};

struct HousingClaim {
    std::string project;
    std::uint8_t project_type = 0;  ///< HMIS 2.02.6
    std::string enrollment;
    std::string household;
    Date date{};
    std::uint16_t situation = 0;  ///< HMIS 3.12 code as received
    SituationClass situation_class = SituationClass::Unset;
    std::uint16_t subsidy = 0;
    std::optional<Date> move_in;
    std::uint16_t destination = 0;
    std::uint8_t event_code = 0;
    std::uint8_t result = 0;
    std::optional<Date> result_date;
    Answer leave_14d = Answer::Unset;
    HousingLossGrade grade = HousingLossGrade::Unset;
    std::optional<Date> deadline;
    std::uint8_t subsequent_residence = 0;
    std::uint8_t time_to_loss = 0;
    std::uint8_t exit_reason = 0;
    friend bool operator==(const HousingClaim&, const HousingClaim&) = default;
};

struct JusticeClaim {
    std::string case_number;
    std::string court;
    std::string category;
    std::string condition_text;
    bool mandatory = false;
    std::optional<Date> issued;
    std::optional<Date> effective;
    std::optional<Date> expires;
    Party officer;
    std::string level;
    Place custody_place;
    friend bool operator==(const JusticeClaim&, const JusticeClaim&) = default;
};

struct CaseworkClaim {
    std::string owner;
    std::string team;
    CaseModel model = CaseModel::Unset;
    CasePhase phase_from = CasePhase::Unset;
    CasePhase phase_to = CasePhase::Unset;
    RiskTier tier = RiskTier::Unset;
    std::vector<std::string> signals;
    ContactKind contact_kind = ContactKind::Unset;
    bool two_way = false;
    std::uint16_t duration_min = 0;
    friend bool operator==(const CaseworkClaim&, const CaseworkClaim&) = default;
};

struct ConsentClaim {
    std::string consent;  ///< the document's id, for example of consents.csv
    ConsentKind kind = ConsentKind::Unset;
    std::string discloser;
    std::vector<std::string> recipients;  ///< partner names, kinds of partner, or "owner"
    bool general_designation = false;
    std::string intermediary;
    std::vector<EventKind> scope_kinds;  ///< empty: every kind
    std::optional<Date> scope_from;
    std::optional<Date> scope_to;
    PurposeOfUse purpose = PurposeOfUse::Unset;
    Date signed_on{};
    std::optional<Date> expires;  ///< the first day on which it no longer holds
    std::string expiry_event;
    std::optional<Date> revocable_from;
    UtcTime revoked_at = kUnknownTime;
    std::string revoke_reason;
    friend bool operator==(const ConsentClaim&, const ConsentClaim&) = default;
};

/// Order = PayloadKind: std::monostate is None.
using Payload = std::variant<std::monostate, ObligationClaim, ResourceClaim, SnapshotClaim,
                             EncounterClaim, PersonClaim, IdentityClaim, HousingClaim, JusticeClaim,
                             CaseworkClaim, ConsentClaim>;

struct Submission {
    EventKind kind = EventKind::Unset;
    std::uint16_t schema = 1;
    std::string feed;
    std::string source_msg_id;  ///< the partner's own id of this event: the idempotency key
    std::string business_key;   ///< ties the versions of one obligation or encounter
    std::vector<Identifier> identifiers;
    UtcTime occurred_at = kUnknownTime;
    Precision occurred_precision = Precision::Second;
    UtcTime recorded_at = kUnknownTime;
    std::string zone;  ///< IANA
    TimeFlags time_flags;
    std::string supersedes_key;
    bool correction = false;
    Labels labels;
    Hash256 raw_sha256{};
    Payload payload;
    friend bool operator==(const Submission&, const Submission&) = default;
};

}  // namespace carehub
