#include "hub/model/refusal.hpp"

namespace carehub {

std::string_view name_of(RefusalReason reason) {
    switch (reason) {
        case RefusalReason::None: return "None";
        case RefusalReason::TooLarge: return "TooLarge";
        case RefusalReason::Malformed: return "Malformed";
        case RefusalReason::WrongVersion: return "WrongVersion";
        case RefusalReason::NotAllowed: return "NotAllowed";
        case RefusalReason::KindNotInCapability: return "KindNotInCapability";
        case RefusalReason::IdReused: return "IdReused";
        case RefusalReason::Poison: return "Poison";
        case RefusalReason::LaneParked: return "LaneParked";
        case RefusalReason::Overloaded: return "Overloaded";
        case RefusalReason::Paused: return "Paused";
        case RefusalReason::DiskLow: return "DiskLow";
        case RefusalReason::MissingField: return "MissingField";
        case RefusalReason::InvalidField: return "InvalidField";
        case RefusalReason::FieldTooLong: return "FieldTooLong";
        case RefusalReason::TooManyItems: return "TooManyItems";
        case RefusalReason::PayloadMismatch: return "PayloadMismatch";
        case RefusalReason::UnknownZone: return "UnknownZone";
        case RefusalReason::ClockRunsAhead: return "ClockRunsAhead";
        case RefusalReason::UnknownPartner: return "UnknownPartner";
        case RefusalReason::UnknownClient: return "UnknownClient";
        case RefusalReason::UnknownStaff: return "UnknownStaff";
        case RefusalReason::UnknownCalendar: return "UnknownCalendar";
        case RefusalReason::IdentifierTaken: return "IdentifierTaken";
        case RefusalReason::AlreadyExists: return "AlreadyExists";
        case RefusalReason::NotFound: return "NotFound";
        case RefusalReason::NotRevocableYet: return "NotRevocableYet";
        case RefusalReason::ShelvedTooLong: return "ShelvedTooLong";
        case RefusalReason::WrongState: return "WrongState";
        case RefusalReason::TooManyNames: return "TooManyNames";
        case RefusalReason::TimeStandsElsewhere: return "TimeStandsElsewhere";
        case RefusalReason::IdentifierSeparated: return "IdentifierSeparated";
        case RefusalReason::LegalHold: return "LegalHold";
        case RefusalReason::RetentionRuns: return "RetentionRuns";
        case RefusalReason::ClientErased: return "ClientErased";
        case RefusalReason::NotYourClient: return "NotYourClient";
        case RefusalReason::FormatUnreadable: return "FormatUnreadable";
        case RefusalReason::FormatVersion: return "FormatVersion";
        case RefusalReason::RowIncomplete: return "RowIncomplete";
        case RefusalReason::VictimServiceProvider: return "VictimServiceProvider";
        case RefusalReason::HashedIdentity: return "HashedIdentity";
        case RefusalReason::UnknownReference: return "UnknownReference";
        case RefusalReason::TimeUnresolvable: return "TimeUnresolvable";
        case RefusalReason::RecurrenceTooLarge: return "RecurrenceTooLarge";
        case RefusalReason::SnapshotSuspicious: return "SnapshotSuspicious";
        case RefusalReason::ProcessingIdNotAllowed: return "ProcessingIdNotAllowed";
        case RefusalReason::CharacterSet: return "CharacterSet";
    }
    return "Unknown";
}

bool is_retryable(RefusalReason reason) {
    return reason == RefusalReason::LaneParked || reason == RefusalReason::Overloaded ||
           reason == RefusalReason::Paused || reason == RefusalReason::DiskLow;
}

}  // namespace carehub
