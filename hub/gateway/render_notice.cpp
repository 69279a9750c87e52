#include "hub/gateway/render_notice.hpp"

#include <array>
#include <cstring>

#include "hub/codec/submission.hpp"
#include "hub/gateway/reduce_event.hpp"

namespace carehub::gateway {
namespace {

/// The event's own labels, what it was routed by, and what the hub added to the record it wrote:
/// one that is older than what is known writes none.
Labels labels_of(const Submission& event, const Entry& entry, const Delivery& delivery) {
    Labels labels = event.labels;
    labels.add(delivery.labels);
    for (const auto& [client, obligation] : entry.decisions.obligations) {
        if (obligation.last == entry.sequence) {
            labels.add(obligation.labels);
        }
    }
    for (const auto& [client, stay] : entry.decisions.stays) {
        if (stay.last == entry.sequence) {
            labels.add(stay.labels);
        }
    }
    return labels;
}

constexpr std::string_view kKeyPrefix = "k-";

/// What the opaque key of the series begins with that this is an occurrence of.
std::string opaque_series(const Obligation& obligation) {
    if (obligation.series == kNoSeries) {
        return {};
    }
    std::array<std::uint8_t, sizeof(SeriesMark)> bytes{};
    std::memcpy(bytes.data(), &obligation.series, bytes.size());
    return std::string(kKeyPrefix) + to_hex(bytes);
}

/// The obligation that this event tells of.
const Obligation* obligation_told(const Entry& entry) {
    for (const auto& [client, obligation] : entry.decisions.obligations) {
        if (obligation.last == entry.sequence) {
            return &obligation;
        }
    }
    return nullptr;
}

/// A text that is the same for all versions of one obligation or stay and says nothing else.
std::string opaque_key(const Entry& entry) {
    if (const Obligation* told = obligation_told(entry)) {
        return std::string(kKeyPrefix) + to_hex(told->id.value);
    }
    for (const auto& [client, stay] : entry.decisions.stays) {
        if (stay.last == entry.sequence) {
            return std::string(kKeyPrefix) + to_hex(stay.id.value);
        }
    }
    return {};
}

EventKind kind_of(AlertState state) {
    switch (state) {
        case AlertState::Acknowledged: return EventKind::AlertAcknowledged;
        case AlertState::Shelved: return EventKind::AlertShelved;
        case AlertState::ClearedUnseen:
        case AlertState::Suppressed: return EventKind::AlertCleared;
        case AlertState::Closed: return EventKind::AlertClosed;
        case AlertState::Unset:
        case AlertState::Raised: return EventKind::AlertRaised;
    }
    return EventKind::AlertRaised;
}

/// The discloser reads what it told; others what their kind, or the lesser form, is granted.
Submission event_for(const Submission& event, Labels labels, const Entry& entry,
                     const Delivery& delivery, const Principal& reader) {
    if (delivery.form == Form::BusyOnly) {
        Submission busy = busy_event(event);
        busy.business_key = opaque_key(entry);
        return busy;
    }
    const bool is_discloser = entry.principal == reader.id;
    Submission labelled = event;
    labelled.labels = labels;
    if (delivery.form == Form::Full && is_discloser) {
        return labelled;
    }
    const Reader column =
        delivery.form == Form::Full ? reader_of(reader.kind) : Reader::ReducedForm;
    Submission told = reduce_event(labelled, labels, column);
    told.business_key = is_discloser || reader.is_staff() ? event.business_key : opaque_key(entry);
    return told;
}

Notice render_event(const Entry& entry, const Submission& event, const Delivery& delivery,
                    const Principal& reader, const NoticeSources& sources, Notice notice) {
    const bool is_discloser = entry.principal == reader.id;
    const Labels labels = labels_of(event, entry, delivery);
    notice.event = event_for(event, labels, entry, delivery, reader);
    notice.event.identifiers = is_discloser && delivery.form == Form::Full
                                   ? event.identifiers
                                   : sources.names.identifiers(delivery.client, reader.id);
    notice.kind = notice.event.kind;
    if (const Obligation* told = obligation_told(entry);
        told != nullptr && !is_discloser && !reader.is_staff()) {
        notice.series = opaque_series(*told);
    }
    if (is_discloser) {
        notice.event_id = "h-" + std::to_string(entry.sequence.value);
    }
    if (delivery.form != Form::BusyOnly) {
        notice.discloser = sources.names.partner(entry.principal);
        if (labels.has(SecurityLabel::Part2)) {
            const std::string scope = sources.names.consent_scope(delivery);
            notice.required_statement =
                std::string(kPart2Statement) + (scope.empty() ? "" : " " + scope);
        }
    }
    return notice;
}

}  // namespace

Result<Notice> render_notice(const Entry& entry, const Submission* event, const Delivery& delivery,
                             const Principal& reader, const NoticeSources& sources) {
    Notice notice;
    notice.number = delivery.number;
    notice.form = delivery.form;
    notice.attempt = delivery.attempt;
    notice.first_number = delivery.first_number;
    notice.history = delivery.history;
    if (reader.is_staff()) {
        notice.event_id = "h-" + std::to_string(entry.sequence.value);
        notice.client = sources.names.client(delivery.client);
    }
    if (delivery.is_alert) {
        notice.alert = sources.alerts.render(delivery.client, delivery.alert);
        if (!notice.alert) {
            return fail(ErrorCode::NotFound,
                        "an alert of entry " + std::to_string(entry.sequence.value) + " is gone");
        }
        notice.kind = kind_of(notice.alert->state);
        return notice;
    }
    if (entry.input_kind != InputKind::Submission) {
        return fail(ErrorCode::Invalid,
                    "entry " + std::to_string(entry.sequence.value) + " is no event");
    }
    if (event != nullptr) {
        return render_event(entry, *event, delivery, reader, sources, std::move(notice));
    }
    const auto decoded = codec::decode_submission(entry.input);
    if (!decoded) {
        return fail(ErrorCode::Invalid, "the input of entry " +
                                            std::to_string(entry.sequence.value) +
                                            " does not decode as an event");
    }
    return render_event(entry, *decoded, delivery, reader, sources, std::move(notice));
}

}  // namespace carehub::gateway
