#include "hub/model/event_kind.hpp"

#include <algorithm>

namespace carehub {

std::string_view name_of(EventKind kind) {
    const auto* const found = std::ranges::find(kEventKinds, kind, &EventKindName::kind);
    return found == kEventKinds.end() ? "Unknown" : found->name;
}

std::optional<EventKind> parse_event_kind(std::string_view name) {
    const auto* const found = std::ranges::find(kEventKinds, name, &EventKindName::name);
    return found == kEventKinds.end() ? std::nullopt : std::optional(found->kind);
}

std::optional<EventKind> event_kind_of(std::uint16_t number) {
    const auto kind = static_cast<EventKind>(number);
    const auto* const found = std::ranges::find(kEventKinds, kind, &EventKindName::kind);
    return found == kEventKinds.end() ? std::nullopt : std::optional(kind);
}

PayloadKind payload_of(EventKind kind) {
    const auto number = static_cast<std::uint16_t>(kind);
    const auto within = [number](std::uint16_t low, std::uint16_t high) {
        return number >= low && number <= high;
    };
    if (within(1, 9) || within(80, 86) || within(92, 94) || number == 98) {
        return PayloadKind::Obligation;
    }
    if (within(10, 11)) {
        return PayloadKind::Resource;
    }
    if (number == 12) {
        return PayloadKind::Snapshot;
    }
    if (within(20, 34)) {
        return PayloadKind::Encounter;
    }
    if (within(40, 41) || number == 47) {
        return PayloadKind::Person;
    }
    if (within(42, 46)) {
        return PayloadKind::Identity;
    }
    if (within(60, 70)) {
        return PayloadKind::Housing;
    }
    if (within(87, 91) || within(95, 97) || number == 99) {
        return PayloadKind::Justice;
    }
    if (within(110, 115) || number == 121) {
        return PayloadKind::Casework;
    }
    if (within(118, 120)) {
        return PayloadKind::Consent;
    }
    return PayloadKind::None;
}

}  // namespace carehub
