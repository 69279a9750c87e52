#include "adapters/clinic/fhir_door.hpp"

#include <algorithm>

#include "adapters/clinic/fhir/appointment.hpp"
#include "adapters/clinic/fhir/capability_statement.hpp"
#include "adapters/clinic/fhir/message_response.hpp"
#include "adapters/clinic/hl7/element.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::string_view kRoot = "/fhir";
constexpr std::string_view kFhirJson = "application/fhir+json";
constexpr std::string_view kSoftwareVersion = CAREHUB_VERSION;

/// What an address asks for, in the words of section 3.1.0 (RESTful API).
enum class Ask : std::uint8_t { Nothing, Metadata, Document, WrongMethod };

struct Route {
    Ask ask = Ask::Nothing;
    fhir::Expected expected;
};

Route route_of_type(std::string_view method, std::string_view type, std::string_view id) {
    if (type != "Appointment" && type != "Encounter" && type != "Slot") {
        return {};
    }
    const bool fits = id.empty() ? method == "POST" : method == "PUT";
    return {fits ? Ask::Document : Ask::WrongMethod, {std::string(type), std::string(id), {}}};
}

Route route_of(std::string_view method, std::string_view target) {
    target = target.substr(0, target.find('?'));
    if (!target.starts_with(kRoot)) {
        return {};
    }
    target.remove_prefix(kRoot.size());
    if (target == "/metadata") {
        const bool reads = method == "GET" || method == "HEAD";
        return {reads ? Ask::Metadata : Ask::WrongMethod, {}};
    }
    if (target.empty() || target == "/" || target == "/$process-message") {
        return {method == "POST" ? Ask::Document : Ask::WrongMethod, {"Bundle", {}, {}}};
    }
    target.remove_prefix(1);
    const std::size_t slash = target.find('/');
    const std::string_view id =
        slash == std::string_view::npos ? std::string_view{} : target.substr(slash + 1);
    return route_of_type(method, target.substr(0, slash), id);
}

bool is_fhir_json(std::string_view content_type) {
    const std::string type =
        hl7::to_upper(hl7::trim(content_type.substr(0, content_type.find(';'))));
    return type == "APPLICATION/FHIR+JSON" || type == "APPLICATION/JSON";
}

HttpAnswer outcome(unsigned status, std::span<const fhir::Issue> issues) {
    return {status, std::string(kFhirJson), fhir::operation_outcome(issues)};
}

HttpAnswer outcome(unsigned status, std::string_view code, std::string why) {
    const fhir::Issue issue{fhir::IssueSeverity::Error, code, std::move(why), {}};
    return outcome(status, std::span(&issue, 1));
}

}  // namespace

Result<std::unique_ptr<FhirDoor>> FhirDoor::open(const Site& site, const FhirListen& at,
                                                 HubDesk& desk) {
    std::unique_ptr<FhirDoor> door(new FhirDoor(site, desk));
    CAREHUB_TRY(door->tokens_, BearerTokens::of(at.tokens));
    CAREHUB_TRY(const auto address, address_of(at.listen));
    if (!at.listen.tls && !address.is_loopback()) {
        return fail(ErrorCode::Invalid,
                    "[fhir] address is not loopback: give [fhir.tls], tokens travel with requests");
    }
    const bool by_certificate = at.listen.tls && !at.listen.tls->client_ca.empty();
    if (door->tokens_.empty() && !by_certificate) {
        return fail(
            ErrorCode::Invalid,
            "[fhir] needs tokens, or [fhir.tls] client_ca: something has to prove a client");
    }
    CAREHUB_TRY(door->listener_,
                Listener::open(desk.loop(), at.listen, [door = door.get()](Guest guest) {
                    std::make_shared<HttpSession>(std::move(guest), *door)->start();
                }));
    door->base_ = at.base.empty()
                      ? (at.listen.tls ? "https://" : "http://") +
                            host_and_port(at.listen.address, door->port()) + std::string(kRoot)
                      : at.base;
    return door;
}

HttpAnswer FhirDoor::bad_request(unsigned status, std::string why) {
    return outcome(status, "structure", std::move(why));
}

HttpAnswer FhirDoor::metadata() const {
    return {200, std::string(kFhirJson),
            fhir::capability_statement({base_, std::string(kSoftwareVersion), opened_at_})};
}

std::optional<HttpAnswer> FhirDoor::turn_away(const HttpRequest& head) {
    const bool for_all = route_of(head.method, head.target).ask == Ask::Metadata;
    if (for_all || tokens_.empty() || tokens_.admit(head.authorization)) {
        return std::nullopt;
    }
    HttpAnswer answer = outcome(401, "login", "send a bearer token that this hub knows");
    answer.asks_for_token = true;
    return answer;
}

void FhirDoor::take(HttpRequest request, Reply reply) {
    const Route route = route_of(request.method, request.target);
    if (route.ask == Ask::Metadata) {
        return reply(metadata());
    }
    if (route.ask == Ask::Nothing) {
        return reply(outcome(404, "not-supported",
                             "post a Bundle to /fhir, or post or put an Appointment or Encounter"));
    }
    if (route.ask == Ask::WrongMethod) {
        return reply(outcome(405, "not-supported", "see /fhir/metadata for what is taken there"));
    }
    if (!is_fhir_json(request.content_type)) {
        return reply(outcome(415, "not-supported", "send application/fhir+json"));
    }
    take_document(request, route.expected, std::move(reply));
}

void FhirDoor::take_document(const HttpRequest& request, const fhir::Expected& expected,
                             Reply reply) {
    if (desk_.is_stopping()) {
        return reply(outcome(503, "transient", "the adapter is stopping: try again"));
    }
    fhir::Expected told = expected;
    if (!told.id.empty()) {
        told.again = last_put_.again(told.type + "/" + told.id, sha256(request.body), clock_.now());
    }
    auto reading = std::make_shared<fhir::Reading>(fhir::read_fhir(request.body, site_, told));
    const Origin origin{0, std::nullopt, reading->message.has_value()};
    if (desk_.take_late(reading->parsed.events, origin)) {
        reading->parsed.findings.push_back({{}, 0, "meta.lastUpdated", std::string(kLate)});
    } else {
        take_back_former(told, *reading);
    }
    desk_.report(reading->parsed.findings);
    for (const RecordRefusal& refused : reading->parsed.refusals) {
        desk_.refused(refused.refusal);
    }
    if (reading->disposal == Disposal::Refused) {
        return reply(answer(*reading, {}));
    }
    if (reading->disposal == Disposal::NotActedOn) {
        desk_.not_acted_on();
    }
    desk_.deliver(request.body, std::move(reading->parsed.events),
                  [this, reading, reply = std::move(reply)](const Delivery& delivery) {
                      reply(answer(*reading, delivery));
                  });
}

void FhirDoor::take_back_former(const fhir::Expected& told, fhir::Reading& reading) {
    // Of whom a reference leads to nothing is not known to be gone.
    const bool all_named = std::ranges::none_of(reading.parsed.findings, [](const Finding& one) {
        return one.what == fhir::kPatientLeftOut;
    });
    const Telling telling{told.type + "/" + told.id, reading.digest, told.again};
    if (!told.id.empty() && all_named && named_before_.take_back(telling, reading.parsed.events)) {
        reading.parsed.findings.push_back(
            {{}, 0, told.type, "it named another person before: what that said is taken back"});
    }
}

HttpAnswer FhirDoor::answer(const fhir::Reading& reading, const Delivery& delivery) const {
    std::vector<fhir::Issue> issues;
    unsigned status = 200;
    auto code = fhir::ResponseCode::Ok;
    const auto& refusal = reading.refusal ? reading.refusal : delivery.refusal;
    if (!delivery.in_time) {
        issues = {fhir::no_answer_issue()};
        status = 503;
        code = fhir::ResponseCode::TransientError;
    } else if (refusal) {
        issues = reading.refusal ? fhir::issues_of(reading)
                                 : std::vector<fhir::Issue>{fhir::issue_of(*refusal)};
        status = fhir::http_status_of(refusal->reason);
        code = fhir::response_code_of(refusal->reason);
    } else {
        issues = fhir::issues_of(reading);
    }
    if (!reading.message) {
        return outcome(status, issues);
    }
    return {status, std::string(kFhirJson),
            fhir::message_response(reading, code, issues, {base_, clock_.now()})};
}

}  // namespace carehub::adapters::clinic
