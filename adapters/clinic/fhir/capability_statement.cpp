#include "adapters/clinic/fhir/capability_statement.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace carehub::adapters::clinic::fhir {
namespace {

namespace json = boost::json;

json::object resource(std::string_view type, std::string_view what) {
    return {{"type", type},
            {"documentation", what},
            {"interaction", {{{"code", "create"}}, {{"code", "update"}}}},
            {"versioning", "no-version"},
            {"readHistory", false},
            {"updateCreate", true},
            {"conditionalCreate", false},
            {"conditionalUpdate", false}};
}

json::object rest() {
    return {
        {"mode", "server"},
        {"documentation",
         "POST a Bundle of type message, transaction, batch, collection or searchset to the base. "
         "A message is answered by a message, everything else by an OperationOutcome. Nothing is "
         "kept for reading: what was taken becomes events of the hub. Bodies hold at most 1 MiB, "
         "32 levels and 1024 entries."},
        {"resource",
         {resource("Appointment",
                   "One event for each patient who takes part; a move is told by "
                   "the new time. Reasons, comments and descriptions are ignored."),
          resource("Encounter",
                   "Arrival, leave, departure and their correction; in a message also "
                   "transfers. Reasons and diagnoses are ignored."),
          resource("Slot",
                   "Free time is offered to case managers until it begins or another status is "
                   "told. Comments are ignored.")}}};
}

json::object messaging(const Endpoint& endpoint) {
    return {{"endpoint",
             {{{"protocol",
                {{"system", "http://terminology.hl7.org/CodeSystem/message-transport"},
                 {"code", "http"}}},
               {"address", endpoint.address}}}},
            {"documentation",
             "Events notification-admit, notification-transfer and notification-discharge of Da "
             "Vinci Unsolicited Notifications, and of HL7 v2 A01-A07, A09-A14, A16, A21, A22, A25, "
             "A27, A38, A52, A53, S12-S14; of other "
             "events the status of the focus decides. Answers are given in the response."}};
}

}  // namespace

std::string capability_statement(const Endpoint& endpoint) {
    const json::object statement{
        {"resourceType", "CapabilityStatement"},
        {"status", "active"},
        {"date", to_iso(endpoint.published)},
        {"kind", "instance"},
        {"software", {{"name", "carehub"}, {"version", endpoint.software_version}}},
        {"implementation",
         {{"description", "carehub: events for the coordination of care"},
          {"url", endpoint.address}}},
        {"fhirVersion", "4.0.1"},
        {"format", {"json"}},
        {"rest", {rest()}},
        {"messaging", {messaging(endpoint)}}};
    return json::serialize(statement);
}

}  // namespace carehub::adapters::clinic::fhir
