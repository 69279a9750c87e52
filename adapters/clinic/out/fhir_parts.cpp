#include "adapters/clinic/out/fhir_parts.hpp"

#include <algorithm>

#include "adapters/clinic/fhir/references.hpp"
#include "adapters/clinic/out/told.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic::out {
namespace {

namespace json = boost::json;

constexpr std::string_view kActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr std::string_view kConfidentiality =
    "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
constexpr std::string_view kIdentifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203";

struct LabelCode {
    SecurityLabel label;
    std::string_view code;
};
/// Those of v3-ActCode that say the same; the others make it restricted and no more.
constexpr LabelCode kLabelCodes[] = {
    {SecurityLabel::Part2, "42CFRPart2"}, {SecurityLabel::Psychotherapy, "PSYTHPN"},
    {SecurityLabel::MentalHealth, "PSY"}, {SecurityLabel::Hiv, "HIV"},
    {SecurityLabel::DvProtected, "SDV"},  {SecurityLabel::LocationProtected, "LOCIS"},
};

bool is_oid(std::string_view text) {
    return text.find('.') != std::string_view::npos && text.front() >= '0' && text.front() <= '2' &&
           text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string escape_xml(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

}  // namespace

json::object coding(std::string_view system, std::string_view code) {
    return {{"system", system}, {"code", code}};
}

json::object concept_of(std::string_view system, std::string_view code) {
    return {{"coding", json::array{coding(system, code)}}};
}

json::object identifier_of(const Identifier& identifier) {
    json::object object;
    if (!identifier.type.empty()) {
        object["type"] = concept_of(kIdentifierTypes, identifier.type);
    }
    if (!identifier.authority.empty()) {
        object["system"] =
            is_oid(identifier.authority) ? "urn:oid:" + identifier.authority : identifier.authority;
    }
    object["value"] = identifier.value;
    return object;
}

json::object patient_reference(const Notice& notice) {
    return {{"type", "Patient"},
            {"identifier", identifier_of(best_identifier(notice.event.identifiers))}};
}

json::object meta_of(const Notice& notice) {
    json::array security;
    const Labels& labels = notice.event.labels;
    const bool is_part2 = !notice.required_statement.empty();
    for (const auto& [label, code] : kLabelCodes) {
        if (labels.has(label) || (label == SecurityLabel::Part2 && is_part2)) {
            security.push_back(coding(kActCode, code));
        }
    }
    const bool is_restricted = is_part2 || !labels.empty();
    security.push_back(coding(kConfidentiality, is_restricted ? "R" : "N"));
    return {{"security", std::move(security)}};
}

void add_statement(const Notice& notice, json::object& resource) {
    if (notice.required_statement.empty()) {
        return;
    }
    resource["text"] = json::object{{"status", "additional"},
                                    {"div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" +
                                                escape_xml(notice.required_statement) + "</div>"}};
}

std::string resource_id(std::string_view key) {
    return fhir::is_fhir_id(key) ? std::string(key)
                                 : to_hex(ByteView(sha256(as_bytes(key))).first(16));
}

std::string full_url(std::string_view type, std::string_view id) {
    Sha256 hash;
    hash.add_text(type);
    hash.add_text(id);
    Hash256 digest = hash.finish();
    digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0FU) | 0x80U);  // RFC 9562: version 8
    digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3FU) | 0x80U);
    const std::string hex = to_hex(ByteView(digest).first(16));
    std::string url = "urn:uuid:";
    for (std::size_t i = 0; i < hex.size(); ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) {
            url += '-';
        }
        url += hex[i];
    }
    return url;
}

}  // namespace carehub::adapters::clinic::out
