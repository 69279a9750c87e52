#include "tests/compat/sample_values.hpp"

namespace carehub::compat {
namespace {

void add_registry(Decisions& d) {
    d.symbols = {{{1}, "text"}, {{2}, "text 2"}};
    d.zones = {{{1},
                {{instant(2), std::chrono::seconds(-18'000)},
                 {instant(3), std::chrono::seconds(-14'400)}}}};
    d.partners = {{{1},
                   {2},
                   PartnerKind::Clinic,
                   StaffRole::Integration,
                   hash<Hash256>(3),
                   {4},
                   instant(5),
                   true,
                   true,
                   {6},
                   true,
                   instant(7)}};
    d.staff = {{{1}, StaffRole::CaseManager, {2}, {3}, {4}, {5}, 6, 7, 8}};
    d.absences = {{{1}, day(2), day(3), {4}, instant(5)}};
    d.on_call = {{{1}, instant(2), instant(3), {4}, instant(5)}};
    d.places = {{{1}, {2}, {3}, {4}, {5}, Program::Detox, {6}}};
    d.calendar_days = {{{1}, day(2), 3, true, 4, 5}};
    d.rule_settings = {{{1}, 2, -3, {4}}};
    d.heard = {{{1}, {2}}};
    d.feeds = {{{1}, {2}, instant(3), {4, 5}}};
    d.free_times = {{{1},
                     hash(2),
                     {3},
                     instant(4),
                     instant(5),
                     {6},
                     ObligationClass::TreatmentSession,
                     true,
                     {7}}};
    d.agreements = {{1,
                     {2},
                     {3},
                     PurposeOfUse::Operations,
                     {EventKind::HousingExit},
                     Form::BusyOnly,
                     {4},
                     day(5),
                     day(6),
                     {7}}};
}

Alert alert() {
    Finding finding{
        {1},
        {hash(2)},
        Severity::High,
        true,
        true,
        instant(3),
        {{hash(4)}, {hash(6)}},
        {{hash(8)}},
        {{10}, {11}},
        {{SuggestedAction::Reschedule, {hash(12)}, instant(13), Mover::Provider, true, 14}},
        15,
        DutyProgram::TcmVisit7,
        {16},
        hash(17),
        {{hash(18)}},
        Audience::Integration,
        31,
        {32}};
    return {{{18}, 19},
            finding,
            AlertState::Shelved,
            {20},
            instant(21),
            instant(22),
            instant(23),
            instant(24),
            {25},
            instant(26),
            AlertOutcome::Resolved,
            27,
            true,
            28,
            3,
            {29},
            instant(30),
            4};
}

void add_case(Decisions& d) {
    const ClientId client{hash(200)};
    d.clients = {{client,
                  {1},
                  {2},
                  CaseModel::Clinical,
                  RiskTier::Medium,
                  Transport::Own,
                  true,
                  {3},
                  instant(4),
                  kNever,
                  {5},
                  instant(6),
                  instant(7),
                  {8},
                  {9},
                  {10},
                  {11},
                  {12},
                  {13},
                  {{14}, {15}},
                  instant(16)}};
    d.links = {{{hash(1)},
                client,
                LinkMethod::Implicit,
                {2},
                instant(3),
                {4},
                instant(5),
                {6},
                {7},
                {8},
                {hash(9)}}};
    d.merges = {{client, {hash(2)}, instant(3), {4}, true}};
    d.erasures = {{client, {hash(1), hash(2)}}};
    d.last_heard = {{client, instant(1)}};
    d.assignments = {{client, {{1}, {2}, {3}, CaseModel::Clinical, {4}, RiskTier::Medium, {5}}}};
    d.separations = {{{hash(1)}, client, instant(2), {3}, true}};
    d.departures = {{client, {1}}};
    d.consents = {{{hash(1)},
                   client,
                   ConsentKind::HmisRoi,
                   {2},
                   {{3}, {4}},
                   PurposeOfUse::ClientRequest,
                   {EventKind::HousingExit, EventKind::HousingMoveIn},
                   day(5),
                   day(6),
                   day(7),
                   day(8),
                   day(9),
                   instant(10),
                   true,
                   {12},
                   {11},
                   true}};
    d.obligations = {{client,
                      {{hash(1)},
                       {2},
                       ObligationClass::DrugTest,
                       ObligationStatus::Missed,
                       EventKind::CheckInMissed,
                       instant(3),
                       instant(4),
                       {5},
                       {6},
                       {7},
                       true,
                       true,
                       true,
                       true,
                       true,
                       Mover::Officer,
                       {8},
                       instant(9),
                       {instant(10), 11},
                       {12},
                       {13},
                       14,
                       {15},
                       16}}};
    d.stays = {{client,
                {{hash(1)},
                 {2},
                 EncounterClass::Observation,
                 true,
                 true,
                 instant(3),
                 instant(4),
                 Disposition::Custody,
                 Program::Jail,
                 std::uint8_t{17},
                 {5},
                 {6},
                 {7},
                 {8},
                 {16},
                 {instant(9), 10},
                 {11},
                 {12},
                 {13},
                 instant(14),
                 instant(15)}}};
    d.matters = {{client,
                  {{hash(1)},
                   {2},
                   {14},
                   MatterKind::Warrant,
                   EventKind::WarrantCleared,
                   true,
                   HousingLossGrade::Interrupted,
                   SituationClass::Temporary,
                   3,
                   instant(4),
                   instant(5),
                   instant(6),
                   instant(7),
                   {8},
                   {9},
                   {instant(10), 11},
                   {12},
                   {13}}}};
    d.contacts = {{client, {{1}, instant(2), ContactKind::FaceToFace, true, true, {3}}}};
    d.duties = {{client,
                 {{hash(1)},
                  DutyProgram::PsychiatricVisit7,
                  DutyState::Suspended,
                  day(2),
                  day(3),
                  instant(4),
                  instant(5),
                  {6},
                  {7},
                  {8}}}};
    d.alerts = {{client, alert()}};
    d.alerts_forgotten = {{client, {{1}, 2}}};
}

Delivery delivery() {
    return {{1},  2,         DeliveryState::Withdrawn,
            {3},  {hash(4)}, Form::Full,
            true, {{5}, 6},  EventKind::EncounterEnded,
            {7},  {8},       instant(9),
            10,   11,        true,
            {12}, {13}};
}

}  // namespace

Decisions decisions_value() {
    Decisions d;
    add_registry(d);
    add_case(d);
    d.inbox = {{{hash(1)}, hash(2), {3}}};
    d.deliveries = {delivery()};
    d.acknowledged = {{{1}, 2, {3}}};
    d.poison = {{hash(1), instant(2), {hash(3)}, {4}}};
    d.poison_forgotten = {hash(4)};
    d.now = instant(4);
    d.routes = {
        {{1}, Form::Reduced, Withheld::ConsentRevoked, {hash(2)}, 3, PermitRule::ReferralRevoked}};
    d.client = {hash(5)};
    d.refused = RefusalReason::IdReused;
    d.suspects = {{{1}, 2, 3}};
    d.lanes = {{{1}, {hash(2)}, delivery(), instant(3), {delivery()}}};
    d.dead_letters = {{delivery(),
                       DeadLetterState::Replayed,
                       DeadLetterStage::Rendering,
                       RefusalReason::CharacterSet,
                       1,
                       instant(2),
                       {3}}};
    d.replays = {{delivery(), instant(1)}};
    d.day_ends = {{day(1), {2}}};
    d.outboxes = {{{1}, 2, 3, {4}, {5, 6}, instant(7), 8, 9, instant(10)}};
    return d;
}

}  // namespace carehub::compat
