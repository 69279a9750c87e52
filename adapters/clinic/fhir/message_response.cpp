#include "adapters/clinic/fhir/message_response.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/clinic/fhir/outcome_json.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

namespace json = boost::json;

constexpr std::string_view kUrnUuid = "urn:uuid:";
/// R4 wants an event and a request's id even of those who told none.
constexpr std::string_view kNotTold = "not-told";
constexpr std::string_view kEventNotTold = "urn:carehub:event-not-told";

std::string_view code_text(ResponseCode code) {
    switch (code) {
        case ResponseCode::Ok: return "ok";
        case ResponseCode::TransientError: return "transient-error";
        case ResponseCode::FatalError: return "fatal-error";
    }
    return "fatal-error";
}

/// A UUID of version 8 (RFC 9562: by a rule of one's own) from the request, the fate and the part.
std::string uuid_of(const Hash256& request, ResponseCode code, std::string_view part) {
    Sha256 hash;
    hash.add(request);
    hash.add_text(code_text(code));
    hash.add_text(part);
    Hash256 bytes = hash.finish();
    constexpr std::size_t kVersionAt = 6;
    constexpr std::size_t kVariantAt = 8;
    bytes[kVersionAt] = static_cast<std::uint8_t>((bytes[kVersionAt] & 0x0FU) | 0x80U);
    bytes[kVariantAt] = static_cast<std::uint8_t>((bytes[kVariantAt] & 0x3FU) | 0x80U);
    const std::string digits = to_hex(ByteView(bytes).first(16));
    std::string text;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at == 8 || at == 12 || at == 16 || at == 20) {
            text += '-';
        }
        text += digits[at];
    }
    return text;
}

void add_event(json::object& header, const MessageFacts& request) {
    if (!request.event_code.empty()) {
        json::object coding{{"code", request.event_code}};
        if (!request.event_system.empty()) {
            coding["system"] = request.event_system;
        }
        header["eventCoding"] = std::move(coding);
        return;
    }
    header["eventUri"] = request.event_uri.empty() ? kEventNotTold : request.event_uri;
}

void add_destination(json::object& header, const MessageFacts& request) {
    if (request.source_endpoint.empty()) {
        return;
    }
    json::object destination{{"endpoint", request.source_endpoint}};
    if (!request.source_name.empty()) {
        destination["name"] = request.source_name;
    }
    header["destination"] = json::array{std::move(destination)};
}

json::object entry(const std::string& uuid, json::object resource) {
    return {{"fullUrl", std::string(kUrnUuid) + uuid}, {"resource", std::move(resource)}};
}

}  // namespace

ResponseCode response_code_of(RefusalReason reason) {
    return is_retryable(reason) ? ResponseCode::TransientError : ResponseCode::FatalError;
}

std::string message_response(const Reading& request, ResponseCode code,
                             std::span<const Issue> issues, const Responder& self) {
    const MessageFacts facts = request.message.value_or(MessageFacts{});
    const std::string outcome_id = uuid_of(request.digest, code, "outcome");
    const std::string header_id = uuid_of(request.digest, code, "header");
    json::object header{{"resourceType", "MessageHeader"}, {"id", header_id}};
    add_event(header, facts);
    add_destination(header, facts);
    header["source"] = {{"name", "carehub"}, {"endpoint", self.endpoint}};
    header["response"] = {{"identifier", facts.id.empty() ? std::string(kNotTold) : facts.id},
                          {"code", code_text(code)},
                          {"details", {{"reference", std::string(kUrnUuid) + outcome_id}}}};
    json::object outcome = outcome_json(issues);
    outcome["id"] = outcome_id;
    json::array entries{entry(header_id, std::move(header)), entry(outcome_id, std::move(outcome))};
    const json::object bundle{{"resourceType", "Bundle"},
                              {"id", uuid_of(request.digest, code, "bundle")},
                              {"type", "message"},
                              {"timestamp", to_iso(self.now)},
                              {"entry", std::move(entries)}};
    return json::serialize(bundle);
}

}  // namespace carehub::adapters::clinic::fhir
