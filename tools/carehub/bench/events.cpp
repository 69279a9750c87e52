#include "tools/carehub/bench/events.hpp"

#include <algorithm>
#include <array>

#include "hub/base/limits.hpp"
#include "hub/codec/submission.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::tool::bench {
namespace {

constexpr const char* kAuthority = "bench-clinic";
constexpr std::size_t kIdDigits = 12;  ///< ids of one length, so that events are of one size
constexpr std::size_t kPaddedFields = 3;
constexpr std::size_t kPaddingMax = kPaddedFields * (kNameBytesMax - 1);
constexpr std::uint64_t kClientsPerMiss = 10;
constexpr unsigned kDaysAhead = 300;  ///< appointments lie on days of their own
constexpr unsigned kTimesOfDay = 7;   ///< then at times of their own: nothing collides
constexpr std::chrono::hours kBetweenTimes{3};
constexpr std::chrono::hours kBookedFor{1};
constexpr std::chrono::hours kMovedTo{3};
static_assert(kDaysAhead * kTimesOfDay >= kObligationsPerClientMax);
constexpr Date kSigned = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};

/// What one client is told of in ten rounds: four appointments and what becomes of them.
struct Step {
    EventKind kind;
    unsigned appointment;
    ObligationStatus status;
};
constexpr std::array<Step, 10> kSteps = {{
    {EventKind::AppointmentBooked, 0, ObligationStatus::Scheduled},
    {EventKind::AppointmentRescheduled, 0, ObligationStatus::Scheduled},
    {EventKind::AppointmentBooked, 1, ObligationStatus::Scheduled},
    {EventKind::AppointmentRescheduled, 1, ObligationStatus::Scheduled},
    {EventKind::AppointmentCompleted, 0, ObligationStatus::Completed},
    {EventKind::AppointmentBooked, 2, ObligationStatus::Scheduled},
    {EventKind::AppointmentRescheduled, 2, ObligationStatus::Scheduled},
    {EventKind::AppointmentModified, 2, ObligationStatus::Scheduled},
    {EventKind::AppointmentNoShow, 1, ObligationStatus::Missed},
    {EventKind::AppointmentBooked, 3, ObligationStatus::Scheduled},
}};
constexpr std::uint64_t kAppointmentsPerCycle = 4;

std::string padded_number(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(kIdDigits - std::min(digits.size(), kIdDigits), '0') + digits;
}

/// Spreads the padding over fields that hold free text.
void pad(ObligationClaim& claim, std::size_t bytes) {
    const std::array<std::string*, kPaddedFields> fields = {
        &claim.location.name, &claim.provider.name, &claim.accepted_by};
    for (std::string* field : fields) {
        const std::size_t share = std::min(bytes, kNameBytesMax - 1);
        *field += std::string(share, 'x');
        bytes -= share;
    }
}

/// Steps a client has behind it at a round. Clients begin at steps of their own: the mix is the
/// same at any moment, however short the run. What was booked before it began is first heard of
/// later, as with any feed that is connected in the middle of its life.
std::uint64_t steps_done(std::uint64_t round, std::uint64_t client) {
    return round + client / kClientsPerMiss % kSteps.size();
}

Step step_of(std::uint64_t steps, std::uint64_t client) {
    const Step step = kSteps.at(steps % kSteps.size());
    if (step.kind == EventKind::AppointmentNoShow && client % kClientsPerMiss != 0) {
        return {EventKind::AppointmentCompleted, step.appointment, ObligationStatus::Completed};
    }
    return step;
}

}  // namespace

std::uint64_t publisher_of(std::uint64_t index, const Options& options) {
    return index % options.clients % options.publishers;
}

std::string Events::client_name(std::uint64_t client) { return "C-" + padded_number(client); }

Identifier Events::identifier(std::uint64_t client) {
    return {kAuthority, "MR", "P-" + padded_number(client)};
}

std::string Events::publisher_name(std::uint64_t publisher) {
    return "bench-clinic-" + std::to_string(publisher);
}

std::string Events::subscriber_name(std::uint64_t subscriber) {
    return "bench-housing-" + std::to_string(subscriber);
}

Submission Events::consent(std::uint64_t client) {
    ConsentClaim claim;
    claim.consent = "bench";
    claim.kind = ConsentKind::HipaaAuthorization;
    claim.purpose = PurposeOfUse::CareCoordination;
    claim.discloser = kind_word(PartnerKind::Clinic);
    claim.recipients = {std::string(kind_word(PartnerKind::HousingProvider)), "owner"};
    claim.signed_on = kSigned;
    Submission event;
    event.kind = EventKind::ConsentGranted;
    event.feed = "consents";
    event.source_msg_id = "consent/" + client_name(client);
    event.identifiers = {{"carehub", "CLIENT", client_name(client)}};
    event.occurred_at = UtcTime{kSigned};
    event.occurred_precision = Precision::Day;
    event.payload = std::move(claim);
    return event;
}

Result<Events> Events::create(const Options& options, UtcTime base) {
    Events events(options, base);
    CAREHUB_TRY_DONE(events.fit());
    return events;
}

Status Events::fit() {
    CAREHUB_TRY(const Bytes bare, codec::encode_submission(event(0)));
    padding_ = kPaddingMax;
    CAREHUB_TRY(const Bytes full, codec::encode_submission(event(0)));
    if (options_.size_bytes < bare.size() || options_.size_bytes > full.size()) {
        return fail(ErrorCode::Invalid, "--size must be " + std::to_string(bare.size()) + " to " +
                                            std::to_string(full.size()));
    }
    // Encoded sizes go up in steps of 8: the first that is large enough.
    for (padding_ = 0; size_bytes_ < options_.size_bytes; ++padding_) {
        CAREHUB_TRY(const Bytes padded, codec::encode_submission(event(0)));
        size_bytes_ = padded.size();
    }
    --padding_;
    return {};
}

/// What one event tells of one appointment of a client.
struct Events::Change {
    std::uint64_t index = 0;
    std::uint64_t client = 0;
    std::uint64_t appointment = 0;
    EventKind kind = EventKind::Unset;
    ObligationStatus status = ObligationStatus::Unset;
};

Submission Events::event(std::uint64_t index) const {
    const std::uint64_t client = index % options_.clients;
    const std::uint64_t steps = steps_done(index / options_.clients, client);
    const Step step = step_of(steps, client);
    return tell({index, client, steps / kSteps.size() * kAppointmentsPerCycle + step.appointment,
                 step.kind, step.status});
}

Submission Events::booking(std::uint64_t index) const {
    return tell({index, index % options_.clients, index / options_.clients,
                 EventKind::AppointmentBooked, ObligationStatus::Scheduled});
}

Submission Events::tell(const Change& change) const {
    const std::string key =
        "bench|" + padded_number(change.client) + "|" + padded_number(change.appointment);
    Submission event;
    event.kind = change.kind;
    event.feed = "bench";
    event.source_msg_id = padded_number(change.index);
    event.business_key = key;
    event.identifiers = {identifier(change.client)};
    event.occurred_at = base_ + Micros{change.index};
    event.recorded_at = event.occurred_at;
    event.occurred_precision = Precision::Micro;
    event.zone = "America/New_York";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.status = change.status;
    claim.start = base_ + std::chrono::days{1 + change.appointment % kDaysAhead} +
                  change.appointment / kDaysAhead % kTimesOfDay * kBetweenTimes +
                  (change.kind == EventKind::AppointmentBooked ? kBookedFor : kMovedTo);
    claim.end = claim.start + std::chrono::minutes{30};
    claim.location.id = "MAIN";
    claim.owner_org = kAuthority;
    claim.filler_id = key;
    pad(claim, padding_);
    event.payload = std::move(claim);
    return event;
}

std::optional<std::uint64_t> Events::index_of(UtcTime occurred_at) const {
    const auto distance = (occurred_at - base_).count();
    if (distance < 0 || static_cast<std::uint64_t>(distance) >= options_.events) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(distance);
}

}  // namespace carehub::tool::bench
