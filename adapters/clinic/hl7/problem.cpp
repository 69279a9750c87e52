#include "adapters/clinic/hl7/problem.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

Condition condition_of(RefusalReason reason) {
    using enum RefusalReason;
    if (is_retryable(reason)) {
        return Condition::ApplicationError;
    }
    if (reason == MissingField) {
        return Condition::RequiredFieldMissing;
    }
    if (reason == InvalidField || reason == UnknownZone) {
        return Condition::DataType;
    }
    if (reason == FieldTooLong || reason == TooManyItems || reason == TooLarge) {
        return Condition::ValueTooLong;
    }
    if (reason == IdReused || reason == AlreadyExists || reason == IdentifierTaken) {
        return Condition::DuplicateKey;
    }
    if (reason == UnknownPartner || reason == UnknownClient || reason == NotFound) {
        return Condition::UnknownKey;
    }
    return Condition::ApplicationError;
}

}  // namespace

std::string_view text_of(Condition condition) {
    switch (condition) {
        case Condition::Accepted: return "Message accepted";
        case Condition::SegmentSequence: return "Segment sequence error";
        case Condition::RequiredFieldMissing: return "Required field missing";
        case Condition::DataType: return "Data type error";
        case Condition::TableValueNotFound: return "Table value not found";
        case Condition::ValueTooLong: return "Value too long";
        case Condition::Cardinality: return "Non-conformant cardinality";
        case Condition::OtherError: return "Other error";
        case Condition::UnsupportedMessageType: return "Unsupported message type";
        case Condition::UnsupportedEvent: return "Unsupported event code";
        case Condition::UnsupportedProcessingId: return "Unsupported processing id";
        case Condition::UnknownKey: return "Unknown key identifier";
        case Condition::DuplicateKey: return "Duplicate key identifier";
        case Condition::ApplicationError: return "Application error";
    }
    return "Application error";
}

std::string path_of(const Location& where) {
    std::string path = where.segment;
    if (where.field != 0) {
        path += "-" + std::to_string(where.field);
    }
    if (where.component != 0) {
        path += "." + std::to_string(where.component);
    }
    return path;
}

Refusal refusal_of(const Problem& problem) {
    return {problem.reason, path_of(problem.where), problem.fix};
}

Problem problem_of(const Refusal& refusal) {
    std::string fix = refusal.field.empty() ? refusal.fix : refusal.field + ": " + refusal.fix;
    return {condition_of(refusal.reason), {}, refusal.reason, std::move(fix)};
}

}  // namespace carehub::adapters::clinic::hl7
