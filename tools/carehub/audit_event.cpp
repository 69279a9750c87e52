#include "tools/carehub/audit_event.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <sodium.h>

#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"
#include "tools/carehub/trail_words.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

constexpr std::string_view kTypes = "http://terminology.hl7.org/CodeSystem/audit-event-type";
constexpr std::string_view kRest = "http://hl7.org/fhir/restful-interaction";
constexpr std::string_view kDicom = "http://dicom.nema.org/resources/ontology/DCM";
constexpr std::string_view kLifecycle = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
constexpr std::string_view kParticipation =
    "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
constexpr std::string_view kReasons = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
constexpr std::string_view kEntityTypes = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
constexpr std::string_view kEntityRoles = "http://terminology.hl7.org/CodeSystem/object-role";
constexpr std::string_view kBalpEntities =
    "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
constexpr std::string_view kProfiles =
    "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
constexpr std::string_view kHub = "hub";

// --- Which pattern a line is of ---

/// Who the agents are, beside the person.
enum class Flow : std::uint8_t {
    FromHub,  ///< the hub gives: it is the source, the other the destination
    ToHub,    ///< the other gives
};

struct Pattern {
    std::string_view name;  ///< of the profile; empty: none fits
    std::string_view type_system;
    std::string_view type;
    std::string_view type_display;
    std::string_view subtype_system;
    std::string_view subtype;
    std::string_view action;
    Flow flow;
};

constexpr Pattern kRead{"PatientRead", kTypes, "rest", "RESTful Operation",
                        kRest,         "read", "R",    Flow::FromHub};
constexpr Pattern kQuery{"PatientQuery", kTypes,   "rest", "RESTful Operation",
                         kRest,          "search", "E",    Flow::FromHub};
constexpr Pattern kCreate{"PatientCreate", kTypes,   "rest", "RESTful Operation",
                          kRest,           "create", "C",    Flow::ToHub};
constexpr Pattern kUpdate{"PatientUpdate", kTypes,   "rest", "RESTful Operation",
                          kRest,           "update", "U",    Flow::ToHub};
constexpr Pattern kDecide{"",    kTypes,      "rest", "RESTful Operation",
                          kRest, "operation", "E",    Flow::FromHub};
constexpr Pattern kDisclose{"PrivacyDisclosure.Source",
                            kDicom,
                            "110106",
                            "Export",
                            kLifecycle,
                            "disclose",
                            "R",
                            Flow::FromHub};
constexpr Pattern kReceive{"PrivacyDisclosure.Recipient",
                           kDicom,
                           "110107",
                           "Import",
                           kLifecycle,
                           "disclose",
                           "C",
                           Flow::ToHub};

struct Row {
    std::string_view kind;
    const Pattern& pattern;
};
/// Kinds of line and their patterns. Reads are told apart by their question; every other kind is an
/// event: received from a partner, recorded by staff.
constexpr std::array kRows = {
    Row{"Notice", kDisclose},     Row{"AlertNotice", kDisclose}, Row{"DisclosureRecorded", kDecide},
    Row{"AccessDenied", kDecide}, Row{"Alert", kUpdate},         Row{"DeadLetter", kUpdate},
    Row{"Command", kUpdate},      Row{"Verdict", kUpdate},       Row{"Acknowledge", kUpdate},
    Row{"Resume", kUpdate},       Row{"Tick", kUpdate},          Row{"Zone", kUpdate},
    Row{"Poison", kUpdate},       Row{"Refused", kUpdate},
};

const Pattern& pattern_of(const json::object& line) {
    const std::string kind = text_at(line, "kind");
    if (kind == "BreakGlass") {
        return kRead;
    }
    if (kind == "Read") {
        return read_act(text_at(line, "act")) == ReadAct::Search ? kQuery : kRead;
    }
    const auto row = std::ranges::find(kRows, kind, &Row::kind);
    if (row != kRows.end()) {
        return row->pattern;
    }
    return text_at(line, "actor_kind") == "staff" ? kCreate : kReceive;
}

/// 0 done, 4 it was not done and that was right, as value set audit-event-outcome has them.
std::string_view outcome_of(const json::object& line) {
    constexpr std::array kNotDone = {"refused", "withheld", "withdrawn", "dead-lettered"};
    const std::string result = text_at(line, "result");
    return std::ranges::find(kNotDone, result) != kNotDone.end() ? "4" : "0";
}

// --- FHIR's parts ---

json::object coding(std::string_view system, std::string_view code, std::string_view display = "") {
    json::object out{{"system", system}, {"code", code}};
    if (!display.empty()) {
        out["display"] = display;
    }
    return out;
}

json::object concept_of(std::string_view system, std::string_view code,
                        std::string_view display = "") {
    return {{"coding", json::array{coding(system, code, display)}}};
}

json::object reference(std::string_view system, std::string_view value) {
    return {{"identifier", json::object{{"system", system}, {"value", value}}}, {"display", value}};
}

json::object who(std::string_view name) { return reference("urn:carehub:principal", name); }

/// A link of the hub is known by its key and not by an address.
json::object network(std::string_view name) {
    return {{"address", "urn:carehub:principal:" + std::string(name)}, {"type", "5"}};
}

json::object system_agent(std::string_view name, bool is_source, bool is_requestor) {
    return {{"type", is_source ? concept_of(kDicom, "110153", "Source Role ID")
                               : concept_of(kDicom, "110152", "Destination Role ID")},
            {"who", who(name)},
            {"requestor", is_requestor},
            {"network", network(name)}};
}

json::object person_agent(const json::object& line) {
    json::object agent{{"type", concept_of(kParticipation, "IRCP", "information recipient")},
                       {"who", who(text_at(line, "actor"))},
                       {"requestor", true}};
    const std::string role = text_at(line, "actor_role");
    if (!role.empty()) {
        agent["role"] = json::array{json::object{{"text", in_words(role)}}};
    }
    return agent;
}

/// The other side of what happened: who acted, or to whom the hub gave.
std::string other_of(const json::object& line, const Pattern& pattern) {
    const std::string actor = text_at(line, "actor");
    const std::string recipient = text_at(line, "recipient");
    const bool is_told = &pattern == &kDisclose || &pattern == &kDecide;
    return is_told && !recipient.empty() ? recipient : actor;
}

json::array agents_of(const json::object& line, const Pattern& pattern) {
    const bool from_hub = pattern.flow == Flow::FromHub;
    const bool is_told = &pattern == &kDisclose || &pattern == &kDecide;
    const bool by_person = !is_told && text_at(line, "actor_kind") == "staff";
    const std::string other = other_of(line, pattern);
    json::array agents;
    agents.push_back(system_agent(from_hub ? kHub : std::string_view(other), true,
                                  !by_person && (is_told || !from_hub)));
    agents.push_back(system_agent(from_hub ? std::string_view(other) : kHub, false,
                                  !by_person && !is_told && from_hub));
    if (by_person) {
        agents.push_back(person_agent(line));
    }
    return agents;
}

std::string base64(std::string_view text) {
    std::string out(sodium_base64_ENCODED_LEN(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(text.data()),
                      text.size(), sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();  // the terminating zero
    return out;
}

json::array entities_of(const json::object& line, const Pattern& pattern) {
    json::array entities;
    entities.push_back(
        json::object{{"what", reference("urn:carehub:client", text_at(line, "client"))},
                     {"type", coding(kEntityTypes, "1", "Person")},
                     {"role", coding(kEntityRoles, "1", "Patient")}});
    const bool is_query = &pattern == &kQuery;
    const std::string event = text_at(line, "event_id");
    const std::string what = event.empty() ? "h-" + text_at(line, "sequence") : event;
    json::object data{{"what", reference("urn:carehub:entry", what)},
                      {"type", coding(kEntityTypes, "2", "System Object")},
                      {"role", is_query ? coding(kEntityRoles, "24", "Query")
                                        : coding(kEntityRoles, "4", "Domain Resource")},
                      {"description", trail_sentence(line)}};
    if (is_query) {
        data["query"] = base64(text_at(line, "act"));
    }
    entities.push_back(std::move(data));
    entities.push_back(
        json::object{{"what", reference("urn:carehub:sequence", text_at(line, "sequence"))},
                     {"type", coding(kBalpEntities, "XrequestId")}});
    return entities;
}

struct Reason {
    std::string_view purpose;
    std::string_view code;
};
constexpr std::array kPurposes = {
    Reason{"Treatment", "TREAT"},      Reason{"Payment", "HPAYMT"},
    Reason{"Operations", "HOPERAT"},   Reason{"CareCoordination", "COC"},
    Reason{"ClientRequest", "PATRQT"}, Reason{"Emergency", "ETREAT"},
    Reason{"Legal", "HLEGAL"},
};

json::array purposes_of(const json::object& line) {
    if (text_at(line, "kind") == "BreakGlass") {
        return {concept_of(kReasons, "BTG", "break the glass")};
    }
    const std::string purpose = text_at(line, "purpose");
    const auto reason = std::ranges::find(kPurposes, purpose, &Reason::purpose);
    if (reason != kPurposes.end()) {
        return {concept_of(kReasons, reason->code)};
    }
    return purpose.empty() ? json::array{} : json::array{json::object{{"text", in_words(purpose)}}};
}

}  // namespace

std::string audit_event(const json::object& line, std::size_t index) {
    const Pattern& pattern = pattern_of(line);
    const std::string_view outcome = outcome_of(line);
    json::object event{
        {"resourceType", "AuditEvent"},
        {"id", "carehub-" + text_at(line, "sequence") + "-" + std::to_string(index)}};
    if (outcome == "0" && !pattern.name.empty()) {
        event["meta"] = json::object{
            {"profile", json::array{std::string(kProfiles) + std::string(pattern.name)}}};
    }
    event["type"] = coding(pattern.type_system, pattern.type, pattern.type_display);
    event["subtype"] = json::array{coding(pattern.subtype_system, pattern.subtype)};
    event["action"] = pattern.action;
    event["recorded"] = text_at(line, "at");
    event["outcome"] = outcome;
    if (outcome != "0") {
        event["outcomeDesc"] = text_at(line, "result") + ": " + text_at(line, "detail");
    }
    if (json::array purposes = purposes_of(line); !purposes.empty()) {
        event["purposeOfEvent"] = std::move(purposes);
    }
    event["agent"] = agents_of(line, pattern);
    event["source"] = json::object{{"observer", who(kHub)}};
    event["entity"] = entities_of(line, pattern);
    return json::serialize(event);
}

}  // namespace carehub::tool
