// The clinic's door for FHIR R4 over HTTPS: Appointments, Encounters and message Bundles, answered
// only when the hub has stored what they say.
//
//   POST /fhir, /fhir/$process-message     a Bundle
//   POST /fhir/Appointment, /fhir/Encounter; PUT /fhir/Appointment/ID, /fhir/Encounter/ID
//   GET  /fhir/metadata                    what is read here; needs no credential
//
// Contract: 200 with an OperationOutcome, or a message for a message, when all is stored; 4xx when
// the document is refused; 503 when the hub did not answer in time: send it again. A client proves
// itself by its certificate, or by a bearer token where the configuration lists some.
// Errors: as Listener::open; Invalid when nothing would prove a client.
// Threads: confined to the desk's loop, port() apart. Lifetime: borrows the site and the desk.
#pragma once

#include <memory>
#include <string>

#include "adapters/clinic/bearer_tokens.hpp"
#include "adapters/clinic/fhir/read_resource.hpp"
#include "adapters/clinic/http_session.hpp"
#include "adapters/clinic/hub_desk.hpp"
#include "adapters/clinic/last_put.hpp"
#include "adapters/clinic/named_before.hpp"
#include "adapters/clinic/site_config.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters::clinic {

class FhirDoor final : public HttpDesk {
public:
    [[nodiscard]] static Result<std::unique_ptr<FhirDoor>> open(const Site& site,
                                                                const FhirListen& at,
                                                                HubDesk& desk);

    [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
    void close() { listener_->close(); }
    void take(HttpRequest request, Reply reply) override;
    /// 401 for whoever shows no token that is known; what the server can do is told to everybody.
    [[nodiscard]] std::optional<HttpAnswer> turn_away(const HttpRequest& head) override;
    [[nodiscard]] HttpAnswer bad_request(unsigned status, std::string why) override;

private:
    FhirDoor(const Site& site, HubDesk& desk) : site_(site), desk_(desk) {}
    [[nodiscard]] HttpAnswer metadata() const;
    void take_document(const HttpRequest& request, const fhir::Expected& expected, Reply reply);
    /// Corrections of what earlier versions told of people whom this one does not name.
    void take_back_former(const fhir::Expected& told, fhir::Reading& reading);
    [[nodiscard]] HttpAnswer answer(const fhir::Reading& reading, const Delivery& delivery) const;

    const Site& site_;
    HubDesk& desk_;
    SystemClock clock_;
    UtcTime opened_at_ = clock_.now();
    std::string base_;
    BearerTokens tokens_;
    LastPut last_put_;
    NamedBefore named_before_;
    std::unique_ptr<Listener> listener_;
};

}  // namespace carehub::adapters::clinic
