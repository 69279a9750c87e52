#include "adapters/clinic/fhir/test_document.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

void check_event(const Submission& event) {
    CHECK(event.kind != EventKind::Unset);
    CHECK_FALSE(event.feed.empty());
    CHECK_FALSE(event.source_msg_id.empty());
    CHECK(event.source_msg_id.size() <= kKeyBytesMax);
    CHECK_FALSE(event.business_key.empty());
    CHECK(event.business_key.size() <= kKeyBytesMax);
    const auto* free = std::get_if<ResourceClaim>(&event.payload);
    CHECK(event.identifiers.empty() == (free != nullptr));
    CHECK(event.identifiers.size() <= kIdentifiersMax);
    for (const Identifier& identifier : event.identifiers) {
        CHECK_FALSE(identifier.authority.empty());
        CHECK_FALSE(identifier.value.empty());
        CHECK(identifier.value.size() <= kIdentifierBytesMax);
    }
    CHECK(event.occurred_at != kUnknownTime);
    CHECK(event.occurred_precision != Precision::Unset);
    CHECK(event.payload.index() == static_cast<std::size_t>(payload_of(event.kind)));
    if (const auto* claim = std::get_if<ObligationClaim>(&event.payload)) {
        CHECK(claim->status != ObligationStatus::Unset);
        const bool may_lack_time = event.kind == EventKind::AppointmentModified ||
                                   claim->status == ObligationStatus::Cancelled ||
                                   claim->status == ObligationStatus::EnteredInError ||
                                   claim->status == ObligationStatus::Missed;
        CHECK((claim->start != kUnknownTime || may_lack_time));
        CHECK((claim->end > claim->start || claim->start == kUnknownTime));
        CHECK_FALSE(claim->owner_org.empty());
        CHECK(claim->reason_code.empty());
    }
    if (free != nullptr) {
        CHECK_FALSE(free->schedule_id.empty());
        CHECK(free->to > free->from);
    }
    if (const auto* claim = std::get_if<EncounterClaim>(&event.payload)) {
        CHECK(claim->encounter_class != EncounterClass::Unset);
        CHECK_FALSE(claim->facility.empty());
    }
}

}  // namespace

std::string in_quotes(std::string_view text) {
    std::string json(text);
    std::replace(json.begin(), json.end(), '\'', '"');
    return json;
}

Reading read_text(std::string_view text) { return read_text(text, test_site()); }

Reading read_text(std::string_view text, const Site& site) {
    return read_fhir(as_bytes(in_quotes(text)), site);
}

Submission only_event(const Reading& reading) {
    REQUIRE(reading.parsed.events.size() == 1);
    return reading.parsed.events.front();
}

bool has_finding_at(const Reading& reading, std::string_view expression) {
    const auto& findings = reading.parsed.findings;
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.field == expression; });
}

bool tells(const Reading& reading, std::string_view word) {
    const auto holds = [&](const std::string& text) {
        return text.find(word) != std::string::npos;
    };
    const bool found = std::any_of(
        reading.parsed.findings.begin(), reading.parsed.findings.end(),
        [&](const Finding& finding) { return holds(finding.field) || holds(finding.what); });
    const bool refused = std::any_of(reading.parsed.refusals.begin(), reading.parsed.refusals.end(),
                                     [&](const RecordRefusal& record) {
                                         return holds(record.refusal.field) ||
                                                holds(record.refusal.fix) || holds(record.why);
                                     });
    return found || refused;
}

void check_ending(const Reading& reading) {
    CHECK((reading.disposal == Disposal::Events) == !reading.parsed.events.empty());
    CHECK((reading.disposal == Disposal::Refused) == reading.refusal.has_value());
    if (reading.disposal == Disposal::Refused) {
        CHECK_FALSE(reading.parsed.refusals.empty());
        CHECK_FALSE(reading.refusal->fix.empty());
        CHECK(reading.refusal->reason != RefusalReason::None);
    }
    if (reading.disposal == Disposal::NotActedOn) {
        CHECK(reading.parsed.refusals.empty());
    }
    for (const Submission& event : reading.parsed.events) {
        check_event(event);
    }
}

std::string appointment(std::string_view status, std::string_view more) {
    return "{'resourceType':'Appointment','id':'a1'," + std::string(more) + "'status':'" +
           std::string(status) +
           "','start':'2026-07-09T10:00:00-04:00','end':'2026-07-09T14:30:00Z',"
           "'created':'2026-07-01T12:00:00Z','participant':[{'status':'accepted','actor':{"
           "'identifier':{'system':'urn:oid:1.2.3','value':'7'},'type':'Patient'}}]}";
}

std::string encounter(std::string_view status, std::string_view more) {
    return "{'resourceType':'Encounter','id':'e1'," + std::string(more) + "'status':'" +
           std::string(status) +
           "','class':{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'IMP'},"
           "'subject':{'identifier':{'system':'urn:oid:1.2.3','value':'7'},'type':'Patient'}}";
}

std::string bundle(std::string_view type, std::string_view entries) {
    return "{'resourceType':'Bundle','type':'" + std::string(type) +
           "','timestamp':'2026-07-09T12:00:00Z','entry':[" + std::string(entries) + "]}";
}

}  // namespace carehub::adapters::clinic::fhir
