#include "adapters/clinic/fhir/message_header.hpp"

#include "adapters/clinic/fhir/codes.hpp"
#include "adapters/clinic/fhir/places.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

/// "ADT_A01", "ADT^A01^ADT_A01", "http://host/events#A01": the part that names the event.
std::optional<EventKind> event_named_in(std::string_view text) {
    if (auto event = message_event_of(text)) {
        return event;
    }
    const std::size_t before = text.find_last_of("#/|_^");
    return before == std::string_view::npos ? std::nullopt
                                            : message_event_of(text.substr(before + 1));
}

std::string read_sender(const Document& document, const Element& header, const Resource& within) {
    for (const char* name : {"sender", "responsible"}) {
        if (std::string told = read_organisation(document, header.child(name), within);
            !told.empty()) {
            return told;
        }
    }
    return header.child("source").text_of("name");
}

}  // namespace

MessageHeader read_message_header(const Document& document, const Resource& resource) {
    const Element& header = resource.element;
    const Element coding = header.child("eventCoding");
    const Element source = header.child("source");
    MessageHeader read;
    read.facts = {resource.id,
                  coding.text_of("system"),
                  coding.text_of("code"),
                  header.text_of("eventUri"),
                  source.text_of("endpoint"),
                  source.text_of("name")};
    read.event = event_named_in(read.facts.event_code.empty() ? read.facts.event_uri
                                                              : read.facts.event_code);
    read.sender = read_sender(document, header, resource);
    read.is_response = header.has("response");
    read.focus = header.items("focus");
    return read;
}

}  // namespace carehub::adapters::clinic::fhir
