// MessageHeader (FHIR R4, section 2.38.4): what happened, to what, and what an answer must repeat.
//
// Contract: event[x] is known by its code, or by the last part of its address; a message structure
// around an HL7 v2 trigger ("ADT_A01") counts as the trigger. `is_response` is true of an answer to
// somebody: never acted on, so that two hubs do not talk for ever.
#pragma once

#include "adapters/clinic/fhir/document.hpp"

namespace carehub::adapters::clinic::fhir {

/// What the answer to a message repeats of it; each empty when not told, or not fit to repeat.
struct MessageFacts {
    std::string id;
    std::string event_system;
    std::string event_code;
    std::string event_uri;
    std::string source_endpoint;
    std::string source_name;
    friend bool operator==(const MessageFacts&, const MessageFacts&) = default;
};

struct MessageHeader {
    MessageFacts facts;
    std::optional<EventKind> event;
    std::string sender;  ///< name of the organisation; empty when not told
    bool is_response = false;
    std::vector<Element> focus;
};
[[nodiscard]] MessageHeader read_message_header(const Document& document, const Resource& resource);

}  // namespace carehub::adapters::clinic::fhir
