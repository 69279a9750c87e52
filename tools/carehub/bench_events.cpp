#include "tools/carehub/bench_events.hpp"

#include <algorithm>
#include <array>

#include "hub/base/limits.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::tool {
namespace {

constexpr std::size_t kIdDigits = 12;  ///< ids of one length, so that events are of one size
constexpr std::size_t kPaddedFields = 3;
constexpr std::uint64_t kClientsPerMiss = 10;
constexpr unsigned kDaysAhead = 300;  ///< appointments lie on days of their own: nothing collides

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

Step step_of(std::uint64_t round, std::uint64_t client) {
    const Step step = kSteps.at(round % kSteps.size());
    if (step.kind == EventKind::AppointmentNoShow && client % kClientsPerMiss != 0) {
        return {EventKind::AppointmentCompleted, step.appointment, ObligationStatus::Completed};
    }
    return step;
}

}  // namespace

std::string BenchEvents::client_name(std::uint64_t client) { return "C-" + padded_number(client); }

Identifier BenchEvents::identifier(std::uint64_t client) {
    return {kBenchAuthority, "MR", "P-" + padded_number(client)};
}

Result<BenchEvents> BenchEvents::create(const BenchOptions& options, UtcTime base) {
    BenchEvents events(options, base);
    CAREHUB_TRY(const Bytes bare, codec::encode_submission(events.event(0)));
    const std::size_t padding_max = kPaddedFields * (kNameBytesMax - 2);
    if (options.size_bytes < bare.size() || options.size_bytes > bare.size() + padding_max) {
        return fail(ErrorCode::Invalid, "--size must be " + std::to_string(bare.size()) + " to " +
                                            std::to_string(bare.size() + padding_max));
    }
    events.padding_ = options.size_bytes - bare.size();
    CAREHUB_TRY(const Bytes padded, codec::encode_submission(events.event(0)));
    events.size_bytes_ = padded.size();
    return events;
}

Submission BenchEvents::event(std::uint64_t index) const {
    const std::uint64_t client = index % options_.clients;
    const std::uint64_t round = index / options_.clients;
    const Step step = step_of(round, client);
    const std::uint64_t appointment =
        round / kSteps.size() * kAppointmentsPerCycle + step.appointment;
    const std::string key = "bench|" + padded_number(client) + "|" + padded_number(appointment);
    Submission event;
    event.kind = step.kind;
    event.feed = "bench";
    event.source_msg_id = padded_number(index);
    event.business_key = key;
    event.identifiers = {identifier(client)};
    event.occurred_at = base_ + Micros{index};
    event.recorded_at = event.occurred_at;
    event.occurred_precision = Precision::Micro;
    event.zone = "America/New_York";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.status = step.status;
    claim.start = base_ + std::chrono::days{1 + appointment % kDaysAhead} +
                  std::chrono::hours{step.kind == EventKind::AppointmentBooked ? 1 : 3};
    claim.end = claim.start + std::chrono::minutes{30};
    claim.location.id = "MAIN";
    claim.owner_org = kBenchAuthority;
    claim.filler_id = key;
    pad(claim, padding_);
    event.payload = std::move(claim);
    return event;
}

std::optional<std::uint64_t> BenchEvents::index_of(UtcTime occurred_at) const {
    const auto distance = (occurred_at - base_).count();
    if (distance < 0 || static_cast<std::uint64_t>(distance) >= options_.events) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(distance);
}

}  // namespace carehub::tool
