#include "adapters/clinic/message_order.hpp"

#include <algorithm>
#include <utility>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::size_t kMarkBytes = 12;

bool is_ordered(const Submission& event) {
    const PayloadKind payload = payload_of(event.kind);
    return !event.business_key.empty() &&
           (payload == PayloadKind::Obligation || payload == PayloadKind::Encounter ||
            event.kind == EventKind::ClientDeceased);
}

bool is_cancel(EventKind kind) {
    return kind == EventKind::AppointmentCancelled || is_correction(kind);
}

/// Of what the event is about: enough of a digest to tell a million things apart. Several patients
/// have an appointment of a group, each their own.
std::string mark_of(const Submission& event) {
    std::string text = event.business_key;
    if (!event.identifiers.empty()) {
        text += '\0' + event.identifiers.front().authority + '\0' + event.identifiers.front().value;
    }
    text += event.kind == EventKind::ClientDeceased ? "\nlife" : "";
    const Hash256 digest = sha256(as_bytes(text));
    return {digest.begin(), digest.begin() + kMarkBytes};
}

/// kUnknownTime when nothing tells it.
UtcTime made(const Submission& event, const Origin& origin, UtcTime now) {
    return std::min(origin.made.value_or(event.recorded_at), now);
}

}  // namespace

const MessageOrder::Told* MessageOrder::find(const std::string& key) const {
    for (const Known* half : {&newer_, &older_}) {
        if (const auto at = half->find(key); at != half->end()) {
            return &at->second;
        }
    }
    return nullptr;
}

void MessageOrder::note(const std::string& key, Told told) {
    if (newer_.size() >= kOrderedKeysMax / 2) {
        older_ = std::exchange(newer_, {});
    }
    newer_.insert_or_assign(key, told);
}

std::size_t MessageOrder::take_late(std::vector<Submission>& events, const Origin& origin,
                                    UtcTime now) {
    return std::erase_if(events, [&](const Submission& event) {
        const UtcTime time = made(event, origin, now);
        if (!is_ordered(event) || time == kUnknownTime) {
            return false;
        }
        const std::string mark = mark_of(event);
        const Told* known = find(mark);
        const bool is_other =
            known != nullptr && (origin.connection == 0 || known->connection != origin.connection);
        const bool late = is_other && time < known->made;
        if (late && !(origin.cancels_apply && is_cancel(event.kind))) {
            return true;
        }
        note(mark, {late ? known->made : time, origin.connection});
        return false;
    });
}

}  // namespace carehub::adapters::clinic
