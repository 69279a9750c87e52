#include "hub/core/capability.hpp"

namespace carehub::core {
namespace {

bool within(EventKind kind, std::uint16_t low, std::uint16_t high) {
    const auto number = static_cast<std::uint16_t>(kind);
    return number >= low && number <= high;
}

bool is_care(EventKind kind) {
    return within(kind, 1, 12) || within(kind, 20, 34) || within(kind, 40, 46);
}

bool is_housing(EventKind kind) {
    return within(kind, 60, 70) || kind == EventKind::PersonUpserted;
}

bool is_court(EventKind kind) {
    return within(kind, 80, 88) || kind == EventKind::ScheduleSnapshot;
}

bool is_supervision(EventKind kind) {
    return within(kind, 89, 99) || kind == EventKind::ScheduleSnapshot;
}

/// 13-decisions: what a staff link may send.
bool is_casework(EventKind kind) {
    return within(kind, 1, 9) || within(kind, 110, 115) || within(kind, 118, 119) ||
           kind == EventKind::ClientInformed || kind == EventKind::MoveNoticeRecorded;
}

}  // namespace

bool may_send(PartnerKind partner, EventKind kind) {
    if (kind == EventKind::ClientDeceased) {
        return partner != PartnerKind::Unset;
    }
    if (kind == EventKind::FeedAnomaly) {
        return partner != PartnerKind::Unset && partner != PartnerKind::Staff;
    }
    switch (partner) {
        case PartnerKind::Clinic:
        case PartnerKind::Hospital: return is_care(kind);
        case PartnerKind::HousingProvider: return is_housing(kind);
        case PartnerKind::Court: return is_court(kind);
        case PartnerKind::SupervisionAgency: return is_supervision(kind);
        case PartnerKind::Jail:
            return kind == EventKind::CustodyStarted || kind == EventKind::CustodyEnded;
        case PartnerKind::Staff: return is_casework(kind);
        case PartnerKind::Unset: break;
    }
    return false;
}

}  // namespace carehub::core
