#include "adapters/clinic/fhir/document.hpp"

#include <algorithm>

#include "adapters/clinic/fhir/codes.hpp"
#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::string_view kOid = "urn:oid:";

bool is_oid(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool has_type_code(const Element& identifier, std::string_view code) {
    const auto codings = identifier.child("type").items("coding");
    return std::any_of(codings.begin(), codings.end(),
                       [&](const Element& coding) { return coding.text_of("code") == code; });
}

/// Told by the sender itself, in a form that can stand in an id.
std::string version_of(const Resource& resource) {
    const Element meta = resource.element.child("meta");
    if (std::string version = meta.text_of("versionId"); is_fhir_id(version)) {
        return version;
    }
    const auto updated = instant_of(meta.child("lastUpdated"));
    return updated ? to_iso(updated->time) : std::string{};
}

bool says_test_data(const Element& meta) {
    for (const char* list : {"security", "tag"}) {
        for (const Element& coding : meta.items(list)) {
            if (is_test_data(coding.text_of("code"))) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

tl::unexpected<Refusal> refuse(const Element& where, RefusalReason reason, std::string fix) {
    return tl::unexpected<Refusal>(Refusal{reason, where.path(), std::move(fix)});
}

Submission submission_of(const Document& document, const Resource& resource, EventKind kind) {
    Submission event;
    event.kind = kind;
    event.feed = document.site.feed;
    event.zone = document.site.zone.name;
    event.source_msg_id =
        document.site.feed + "|" + resource.type + "|" + resource.id + "|" + version_of(resource);
    event.correction = is_correction(kind);
    event.labels = document.labels;
    event.labels.add(security_labels(resource.element));
    return event;
}

std::optional<Instant> time_said(const Document& document, const Resource& resource) {
    return document.timestamp ? document.timestamp
                              : instant_of(resource.element.child("meta").child("lastUpdated"));
}

void note_other_version(const Element& resource, std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        if (resource.has(name)) {
            resource.child(name).note(
                "not of FHIR R4: read as far as the meaning is the same, send version 4.0.1");
        }
    }
}

Labels security_labels(const Element& element) {
    Labels labels;
    for (const Element& coding : element.child("meta").items("security")) {
        if (const auto label = security_label_of(coding.text_of("code"))) {
            labels.add(*label);
        }
    }
    return labels;
}

std::optional<Refusal> find_obstacle(const Document& document, const Element& resource) {
    const Element meta = resource.child("meta");
    if (!document.site.allow_test && says_test_data(meta)) {
        return Refusal{RefusalReason::ProcessingIdNotAllowed, meta.path(),
                       "this feed takes production data only: send none marked HTEST, or allow "
                       "tests for the feed"};
    }
    for (const char* name : {"modifierExtension", "implicitRules"}) {
        if (resource.has(name)) {
            return Refusal{RefusalReason::InvalidField, resource.child(name).path(),
                           "send without it: it may change the meaning in ways not known here"};
        }
    }
    return std::nullopt;
}

std::string authority_of(const std::string& system) {
    const bool oid = system.starts_with(kOid) && is_oid(system.substr(kOid.size()));
    return oid ? system.substr(kOid.size()) : system;
}

Element main_identifier(const Element& resource, std::string_view type_code) {
    Element best;
    int best_rank = -1;
    for (const Element& identifier : resource.items("identifier", kFhirNamesMax)) {
        const bool named = !type_code.empty() && has_type_code(identifier, type_code);
        const int rank = named ? 2 : identifier.text_of("use") == "old" ? 0 : 1;
        if (rank > best_rank && !identifier.text_of("value").empty()) {
            best = identifier;
            best_rank = rank;
        }
    }
    return best;
}

Name name_of(const Document& document, const Element& identifier, const std::string& id,
             const std::string& base) {
    const std::string& feed = document.site.feed;
    const std::string value = identifier.text_of("value");
    if (!value.empty()) {
        const std::string system = authority_of(identifier.text_of("system"));
        return {value,
                business_key(feed, system.empty() ? document.site.authority : system, value)};
    }
    if (id.empty()) {
        return {};
    }
    return {id, business_key(feed, base.empty() ? document.site.authority : base, id)};
}

}  // namespace carehub::adapters::clinic::fhir
