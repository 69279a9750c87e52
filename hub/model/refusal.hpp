// Why a submission or command is refused: THE list, numbered as in schemas/receipt.fbs, never
// reused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace carehub {

enum class RefusalReason : std::uint16_t {
    None = 0,
    // The message
    TooLarge = 1,             ///< above event_bytes_max
    Malformed = 2,            ///< the buffer does not verify
    WrongVersion = 3,         ///< protocol or schema version not spoken here
    NotAllowed = 4,           ///< the principal may not do this
    KindNotInCapability = 5,  ///< this partner may not send this kind
    IdReused = 6,             ///< the id was used before with another body
    Poison = 7,               ///< this input stopped the hub once; its lane is parked
    LaneParked = 8,           ///< the client's lane is parked for a bounded time: try again
    Overloaded = 9,           ///< credit exceeded or the hub is short of room: try again
    Paused = 10,              ///< the partner is paused
    DiskLow = 11,             ///< the hub's disk is almost full: try again
    // Its fields
    MissingField = 20,
    InvalidField = 21,  ///< out of range, unknown enumerator, not UTF-8
    FieldTooLong = 22,
    TooManyItems = 23,
    PayloadMismatch = 24,  ///< the payload is not the one the kind asks for
    UnknownZone = 25,
    ClockRunsAhead = 26,
    // The registry
    UnknownPartner = 40,
    UnknownClient = 41,
    UnknownStaff = 42,
    UnknownCalendar = 43,
    IdentifierTaken = 44,  ///< the identifier belongs to another client
    AlreadyExists = 45,
    NotFound = 46,
    NotRevocableYet = 47,
    ShelvedTooLong = 48,
    WrongState = 49,           ///< the alert or consent is not in a state that allows this
    TooManyNames = 50,         ///< the bound on interned names is reached
    TimeStandsElsewhere = 51,  ///< `clock advance` to the past, or outside a simulation folder
    IdentifierSeparated = 52,  ///< a person separated this identifier from this client
    LegalHold = 53,
    RetentionRuns = 54,  ///< the client's data are to be kept for longer
    ClientErased = 55,   ///< its name is not used again
    NotYourClient = 56,  ///< a client of others among staff (core/scope.hpp)
    // What an adapter refuses in a partner's own format before a submission exists
    FormatUnreadable = 60,
    FormatVersion = 61,
    RowIncomplete = 62,
    VictimServiceProvider = 63,
    HashedIdentity = 64,
    UnknownReference = 65,  ///< a row names a row that is not there
    TimeUnresolvable = 66,
    RecurrenceTooLarge = 67,
    SnapshotSuspicious = 68,  ///< the row count fell more than 40 %
    ProcessingIdNotAllowed = 69,
    CharacterSet = 70,
};

/// "TooLarge"
[[nodiscard]] std::string_view name_of(RefusalReason reason);
/// True when the same submission may succeed later without a change.
[[nodiscard]] bool is_retryable(RefusalReason reason);

/// A refusal as it is told: number, field path, how to fix it. Never personal data.
struct Refusal {
    RefusalReason reason = RefusalReason::None;
    std::string field;  ///< path in the submission or in the partner's own format, "SCH-11.4"
    std::string fix;    ///< one sentence
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

}  // namespace carehub
