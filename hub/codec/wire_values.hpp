// Which values of the model's scalar types may come out of a buffer.
#pragma once

#include <type_traits>

#include "hub/base/utc_time.hpp"
#include "hub/codec/control.hpp"
#include "hub/model/command.hpp"
#include "hub/model/receipt.hpp"
#include "hub/model/routing.hpp"
#include "hub/model/submission.hpp"

namespace carehub::codec {

/// Instants and dates of the years 1 to 9999, so that they can always be written out again.
inline constexpr UtcTime kFirstTime{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
inline constexpr UtcTime kLastTime{std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1} -
                                   Micros{1}};

[[nodiscard]] constexpr bool is_acceptable(UtcTime time) {
    return (time >= kFirstTime && time <= kLastTime) || time == kNever;
}
[[nodiscard]] constexpr bool is_acceptable(Date date) {
    return date >= std::chrono::floor<std::chrono::days>(kFirstTime) &&
           date <= std::chrono::floor<std::chrono::days>(kLastTime);
}

[[nodiscard]] constexpr bool is_acceptable(TimeFlags flags) {
    return flags.bits < 2 * static_cast<unsigned>(TimeFlag::TimeUncertain);
}
[[nodiscard]] constexpr bool is_acceptable(Labels labels) {
    return labels.bits < 2 * static_cast<unsigned>(SecurityLabel::SealedCase);
}

[[nodiscard]] inline bool is_acceptable(EventKind kind) {
    return kind == EventKind::Unset || event_kind_of(static_cast<std::uint16_t>(kind)).has_value();
}
[[nodiscard]] inline bool is_acceptable(RefusalReason reason) {
    return name_of(reason) != "Unknown";
}

// Enumerations without a table of names.
[[nodiscard]] constexpr bool is_acceptable(ReceiptStatus status) {
    return status <= ReceiptStatus::Refused;
}
[[nodiscard]] constexpr bool is_acceptable(AlertAct act) { return act <= AlertAct::Accept; }
[[nodiscard]] constexpr bool is_acceptable(LinkAct act) { return act <= LinkAct::Distinguish; }
[[nodiscard]] constexpr bool is_acceptable(RetentionAct act) { return act <= RetentionAct::Purge; }
[[nodiscard]] constexpr bool is_acceptable(DeadLetterAct act) {
    return act <= DeadLetterAct::Discard;
}
[[nodiscard]] constexpr bool is_acceptable(DeliveryState state) {
    return state <= DeliveryState::Shown;
}
[[nodiscard]] constexpr bool is_acceptable(Purpose purpose) { return purpose <= Purpose::Staff; }
[[nodiscard]] constexpr bool is_acceptable(GoodbyeCode code) {
    return code <= GoodbyeCode::HistoryDiffers;
}

template <class T>
[[nodiscard]] constexpr bool is_acceptable(T value) {
    if constexpr (std::is_enum_v<T>) {
        static_assert(enum_count<T>() > 1, "give this enumeration a range above");
        return is_known(value);
    } else {
        return true;  // every number, flag and id of its type
    }
}

}  // namespace carehub::codec
