// The model and the schemas say the same: every member has a field, every enumerator its number.
#include "tests/support/catch.hpp"
#include "tests/unit/codec/filler.hpp"

namespace carehub::codec {

/// Stands for a value of any type in an aggregate's initialiser.
struct Anything {
    template <class T>
    operator T() const;  // NOLINT: never defined, only named in unevaluated expressions
};

namespace {

template <class T, class... Values>
constexpr std::size_t member_count() {
    if constexpr (requires { T{Values{}..., Anything{}}; }) {
        return member_count<T, Values..., Anything>();
    } else {
        return sizeof...(Values);
    }
}

template <class Record>
constexpr std::size_t kFields = Wire<Record>::Table::Traits::fields_number;

template <class... Records>
constexpr bool every_member_has_a_field() {
    return ((member_count<Records>() == kFields<Records>)&&...);
}

/// The client is a field of the record's own table.
template <class... Records>
constexpr bool every_owned_member_has_a_field() {
    return ((member_count<Records>() + 1 == kFields<OwnedRecord<Records>>)&&...);
}

static_assert(
    every_member_has_a_field<Identifier, Place, Party, ObligationClaim, ResourceClaim,
                             SnapshotClaim, EncounterClaim, PersonName, PersonClaim, IdentityClaim,
                             HousingClaim, JusticeClaim, CaseworkClaim, ConsentClaim>());
static_assert(every_member_has_a_field<PartnerCommand, StaffCommand, AbsenceCommand, OnCallCommand,
                                       PlaceCommand, CalendarCommand, RosterCommand,
                                       AgreementCommand, AlertCommand, ClockCommand, PauseCommand,
                                       DeadLetterCommand, RestoreCommand>());
static_assert(every_member_has_a_field<Refusal, Receipt, SuggestionText, AlertNotice, Notice, Hello,
                                       Welcome, Credit, Heartbeat, Subscribe, Acknowledge, Argument,
                                       Question, AnswerPart, Goodbye, Verdict>());
static_assert(
    every_member_has_a_field<SymbolText, Zone, Partner, Staff, Absence, OnCall, PlaceInfo,
                             CalendarDay, Agreement, Client, Link, Consent, Suggestion, Finding,
                             InboxMark, Delivery, Acknowledged, PoisonMark, Route, Decisions,
                             Suspect, Lane, DeadLetter, Replay, OutboxMark, DayEnd>());
static_assert(every_owned_member_has_a_field<Obligation, Stay, Contact, Duty, Alert>());
static_assert(member_count<Entry>() == kFields<Entry> + 1, "an input is stored beside its entry");
static_assert(member_count<Submission>() + 1 == kFields<Submission>, "a union has two fields");

/// Same names in the same order, to the end of both.
template <class E>
bool same_names(const char* const* schema_names) {
    for (const std::string_view name : kEnumNames<E>) {
        if (*schema_names == nullptr || name != *schema_names) {
            return false;
        }
        ++schema_names;
    }
    return *schema_names == nullptr;
}

TEST_CASE("enumerators have the same names and numbers in the model and in the schemas",
          "[codec][schemas]") {
    CHECK(same_names<PartnerKind>(wire::EnumNamesPartnerKind()));
    CHECK(same_names<StaffRole>(wire::EnumNamesStaffRole()));
    CHECK(same_names<ObligationClass>(wire::EnumNamesObligationClass()));
    CHECK(same_names<ObligationStatus>(wire::EnumNamesObligationStatus()));
    CHECK(same_names<Mover>(wire::EnumNamesMover()));
    CHECK(same_names<EncounterClass>(wire::EnumNamesEncounterClass()));
    CHECK(same_names<Disposition>(wire::EnumNamesDisposition()));
    CHECK(same_names<SituationClass>(wire::EnumNamesSituationClass()));
    CHECK(same_names<HousingLossGrade>(wire::EnumNamesHousingLossGrade()));
    CHECK(same_names<Answer>(wire::EnumNamesAnswer()));
    CHECK(same_names<CasePhase>(wire::EnumNamesCasePhase()));
    CHECK(same_names<CaseModel>(wire::EnumNamesCaseModel()));
    CHECK(same_names<RiskTier>(wire::EnumNamesRiskTier()));
    CHECK(same_names<Transport>(wire::EnumNamesTransport()));
    CHECK(same_names<ContactKind>(wire::EnumNamesContactKind()));
    CHECK(same_names<ConsentKind>(wire::EnumNamesConsentKind()));
    CHECK(same_names<PurposeOfUse>(wire::EnumNamesPurposeOfUse()));
    CHECK(same_names<Form>(wire::EnumNamesForm()));
    CHECK(same_names<Severity>(wire::EnumNamesSeverity()));
    CHECK(same_names<AlertState>(wire::EnumNamesAlertState()));
    CHECK(same_names<AlertOutcome>(wire::EnumNamesAlertOutcome()));
    CHECK(same_names<Precision>(wire::EnumNamesPrecision()));
    CHECK(same_names<IdentityLevel>(wire::EnumNamesIdentityLevel()));
    CHECK(same_names<Sex>(wire::EnumNamesSex()));
    CHECK(same_names<Program>(wire::EnumNamesProgram()));
    CHECK(same_names<DutyProgram>(wire::EnumNamesDutyProgram()));
    CHECK(same_names<DutyState>(wire::EnumNamesDutyState()));
    CHECK(same_names<LinkMethod>(wire::EnumNamesLinkMethod()));
    CHECK(same_names<Audience>(record::EnumNamesAudience()));
    CHECK(same_names<MatterKind>(record::EnumNamesMatterKind()));
    CHECK(same_names<SuggestedAction>(record::EnumNamesSuggestedAction()));
    CHECK(same_names<Withheld>(record::EnumNamesWithheld()));
    CHECK(same_names<PermitRule>(record::EnumNamesPermitRule()));
    CHECK(same_names<InputKind>(record::EnumNamesInputKind()));
    CHECK(same_names<DeadLetterStage>(record::EnumNamesDeadLetterStage()));
    CHECK(same_names<DeadLetterState>(record::EnumNamesDeadLetterState()));
    CHECK(same_names<RoutedTo>(wire::EnumNamesRoutedTo()));
    CHECK(same_names<VerdictOutcome>(wire::EnumNamesVerdictOutcome()));
}

TEST_CASE("kinds of event have the same names and numbers in the model and in the schema",
          "[codec][schemas]") {
    const auto& values = wire::EnumValuesEventKind();
    REQUIRE(std::size(values) == kEventKinds.size() + 1);  // and Unset
    for (const wire::EventKind value : values) {
        if (value != wire::EventKind::Unset) {
            CHECK(name_of(static_cast<EventKind>(value)) == wire::EnumNameEventKind(value));
        }
    }
}

TEST_CASE("reasons for refusal have the same names and numbers in the model and in the schema",
          "[codec][schemas]") {
    std::size_t known = 0;
    for (std::uint16_t number = 0; number < 1'000; ++number) {
        known += name_of(static_cast<RefusalReason>(number)) != "Unknown" ? 1U : 0U;
    }
    CHECK(std::size(wire::EnumValuesRefusalReason()) == known);
    for (const wire::RefusalReason value : wire::EnumValuesRefusalReason()) {
        CHECK(name_of(static_cast<RefusalReason>(value)) == wire::EnumNameRefusalReason(value));
    }
}

TEST_CASE("payloads have the same numbers in the model and in the union", "[codec][schemas]") {
    CHECK(static_cast<int>(PayloadKind::Consent) == static_cast<int>(wire::Payload::MAX));
    CHECK(static_cast<int>(PayloadKind::Housing) == static_cast<int>(wire::Payload::Housing));
    CHECK(static_cast<std::size_t>(wire::Payload::MAX) + 1 == std::variant_size_v<Payload>);
    CHECK(static_cast<std::size_t>(wire::CommandBody::MAX) == std::variant_size_v<CommandBody>);
}

TEST_CASE("the enumerations without names end where the schema's do", "[codec][schemas]") {
    CHECK(static_cast<int>(wire::Purpose::MAX) == static_cast<int>(Purpose::Staff));
    CHECK(static_cast<int>(wire::GoodbyeCode::MAX) ==
          static_cast<int>(GoodbyeCode::HistoryDiffers));
    CHECK(static_cast<int>(wire::ReceiptStatus::MAX) == static_cast<int>(ReceiptStatus::Refused));
    CHECK(static_cast<int>(wire::AlertAct::MAX) == static_cast<int>(AlertAct::Accept));
    CHECK(static_cast<int>(record::DeliveryState::MAX) == static_cast<int>(DeliveryState::Shown));
    CHECK(static_cast<int>(wire::DeadLetterAct::MAX) == static_cast<int>(DeadLetterAct::Discard));
}

}  // namespace
}  // namespace carehub::codec
